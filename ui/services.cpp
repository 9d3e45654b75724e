// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "services.h"

#include "aws/endpoint.h"
#include "presenters/connectionlist.h"
#include "signin/identity.h"
#include "signin/signin.h"

#include <QRandomGenerator>

#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using Source = Connection::Source;

namespace {

//! SignIn behind the interface of the presenters.
class RealEngine final : public SignInEngine {
public:
    RealEngine(SignIn::Parts parts, SignInPlan plan, ServiceSettings settings)
        : m_signIn(parts, std::move(plan), std::move(settings))
    {
        connect(&m_signIn, &SignIn::changed, this, &SignInEngine::changed);
    }

    void provide(QObject *context, std::function<void(const Result<Credentials> &)> done) override
    {
        m_signIn.provide(context, std::move(done));
    }
    bool invalidate(const QString &accessKeyId) override { return m_signIn.invalidate(accessKeyId); }
    QList<SignInTraceLine> trace() const override { return m_signIn.trace(); }
    std::optional<Timestamp> expires() const override { return m_signIn.expires(); }
    QString sourceWords() const override { return m_signIn.sourceWords(); }

private:
    SignIn m_signIn;
};

// Where the service is not AWS's own, the keys are most likely none of AWS's either: no other service is told of them
// unless its endpoint is given as well.
bool mayAskIdentity(const Connection &connection, const ServiceSettings &settings)
{
    if (connection.source == Source::Demo)
        return false;
    if (settings.endpoints.smsVoice.isEmpty() || !settings.endpoints.sts.isEmpty())
        return true;
    const QString host = QUrl(settings.endpoints.smsVoice).host();
    return host.endsWith(".amazonaws.com"_L1) || host.endsWith(".amazonaws.com.cn"_L1) || host.endsWith(".api.aws"_L1);
}

} // namespace

Services::Services(Parts parts)
    : m_parts(std::move(parts))
    , m_pacers(m_parts.clock, {}, sharedPaceFolder())
{
}

Result<PreparedSignIn> Services::prepare(const Connection &connection, const std::optional<Credentials> &keys) const
{
    const Result<ServiceSettings> settings = settingsOf(connection);
    if (!settings)
        return settings.error();
    const Result<SignInPlan> plan = planOf(connection, keys);
    if (!plan)
        return plan.error();
    const Result<HttpTransport *> transport = transportFor(connection, *settings);
    if (!transport)
        return transport.error();
    PreparedSignIn prepared { .engine = std::make_shared<RealEngine>(SignIn::Parts { .transport = **transport,
                                                                         .clock = m_parts.clock,
                                                                         .prompt = m_parts.prompt,
                                                                         .environment = m_parts.environment },
                                  *plan, *settings),
        .settings = *settings };
    if (mayAskIdentity(connection, *settings)) {
        // A weak one: the sign-in that holds this function holds the engine, too.
        prepared.askIdentity = [engine = std::weak_ptr(prepared.engine), &http = **transport, &clock = m_parts.clock,
                                   settings = *settings](
                                   QObject *context, std::function<void(const Result<CallerIdentity> &)> done) {
            auto *operation = new IdentityOperation(http, clock, engine.lock(), settings, context);
            QObject::connect(operation, &IdentityOperation::finished, context,
                [operation, done = std::move(done)](const Result<CallerIdentity> &outcome) {
                    operation->deleteLater();
                    done(outcome);
                });
            operation->start();
        };
    }
    return prepared;
}

Result<std::shared_ptr<OptOutService>> Services::make(const Connection &connection,
    const std::shared_ptr<CredentialsProvider> &credentials, const ServiceSettings &settings)
{
    if (settings.region.isEmpty()) {
        return Error { .kind = Error::Kind::InvalidInput,
            .code = u"NoRegion"_s,
            .detail = u"No region is set for “%1”. Choose one above, or set AWS_REGION or the profile's region."_s.arg(
                connection.name) };
    }
    const Result<QUrl> endpoint = resolveEndpoint({ .region = settings.region,
        .useFips = settings.useFips,
        .useDualStack = settings.useDualStack,
        .url = settings.endpoints.smsVoice });
    if (!endpoint)
        return endpoint.error();
    const Result<HttpTransport *> transport = transportFor(connection, settings);
    if (!transport)
        return transport.error();
    auto made =
        std::make_shared<OptOutService>(OptOutService::Parts { .transport = **transport,
                                            .pacers = m_pacers,
                                            .clock = m_parts.clock,
                                            .jitter = [] { return QRandomGenerator::global()->generateDouble(); },
                                            .retry = m_retry,
                                            .network = &m_parts.network },
            ServiceAddress { .endpoint = *endpoint, .region = settings.region }, credentials);
    std::erase_if(m_made, [](const std::weak_ptr<OptOutService> &service) { return service.expired(); });
    m_made.push_back(made);
    return made;
}

void Services::setReading(const PaceLimits &pace, std::chrono::seconds longestFault)
{
    m_pacers.setLimits(pace);
    m_retry.longestFault = longestFault;
    for (const std::weak_ptr<OptOutService> &made : m_made) {
        if (const std::shared_ptr<OptOutService> service = made.lock())
            service->setRetry(m_retry);
    }
}

Result<SignInPlan> Services::planOf(const Connection &connection, const std::optional<Credentials> &keys) const
{
    if (keys)
        return planForKeys(connection, *keys);
    if (connection.source == Source::Profile)
        return planSignIn(m_parts.connections.config(), m_parts.environment,
            ProfileChoice { .name = connection.name, .isExplicit = true });
    // The environment alone: what the files say is in the connections of the profiles.
    Environment environment = m_parts.environment;
    environment.unset(u"AWS_PROFILE"_s);
    environment.unset(u"AWS_DEFAULT_PROFILE"_s);
    return planSignIn({}, environment, ProfileChoice::of(environment));
}

Result<ServiceSettings> Services::settingsOf(const Connection &connection) const
{
    if (connection.source == Source::Profile)
        return serviceSettings(m_parts.connections.config(), m_parts.environment,
            ProfileChoice { .name = connection.name, .isExplicit = true });
    // What the environment says of other services holds for a saved connection too; where the service itself is, the
    // connection says.
    Environment environment = m_parts.environment;
    environment.unset(u"AWS_PROFILE"_s);
    environment.unset(u"AWS_DEFAULT_PROFILE"_s);
    Result<ServiceSettings> settings = serviceSettings({}, environment, ProfileChoice::of(environment));
    if (!settings)
        return settings;
    settings->region = connection.region;
    settings->useFips = connection.useFips;
    settings->useDualStack = connection.useDualStack;
    settings->endpoints.smsVoice = connection.endpointUrl;
    return settings;
}

Result<HttpTransport *> Services::transportFor(const Connection &connection, const ServiceSettings &settings) const
{
    if (connection.source == Source::Demo) // it has no certificate; a bundle for the real service says nothing about it
        return m_parts.transports.forBundle();
    return m_parts.transports.forBundle({ .fileName = settings.caBundle, .setBy = settings.caBundleSetBy });
}

SignInPlan planForKeys(const Connection &connection, const Credentials &keys)
{
    const auto origin =
        connection.source == Source::Environment ? SignInStep::Origin::Environment : SignInStep::Origin::Keychain;
    SignInStep step { .origin = origin, .how = StaticKeysStep { keys } };
    if (!connection.roleArn.isEmpty()) {
        step = SignInStep { .origin = origin,
            .how = AssumeRoleStep { .roleArn = connection.roleArn,
                .externalId = connection.externalId,
                .mfaSerial = connection.mfaSerial,
                .source = std::make_shared<const SignInStep>(step) } };
    }
    return { .steps = { step } };
}

} // namespace optout
