// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
//
// checkpointprobe URL FOLDER LIST
// Reads a list of a demo endpoint and keeps the read, as the program does, with a key from standard input in the place
// of a keychain's. Says on standard output what it does, a line each: "kept N", "page", "failed CODE"; and at the end
// of the list all rows, those of earlier runs included, and "complete". Killed at any moment and started again it must
// come to the same.

#include "checkpoint/checkpointrecorder.h"
#include "checkpoint/checkpoints.h"
#include "demo/demoendpoint.h"
#include "net/pacer.h"
#include "net/transports.h"
#include "secrets/memorystore.h"
#include "service/readoperation.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

namespace {

void say(const QByteArray &line)
{
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

Secret keyFromStandardInput()
{
    QFile input;
    return input.open(stdin, QIODevice::ReadOnly) ? Secret(input.readLine().trimmed()) : Secret();
}

struct Probe : QObject {
    OptOutService &service;
    CheckpointRecorder *recorder;
    QString list;
    std::vector<OptedOutNumber> rows {};
    ReadOperation *operation = nullptr;

    Probe(OptOutService &s, CheckpointRecorder *r, const QString &l)
        : service(s)
        , recorder(r)
        , list(l)
    {
        connect(recorder, &CheckpointRecorder::opened, this, &Probe::goOn);
        connect(recorder, &CheckpointRecorder::failed, this, [](const Error &error) {
            say("failed " + error.code.toUtf8());
            QCoreApplication::exit(3);
        });
        connect(recorder, &CheckpointRecorder::closed, this, [] { QCoreApplication::exit(0); });
    }

    void goOn(const RestoredRead &kept)
    {
        say("kept " + QByteArray::number(kept.read.rows));
        rows = kept.rows;
        if (kept.read.place.isAtEnd())
            return finish();
        operation = service.read({ .optOutListName = list, .place = kept.read.place }, this);
        connect(operation, &ReadOperation::pageArrived, this, [this](const ReadPage &page) {
            rows.insert(rows.end(), page.numbers.begin(), page.numbers.end());
            recorder->append(page.numbers, page.place);
            say("page");
            operation->requestMore();
        });
        connect(operation, &ReadOperation::restarted, this, [](const Error &) {
            say("failed Restarted");
            QCoreApplication::exit(3);
        });
        connect(operation, &ReadOperation::finished, this, [this](const Result<Done> &outcome) {
            if (outcome)
                return finish();
            say("failed " + outcome.error().code.toUtf8() + ' ' + outcome.error().detail.toUtf8());
            QCoreApplication::exit(3);
        });
        operation->requestMore();
    }

    void finish()
    {
        for (const OptedOutNumber &row : rows)
            say("row " + QByteArray::fromStdString(row.number) + (row.endUserOptedOut ? " true " : " false ")
                + QByteArray::fromStdString(row.optedOutAt ? toIso8601(*row.optedOutAt) : std::string("-")));
        say("complete");
        recorder->remove();
    }
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 4)
        return 2;
    SystemClock clock;
    MemoryStore store;
    store.insert(CheckpointKeys::entryId(),
        { .accessKeyId = u"checkpoint-key"_s, .secretAccessKey = keyFromStandardInput(), .sessionToken = {} });
    Checkpoints checkpoints({ .store = store, .clock = clock, .folder = arguments.at(2) });
    Transports transports({}, ProxySettings::of([](const QString &) { return QString(); }), nullptr);
    Pacers pacers(clock);
    const Result<HttpTransport *> transport = transports.forBundle({});
    if (!transport)
        return 2;
    OptOutService service(
        OptOutService::Parts {
            .transport = **transport, .pacers = pacers, .clock = clock, .jitter = [] { return 0.5; } },
        { .endpoint = QUrl(arguments.at(1)), .region = DemoEndpoint::region() },
        std::make_shared<StaticCredentialsProvider>(DemoEndpoint::credentials()));
    QObject owner;
    Probe probe(service,
        checkpoints.record({ .endpoint = arguments.at(1), .region = DemoEndpoint::region(), .list = arguments.at(3) },
            Checkpoints::Start::GoOn, &owner),
        arguments.at(3));
    return QCoreApplication::exec();
}
