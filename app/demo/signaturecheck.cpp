// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/signaturecheck.h"

#include "domain/optedoutnumber.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QMessageAuthenticationCode>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

namespace {

using namespace std::chrono_literals;

constexpr auto allowedSkew = 5min;
constexpr qsizetype callersLimit = 1000;

QByteArray sha256Hex(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QByteArray hmac(const QByteArray &key, const QByteArray &text)
{
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256);
}

bool isUnreserved(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
        || c == '.' || c == '~';
}

QByteArray percentEncoded(const QByteArray &text)
{
    QByteArray encoded;
    for (const char c : text) {
        if (isUnreserved(c))
            encoded += c;
        else
            encoded += '%' + QByteArray(1, c).toHex().toUpper();
    }
    return encoded;
}

//! Without dot segments and double slashes, and each segment encoded once more than it was sent: every service but S3
//! signs the path that way.
QByteArray canonicalPath(const QByteArray &path)
{
    QByteArrayList kept;
    const QByteArrayList segments = path.split('/');
    for (const QByteArray &segment : segments) {
        if (segment == "..") {
            if (!kept.isEmpty())
                kept.removeLast();
        } else if (!segment.isEmpty() && segment != ".") {
            kept.append(percentEncoded(segment));
        }
    }
    const bool closed = kept.isEmpty() || path.endsWith('/') || path.endsWith("/.") || path.endsWith("/..");
    return kept.isEmpty() ? QByteArray("/") : '/' + kept.join('/') + (closed ? "/" : "");
}

QByteArray canonicalQuery(const QByteArray &query)
{
    QList<std::pair<QByteArray, QByteArray>> pairs;
    for (const QByteArray &part : query.split('&')) {
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        const QByteArray name = equals < 0 ? part : part.left(equals);
        const QByteArray value = equals < 0 ? QByteArray() : part.mid(equals + 1);
        pairs.append({ percentEncoded(QByteArray::fromPercentEncoding(name)),
            percentEncoded(QByteArray::fromPercentEncoding(value)) });
    }
    std::sort(pairs.begin(), pairs.end());
    QByteArrayList written;
    for (const auto &[name, value] : pairs)
        written.append(name + '=' + value);
    return written.join('&');
}

//! All values of a header: trimmed, runs of spaces made one, joined with commas in the order received.
std::optional<QByteArray> canonicalValue(const Headers &headers, const QByteArray &name)
{
    std::optional<QByteArray> joined;
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) != 0)
            continue;
        joined = joined ? *joined + ',' + value.simplified() : value.simplified();
    }
    return joined;
}

//! "20260101T120000Z"
QString basicFormat(Timestamp time)
{
    const std::string extended = toIso8601(time); // "2026-01-01T12:00:00.000Z"
    return QString::fromStdString(extended.substr(0, 4) + extended.substr(5, 2) + extended.substr(8, 5)
        + extended.substr(14, 2) + extended.substr(17, 2) + 'Z');
}

//! The form in which all clients send it. Read by hand: QDateTime takes ten times as long as checking the signature.
std::optional<Timestamp> fromBasicFormat(QByteArrayView text)
{
    if (text.size() != 16 || text.at(8) != 'T' || text.at(15) != 'Z')
        return std::nullopt;
    bool digitsOnly = true;
    const auto number = [&](qsizetype from, qsizetype length) {
        unsigned value = 0;
        for (const char c : text.sliced(from, length)) {
            digitsOnly &= c >= '0' && c <= '9';
            value = value * 10 + unsigned(c - '0');
        }
        return value;
    };
    const std::chrono::year_month_day day { std::chrono::year { int(number(0, 4)) },
        std::chrono::month { number(4, 2) }, std::chrono::day { number(6, 2) } };
    const unsigned hour = number(9, 2), minute = number(11, 2), second = number(13, 2);
    if (!digitsOnly || !day.ok() || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    return Timestamp(std::chrono::sys_days { day }) + std::chrono::hours { hour } + std::chrono::minutes { minute }
    + std::chrono::seconds { second };
}

//! "Sun, 06 Nov 1994 08:49:37 GMT", as HTTP writes it. Qt reads the zone as a number only.
std::optional<Timestamp> fromHttpDate(const QByteArray &text)
{
    const QDateTime time =
        QDateTime::fromString(QString::fromLatin1(text).replace("GMT"_L1, "+0000"_L1), Qt::RFC2822Date);
    if (!time.isValid())
        return std::nullopt;
    return Timestamp(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

FrontRefusal incomplete(const QString &message) { return { "IncompleteSignatureException", message }; }
FrontRefusal invalid(const QString &message) { return { "InvalidSignatureException", message }; }

//! In time that tells nothing of where the two differ; a habit worth keeping even in a demo.
bool equalInConstantTime(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    unsigned difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= unsigned(uchar(a.at(i)) ^ uchar(b.at(i)));
    return difference == 0;
}

} // namespace

struct SignatureCheck::Claim {
    QByteArray accessKeyId;
    QByteArray scope;
    QByteArrayList scopeParts; //!< date, region, service, terminator
    QByteArrayList signedHeaders;
    QByteArray signature;
    Timestamp signedAt {};
};

SignatureCheck::SignatureCheck(QByteArray region, QByteArray service, QList<Credentials> callers)
    : m_region(std::move(region))
    , m_service(std::move(service))
    , m_callers(std::move(callers))
{
}

void SignatureCheck::add(Credentials caller)
{
    if (m_callers.size() >= callersLimit) {
        const auto oldest = std::find_if(
            m_callers.cbegin(), m_callers.cend(), [](const Credentials &known) { return known.expires.has_value(); });
        if (oldest != m_callers.cend())
            m_callers.erase(oldest);
    }
    m_callers.append(std::move(caller));
}

std::optional<FrontRefusal> SignatureCheck::parse(const QByteArray &authorization, Claim &claim) const
{
    if (authorization.isNull())
        return FrontRefusal { "MissingAuthenticationTokenException", u"Request is missing Authentication Token"_s };
    const QByteArray algorithm = "AWS4-HMAC-SHA256";
    if (!authorization.startsWith(algorithm + ' '))
        return incomplete(
            u"The Authorization header does not begin with AWS4-HMAC-SHA256, the only algorithm taken here."_s);

    QByteArray credential;
    for (const QByteArray &part : authorization.mid(algorithm.size()).split(',')) {
        const QByteArray pair = part.trimmed();
        const qsizetype equals = pair.indexOf('=');
        if (equals < 0)
            return incomplete(u"A part of the Authorization header is not a key=value pair (missing equal-sign)."_s);
        const QByteArray key = pair.left(equals), value = pair.mid(equals + 1);
        if (key == "Credential")
            credential = value;
        else if (key == "SignedHeaders")
            claim.signedHeaders = value.isEmpty() ? QByteArrayList() : value.split(';');
        else if (key == "Signature")
            claim.signature = value;
    }
    QStringList missing;
    if (credential.isEmpty())
        missing += u"Authorization header requires 'Credential' parameter."_s;
    if (claim.signature.isEmpty())
        missing += u"Authorization header requires 'Signature' parameter."_s;
    if (claim.signedHeaders.isEmpty())
        missing += u"Authorization header requires 'SignedHeaders' parameter."_s;
    if (!missing.isEmpty())
        return incomplete(missing.join(u' '));

    QByteArrayList parts = credential.split('/');
    claim.accessKeyId = parts.takeFirst();
    claim.scope = parts.join('/');
    claim.scopeParts = parts;
    if (parts.size() != 4)
        return incomplete(u"Credential must have exactly 5 elements with slashes between them: key id, date, region, "
                          "service, aws4_request."_s);
    return std::nullopt;
}

std::optional<FrontRefusal> SignatureCheck::checkScope(const Claim &claim) const
{
    QStringList wrong;
    if (claim.scopeParts.at(1) != m_region)
        wrong += u"Credential should be scoped to a valid region, not '%1'."_s.arg(
            QString::fromLatin1(claim.scopeParts.at(1)));
    if (claim.scopeParts.at(2) != m_service)
        wrong += u"Credential should be scoped to correct service: '%1'."_s.arg(QString::fromLatin1(m_service));
    if (claim.scopeParts.at(3) != "aws4_request")
        wrong += u"Credential should be scoped with a valid terminator: 'aws4_request'."_s;
    if (wrong.isEmpty())
        return std::nullopt;
    return invalid(wrong.join(u' '));
}

//! Host, the date and every x-amz-* header must be among the signed ones (IAM User Guide: "SignedHeaders").
std::optional<FrontRefusal> SignatureCheck::checkCoverage(const HttpRequest &request, const Claim &claim) const
{
    if (!claim.signedHeaders.contains("host"))
        return invalid(u"'Host' must be a 'SignedHeader' in the AWS Authorization."_s);
    if (request.header("x-amz-date").isNull() && !claim.signedHeaders.contains("date"))
        return invalid(u"'Date' must be a 'SignedHeader' in the AWS Authorization."_s);
    for (const auto &[name, value] : request.headers) {
        const QByteArray lower = name.toLower();
        if (lower.startsWith("x-amz-") && !claim.signedHeaders.contains(lower))
            return invalid(
                u"'%1' must be a 'SignedHeader' in the AWS Authorization."_s.arg(QString::fromLatin1(lower)));
    }
    return std::nullopt;
}

const QByteArray &SignatureCheck::signingKey(const Credentials &caller, const QByteArray &date)
{
    const QByteArray wanted = caller.accessKeyId.toLatin1() + '/' + date;
    if (m_cachedFor != wanted) {
        const QByteArray dated = hmac("AWS4" + caller.secretAccessKey.expose().toByteArray(), date);
        m_cachedKey = hmac(hmac(hmac(dated, m_region), m_service), "aws4_request");
        m_cachedFor = wanted;
    }
    return m_cachedKey;
}

//! The moment of signing; what is said wrong about it when it cannot be read.
std::optional<FrontRefusal> SignatureCheck::readDate(const HttpRequest &request, Claim &claim) const
{
    const QByteArray amzDate = request.header("x-amz-date");
    const QByteArray text = amzDate.isNull() ? request.header("date") : amzDate;
    if (text.isEmpty())
        return incomplete(u"Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."_s);
    auto moment = fromBasicFormat(text);
    if (!moment && amzDate.isNull())
        moment = fromHttpDate(text);
    if (!moment)
        return incomplete(u"The request's date cannot be read; it must be in ISO-8601 'basic format'."_s);
    claim.signedAt = *moment;
    return std::nullopt;
}

std::optional<FrontRefusal> SignatureCheck::checkTime(const Claim &claim, Timestamp now) const
{
    const QString written = basicFormat(claim.signedAt);
    const QString day = QString::fromLatin1(claim.scopeParts.at(0));
    if (written.left(8) != day)
        return invalid(u"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                       "'%1' != '%2'."_s.arg(day, written.left(8)));
    if (claim.signedAt < now - allowedSkew)
        return invalid(u"Signature expired: %1 is now earlier than %2 (%3 - 5 min.)"_s.arg(
            written, basicFormat(now - allowedSkew), basicFormat(now)));
    if (claim.signedAt > now + allowedSkew)
        return invalid(u"Signature not yet current: %1 is still later than %2 (%3 + 5 min.)"_s.arg(
            written, basicFormat(now + allowedSkew), basicFormat(now)));
    return std::nullopt;
}

//! The signature that the request should have; null if a header that is claimed to be signed is not there.
QByteArray SignatureCheck::signatureOf(const HttpRequest &request, const Claim &claim, const Credentials &caller)
{
    QByteArrayList names = claim.signedHeaders;
    std::sort(names.begin(), names.end()); // a signer that did not sort gets another canonical request than this
    const qsizetype question = request.target.indexOf('?');
    const QByteArray path = question < 0 ? request.target : request.target.left(question);
    const QByteArray query = question < 0 ? QByteArray() : request.target.mid(question + 1);
    QByteArray canonical = request.method + '\n' + canonicalPath(path) + '\n' + canonicalQuery(query) + '\n';
    for (const QByteArray &name : std::as_const(names)) {
        const auto value = canonicalValue(request.headers, name);
        if (!value)
            return {};
        canonical += name + ':' + *value + '\n';
    }
    canonical += '\n' + names.join(';') + '\n' + sha256Hex(request.body);
    const QByteArray stringToSign = "AWS4-HMAC-SHA256\n" + basicFormat(claim.signedAt).toLatin1() + '\n' + claim.scope
        + '\n' + sha256Hex(canonical);
    return hmac(signingKey(caller, claim.scopeParts.at(0)), stringToSign).toHex();
}

SignatureCheck::Finding SignatureCheck::judge(const HttpRequest &request, Timestamp now)
{
    Claim claim;
    auto refusal = parse(request.header("authorization"), claim);
    Finding finding { .accessKeyId = claim.accessKeyId, .scope = claim.scope, .signedHeaders = claim.signedHeaders };
    if (!refusal)
        refusal = readDate(request, claim);
    const auto caller = std::find_if(m_callers.cbegin(), m_callers.cend(),
        [&](const Credentials &known) { return known.accessKeyId.toLatin1() == claim.accessKeyId; });
    const Secret token { QByteArrayView(request.header("x-amz-security-token")) };
    if (!refusal && (caller == m_callers.cend() || !(caller->sessionToken == token)))
        refusal = { "UnrecognizedClientException", u"The security token included in the request is invalid."_s };
    if (!refusal)
        refusal = checkScope(claim);
    if (!refusal)
        refusal = checkTime(claim, now);
    if (!refusal)
        refusal = checkCoverage(request, claim);
    if (!refusal && !equalInConstantTime(signatureOf(request, claim, *caller), claim.signature))
        refusal = invalid(u"The request signature we calculated does not match the signature you provided. Check your "
                          "AWS Secret Access Key and signing method."_s);
    // Last: only who has the keys learns that they once were right.
    if (!refusal && caller->expires && *caller->expires <= now)
        refusal = { "ExpiredTokenException", u"The security token included in the request is expired"_s };
    finding.refusal = std::move(refusal);
    return finding;
}

} // namespace optout::demo
