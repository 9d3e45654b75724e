// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/devicesignin.h"

#include "aws/serviceerror.h"
#include "core/logging.h"
#include "core/redact.h"
#include "signin/signinrequest.h"
#include "signin/ssocachefile.h"
#include "signin/ssocall.h"

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr seconds slowDown { 5 }; // RFC 8628, 3.5
constexpr seconds longestInterval { 60 };
//! A registration that ends sooner is not used any more (SSOTokenFetcher._EXPIRY_WINDOW).
constexpr std::chrono::minutes registrationWindow { 15 };

template <typename T> Error withRequestId(const Result<T> &read, const HttpReply &reply)
{
    Error error = read.error();
    error.requestId = requestIdOf(reply.headers);
    error.detail = u"IAM Identity Center (OIDC): "_s + error.detail;
    return error;
}

} // namespace

DeviceSignIn::DeviceSignIn(
    const SourceParts &parts, SsoStep step, QString profile, QObject *parent, milliseconds secondLength)
    : QObject(parent)
    , m_parts(parts)
    , m_step(std::move(step))
    , m_profile(std::move(profile))
    , m_secondLength(secondLength)
    , m_registrationPath(ssoCacheFolder(m_parts.environment) + u'/' + ssoRegistrationFileName(m_step))
{
    m_pollTimer.setSingleShot(true);
    connect(&m_pollTimer, &QTimer::timeout, this, &DeviceSignIn::poll);
}

DeviceSignIn::~DeviceSignIn() = default;

void DeviceSignIn::start()
{
    const Result<QUrl> endpoint = signInEndpoint(SignInService::SsoOidc, m_parts.settings, m_step.region);
    if (!endpoint) {
        QTimer::singleShot(0, this, [this, error = endpoint.error()] { finish(error); });
        return;
    }
    m_endpoint = *endpoint;
    readRegistration();
}

SsoCall *DeviceSignIn::call(SignInAction action, const HttpRequest &request)
{
    return new SsoCall(m_parts.transport, m_parts.clock, action, request, this);
}

void DeviceSignIn::readRegistration()
{
    const auto read = [path = m_registrationPath]() -> Result<SsoRegistration> {
        const Result<Secret> text = readCacheFile(path);
        if (!text)
            return text.error();
        return readSsoRegistration(text->expose());
    };
    inWorker(this, read, [this](const Result<SsoRegistration> &registration) {
        // One that cannot be read is made anew, as the CLI does.
        if (registration && registration->isForDeviceCode()
            && registration->expires - m_parts.clock.now() >= registrationWindow) {
            m_registration = *registration;
            m_registrationIsOld = true;
            authorize();
        } else {
            registerClient();
        }
    });
}

void DeviceSignIn::registerClient()
{
    SsoCall *c = call(SignInAction::RegisterClient, registerClientRequest(m_endpoint, m_step, m_parts.clock.now()));
    connect(c, &SsoCall::finished, this, &DeviceSignIn::onRegistered);
    c->start();
}

void DeviceSignIn::onRegistered(const Result<HttpReply> &outcome)
{
    if (!outcome)
        return finish(outcome.error());
    const Result<SsoRegistration> registration = readClientRegistration(outcome->body);
    if (!registration)
        return finish(withRequestId(registration, *outcome));
    m_registration = *registration;
    m_registrationIsOld = false;
    if (!m_step.sessionName.isEmpty())
        m_registration.scopes = m_step.scopes;
    const auto write = [path = m_registrationPath, registered = m_registration] {
        return writeCacheFile(path, writeSsoRegistration(registered));
    };
    inWorker(this, write, [](const Result<Done> &written) {
        if (!written) // the next sign-in registers again
            qCWarning(log::signin).noquote() << "client registration not kept:" << redacted(written.error().detail);
    });
    authorize();
}

void DeviceSignIn::authorize()
{
    SsoCall *c = call(SignInAction::StartDeviceAuthorization,
        startDeviceAuthorizationRequest(m_endpoint, m_registration, m_step.startUrl));
    connect(c, &SsoCall::finished, this, &DeviceSignIn::onAuthorized);
    c->start();
}

void DeviceSignIn::onAuthorized(const Result<HttpReply> &outcome)
{
    if (!outcome) {
        const QString code = outcome.error().code;
        if (m_registrationIsOld && (code == "InvalidClientException"_L1 || code == "UnauthorizedClientException"_L1))
            registerClient();
        else
            finish(outcome.error());
        return;
    }
    const Result<DeviceGrant> grant = readDeviceGrant(outcome->body);
    if (!grant)
        return finish(withRequestId(grant, *outcome));
    m_grant = *grant;
    m_deadline = m_parts.clock.steadyNow() + m_grant.expiresIn;
    show();
    if (!m_finished)
        pollLater();
}

void DeviceSignIn::show()
{
    m_shown = new QObject(this);
    m_parts.prompt.showDeviceAuthorization({ .profile = m_profile,
                                               .userCode = m_grant.userCode,
                                               .verificationUrl = m_grant.verificationUrl,
                                               .plainUrl = m_grant.plainUrl,
                                               .expiresIn = m_grant.expiresIn },
        m_shown, [this](const Error &error) {
            // From the event loop, in whatever way the prompt calls.
            QTimer::singleShot(0, this, [this, error] { finish(error); });
        });
}

void DeviceSignIn::pollLater()
{
    const auto left = std::chrono::ceil<milliseconds>(m_deadline - m_parts.clock.steadyNow());
    const milliseconds wait = m_grant.interval.count() * m_secondLength;
    m_pollTimer.start(std::clamp(wait, milliseconds(1), std::max(left, milliseconds(1))));
}

void DeviceSignIn::poll()
{
    if (m_parts.clock.steadyNow() >= m_deadline) {
        finish(Error { .kind = Error::Kind::NoCredentials,
            .code = u"ExpiredTokenException"_s,
            .detail = u"Nobody allowed the sign-in in the browser in time. Try again."_s });
        return;
    }
    // One attempt: the next poll is the next attempt.
    SsoCall *c = call(SignInAction::CreateToken, deviceTokenRequest(m_endpoint, m_registration, m_grant.deviceCode));
    connect(c, &SsoCall::finished, this, &DeviceSignIn::onPolled);
    c->start(1);
}

void DeviceSignIn::onPolled(const Result<HttpReply> &outcome)
{
    if (!outcome)
        return onPollRefused(outcome.error());
    const Result<GrantedToken> granted = readGrantedToken(outcome->body);
    if (!granted)
        return finish(withRequestId(granted, *outcome));
    finish(SsoToken { .startUrl = m_step.startUrl,
        .region = m_step.region,
        .accessToken = granted->accessToken,
        .expires = m_parts.clock.now() + granted->expiresIn,
        .clientId = m_registration.clientId,
        .clientSecret = m_registration.clientSecret,
        .registrationExpires = m_registration.expires,
        .refreshToken = granted->refreshToken });
}

void DeviceSignIn::onPollRefused(const Error &error)
{
    if (error.code == "AuthorizationPendingException"_L1)
        return pollLater();
    // RFC 8628, 3.5: slower for good after slow_down; a connection that fails asks for patience as well.
    if (error.code == "SlowDownException"_L1 || RetryPolicy::isTransient(error)) {
        m_grant.interval = std::min(m_grant.interval + slowDown, longestInterval);
        return pollLater();
    }
    Error out = error;
    if (error.code == "ExpiredTokenException"_L1) {
        out.kind = Error::Kind::NoCredentials;
        out.detail = u"Nobody allowed the sign-in in the browser in time. Try again. ("_s + error.detail + u')';
    } else if (error.code == "AccessDeniedException"_L1) {
        out.detail = u"The sign-in was refused in the browser. ("_s + error.detail + u')';
    }
    finish(out);
}

void DeviceSignIn::finish(const Result<SsoToken> &outcome)
{
    if (m_finished)
        return;
    m_finished = true;
    m_pollTimer.stop();
    delete std::exchange(m_shown, nullptr); // the dialog closes
    emit finished(outcome);
}

} // namespace optout
