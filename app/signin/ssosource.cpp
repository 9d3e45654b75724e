// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/ssosource.h"

#include "aws/serviceerror.h"
#include "core/logging.h"
#include "core/redact.h"
#include "signin/devicesignin.h"
#include "signin/signinrequest.h"
#include "signin/sourcebase.h"
#include "signin/ssocache.h"
#include "signin/ssocachefile.h"
#include "signin/ssocall.h"
#include "signin/ssomessages.h"
#include "signin/stepcache.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

//! A token is refreshed this long before its end (SSOTokenProvider._REFRESH_WINDOW).
constexpr std::chrono::minutes refreshWindow { 15 };

class SsoSource final : public SourceBase {
public:
    SsoSource(const SignInStep &step, const SourceParts &parts, QObject *parent)
        : SourceBase(step, parts, parent)
        , m_how(std::get<SsoStep>(step.how))
        , m_path(ssoCacheFolder(parts.environment) + u'/' + ssoTokenFileName(m_how))
    {
    }

    void start() override { readToken(); }

private:
    void readToken();
    void onTokenRead(const Result<SsoToken> &token);
    void useToken();
    void refresh();
    void onRefreshed(const Result<HttpReply> &outcome);
    void signInByDevice();
    void keepToken(const SsoToken &token);
    void askForKeys();
    void onKeys(const Result<HttpReply> &outcome);
    void onKeysRefused(Error error);
    void fail(Error error);

    bool holds() const { return m_token.expires > m_parts.clock.now() && !(m_token.accessToken == m_refusedToken); }

    const SsoStep m_how;
    const QString m_path; //!< of the token in the CLI's cache
    SsoToken m_token {};
    Secret m_refusedToken {}; //!< by the portal, though it should hold
    bool m_refreshed = false; //!< or tried to
    QString m_cacheProblem {}; //!< why the cache could not be used, if it was there
};

// Each time anew: the CLI, or another sign-in of this program, may have signed in since.
void SsoSource::readToken()
{
    const auto read = [path = m_path]() -> Result<SsoToken> {
        const Result<Secret> text = readCacheFile(path);
        if (!text)
            return text.error();
        Result<SsoToken> token = readSsoCache(text->expose());
        if (!token)
            return Error { .kind = Error::Kind::Storage,
                .detail = u"The token cache %1 %2; another program or another version may have written it."_s.arg(
                    path, token.error().detail) };
        return token;
    };
    inWorker(this, read, [this](const Result<SsoToken> &token) { onTokenRead(token); });
}

void SsoSource::onTokenRead(const Result<SsoToken> &token)
{
    const std::optional<SsoToken> kept = m_parts.cache ? m_parts.cache->findToken(m_path) : std::nullopt;
    if (kept && (!token || token->expires < kept->expires)) {
        m_token = *kept;
        useToken();
        return;
    }
    if (token) {
        m_token = *token;
        useToken();
        return;
    }
    if (token.error().kind != Error::Kind::NotFound) {
        m_cacheProblem = token.error().detail;
        qCWarning(log::signin).noquote() << redacted(m_cacheProblem);
    }
    signInByDevice();
}

void SsoSource::useToken()
{
    const Timestamp now = m_parts.clock.now();
    // Only sessions are refreshed, as in the CLI; legacy keys are asked for anew.
    const bool canRefresh = !m_how.sessionName.isEmpty() && !m_refreshed && m_token.canRefresh(now);
    if (canRefresh && (!holds() || m_token.expires - now < refreshWindow))
        refresh();
    else if (holds())
        askForKeys();
    else
        signInByDevice();
}

void SsoSource::refresh()
{
    m_refreshed = true;
    const Result<QUrl> endpoint = signInEndpoint(SignInService::SsoOidc, m_parts.settings, m_how.region);
    if (!endpoint)
        return fail(endpoint.error());
    auto *call = new SsoCall(
        m_parts.transport, m_parts.clock, SignInAction::CreateToken, refreshTokenRequest(*endpoint, m_token), this);
    connect(call, &SsoCall::finished, this, &SsoSource::onRefreshed);
    call->start();
}

void SsoSource::onRefreshed(const Result<HttpReply> &outcome)
{
    const Result<GrantedToken> granted =
        outcome ? readGrantedToken(outcome->body) : Result<GrantedToken>(outcome.error());
    if (granted) {
        SsoToken token = m_token;
        token.startUrl = m_how.startUrl;
        token.region = m_how.region;
        token.accessToken = granted->accessToken;
        token.refreshToken = granted->refreshToken; // without a new one there is none any more, as in the CLI
        token.expires = m_parts.clock.now() + granted->expiresIn;
        keepToken(token);
    } else if (holds()) {
        askForKeys();
    } else if (RetryPolicy::isTransient(granted.error())) {
        fail(granted.error()); // to ask a person would end the same way
    } else {
        // A refresh token may be good for one use, and somebody else was quicker: then the cache holds the new token.
        qCDebug(log::signin) << "refresh refused:" << granted.error().code << granted.error().requestId;
        readToken();
    }
}

void SsoSource::signInByDevice()
{
    auto *device = new DeviceSignIn(m_parts, m_how, m_step.profile, this);
    connect(device, &DeviceSignIn::finished, this, [this, device](const Result<SsoToken> &token) {
        device->deleteLater();
        if (token)
            keepToken(*token);
        else
            fail(token.error());
    });
    device->start();
}

// Goes on when it is written, so that whoever signs in next finds it.
void SsoSource::keepToken(const SsoToken &token)
{
    m_token = token;
    m_cacheProblem.clear();
    const auto write = [path = m_path, token] { return writeCacheFile(path, writeSsoCache(token)); };
    inWorker(this, write, [this](const Result<Done> &written) {
        if (!written)
            qCWarning(log::signin).noquote() << "sign-in not kept:" << redacted(written.error().detail);
        if (m_parts.cache && !written) // for as long as this program runs
            m_parts.cache->keepToken(m_path, m_token);
        else if (m_parts.cache)
            m_parts.cache->dropToken(m_path);
        askForKeys();
    });
}

void SsoSource::askForKeys()
{
    const Result<QUrl> endpoint = signInEndpoint(SignInService::Sso, m_parts.settings, m_how.region);
    if (!endpoint)
        return fail(endpoint.error());
    auto *call = new SsoCall(m_parts.transport, m_parts.clock, SignInAction::GetRoleCredentials,
        roleCredentialsRequest(*endpoint, m_how, m_token.accessToken), this);
    connect(call, &SsoCall::finished, this, &SsoSource::onKeys);
    call->start();
}

void SsoSource::onKeys(const Result<HttpReply> &outcome)
{
    if (!outcome)
        return onKeysRefused(outcome.error());
    const Result<Credentials> keys = readRoleCredentials(outcome->body);
    if (keys) {
        finish(keys);
        return;
    }
    Error error = keys.error();
    error.detail = u"IAM Identity Center, GetRoleCredentials: "_s + error.detail;
    error.requestId = requestIdOf(outcome->headers);
    fail(error);
}

void SsoSource::onKeysRefused(Error error)
{
    const bool tokenRefused = error.code == "UnauthorizedException"_L1;
    if (tokenRefused && m_refusedToken.isEmpty()) { // signed out elsewhere, or the session was ended
        m_refusedToken = m_token.accessToken;
        if (m_parts.cache)
            m_parts.cache->dropToken(m_path);
        useToken();
        return;
    }
    if (tokenRefused) {
        error.kind = Error::Kind::NoCredentials;
        error.detail += u" The token is new, so that signing in again will hardly help: ask who administers it."_s;
    }
    fail(error);
}

void SsoSource::fail(Error error)
{
    if (!m_cacheProblem.isEmpty())
        error.detail += u' ' + m_cacheProblem;
    finishSoon(error);
}

} // namespace

CredentialSource *makeSsoSource(const SignInStep &step, const SourceParts &parts, QObject *parent)
{
    return new SsoSource(step, parts, parent);
}

} // namespace optout
