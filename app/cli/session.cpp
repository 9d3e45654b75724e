// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/session.h"

#include "aws/endpoint.h"
#include "cli/console.h"
#include "cli/message.h"
#include "cli/tracewords.h"

#include <QRandomGenerator>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

ProxySettings proxiesOf(const Environment &environment)
{
    return ProxySettings::of([&environment](const QString &name) { return environment.find(name); });
}

//! What is wrong in a profile is not wrong usage of this program: told apart by the code.
Error inProfile(Error error)
{
    if (error.code.isEmpty() && error.kind == Error::Kind::InvalidInput)
        error.code = u"Profile"_s;
    return ofSignIn(error);
}

//! A SignIn whose errors can be told from the service's.
class MarkedSignIn final : public CredentialsProvider {
public:
    explicit MarkedSignIn(std::unique_ptr<SignIn> signIn)
        : m_signIn(std::move(signIn))
    {
    }
    void provide(QObject *context, std::function<void(const Result<Credentials> &)> done) override
    {
        m_signIn->provide(context, [done = std::move(done)](const Result<Credentials> &outcome) {
            done(outcome ? outcome : Result<Credentials>(ofSignIn(outcome.error())));
        });
    }
    std::optional<Credentials> atHand() const override { return m_signIn->atHand(); }
    bool invalidate(const QString &accessKeyId) override { return m_signIn->invalidate(accessKeyId); }

private:
    std::unique_ptr<SignIn> m_signIn;
};

Error noRegion(const SharedConfig &config, const ProfileChoice &profile)
{
    return Error { .kind = Error::Kind::InvalidInput,
        .detail = u"no AWS Region: give --region, set AWS_REGION or AWS_DEFAULT_REGION, or put region into the profile "
                  "%1 in %2"_s.arg(profile.name, config.paths.config) };
}

CaBundle caBundleOf(const CliOptions &options, const ServiceSettings &settings)
{
    if (!options.caBundle.isEmpty())
        return { .fileName = options.caBundle, .setBy = u"--ca-bundle"_s };
    return { .fileName = settings.caBundle, .setBy = settings.caBundleSetBy };
}

//! The region is the one that the option names, if any; and it is the one STS is asked in too, as in the AWS CLI.
Result<QUrl> findEndpoint(const CliOptions &options, const SharedConfig &config, const ProfileChoice &profile,
    const ServiceSettings &settings)
{
    // A given endpoint needs no region to be found, but the signature names one all the same.
    if (settings.region.isEmpty())
        return noRegion(config, profile);
    if (!isRegionName(settings.region)) {
        return Error { .kind = Error::Kind::InvalidInput,
            .detail = u"'%1' is no AWS Region; it comes from AWS_REGION, AWS_DEFAULT_REGION or the profile %2"_s.arg(
                settings.region, profile.name) };
    }
    return resolveEndpoint({ .region = settings.region,
        .useFips = settings.useFips,
        .useDualStack = settings.useDualStack,
        .url = options.endpointUrl.isEmpty() ? settings.endpoints.smsVoice : options.endpointUrl });
}

//! Each line of the trace as it comes, for --verbose.
void sayTrace(SignIn &signIn)
{
    QObject::connect(&signIn, &SignIn::changed, &signIn, [&signIn, said = QList<SignInTraceLine>()]() mutable {
        const QList<SignInTraceLine> trace = signIn.trace();
        for (const SignInTraceLine &line : trace) {
            if (!said.contains(line))
                console::say(traceWords(line));
        }
        said = trace;
    });
}

} // namespace

Session::Session(const CliOptions &options, const Environment &environment, const TerminalPrompt::Parts &terminal)
    : m_pacers(
        m_clock, { .headroom = options.headroomPercent / 100.0, .fixedRate = options.maxRate }, sharedPaceFolder())
    , m_prompt(terminal)
    , m_transports(options.limits, proxiesOf(environment), &m_prompt)
{
}

Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::open(
    const CliOptions &options, const Environment &environment, const TerminalPrompt::Parts &terminal)
{
    std::unique_ptr<Session> session(new Session(options, environment, terminal));
    const Result<Target> target = options.demo ? session->startDemo(options) : session->signIn(options, environment);
    if (!target)
        return target.error();
    session->m_credentials = target->credentials;
    session->m_service =
        std::make_unique<OptOutService>(OptOutService::Parts { .transport = *target->transport,
                                            .pacers = session->m_pacers,
                                            .clock = session->m_clock,
                                            .jitter = [] { return QRandomGenerator::global()->generateDouble(); },
                                            .retry = options.retry,
                                            .network = &session->m_network },
            target->address, target->credentials);
    return session;
}

Result<Session::Target> Session::startDemo(const CliOptions &options)
{
    DemoOptions demo;
    if (options.demoRows)
        demo.rows = *options.demoRows;
    m_demo.emplace();
    const Result<Done> started = m_demo->start(demo);
    if (!started)
        return started.error();
    // The demo endpoint has no certificate: a bundle from the environment, for the real service, says nothing about it.
    const Result<HttpTransport *> transport =
        m_transports.forBundle({ .fileName = options.caBundle, .setBy = u"--ca-bundle"_s });
    if (!transport)
        return transport.error();
    return Target { .address = { .endpoint = m_demo->url(), .region = DemoEndpoint::region() },
        .transport = *transport,
        .credentials = std::make_shared<StaticCredentialsProvider>(DemoEndpoint::credentials()) };
}

Result<Session::Target> Session::signIn(const CliOptions &options, const Environment &environment)
{
    const SharedConfig config = readSharedConfig(environment);
    if (options.verbose) {
        for (const Error &problem : config.problems)
            console::say(oneLine(problem.detail));
    }
    const ProfileChoice profile = ProfileChoice::of(environment, options.profile);
    Result<SignInPlan> plan = planSignIn(config, environment, profile);
    if (!plan)
        return inProfile(plan.error());
    Result<ServiceSettings> settings = serviceSettings(config, environment, profile);
    if (!settings)
        return inProfile(settings.error());
    if (!options.region.isEmpty())
        settings->region = options.region;

    const Result<QUrl> endpoint = findEndpoint(options, config, profile, *settings);
    if (!endpoint)
        return endpoint.error();
    const Result<HttpTransport *> transport = m_transports.forBundle(caBundleOf(options, *settings));
    if (!transport)
        return inProfile(transport.error());
    auto signIn = std::make_unique<SignIn>(
        SignIn::Parts { .transport = **transport, .clock = m_clock, .prompt = m_prompt, .environment = environment },
        *plan, *settings);
    if (options.verbose)
        sayTrace(*signIn);
    return Target { .address = { .endpoint = *endpoint, .region = settings->region },
        .transport = *transport,
        .credentials = std::make_shared<MarkedSignIn>(std::move(signIn)) };
}

} // namespace optout
