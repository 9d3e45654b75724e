// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/stsservice.h"

#include "demo/demoendpoint.h"
#include "demo/demoservice.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QUrlQuery>
#include <QUuid>
#include <QXmlStreamWriter>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

namespace {

using namespace std::chrono_literals;

constexpr auto apiVersion = "2011-06-15"_L1;
constexpr auto xmlNamespace = "https://sts.amazonaws.com/doc/2011-06-15/"_L1;
constexpr int mfaCodeCount = 20;

struct Role {
    QLatin1StringView name;
    std::chrono::seconds longest = 1h;
    QLatin1StringView trusted {}; //!< the role whose sessions alone may assume it; empty: any caller of the account
    bool externalId = false;
    bool mfa = false;
    bool webIdentity = false; //!< by AssumeRoleWithWebIdentity alone
};

constexpr Role roles[] = {
    { .name = "Reader"_L1, .longest = 12h },
    { .name = "Partner"_L1, .externalId = true },
    { .name = "Guarded"_L1, .longest = 12h, .mfa = true },
    { .name = "Inner"_L1, .longest = 12h, .trusted = "Reader"_L1 },
    { .name = "NoLists"_L1 },
    { .name = "Web"_L1, .webIdentity = true },
};

const Role *findRole(const QString &arn)
{
    const auto found =
        std::find_if(std::begin(roles), std::end(roles), [&](const Role &role) { return roleArn(role.name) == arn; });
    return found == std::end(roles) ? nullptr : found;
}

//! Limits of the model (botocore, sts/2011-06-15/service-2.json).
struct Limit {
    QLatin1StringView name;
    qsizetype least, most; //!< characters; of DurationSeconds, the number
    QLatin1StringView pattern {};
};

constexpr Limit limits[] = {
    { "RoleArn"_L1, 20, 2048 },
    { "RoleSessionName"_L1, 2, 64, "[\\w+=,.@-]*"_L1 },
    { "DurationSeconds"_L1, 900, 43'200 },
    { "ExternalId"_L1, 2, 1224, "[\\w+=,.@:\\/-]*"_L1 },
    { "SerialNumber"_L1, 9, 256, "[\\w+=/:,.@-]*"_L1 },
    { "TokenCode"_L1, 6, 6, "[\\d]*"_L1 },
    { "WebIdentityToken"_L1, 4, 20'000 },
};

//! What STS says about parameters outside their limits; empty when nothing is.
QString limitsBroken(const StsService::Parameters &parameters, const QStringList &required)
{
    QStringList broken;
    const auto add = [&](QLatin1StringView name, const QString &value, const QString &constraint) {
        broken += u"Value %1 at '%2' failed to satisfy constraint: Member must %3"_s.arg(
            value, QChar(name.front()).toLower() + QString(name.mid(1)), constraint);
    };
    for (const Limit &limit : limits) {
        if (!parameters.contains(limit.name)) {
            if (required.contains(limit.name))
                add(limit.name, u"null"_s, u"not be null"_s);
            continue;
        }
        const QString value = parameters.value(limit.name), quoted = u'\'' + value + u'\'';
        const bool isNumber = limit.name == "DurationSeconds"_L1;
        const qsizetype size = isNumber ? value.toLongLong() : value.size();
        const QString what =
            isNumber ? u"have value %1 than or equal to %2"_s : u"have length %1 than or equal to %2"_s;
        if (size < limit.least)
            add(limit.name, quoted, what.arg(u"greater"_s).arg(limit.least));
        if (size > limit.most)
            add(limit.name, quoted, what.arg(u"less"_s).arg(limit.most));
        if (!limit.pattern.isEmpty()
            && !QRegularExpression(QRegularExpression::anchoredPattern(limit.pattern)).match(value).hasMatch())
            add(limit.name, quoted, u"satisfy regular expression pattern: "_s + limit.pattern);
    }
    if (broken.isEmpty())
        return {};
    return (broken.size() == 1 ? u"1 validation error detected: "_s
                               : u"%1 validation errors detected: "_s.arg(broken.size()))
        + broken.join("; "_L1);
}

QString webToken(Timestamp expires)
{
    constexpr auto encoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    const auto part = [](const QJsonObject &object) {
        return QJsonDocument(object).toJson(QJsonDocument::Compact).toBase64(encoding);
    };
    const qint64 seconds = std::chrono::floor<std::chrono::seconds>(expires).time_since_epoch().count();
    return QString::fromLatin1(part({ { "alg"_L1, "RS256"_L1 }, { "typ"_L1, "JWT"_L1 } }) + '.'
        + part({ { "aud"_L1, "sts.amazonaws.com"_L1 }, { "exp"_L1, seconds }, { "iss"_L1, "https://demo.invalid"_L1 },
            { "sub"_L1, "system:serviceaccount:demo:reader"_L1 } })
        + '.' + randomToken(256));
}

//! The status that goes with what a fault orders, and STS's code for it.
std::optional<std::tuple<QString, QString, int>> ordered(const std::vector<Fault> &faults)
{
    if (findFault(faults, Fault::Kind::Throttle))
        return std::tuple { u"Throttling"_s, u"Rate exceeded"_s, 400 };
    if (findFault(faults, Fault::Kind::Internal))
        return std::tuple { u"InternalFailure"_s, u"The request failed because of an unknown error."_s, 500 };
    if (findFault(faults, Fault::Kind::Denied))
        return std::tuple { u"AccessDenied"_s, u"An explicit deny in a policy refuses this."_s, 403 };
    if (findFault(faults, Fault::Kind::ExpiredCredentials))
        return std::tuple { u"ExpiredToken"_s, u"The security token included in the request is expired"_s, 403 };
    return std::nullopt;
}

//! Opens and closes elements so that each value stands at its path.
void writeMembers(QXmlStreamWriter &xml, const QList<std::pair<QString, QString>> &members)
{
    QStringList open;
    for (const auto &[path, value] : members) {
        QStringList parents = path.split(u'/');
        const QString name = parents.takeLast();
        while (!open.isEmpty() && open != parents.mid(0, open.size())) {
            xml.writeEndElement();
            open.removeLast();
        }
        while (open.size() < parents.size()) {
            open.append(parents.at(open.size()));
            xml.writeStartElement(open.last());
        }
        xml.writeTextElement(name, value);
    }
    for (; !open.isEmpty(); open.removeLast())
        xml.writeEndElement();
}

HttpAnswer writeXml(const QString &root, const QList<std::pair<QString, QString>> &members, int status)
{
    HttpAnswer answer { .status = status, .contentType = "text/xml" };
    QXmlStreamWriter xml(&answer.body);
    xml.setAutoFormatting(true);
    xml.writeStartElement(root);
    xml.writeDefaultNamespace(xmlNamespace);
    writeMembers(xml, members);
    xml.writeEndElement();
    answer.body = answer.body.trimmed() + '\n'; // the writer begins with an empty line
    return answer;
}

} // namespace

StsService::StsService(const SignInOptions &options, KeyIssuer &issuer)
    : m_issuer(issuer)
    , m_signatures(DemoEndpoint::region().toLatin1(), "sts",
          { DemoEndpoint::credentials(), DemoEndpoint::deniedCredentials(), DemoEndpoint::temporaryCredentials() })
    , m_mfaRefusals(options.mfaRefusals)
    , m_externalId(QString::fromLatin1("partner-" + randomToken(6)))
    , m_webIdentityToken(webToken(SystemClock().now() + 24h))
    , m_expiredWebIdentityToken(webToken(SystemClock().now() - 1h))
{
    while (m_unusedCodes.size() < mfaCodeCount) {
        const QString code = u"%1"_s.arg(QRandomGenerator::system()->bounded(1'000'000), 6, 10, QLatin1Char('0'));
        if (!m_unusedCodes.contains(code))
            m_mfaCodes += code;
        m_unusedCodes.insert(code);
    }
}

QString StsService::mfaSerial() { return u"arn:aws:iam::%1:mfa/demo-reader"_s.arg(DemoEndpoint::accountId()); }

StsService::Parameters StsService::readForm(const QByteArray &body)
{
    Parameters parameters;
    const QUrlQuery query(QString::fromLatin1(QByteArray(body).replace('+', "%20")));
    for (const auto &[name, value] : query.queryItems(QUrl::FullyDecoded))
        parameters.insert(name, value);
    return parameters;
}

StsService::Reply StsService::answer(
    const HttpRequest &request, const Parameters &parameters, Timestamp now, const std::vector<Fault> &faults)
{
    const QString requestId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString action = parameters.value(u"Action"_s);
    Reply reply;
    const auto outcome = [&]() -> Outcome {
        // The one action for which no signature is wanted: the token is what proves who calls.
        if (action != "AssumeRoleWithWebIdentity"_L1) {
            reply.finding = m_signatures.judge(request, now);
            if (const auto refusal = signatureRefusal(reply.finding))
                return *refusal;
        }
        if (const auto fault = ordered(faults))
            return std::make_from_tuple<Refusal>(*fault);
        return perform(parameters, QString::fromLatin1(reply.finding.accessKeyId), now);
    }();
    if (const auto *refusal = std::get_if<Refusal>(&outcome)) {
        reply.answer = writeXml(u"ErrorResponse"_s,
            { { u"Error/Type"_s, refusal->status < 500 ? u"Sender"_s : u"Receiver"_s },
                { u"Error/Code"_s, refusal->code }, { u"Error/Message"_s, refusal->message },
                { u"RequestId"_s, requestId } },
            refusal->status);
    } else {
        Members members;
        for (const auto &[path, value] : std::get<Members>(outcome))
            members.append({ action + u"Result/"_s + path, value });
        members.append({ u"ResponseMetadata/RequestId"_s, requestId });
        reply.answer = writeXml(action + u"Response"_s, members, 200);
    }
    reply.answer.headers.emplaceBack("x-amzn-RequestId", requestId.toLatin1());
    return reply;
}

//! STS has names of its own for what the front of a JSON service says (AWS STS API Reference, "Common Errors").
std::optional<StsService::Refusal> StsService::signatureRefusal(const SignatureCheck::Finding &finding)
{
    if (!finding.refusal)
        return std::nullopt;
    static const QMap<QByteArray, QString> names { { "ExpiredTokenException", u"ExpiredToken"_s },
        { "IncompleteSignatureException", u"IncompleteSignature"_s },
        { "InvalidSignatureException", u"SignatureDoesNotMatch"_s },
        { "MissingAuthenticationTokenException", u"MissingAuthenticationToken"_s },
        { "UnrecognizedClientException", u"InvalidClientTokenId"_s } };
    return Refusal { names.value(finding.refusal->code), finding.refusal->message,
        finding.refusal->code == "IncompleteSignatureException" ? 400 : 403 };
}

StsService::Outcome StsService::perform(const Parameters &parameters, const QString &accessKeyId, Timestamp now)
{
    const QString action = parameters.value(u"Action"_s), version = parameters.value(u"Version"_s);
    const Principal caller = m_issuer.owner(accessKeyId);
    if (version == apiVersion) {
        if (action == "AssumeRole"_L1)
            return assumeRole(parameters, caller, now);
        if (action == "AssumeRoleWithWebIdentity"_L1)
            return assumeRoleWithWebIdentity(parameters, now);
        if (action == "GetCallerIdentity"_L1)
            return Members { { u"Arn"_s, caller.arn }, { u"UserId"_s, caller.userId },
                { u"Account"_s, DemoEndpoint::accountId() } };
    }
    return Refusal { u"InvalidAction"_s, u"Could not find operation %1 for version %2"_s.arg(action, version) };
}

StsService::Outcome StsService::assumeRole(const Parameters &parameters, const Principal &caller, Timestamp now)
{
    if (const QString broken = limitsBroken(parameters, { u"RoleArn"_s, u"RoleSessionName"_s }); !broken.isEmpty())
        return Refusal { u"ValidationError"_s, broken };
    const QString arn = parameters.value(u"RoleArn"_s);
    const Role *const role = findRole(arn);
    const bool trusts = role && !role->webIdentity && !caller.arn.endsWith("user/demo-denied"_L1)
        && (role->trusted.isEmpty() || role->trusted == caller.role)
        && (!role->externalId || parameters.value(u"ExternalId"_s) == m_externalId)
        && (!role->mfa || parameters.contains(u"SerialNumber"_s));
    // One answer for a role that is not there and for one that does not trust the caller.
    if (!trusts)
        return Refusal { u"AccessDenied"_s,
            u"User: %1 is not authorized to perform: sts:AssumeRole on resource: %2"_s.arg(caller.arn, arn), 403 };
    const std::chrono::seconds duration(parameters.value(u"DurationSeconds"_s, u"3600"_s).toLongLong());
    if (!caller.role.isEmpty() && duration > 1h)
        return Refusal { u"ValidationError"_s,
            u"The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."_s };
    if (duration > role->longest)
        return Refusal { u"ValidationError"_s,
            u"The requested DurationSeconds exceeds the MaxSessionDuration set for this role."_s };
    if (const auto refusal = checkMfa(parameters))
        return *refusal;
    return issue(role->name, parameters, now);
}

std::optional<StsService::Refusal> StsService::checkMfa(const Parameters &parameters)
{
    if (!parameters.contains(u"SerialNumber"_s) && !parameters.contains(u"TokenCode"_s))
        return std::nullopt;
    if (parameters.value(u"SerialNumber"_s) != mfaSerial())
        return Refusal { u"AccessDenied"_s,
            u"MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is "
            "valid and associated with this user."_s,
            403 };
    const bool isRight = m_unusedCodes.contains(parameters.value(u"TokenCode"_s));
    if (!isRight || m_mfaRefusals > 0) {
        m_mfaRefusals = std::max(0, m_mfaRefusals - 1);
        return Refusal { u"AccessDenied"_s, u"MultiFactorAuthentication failed with invalid MFA one time pass code. "_s,
            403 };
    }
    m_unusedCodes.remove(parameters.value(u"TokenCode"_s));
    return std::nullopt;
}

StsService::Outcome StsService::assumeRoleWithWebIdentity(const Parameters &parameters, Timestamp now)
{
    if (const QString broken = limitsBroken(parameters, { u"RoleArn"_s, u"RoleSessionName"_s, u"WebIdentityToken"_s });
        !broken.isEmpty())
        return Refusal { u"ValidationError"_s, broken };
    const QString token = parameters.value(u"WebIdentityToken"_s);
    if (token == m_expiredWebIdentityToken)
        return Refusal { u"ExpiredTokenException"_s,
            u"Token expired: current date/time %1 must be before the expiration date/time of the token"_s.arg(
                std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count()) };
    if (token != m_webIdentityToken)
        return Refusal { u"InvalidIdentityToken"_s,
            u"The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"_s };
    const Role *const role = findRole(parameters.value(u"RoleArn"_s));
    if (!role || !role->webIdentity)
        return Refusal { u"AccessDenied"_s, u"Not authorized to perform sts:AssumeRoleWithWebIdentity"_s, 403 };
    if (parameters.value(u"DurationSeconds"_s).toLongLong() > role->longest.count())
        return Refusal { u"ValidationError"_s,
            u"The requested DurationSeconds exceeds the MaxSessionDuration set for this role."_s };
    return issue(role->name, parameters, now,
        { { u"SubjectFromWebIdentityToken"_s, u"system:serviceaccount:demo:reader"_s },
            { u"Audience"_s, u"sts.amazonaws.com"_s }, { u"Provider"_s, u"https://demo.invalid"_s } });
}

StsService::Outcome StsService::issue(const QString &role, const Parameters &parameters, Timestamp now, Members further)
{
    const std::chrono::seconds asked(parameters.value(u"DurationSeconds"_s, u"3600"_s).toLongLong());
    const auto issued = m_issuer.issue(role, parameters.value(u"RoleSessionName"_s), asked, now);
    const auto text = [](const Secret &secret) { return QString::fromLatin1(secret.expose().toByteArray()); };
    return Members { { u"AssumedRoleUser/AssumedRoleId"_s, issued.owner.userId },
        { u"AssumedRoleUser/Arn"_s, issued.owner.arn }, { u"Credentials/AccessKeyId"_s, issued.keys.accessKeyId },
        { u"Credentials/SecretAccessKey"_s, text(issued.keys.secretAccessKey) },
        { u"Credentials/SessionToken"_s, text(issued.keys.sessionToken) },
        { u"Credentials/Expiration"_s, wholeSeconds(*issued.keys.expires) } }
    + further;
}

} // namespace optout::demo
