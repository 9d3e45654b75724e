// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
//
// optout-bench-pace: pages read over real sockets from endpoints with quotas, all at the same time, each beside the
// time its quota allows. With --url, pages from an endpoint that runs already: several of these share what they learn.

#include "aws/action.h"
#include "aws/sigv4.h"
#include "demo/demoendpoint.h"
#include "net/pacer.h"
#include "net/qthttptransport.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <vector>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

namespace {

struct Case {
    const char *name;
    double quota;
    int burst;
    double later = 0; //!< quota from the middle on; 0: no change
};

constexpr Case cases[] = {
    { "8", 8, 1 },
    { "10 burst 10", 10, 10 },
    { "1", 1, 1 },
    { "8 to 4", 8, 1, 4 },
    { "8 to 16", 8, 1, 16 },
    { "10 burst 10 to 5", 10, 10, 5 },
    { "10 burst 10 to 20", 10, 10, 20 },
    { "1 to 0.5", 1, 1, 0.5 },
    { "1 to 2", 1, 1, 2 },
    { "none", 0, 1 },
};

double allowedSeconds(const Case &c, int pages)
{
    double seconds = 0;
    for (int page = c.burst + 1; page <= pages && c.quota > 0; ++page)
        seconds += 1 / (c.later > 0 && page > pages / 2 ? c.later : c.quota);
    return seconds;
}

//! Asks for pages, as many chains at once as wanted, until there are enough.
class Reader final : public QObject {
public:
    Reader(const QUrl &url, Pacer &pacer, HttpTransport &transport, int pages, QObject *parent)
        : QObject(parent)
        , m_url(url)
        , m_pacer(pacer)
        , m_transport(transport)
        , m_wanted(pages)
    {
    }

    void start(int chains)
    {
        m_began = m_clock.steadyNow();
        for (int chain = 0; chain < chains; ++chain)
            claim();
    }
    bool isDone() const { return m_pages >= m_wanted; }
    int pages() const { return m_pages; }
    int throttled() const { return m_throttled; }
    int lateThrottled() const { return m_lateThrottled; }
    int failed() const { return m_failed; }
    double seconds() const { return m_seconds; }

private:
    void claim()
    {
        const auto [delay, isTaken] = m_pacer.claimTurn();
        QTimer::singleShot(delay, Qt::PreciseTimer, this, [this, isTaken = isTaken] {
            if (isTaken)
                send();
            else
                QTimer::singleShot(m_pacer.remainingHold(), Qt::PreciseTimer, this, [this] { send(); });
        });
    }

    void send()
    {
        if (isDone())
            return;
        const QByteArray body = R"({"OptOutListName":"Default","MaxResults":5})";
        const QByteArray target = targetOf(Action::DescribeOptedOutNumbers);
        const Signature signature =
            sign(SigningInput { .url = m_url,
                     .headers = { { "Content-Type", "application/x-amz-json-1.0" }, { "X-Amz-Target", target } },
                     .body = body,
                     .region = DemoEndpoint::region().toLatin1() },
                DemoEndpoint::credentials(), m_clock.now());
        const auto sentAt = m_clock.steadyNow();
        HttpExchange *exchange = m_transport.send(
            HttpRequest { .url = m_url, .headers = signature.headers, .body = body, .logName = target }, this);
        connect(exchange, &HttpExchange::finished, this, [this, exchange, sentAt](const Result<HttpReply> &outcome) {
            exchange->deleteLater();
            take(outcome, sentAt);
        });
    }

    void take(const Result<HttpReply> &outcome, Pacer::SteadyTime sentAt)
    {
        if (isDone())
            return;
        if (outcome && outcome->status == 200) {
            m_pacer.passed(sentAt);
            ++m_pages;
        } else if (outcome && outcome->body.contains("ThrottlingException")) {
            m_pacer.throttled(sentAt);
            ++m_throttled;
            m_lateThrottled += m_pages >= 20;
        } else {
            ++m_failed;
        }
        m_seconds = std::chrono::duration<double>(m_clock.steadyNow() - m_began).count();
        if (!isDone())
            claim();
    }

    SystemClock m_clock;
    QUrl m_url;
    Pacer &m_pacer;
    HttpTransport &m_transport;
    int m_wanted;
    int m_pages = 0;
    int m_throttled = 0;
    int m_lateThrottled = 0;
    int m_failed = 0;
    double m_seconds = 0;
    Pacer::SteadyTime m_began {};
};

struct Run {
    Case what;
    std::unique_ptr<DemoEndpoint> endpoint = std::make_unique<DemoEndpoint>();
    std::unique_ptr<Pacers> pacers {};
    Reader *reader = nullptr;
};

void whenDone(QCoreApplication &application, const std::vector<Reader *> &readers)
{
    auto *timer = new QTimer(&application);
    QObject::connect(timer, &QTimer::timeout, &application, [readers] {
        if (std::all_of(readers.begin(), readers.end(), [](const Reader *reader) { return reader->isDone(); }))
            QCoreApplication::quit();
    });
    timer->start(20);
}

QByteArray jsonOf(std::optional<double> number) { return number ? QByteArray::number(*number, 'g', 17) : "null"; }

int readFromUrl(QCoreApplication &application, const QUrl &url, const QString &folder, int pages, int chains)
{
    const SystemClock clock;
    QtHttpTransport transport;
    Pacers pacers(clock, { .headroom = 0 }, folder);
    Pacer &pacer = pacers.of(PaceKey { .endpoint = url.authority() });
    Reader reader(url, pacer, transport, pages, nullptr);
    reader.start(chains);
    const std::optional<double> rateFound = pacer.callsPerSecond(); // claimed, and nothing answered yet
    whenDone(application, { &reader });
    QCoreApplication::exec();
    std::printf("{\"pages\": %d, \"throttled\": %d, \"failed\": %d, \"seconds\": %.3f, \"shared\": %s, "
                "\"rateFound\": %s, \"rateLeft\": %s}\n",
        reader.pages(), reader.throttled(), reader.failed(), reader.seconds(), pacer.isShared() ? "true" : "false",
        jsonOf(rateFound).constData(), jsonOf(pacer.callsPerSecond()).constData());
    return 0;
}

int readCases(QCoreApplication &application, const QStringList &only, int pages, int chains)
{
    const SystemClock clock;
    QtHttpTransport transport;
    std::vector<Run> runs;
    std::vector<Reader *> readers;
    for (const Case &one : cases) {
        if (!only.isEmpty() && !only.contains(QLatin1StringView(one.name)))
            continue;
        Run run { .what = one };
        DemoOptions options { .rows = 1000, .callsPerSecond = one.quota, .burst = one.burst };
        if (one.later > 0)
            options.quotaChanges = { u"%1@%2"_s.arg(one.later).arg(pages / 2) };
        if (!run.endpoint->start(options))
            return 1;
        run.pacers = std::make_unique<Pacers>(clock, PaceLimits { .headroom = 0 });
        run.reader = new Reader(run.endpoint->url(), run.pacers->of({}), transport, pages, &application);
        run.reader->start(chains);
        readers.push_back(run.reader);
        runs.push_back(std::move(run));
    }
    whenDone(application, readers);
    QCoreApplication::exec();
    std::printf("| quota | allowed s | took s | ratio | throttled | after 20 pages |\n|---|---|---|---|---|---|\n");
    for (const Run &run : runs) {
        const double allowed = allowedSeconds(run.what, pages);
        std::printf("| %s | %.2f | %.2f | %.4f | %d | %d |\n", run.what.name, allowed, run.reader->seconds(),
            allowed > 0 ? run.reader->seconds() / allowed : 0.0, run.reader->throttled(), run.reader->lateThrottled());
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Reads pages over real sockets under several quotas at once, and compares."_s);
    parser.addHelpOption();
    const QCommandLineOption pages(u"pages"_s, u"How many a read."_s, u"N"_s, u"300"_s);
    const QCommandLineOption chains(u"chains"_s, u"Calls under way at once."_s, u"N"_s, u"1"_s);
    const QCommandLineOption only(u"case"_s, u"Only this quota; may be given again."_s, u"NAME"_s);
    const QCommandLineOption url(u"url"_s, u"Read from a demo endpoint that runs already, print JSON."_s, u"URL"_s);
    const QCommandLineOption folder(u"share"_s, u"With --url: share the pace in this folder."_s, u"FOLDER"_s);
    parser.addOptions({ pages, chains, only, url, folder });
    parser.process(application);
    const int pageCount = std::max(1, parser.value(pages).toInt());
    const int chainCount = std::max(1, parser.value(chains).toInt());
    if (parser.isSet(url))
        return readFromUrl(application, QUrl(parser.value(url)), parser.value(folder), pageCount, chainCount);
    return readCases(application, parser.values(only), pageCount, chainCount);
}
