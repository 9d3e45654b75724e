// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
//
// optout-demo-endpoint: the demo endpoint as a program of its own.

#include "demo/demoendpoint.h"
#include "demo/demolists.h"
#include "demo/program.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>
#include <limits>

#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace optout;
using demo::say;

namespace {

constexpr int failed = 1, wrongUsage = 2;

struct Wish {
    DemoOptions options;
    QString dump;
    bool printEnvironment = false;
    bool untilStdinCloses = false;
};

class Arguments {
public:
    Arguments()
    {
        m_parser.setApplicationDescription(
            u"Serves opt-out lists on 127.0.0.1 as AWS End User Messaging SMS does, to try clients with.\n"
            "Prints its URL when it listens, and ends on SIGINT or SIGTERM.\n\n"
            "A fault is KIND[:ARGUMENT][@CALL[xCOUNT]] or KIND[:ARGUMENT]@everyN, where KIND is throttle, internal, "
            "denied,\n"
            "expired-credentials, invalid-token, repeat-token, empty-page, overlap, clock-skew:SECONDS, html, "
            "redirect,\n"
            "status:N, bad-json, gzip, retry-after:SECONDS, huge:BYTES, reset, reset-after:BYTES, reset-at:BYTES,\n"
            "cut-at:BYTES, cut:BYTES, cut-chunked:BYTES, cut-no-length:BYTES, stall, stall-after:BYTES or\n"
            "slow:BYTES_PER_SECOND; such as throttle@3x2."_s);
        m_parser.addOptions({ m_port, m_rows, m_endUsers, m_seed, m_quota, m_quotaChange, m_burst, m_latency, m_fault,
            m_absent, m_environment, m_log, m_stdin, m_dump });
    }

    //! Ends the program for --help and --version.
    Result<Wish> read(const QStringList &arguments)
    {
        if (!m_parser.parse(arguments))
            return usage(m_parser.errorText().chopped(1)); // without the full stop
        if (m_parser.isSet(m_help))
            m_parser.showHelp();
        if (m_parser.isSet(m_version))
            m_parser.showVersion();
        if (!m_parser.positionalArguments().isEmpty())
            return usage(u"\"%1\" is not an option"_s.arg(m_parser.positionalArguments().first()));
        Wish wish;
        DemoOptions &o = wish.options;
        demo::NumberReader numbers(m_parser);
        const bool right = numbers.read(m_port, 65'535, o.port)
            && numbers.read(m_rows, demo::DemoLists::maximumRows, o.rows)
            && numbers.read(m_seed, std::numeric_limits<quint64>::max(), o.seed)
            && numbers.read(m_burst, 1'000'000, o.burst);
        quint32 latency = 0;
        quint32 endUsers = quint32(o.endUserPercent);
        if (!numbers.read(m_endUsers, 100, endUsers))
            return usage(numbers.problem());
        o.endUserPercent = int(endUsers);
        if (!right || !numbers.read(m_latency, 86'400'000, latency) || o.burst < 1)
            return usage(numbers.problem().isEmpty() ? u"--burst must be 1 or more"_s : numbers.problem());
        o.latency = std::chrono::milliseconds(latency);
        bool isNumber = true;
        if (m_parser.isSet(m_quota))
            o.callsPerSecond = m_parser.value(m_quota).toDouble(&isNumber);
        if (!isNumber || !(o.callsPerSecond >= 0 && o.callsPerSecond <= 1e9))
            return usage(u"--quota must be a number of calls a second"_s);
        o.quotaChanges = m_parser.values(m_quotaChange);
        o.faults = m_parser.values(m_fault);
        o.absentNumberIsError = m_parser.isSet(m_absent);
        o.requestsLog = m_parser.value(m_log);
        wish.dump = m_parser.value(m_dump);
        wish.printEnvironment = m_parser.isSet(m_environment);
        wish.untilStdinCloses = m_parser.isSet(m_stdin);
        return wish;
    }

private:
    static Error usage(const QString &why) { return { .kind = Error::Kind::InvalidInput, .detail = why }; }

    QCommandLineParser m_parser;
    const QCommandLineOption m_help = m_parser.addHelpOption();
    const QCommandLineOption m_version = m_parser.addVersionOption();
    const QCommandLineOption m_port { u"port"_s, u"Listen on this port; a free one unless given."_s, u"N"_s };
    const QCommandLineOption m_rows { u"rows"_s, u"Rows of the list Default; 20000 unless given."_s, u"N"_s };
    const QCommandLineOption m_endUsers { u"end-user-percent"_s,
        u"How many rows of the list Default are a person's own STOP, in percent; 80 unless given."_s, u"P"_s };
    const QCommandLineOption m_seed { u"seed"_s, u"The same seed makes the same lists; 1 unless given."_s, u"N"_s };
    const QCommandLineOption m_quota { u"quota"_s, u"Calls a second that each action allows; no limit unless given."_s,
        u"Q"_s };
    const QCommandLineOption m_quotaChange { u"quota-change"_s,
        u"Allow Q calls a second from the CALLth on that the quota lets through; can be given again."_s, u"Q@CALL"_s };
    const QCommandLineOption m_burst { u"burst"_s, u"Calls the quota lets through at once; 1 unless given."_s, u"B"_s };
    const QCommandLineOption m_latency { u"latency"_s, u"Milliseconds before each answer."_s, u"MS"_s };
    const QCommandLineOption m_fault { u"fault"_s, u"What goes wrong at which call; can be given again."_s, u"F"_s };
    const QCommandLineOption m_absent { u"absent-number-error"_s,
        u"Answer ResourceNotFoundException for a number that is not on the list."_s };
    const QCommandLineOption m_environment { u"print-env"_s,
        u"Print the environment variables that point the AWS CLI and SDKs here, and an example."_s };
    const QCommandLineOption m_log { u"requests-log"_s,
        u"Add a line of JSON per request to this file, with the numbers looked up, without credentials."_s, u"FILE"_s };
    const QCommandLineOption m_stdin { u"until-stdin-closes"_s, u"End when standard input closes, too."_s };
    const QCommandLineOption m_dump { u"dump"_s,
        u"Write the rows of this list (name or ARN) as CSV and end. No server is started."_s, u"LIST"_s };
};

int dump(const Wish &wish)
{
    const demo::DemoLists lists(wish.options.seed, wish.options.rows, wish.options.endUserPercent);
    const demo::DemoList *const list = lists.find(wish.dump);
    if (!list) {
        say(stderr, u"optout-demo-endpoint: there is no list \"%1\". There are:"_s.arg(wish.dump));
        for (const demo::DemoList &known : lists.all())
            say(stderr, u"  "_s + (known.isShared() ? known.about().arn : known.about().name));
        return failed;
    }
    std::string line = "OptedOutNumber,OptedOutTimestamp,EndUserOptedOut\n";
    for (quint32 i = 0; i < list->size(); ++i) {
        std::fwrite(line.data(), 1, line.size(), stdout);
        const OptedOutNumber row = demo::DemoList::toNumber(list->row(i));
        line = row.number + ',' + toIso8601(*row.optedOutAt) + (row.endUserOptedOut ? ",true\n" : ",false\n");
    }
    std::fwrite(line.data(), 1, line.size(), stdout);
    return std::fflush(stdout) == 0 && !std::ferror(stdout) ? 0 : failed;
}

void printEnvironment(const QString &url)
{
    const Credentials keys = DemoEndpoint::credentials();
    say(stdout,
        u"export AWS_ACCESS_KEY_ID=%1\nexport AWS_SECRET_ACCESS_KEY=%2\nunset AWS_SESSION_TOKEN AWS_PROFILE\n"
        "export AWS_REGION=%3 AWS_DEFAULT_REGION=%3\nexport AWS_ENDPOINT_URL=%4\n"
        "# and then, for example:\n"
        "aws pinpoint-sms-voice-v2 describe-opted-out-numbers --opt-out-list-name Default --max-items 10 --endpoint-url %4"_s
            .arg(keys.accessKeyId, QString::fromLatin1(keys.secretAccessKey.expose().toByteArray()),
                DemoEndpoint::region(), url));
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"optout-demo-endpoint"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(OPTOUT_VERSION));

    const Result<Wish> wish = Arguments().read(application.arguments());
    if (!wish) {
        say(stderr, u"optout-demo-endpoint: "_s + wish.error().detail + u". See --help."_s);
        return wrongUsage;
    }
    if (!wish->dump.isEmpty())
        return dump(*wish);

    demo::quitOnSignals(application);
    DemoEndpoint endpoint;
    if (const Result<Done> started = endpoint.start(wish->options); !started) {
        say(stderr, u"optout-demo-endpoint: "_s + started.error().detail);
        return started.error().kind == Error::Kind::InvalidInput ? wrongUsage : failed;
    }
    const QString url = endpoint.url().toString();
    say(stdout, url);
    if (wish->printEnvironment || ::isatty(STDOUT_FILENO))
        printEnvironment(url);
    if (wish->untilStdinCloses)
        demo::quitWhenStdinCloses(application);
    return QCoreApplication::exec();
}
