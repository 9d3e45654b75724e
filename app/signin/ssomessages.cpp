// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/ssomessages.h"

#include "aws/secretjson.h"
#include "aws/serviceerror.h"
#include "core/loopbackhost.h"
#include "signin/signinrequest.h"

#include <algorithm>
#include <array>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using std::chrono::seconds;

namespace {

constexpr QLatin1StringView deviceGrantType("urn:ietf:params:oauth:grant-type:device_code");
constexpr HttpLimits limits { .readTimeout = std::chrono::seconds(20), .replyLimitBytes = SecretJson::limitBytes };

HttpRequest withBody(SignInAction action, const QUrl &endpoint, const Secret &body)
{
    HttpRequest out = signInRequest(action, endpoint);
    out.headers = { { "Content-Type", "application/json" } };
    out.body = body.expose().toByteArray();
    out.limits = limits;
    return out;
}

Error unreadable(const QString &words) { return { .kind = Error::Kind::BadResponse, .detail = words }; }

//! An object, or the error that says why not.
std::optional<Error> problemOf(const SecretJson &json)
{
    if (json.problem().isEmpty())
        return std::nullopt;
    return unreadable(u"The answer %1."_s.arg(json.problem()));
}

bool isForBrowser(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty()
        && (url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopbackHost(url.host())));
}

bool isPrintable(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
}

seconds secondsIn(const SecretJson &json, std::string_view name, seconds standard, seconds longest)
{
    const std::optional<qint64> value = json.integer({ name });
    return value ? seconds(std::clamp<qint64>(*value, 1, longest.count())) : standard;
}

//! RFC 6749 5.2 and RFC 8628 3.5 say the errors in words of their own; the service model gives them its names.
QString codeOfOAuth(const QString &error)
{
    struct Name {
        QLatin1StringView error;
        QLatin1StringView code;
    };
    static constexpr std::array names {
        Name { "authorization_pending"_L1, "AuthorizationPendingException"_L1 },
        Name { "slow_down"_L1, "SlowDownException"_L1 },
        Name { "expired_token"_L1, "ExpiredTokenException"_L1 },
        Name { "access_denied"_L1, "AccessDeniedException"_L1 },
        Name { "invalid_grant"_L1, "InvalidGrantException"_L1 },
        Name { "invalid_client"_L1, "InvalidClientException"_L1 },
        Name { "unauthorized_client"_L1, "UnauthorizedClientException"_L1 },
        Name { "invalid_request"_L1, "InvalidRequestException"_L1 },
        Name { "invalid_scope"_L1, "InvalidScopeException"_L1 },
        Name { "unsupported_grant_type"_L1, "UnsupportedGrantTypeException"_L1 },
    };
    const auto found = std::find_if(names.begin(), names.end(), [&error](const Name &n) { return n.error == error; });
    return found == names.end() ? error : QString(found->code);
}

} // namespace

HttpRequest registerClientRequest(const QUrl &endpoint, const SsoStep &step, Timestamp now)
{
    const bool legacy = step.sessionName.isEmpty();
    const qint64 stamp = std::chrono::floor<seconds>(now).time_since_epoch().count();
    const QString client = u"optout-browser-"_s + (legacy ? QString::number(stamp) : step.sessionName);
    SecretJsonWriter body(client.size() + step.scopes.join(u"    "_s).size());
    body.add("clientName", client);
    body.add("clientType", u"public"_s);
    if (!legacy && !step.scopes.isEmpty())
        body.add("scopes", step.scopes);
    return withBody(SignInAction::RegisterClient, endpoint, body.finish());
}

HttpRequest startDeviceAuthorizationRequest(
    const QUrl &endpoint, const SsoRegistration &registration, const QString &startUrl)
{
    SecretJsonWriter body(registration.clientId.size() + registration.clientSecret.expose().size() + startUrl.size());
    body.add("clientId", registration.clientId);
    body.add("clientSecret", registration.clientSecret);
    body.add("startUrl", startUrl);
    return withBody(SignInAction::StartDeviceAuthorization, endpoint, body.finish());
}

HttpRequest deviceTokenRequest(const QUrl &endpoint, const SsoRegistration &registration, const Secret &deviceCode)
{
    SecretJsonWriter body(registration.clientId.size() + registration.clientSecret.expose().size()
        + deviceCode.expose().size() + deviceGrantType.size());
    body.add("clientId", registration.clientId);
    body.add("clientSecret", registration.clientSecret);
    body.add("grantType", QString(deviceGrantType));
    body.add("deviceCode", deviceCode);
    return withBody(SignInAction::CreateToken, endpoint, body.finish());
}

HttpRequest refreshTokenRequest(const QUrl &endpoint, const SsoToken &token)
{
    SecretJsonWriter body(
        token.clientId.size() + token.clientSecret.expose().size() + token.refreshToken.expose().size());
    body.add("clientId", token.clientId);
    body.add("clientSecret", token.clientSecret);
    body.add("grantType", u"refresh_token"_s);
    body.add("refreshToken", token.refreshToken);
    return withBody(SignInAction::CreateToken, endpoint, body.finish());
}

HttpRequest roleCredentialsRequest(const QUrl &endpoint, const SsoStep &step, const Secret &accessToken)
{
    HttpRequest out = signInRequest(SignInAction::GetRoleCredentials, endpoint);
    // Not QUrlQuery: it would leave the '+' that a role's name may hold as it is.
    const QByteArray query = "role_name=" + QUrl::toPercentEncoding(step.roleName)
        + "&account_id=" + QUrl::toPercentEncoding(step.accountId);
    out.url.setQuery(QString::fromLatin1(query), QUrl::StrictMode);
    out.headers = { { "x-amz-sso_bearer_token", accessToken.expose().toByteArray() } };
    out.limits = limits;
    return out;
}

Result<SsoRegistration> readClientRegistration(const QByteArray &body)
{
    const SecretJson json(body);
    if (const std::optional<Error> problem = problemOf(json))
        return *problem;
    SsoRegistration out { .clientId = json.text({ "clientId" }).value_or(QString()),
        .clientSecret = json.secret({ "clientSecret" }) };
    const std::optional<qint64> expires = json.integer({ "clientSecretExpiresAt" });
    constexpr qint64 year9999 = 253'402'300'799;
    if (out.clientId.isEmpty() || out.clientSecret.isEmpty() || !expires || *expires < 0 || *expires > year9999)
        return unreadable(u"The answer lacks clientId, clientSecret or clientSecretExpiresAt."_s);
    out.expires = Timestamp(seconds(*expires));
    return out;
}

Result<DeviceGrant> readDeviceGrant(const QByteArray &body)
{
    const SecretJson json(body);
    if (const std::optional<Error> problem = problemOf(json))
        return *problem;
    DeviceGrant out { .deviceCode = json.secret({ "deviceCode" }),
        .userCode = json.text({ "userCode" }).value_or(QString()),
        .verificationUrl = QUrl(json.text({ "verificationUriComplete" }).value_or(QString()), QUrl::StrictMode),
        .plainUrl = QUrl(json.text({ "verificationUri" }).value_or(QString()), QUrl::StrictMode),
        .expiresIn = secondsIn(json, "expiresIn", seconds(600), seconds(3600)),
        .interval = secondsIn(json, "interval", seconds(5), seconds(60)) }; // 5: RFC 8628, 3.2
    if (out.deviceCode.isEmpty() || out.userCode.isEmpty())
        return unreadable(u"The answer lacks deviceCode or userCode."_s);
    if (out.userCode.size() > 64 || !isPrintable(out.userCode))
        return unreadable(u"The answer's userCode cannot be shown."_s);
    if (out.verificationUrl.isEmpty())
        out.verificationUrl = out.plainUrl;
    if (!isForBrowser(out.verificationUrl) || !isForBrowser(out.plainUrl))
        return unreadable(u"The answer's verificationUri is no https address."_s);
    return out;
}

Result<GrantedToken> readGrantedToken(const QByteArray &body)
{
    const SecretJson json(body);
    if (const std::optional<Error> problem = problemOf(json))
        return *problem;
    GrantedToken out { .accessToken = json.secret({ "accessToken" }),
        .refreshToken = json.secret({ "refreshToken" }),
        .expiresIn = secondsIn(json, "expiresIn", seconds(0), std::chrono::hours(24 * 366)) };
    if (!isSendable(out.accessToken) || out.expiresIn == seconds(0))
        return unreadable(u"The answer lacks accessToken or expiresIn."_s);
    return out;
}

Error ssoError(SignInAction action, const HttpReply &reply)
{
    Error out = toError(readServiceError(reply.status, reply.headers, reply.body));
    const QString oauth = out.member(u"error");
    if (out.code.isEmpty() && !oauth.isEmpty() && reply.status >= 400 && reply.status < 500) {
        out.code = codeOfOAuth(oauth);
        out.kind = reply.status == 429 ? Error::Kind::Throttled : Error::Kind::InvalidInput;
    }
    if (const QString words = out.member(u"error_description"); !words.isEmpty())
        out.detail = words.left(500);
    if (out.code.isEmpty() && reply.status == 401 && action == SignInAction::GetRoleCredentials)
        out.code = u"UnauthorizedException"_s;
    if (out.code == "AccessDeniedException"_L1)
        out.kind = Error::Kind::AccessDenied;
    const std::optional<SignInService> service = serviceOf(action);
    out.detail = u"%1 answered %2 with %3: %4"_s.arg(service ? serviceName(*service) : QString(),
        QString::fromLatin1(nameOf(action)), out.code.isEmpty() ? u"HTTP status %1"_s.arg(reply.status) : out.code,
        out.detail);
    return out;
}

} // namespace optout
