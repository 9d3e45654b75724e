// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/ssoservice.h"

#include "demo/demoendpoint.h"
#include "demo/demoservice.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QUrl>
#include <QUrlQuery>
#include <QUuid>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

namespace {

using namespace std::chrono_literals;

constexpr auto deviceGrant = "urn:ietf:params:oauth:grant-type:device_code"_L1;
constexpr auto sessionName = "demo-reader"_L1;
constexpr auto registrationLifetime = 24h * 90;

HttpAnswer json(const QJsonObject &object, int status = 200)
{
    return { .status = status,
        .contentType = "application/json",
        .body = QJsonDocument(object).toJson(QJsonDocument::Compact) };
}

HttpAnswer refusal(const QJsonObject &body, QByteArrayView type, int status)
{
    HttpAnswer answer = json(body, status);
    answer.headers.emplaceBack("x-amzn-ErrorType", type.toByteArray());
    return answer;
}

HttpAnswer portalRefusal(QByteArrayView type, const QString &message, int status)
{
    return refusal({ { "__type"_L1, "com.amazonaws.switchboard.portal#"_L1 + QString::fromLatin1(type) },
                       { "message"_L1, message } },
        type, status);
}

//! As RFC 6749, section 5.2 writes it, with the name of the exception in a header.
HttpAnswer oidcRefusal(QByteArrayView type, QLatin1StringView error, const QString &description, int status = 400)
{
    return refusal({ { "error"_L1, error }, { "error_description"_L1, description } }, type, status);
}

//! Consonants alone, so that no word comes of them.
QString newUserCode()
{
    constexpr QLatin1StringView letters("BCDFGHJKLMNPQRSTVWXZ");
    QString code;
    for (int i = 0; i < 8; ++i)
        code += letters[QRandomGenerator::system()->bounded(int(letters.size()))];
    return code.insert(4, u'-');
}

qint64 epoch(Timestamp time) { return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count(); }

std::optional<HttpAnswer> ordered(bool isPortal, const std::vector<Fault> &faults)
{
    const auto answer = [isPortal](QByteArrayView portal, QByteArrayView oidc, QLatin1StringView error, int status) {
        return isPortal ? portalRefusal(portal, u"The demo was told to refuse this."_s, status)
                        : oidcRefusal(oidc, error, u"The demo was told to refuse this."_s, status);
    };
    if (findFault(faults, Fault::Kind::Throttle))
        return answer("TooManyRequestsException", "SlowDownException", "slow_down"_L1, isPortal ? 429 : 400);
    if (findFault(faults, Fault::Kind::Internal))
        return answer("InternalServerException", "InternalServerException", "server_error"_L1, 500);
    if (findFault(faults, Fault::Kind::Denied))
        return answer("ForbiddenException", "AccessDeniedException", "access_denied"_L1, isPortal ? 403 : 400);
    if (findFault(faults, Fault::Kind::ExpiredCredentials))
        return answer("UnauthorizedException", "ExpiredTokenException", "expired_token"_L1, isPortal ? 401 : 400);
    return std::nullopt;
}

} // namespace

SsoService::SsoService(const SignInOptions &options, KeyIssuer &issuer, Timestamp now)
    : m_options(options)
    , m_issuer(issuer)
    , m_firstToken(QString::fromLatin1(randomToken(256)))
    , m_slowDowns(options.slowDowns)
{
    m_accessTokens.insert(m_firstToken, { now + options.ssoLifetime });
}

QString SsoService::startUrl() { return u"https://demo.awsapps.com/start"_s; }

QString SsoService::roleName() { return u"SsoReader"_s; }

HttpAnswer SsoService::answer(
    const HttpRequest &request, const QString &base, Timestamp now, const std::vector<Fault> &faults)
{
    const QByteArray path = request.target.split('?').first();
    HttpAnswer answer = [&]() -> HttpAnswer {
        const bool isPortal = path == "/federation/credentials";
        if (request.method == "GET" && path == "/device")
            return page(request, now);
        if (const auto fault = ordered(isPortal, faults))
            return *fault;
        if (request.method == "GET" && isPortal)
            return credentials(request, now);
        const QJsonDocument body = QJsonDocument::fromJson(request.body);
        if (request.method != "POST" || !body.isObject())
            return oidcRefusal("InvalidRequestException", "invalid_request"_L1, u"Only JSON can be posted here."_s);
        if (path == "/client/register")
            return registerClient(body.object(), now);
        if (path == "/device_authorization")
            return authorizeDevice(body.object(), base, now);
        return token(body.object(), now);
    }();
    answer.headers.emplaceBack("x-amzn-RequestId", QUuid::createUuid().toByteArray(QUuid::WithoutBraces));
    return answer;
}

HttpAnswer SsoService::credentials(const HttpRequest &request, Timestamp now)
{
    const auto token = m_accessTokens.constFind(QString::fromLatin1(request.header("x-amz-sso_bearer_token")));
    if (token == m_accessTokens.cend() || token->expires <= now)
        return portalRefusal("UnauthorizedException", u"Session token not found or invalid"_s, 401);
    const QUrlQuery query = QUrlQuery(QUrl::fromEncoded(request.target));
    const QString account = query.queryItemValue(u"account_id"_s, QUrl::FullyDecoded);
    const QString role = query.queryItemValue(u"role_name"_s, QUrl::FullyDecoded);
    if (account.isEmpty() || role.isEmpty())
        return portalRefusal("InvalidRequestException", u"account_id and role_name are required."_s, 400);
    if (account != DemoEndpoint::accountId() || role != roleName())
        return portalRefusal("ForbiddenException", u"No access"_s, 403);

    const auto issued = m_issuer.issue(u"AWSReservedSSO_%1_0123456789abcdef"_s.arg(role), sessionName, 1h, now);
    const auto text = [](const Secret &secret) { return QString::fromLatin1(secret.expose().toByteArray()); };
    const QJsonObject keys { { "accessKeyId"_L1, issued.keys.accessKeyId },
        { "secretAccessKey"_L1, text(issued.keys.secretAccessKey) },
        { "sessionToken"_L1, text(issued.keys.sessionToken) },
        { "expiration"_L1, qint64(issued.keys.expires->time_since_epoch().count()) } };
    return json({ { "roleCredentials"_L1, keys } });
}

HttpAnswer SsoService::registerClient(const QJsonObject &asked, Timestamp now)
{
    if (asked.value("clientName"_L1).toString().isEmpty())
        return oidcRefusal("InvalidRequestException", "invalid_request"_L1, u"clientName is missing."_s);
    if (asked.value("clientType"_L1) != "public"_L1)
        return oidcRefusal(
            "InvalidClientMetadataException", "invalid_client_metadata"_L1, u"clientType must be public."_s);
    const QString id = QString::fromLatin1(randomToken(18));
    const Client client { QString::fromLatin1(randomToken(48)), !asked.value("scopes"_L1).toArray().isEmpty() };
    m_clients.insert(id, client);
    return json({ { "clientId"_L1, id }, { "clientSecret"_L1, client.secret }, { "clientIdIssuedAt"_L1, epoch(now) },
        { "clientSecretExpiresAt"_L1, epoch(now + registrationLifetime) }, { "authorizationEndpoint"_L1, QJsonValue() },
        { "tokenEndpoint"_L1, QJsonValue() } });
}

const SsoService::Client *SsoService::findClient(const QJsonObject &asked) const
{
    const auto client = m_clients.constFind(asked.value("clientId"_L1).toString());
    const bool isRight = client != m_clients.cend() && client->secret == asked.value("clientSecret"_L1).toString();
    return isRight ? &*client : nullptr;
}

HttpAnswer SsoService::authorizeDevice(const QJsonObject &asked, const QString &base, Timestamp now)
{
    if (!findClient(asked))
        return oidcRefusal("InvalidClientException", "invalid_client"_L1, u"The client is not registered."_s, 401);
    if (asked.value("startUrl"_L1).toString() != startUrl())
        return oidcRefusal("InvalidRequestException", "invalid_request"_L1, u"The start URL is not known here."_s);
    const QString code = QString::fromLatin1(randomToken(48));
    const Device device { .userCode = newUserCode(),
        .clientId = asked.value("clientId"_L1).toString(),
        .expires = now + m_options.deviceLifetime };
    m_devices.insert({ code, device });
    const QString page = base + u"/device"_s;
    return json({ { "deviceCode"_L1, code }, { "userCode"_L1, device.userCode }, { "verificationUri"_L1, page },
        { "verificationUriComplete"_L1, QString(page + u"?user_code="_s + device.userCode) },
        { "expiresIn"_L1, qint64(m_options.deviceLifetime.count()) },
        { "interval"_L1, qint64(m_options.pollInterval.count()) } });
}

HttpAnswer SsoService::token(const QJsonObject &asked, Timestamp now)
{
    const Client *const client = findClient(asked);
    if (!client)
        return oidcRefusal("InvalidClientException", "invalid_client"_L1, u"The client is not registered."_s, 401);
    const QString grantType = asked.value("grantType"_L1).toString();
    const QString clientId = asked.value("clientId"_L1).toString();
    if (grantType == "refresh_token"_L1) {
        const QString given = asked.value("refreshToken"_L1).toString();
        if (m_refreshTokens.value(given) != clientId)
            return oidcRefusal("InvalidGrantException", "invalid_grant"_L1, u"Invalid refresh token provided"_s);
        m_refreshTokens.remove(given); // each serves once; the answer holds the next
        return grant(clientId, now);
    }
    if (grantType != deviceGrant)
        return oidcRefusal("UnsupportedGrantTypeException", "unsupported_grant_type"_L1,
            u"There are refresh_token and %1 here."_s.arg(deviceGrant));
    const auto device = m_devices.find(asked.value("deviceCode"_L1).toString());
    if (device == m_devices.end() || device->second.clientId != clientId)
        return oidcRefusal("InvalidGrantException", "invalid_grant"_L1, u"Invalid device code provided"_s);
    if (const auto refused = poll(device->second, now))
        return *refused;
    m_devices.erase(device); // it serves once
    return grant(clientId, now);
}

//! What is said to who asks for a token before there is one.
std::optional<HttpAnswer> SsoService::poll(Device &device, Timestamp now)
{
    if (device.expires <= now)
        return oidcRefusal("ExpiredTokenException", "expired_token"_L1, u"Device code expired"_s);
    // A client that keeps to the interval may still come a little early by this clock.
    const bool tooSoon =
        device.lastPoll && now - *device.lastPoll < std::chrono::milliseconds(m_options.pollInterval) * 3 / 4;
    device.lastPoll = now;
    if (tooSoon || m_slowDowns > 0) {
        m_slowDowns = std::max(0, m_slowDowns - 1);
        return oidcRefusal("SlowDownException", "slow_down"_L1, u"Client is making requests too often"_s);
    }
    if (m_options.approveAfter && device.polls++ >= *m_options.approveAfter)
        device.state = Device::State::Approved;
    switch (device.state) {
    case Device::State::Pending:
        return oidcRefusal(
            "AuthorizationPendingException", "authorization_pending"_L1, u"Waiting for the person to approve"_s);
    case Device::State::Refused:
        return oidcRefusal("AccessDeniedException", "access_denied"_L1, u"The person refused"_s);
    case Device::State::Approved:
        break;
    }
    return std::nullopt;
}

HttpAnswer SsoService::grant(const QString &clientId, Timestamp now)
{
    const QString token = QString::fromLatin1(randomToken(256));
    m_accessTokens.insert(token, { now + m_options.ssoLifetime });
    QJsonObject answer { { "accessToken"_L1, token }, { "tokenType"_L1, "Bearer"_L1 },
        { "expiresIn"_L1, qint64(m_options.ssoLifetime.count()) } };
    if (m_clients.value(clientId).mayRefresh) {
        const QString refresh = QString::fromLatin1(randomToken(256));
        m_refreshTokens.insert(refresh, clientId);
        answer["refreshToken"_L1] = refresh;
    }
    return json(answer);
}

HttpAnswer SsoService::page(const HttpRequest &request, Timestamp now)
{
    const QUrlQuery query = QUrlQuery(QUrl::fromEncoded(request.target));
    const QString code = query.queryItemValue(u"user_code"_s).toUpper();
    QByteArray text = "<form><label>Code <input name=\"user_code\" autofocus></label> <button>Approve</button> "
                      "<button name=\"answer\" value=\"deny\">Refuse</button></form>";
    int status = 200;
    if (!code.isEmpty()) {
        const auto device = std::find_if(m_devices.begin(), m_devices.end(),
            [&](const auto &known) { return known.second.userCode == code && known.second.expires > now; });
        const bool refuses = query.queryItemValue(u"answer"_s) == "deny"_L1;
        status = device == m_devices.end() ? 404 : 200;
        text = status == 404 ? "<p>This code is not known, or no longer.</p>"
            : refuses        ? "<p>Refused.</p>"
                             : "<p>Approved. You can close this page.</p>";
        if (status == 200)
            device->second.state = refuses ? Device::State::Refused : Device::State::Approved;
    }
    return { .status = status,
        .contentType = "text/html; charset=utf-8",
        .body = "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Demo sign-in</title></head><body>" + text
            + "</body></html>\n" };
}

} // namespace optout::demo
