// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
//
// optout-demo-signin: the services one signs in with, and the demo's opt-out lists behind them, as one program.

#include "demo/demolists.h"
#include "demo/loopbackserver.h"
#include "demo/program.h"
#include "demo/signinservices.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <limits>

using namespace Qt::Literals::StringLiterals;
using namespace optout;
using demo::say;

namespace {

constexpr int failed = 1, wrongUsage = 2;

struct Wish {
    DemoOptions lists;
    demo::SignInOptions signIn;
    bool untilStdinCloses = false;
};

class Arguments {
public:
    Arguments()
    {
        m_parser.setApplicationDescription(
            u"Plays, on one port of 127.0.0.1, the services with which one signs in to AWS: STS, IAM Identity Center\n"
            "(portal, OIDC and the page that approves), instance metadata (version 2) and container credentials. The\n"
            "keys they give open the opt-out lists of the same port until they expire.\n"
            "Prints a line of JSON with URL, keys, roles, codes and tokens, all of them worth nothing elsewhere, and\n"
            "ends on SIGINT or SIGTERM.\n\n"
            "Set AWS_ENDPOINT_URL to the URL, AWS_EC2_METADATA_SERVICE_ENDPOINT too, or\n"
            "AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_AUTHORIZATION_TOKEN to containerUrl and\n"
            "containerToken. Fetching the verification URL of a device authorization approves it; with &answer=deny, "
            "refuses.\n"
            "Faults are written as for optout-demo-endpoint; each of --fault (calls to the lists), --sts-fault,\n"
            "--sso-fault and --metadata-fault counts its own calls."_s);
        m_parser.addOptions(
            { m_port, m_rows, m_seed, m_latency, m_lifetime, m_ssoLifetime, m_deviceLifetime, m_interval, m_approve,
                m_slowDowns, m_mfa, m_offset, m_fault, m_stsFault, m_ssoFault, m_metadataFault, m_log, m_stdin });
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
        demo::NumberReader numbers(m_parser);
        if (!readNumbers(numbers, wish))
            return usage(numbers.problem());
        bool isNumber = true;
        const qint64 offset = m_parser.isSet(m_offset) ? m_parser.value(m_offset).toLongLong(&isNumber) : 0;
        if (!isNumber || qAbs(offset) > mostSeconds)
            return usage(u"--clock-offset must be a number of seconds, up to %1 either way"_s.arg(mostSeconds));
        wish.signIn.clockOffset = std::chrono::seconds(offset);
        wish.lists.faults = m_parser.values(m_fault);
        wish.signIn.stsFaults = m_parser.values(m_stsFault);
        wish.signIn.ssoFaults = m_parser.values(m_ssoFault);
        wish.signIn.metadataFaults = m_parser.values(m_metadataFault);
        wish.lists.requestsLog = m_parser.value(m_log);
        wish.untilStdinCloses = m_parser.isSet(m_stdin);
        return wish;
    }

private:
    static constexpr int mostSeconds = 315'360'000, mostTimes = 1'000'000;

    static Error usage(const QString &why) { return { .kind = Error::Kind::InvalidInput, .detail = why }; }

    bool readNumbers(demo::NumberReader &numbers, Wish &wish)
    {
        quint32 latency = 0;
        DemoOptions &lists = wish.lists;
        demo::SignInOptions &signIn = wish.signIn;
        const auto seconds = [&](const QCommandLineOption &option, auto &value) {
            return numbers.read(option, mostSeconds, value);
        };
        const bool right = numbers.read(m_port, 65'535, lists.port)
            && numbers.read(m_rows, demo::DemoLists::maximumRows, lists.rows)
            && numbers.read(m_seed, std::numeric_limits<quint64>::max(), lists.seed)
            && numbers.read(m_latency, 86'400'000, latency) && seconds(m_lifetime, signIn.lifetime)
            && seconds(m_ssoLifetime, signIn.ssoLifetime) && seconds(m_deviceLifetime, signIn.deviceLifetime)
            && seconds(m_interval, signIn.pollInterval) && numbers.read(m_approve, mostTimes, signIn.approveAfter)
            && numbers.read(m_slowDowns, mostTimes, signIn.slowDowns)
            && numbers.read(m_mfa, mostTimes, signIn.mfaRefusals);
        lists.latency = std::chrono::milliseconds(latency);
        return right;
    }

    QCommandLineParser m_parser;
    const QCommandLineOption m_help = m_parser.addHelpOption();
    const QCommandLineOption m_version = m_parser.addVersionOption();
    const QCommandLineOption m_port { u"port"_s, u"Listen on this port; a free one unless given."_s, u"N"_s };
    const QCommandLineOption m_rows { u"rows"_s, u"Rows of the list Default; 20000 unless given."_s, u"N"_s };
    const QCommandLineOption m_seed { u"seed"_s, u"The same seed makes the same lists; 1 unless given."_s, u"N"_s };
    const QCommandLineOption m_latency { u"latency"_s, u"Milliseconds before each answer."_s, u"MS"_s };
    const QCommandLineOption m_lifetime { u"lifetime"_s, u"Seconds that all keys live, whatever was asked for."_s,
        u"S"_s };
    const QCommandLineOption m_ssoLifetime { u"sso-lifetime"_s,
        u"Seconds that an access token of IAM Identity Center lives; 28800 unless given."_s, u"S"_s };
    const QCommandLineOption m_deviceLifetime { u"device-lifetime"_s,
        u"Seconds within which a device code must be approved; 600 unless given."_s, u"S"_s };
    const QCommandLineOption m_interval { u"poll-interval"_s,
        u"Seconds between two polls for a token; 1 unless given."_s, u"S"_s };
    const QCommandLineOption m_approve { u"approve-after"_s,
        u"Polls answered \"pending\" until a device counts as approved without the page."_s, u"N"_s };
    const QCommandLineOption m_slowDowns { u"slow-downs"_s, u"First polls answered \"slow down\"."_s, u"N"_s };
    const QCommandLineOption m_mfa { u"mfa-refusals"_s, u"First MFA codes refused, right or not."_s, u"N"_s };
    const QCommandLineOption m_offset { u"clock-offset"_s,
        u"Seconds by which the clock of all services is ahead; negative: behind."_s, u"S"_s };
    const QCommandLineOption m_fault { u"fault"_s, u"What goes wrong at which call to the lists; can be given again."_s,
        u"F"_s };
    const QCommandLineOption m_stsFault { u"sts-fault"_s, u"Likewise, at which call to STS."_s, u"F"_s };
    const QCommandLineOption m_ssoFault { u"sso-fault"_s, u"Likewise, to IAM Identity Center."_s, u"F"_s };
    const QCommandLineOption m_metadataFault { u"metadata-fault"_s, u"Likewise, to instance metadata and container."_s,
        u"F"_s };
    const QCommandLineOption m_log { u"requests-log"_s,
        u"Add a line of JSON per request to this file, without credentials."_s, u"FILE"_s };
    const QCommandLineOption m_stdin { u"until-stdin-closes"_s, u"End when standard input closes, too."_s };
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"optout-demo-signin"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(OPTOUT_VERSION));
    const auto fail = [](const QString &why, int status) {
        say(stderr, u"optout-demo-signin: "_s + why);
        return status;
    };

    const Result<Wish> wish = Arguments().read(application.arguments());
    if (!wish)
        return fail(wish.error().detail + u". See --help."_s, wrongUsage);
    const auto services = demo::SignInServices::make(wish->lists, wish->signIn);
    if (!services)
        return fail(services.error().detail, services.error().kind == Error::Kind::InvalidInput ? wrongUsage : failed);

    demo::quitOnSignals(application);
    demo::LoopbackServer server(
        [&services](const demo::HttpRequest &request) { return (*services)->respond(request); }, wish->lists.latency);
    const Result<quint16> port = server.listen(wish->lists.port);
    if (!port)
        return fail(port.error().detail, failed);
    const QJsonObject about = (*services)->about(u"http://127.0.0.1:%1"_s.arg(*port));
    say(stdout, QString::fromUtf8(QJsonDocument(about).toJson(QJsonDocument::Compact)));
    if (wish->untilStdinCloses)
        demo::quitWhenStdinCloses(application);
    return QCoreApplication::exec();
}
