// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/metadataservice.h"

#include "demo/demoendpoint.h"
#include "demo/demoservice.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

namespace {

using namespace std::chrono_literals;

constexpr auto keysLifetime = 6h;
constexpr int longestTokenSeconds = 21'600; // EC2 User Guide, "Use the Instance Metadata Service"

HttpAnswer plain(int status, const QByteArray &text = {})
{
    return { .status = status, .contentType = "text/plain", .body = text };
}

HttpAnswer json(const QJsonObject &object, int status = 200)
{
    return { .status = status,
        .contentType = "application/json",
        .body = QJsonDocument(object).toJson(QJsonDocument::Compact) };
}

QJsonObject toJson(const Credentials &keys)
{
    const auto text = [](const Secret &secret) { return QString::fromLatin1(secret.expose().toByteArray()); };
    return { { "AccessKeyId"_L1, keys.accessKeyId }, { "SecretAccessKey"_L1, text(keys.secretAccessKey) },
        { "Token"_L1, text(keys.sessionToken) }, { "Expiration"_L1, wholeSeconds(*keys.expires) } };
}

} // namespace

MetadataService::MetadataService(KeyIssuer &issuer)
    : m_issuer(issuer)
{
}

QString MetadataService::instanceRole() { return u"InstanceReader"_s; }

HttpAnswer MetadataService::answer(const HttpRequest &request, Timestamp now, const std::vector<Fault> &faults)
{
    if (findFault(faults, Fault::Kind::Throttle))
        return plain(429);
    if (findFault(faults, Fault::Kind::Internal))
        return plain(500);
    if (findFault(faults, Fault::Kind::Denied))
        return plain(403);
    if (findFault(faults, Fault::Kind::ExpiredCredentials))
        return plain(401);
    return request.target.startsWith("/latest/") ? instance(request, now) : container(request, now);
}

HttpAnswer MetadataService::instance(const HttpRequest &request, Timestamp now)
{
    if (request.target == "/latest/api/token")
        return newToken(request, now);
    const auto token = m_tokens.constFind(request.header("x-aws-ec2-metadata-token"));
    if (token == m_tokens.cend() || *token <= now)
        return plain(401);
    if (request.method != "GET")
        return plain(405);
    const QByteArray roles = "/latest/meta-data/iam/security-credentials/";
    if (request.target == roles)
        return plain(200, instanceRole().toLatin1());
    if (request.target == roles + instanceRole().toLatin1()) {
        const auto issued = m_issuer.issue(instanceRole(), u"i-0123456789abcdef0"_s, keysLifetime, now);
        QJsonObject answer = toJson(issued.keys);
        answer["Code"_L1] = "Success"_L1;
        answer["Type"_L1] = "AWS-HMAC"_L1;
        answer["LastUpdated"_L1] = wholeSeconds(now);
        HttpAnswer asText = json(answer);
        asText.contentType = "text/plain"; // as the service labels it
        return asText;
    }
    if (request.target == "/latest/meta-data/placement/region")
        return plain(200, DemoEndpoint::region().toLatin1());
    return plain(404);
}

HttpAnswer MetadataService::newToken(const HttpRequest &request, Timestamp now)
{
    if (request.method != "PUT")
        return plain(405);
    if (!request.header("x-forwarded-for").isNull())
        return plain(403); // so that a proxy cannot be talked into fetching keys
    const QByteArray header = request.header("x-aws-ec2-metadata-token-ttl-seconds");
    const int seconds = header.toInt();
    if (seconds < 1 || seconds > longestTokenSeconds)
        return plain(400);
    const QByteArray token = randomToken(42);
    m_tokens.insert(token, now + std::chrono::seconds(seconds));
    HttpAnswer answer = plain(200, token);
    answer.headers.emplaceBack("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", header);
    return answer;
}

HttpAnswer MetadataService::container(const HttpRequest &request, Timestamp now)
{
    const QByteArray path = request.target.split('?').first();
    if (request.method != "GET" || (path != "/container" && path != "/container/open"))
        return json({ { "code"_L1, "NotFound"_L1 }, { "message"_L1, "There is nothing here."_L1 } }, 404);
    if (path == "/container" && request.header("authorization") != m_containerToken)
        return json(
            { { "code"_L1, "AccessDenied"_L1 }, { "message"_L1, "The Authorization header is missing or wrong."_L1 } },
            401);
    const QString role = u"ContainerReader"_s;
    const auto issued = m_issuer.issue(role, u"task"_s, keysLifetime, now);
    QJsonObject answer = toJson(issued.keys);
    answer["RoleArn"_L1] = roleArn(role);
    return json(answer);
}

} // namespace optout::demo
