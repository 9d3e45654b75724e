// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/demoendpoint.h"
#include "net/qthttptransport.h"
#include "service/optoutservice.h"
#include "service/readoperation.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QRandomGenerator>

#include <algorithm>
#include <cstdio>
#include <unordered_set>
#include <vector>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

namespace {

struct Figure {
    double seconds = 0;
    int calls = 0;
    std::size_t rows = 0;
    bool isRight = false; //!< done, and no row twice
};

//! One read of the list Default, whole, in a service of its own. Runs the event loop until it has ended.
Figure readOnce(const DemoEndpoint &endpoint, bool mayReadInHalves)
{
    SystemClock clock;
    Pacers pacers(clock);
    QtHttpTransport transport;
    const OptOutService service({ .transport = transport,
                                    .pacers = pacers,
                                    .clock = clock,
                                    .jitter = [] { return QRandomGenerator::global()->generateDouble(); } },
        { .endpoint = endpoint.url(), .region = DemoEndpoint::region() },
        std::make_shared<StaticCredentialsProvider>(DemoEndpoint::credentials()));
    Figure figure;
    std::unordered_set<std::string> numbers;
    QObject owner;
    ReadOperation *read = service.read({ .optOutListName = u"Default"_s, .mayReadInHalves = mayReadInHalves }, &owner);
    QObject::connect(read, &ReadOperation::pageArrived, &owner, [&](const ReadPage &page) {
        figure.rows += page.numbers.size();
        for (const OptedOutNumber &row : page.numbers)
            numbers.insert(row.number);
        read->requestMore();
    });
    QObject::connect(read, &ReadOperation::finished, &owner, [&](const Result<Done> &outcome) {
        figure.isRight = outcome && numbers.size() == figure.rows;
        QCoreApplication::quit();
    });
    QElapsedTimer timer;
    timer.start();
    read->requestMore();
    QCoreApplication::exec();
    figure.seconds = double(timer.nsecsElapsed()) / 1e9;
    figure.calls = read->calls();
    return figure;
}

Figure medianOf(std::vector<Figure> figures)
{
    std::sort(figures.begin(), figures.end(), [](const Figure &a, const Figure &b) { return a.seconds < b.seconds; });
    return figures[figures.size() / 2];
}

} // namespace

// optout-bench-read: one list read in one chain and in two halves, against the demo endpoint, in turns in one run. The
// share of the larger half bounds what can be gained: 1 / share.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Measures a read in one chain and in two halves."_s);
    parser.addHelpOption();
    const QCommandLineOption rows(u"rows"_s, u"Rows of the list."_s, u"N"_s, u"20000"_s);
    const QCommandLineOption latency(u"latency"_s, u"Milliseconds before each answer."_s, u"MS"_s, u"50"_s);
    const QCommandLineOption share(u"end-user-percent"_s, u"Of the rows."_s, u"P"_s, u"50"_s);
    const QCommandLineOption runs(u"runs"_s, u"How often each is read."_s, u"N"_s, u"3"_s);
    parser.addOptions({ rows, latency, share, runs });
    parser.process(application);

    DemoEndpoint endpoint;
    const Result<Done> started = endpoint.start({ .rows = parser.value(rows).toUInt(),
        .endUserPercent = parser.value(share).toInt(),
        .latency = std::chrono::milliseconds(parser.value(latency).toInt()) });
    if (!started) {
        std::fprintf(stderr, "%s\n", qPrintable(started.error().detail));
        return 1;
    }
    std::vector<Figure> chain, halves;
    for (int run = 0; run < std::max(1, parser.value(runs).toInt()); ++run) {
        chain.push_back(readOnce(endpoint, false));
        halves.push_back(readOnce(endpoint, true));
        if (!chain.back().isRight || !halves.back().isRight || chain.back().rows != halves.back().rows) {
            std::fprintf(stderr, "a read was not right\n");
            return 1;
        }
    }
    const Figure one = medianOf(chain), two = medianOf(halves);
    std::printf("%zu rows, %s ms latency, %s %% by end users\n", one.rows, qPrintable(parser.value(latency)),
        qPrintable(parser.value(share)));
    std::printf("one chain   %8.3f s  %6d calls\n", one.seconds, one.calls);
    std::printf("two halves  %8.3f s  %6d calls  %.2f x\n", two.seconds, two.calls, one.seconds / two.seconds);
    return 0;
}
