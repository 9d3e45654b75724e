// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/sigv4.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <utility>
#include <vector>

namespace optout {

namespace {

constexpr char algorithm[] = "AWS4-HMAC-SHA256";

using Digest = std::array<unsigned char, crypto_hash_sha256_BYTES>;
static_assert(crypto_auth_hmacsha256_BYTES == crypto_hash_sha256_BYTES);

const unsigned char *bytesOf(QByteArrayView view) { return reinterpret_cast<const unsigned char *>(view.data()); }

QByteArray hex(const Digest &digest)
{
    return QByteArray::fromRawData(reinterpret_cast<const char *>(digest.data()), digest.size()).toHex();
}

QByteArray sha256Hex(QByteArrayView data)
{
    Digest digest;
    crypto_hash_sha256(digest.data(), bytesOf(data), std::size_t(data.size()));
    return hex(digest);
}

//! HMAC-SHA256 (RFC 2104) with one key, for any number of messages. Wiped at the end.
class Hmac {
public:
    explicit Hmac(QByteArrayView key) { crypto_auth_hmacsha256_init(&m_keyed, bytesOf(key), std::size_t(key.size())); }
    ~Hmac() { sodium_memzero(&m_keyed, sizeof m_keyed); }
    Q_DISABLE_COPY_MOVE(Hmac)

    void sign(QByteArrayView message, Digest &into) const
    {
        crypto_auth_hmacsha256_state state = m_keyed;
        crypto_auth_hmacsha256_update(&state, bytesOf(message), std::size_t(message.size()));
        crypto_auth_hmacsha256_final(&state, into.data());
        sodium_memzero(&state, sizeof state);
    }

private:
    crypto_auth_hmacsha256_state m_keyed;
};

//! The key that signs for one day, region and service. The caller wipes it.
Digest signingKey(const Secret &secret, QByteArrayView date, QByteArrayView region, QByteArrayView service)
{
    const QByteArrayView bytes = secret.expose();
    QByteArray first;
    first.reserve(4 + bytes.size()); // once: growing would leave a copy of the secret behind
    first.append("AWS4").append(bytes);
    Digest key;
    Hmac(first).sign(date, key);
    wipe(first);
    for (const QByteArrayView part : { region, service, QByteArrayView("aws4_request") })
        Hmac(QByteArrayView(key.data(), key.size())).sign(part, key);
    return key;
}

//! "20260102T030405Z", whole seconds as the algorithm has them.
QByteArray basicIso8601(std::chrono::sys_seconds time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    std::array<char, 40> buffer {};
    const int size = std::snprintf(buffer.data(), buffer.size(), "%04d%02u%02uT%02d%02d%02dZ", int(date.year()),
        unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()), int(clock.minutes().count()),
        int(clock.seconds().count()));
    return QByteArray(buffer.data(), size);
}

QByteArray hostHeader(const QUrl &url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    const int usualPort = url.scheme() == QLatin1StringView("https") ? 443 : 80;
    const int port = url.port(usualPort);
    return port == usualPort ? host : host + ':' + QByteArray::number(port);
}

//! The path without empty, "." and ".." segments, then percent-encoded once more, as every service but S3 wants it.
QByteArray canonicalPath(const QUrl &url)
{
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    QByteArrayList kept;
    for (const QByteArray &segment : path.split('/')) {
        if (segment == "..") {
            if (!kept.isEmpty())
                kept.removeLast();
        } else if (!segment.isEmpty() && segment != ".") {
            kept.append(segment);
        }
    }
    QByteArray out = '/' + kept.join('/');
    if (path.endsWith('/') && !kept.isEmpty())
        out += '/';
    return out.toPercentEncoding("/");
}

//! The query's pairs in order of their bytes, encoded as they are sent.
QByteArray canonicalQuery(const QUrl &url)
{
    const QByteArray query = url.query(QUrl::FullyEncoded).toLatin1();
    if (query.isEmpty())
        return {};
    std::vector<std::pair<QByteArray, QByteArray>> pairs;
    for (const QByteArray &pair : query.split('&')) {
        const qsizetype equals = pair.indexOf('=');
        pairs.emplace_back(equals < 0 ? pair : pair.first(equals), equals < 0 ? QByteArray() : pair.sliced(equals + 1));
    }
    std::sort(pairs.begin(), pairs.end());
    QByteArray out;
    for (const auto &[name, value] : pairs)
        out += (out.isEmpty() ? "" : "&") + name + '=' + value;
    return out;
}

struct CanonicalHeaders {
    QByteArray lines; //!< "name:value\n" each
    QByteArray names; //!< "name;name"
};

//! In order of the lower-case names; values of one name joined by commas in the order given.
CanonicalHeaders canonicalHeaders(const HttpHeaders &headers)
{
    std::vector<std::pair<QByteArray, QByteArray>> sorted;
    sorted.reserve(std::size_t(headers.size()));
    for (const auto &[name, value] : headers)
        sorted.emplace_back(name.toLower(), value.simplified());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    CanonicalHeaders out;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const auto &[name, value] = sorted[i];
        if (i > 0 && sorted[i - 1].first == name) {
            out.lines.chop(1);
            out.lines += ',' + value + '\n';
            continue;
        }
        out.lines += name + ':' + value + '\n';
        out.names += (out.names.isEmpty() ? "" : ";") + name;
    }
    return out;
}

void addSessionToken(HttpHeaders &headers, const Secret &token)
{
    if (!token.isEmpty())
        headers.emplaceBack("X-Amz-Security-Token", token.expose().toByteArray());
}

} // namespace

class SigningCache::Key {
public:
    Key(const Secret &secret, const QByteArray &date, const QByteArray &region, const QByteArray &service)
        : m_secret(secret)
        , m_date(date)
        , m_region(region)
        , m_service(service)
        , m_key(signingKey(secret, date, region, service))
        , m_hmac(QByteArrayView(m_key.data(), m_key.size()))
    {
        sodium_memzero(m_key.data(), m_key.size());
    }
    bool isOf(const Secret &secret, const QByteArray &date, const QByteArray &region, const QByteArray &service) const
    {
        return date == m_date && region == m_region && service == m_service && secret == m_secret;
    }
    const Hmac &hmac() const { return m_hmac; }

private:
    Secret m_secret;
    QByteArray m_date, m_region, m_service;
    Digest m_key; //!< until m_hmac is made of it
    Hmac m_hmac;
};

//! A request up to what its body decides.
struct SigningCache::Head {
    Head(const SigningInput &input, const Credentials &credentials, std::chrono::sys_seconds second);
    ~Head() { wipe(canonicalRequest); } // a session token may stand in it
    Q_DISABLE_COPY_MOVE(Head)
    //! Only of credentials without a session token: a head with one is not kept.
    bool isOf(const SigningInput &input, const Credentials &credentials, std::chrono::sys_seconds second) const
    {
        return second == time && credentials.accessKeyId == accessKeyId && credentials.sessionToken.isEmpty()
            && input.method == request.method && input.url == request.url && input.headers == request.headers
            && input.region == request.region && input.service == request.service;
    }

    SigningInput request; //!< its body is none of this
    QString accessKeyId;
    std::chrono::sys_seconds time;

    QByteArray date; //!< "20260102"
    HttpHeaders headers; //!< to send, without the session token and Authorization
    QByteArray canonicalRequest; //!< up to the body's hash
    QByteArray stringToSign; //!< up to the canonical request's hash
    QByteArray authorization; //!< up to the signature
};

SigningCache::Head::Head(const SigningInput &input, const Credentials &credentials, std::chrono::sys_seconds second)
    : request(input)
    , accessKeyId(credentials.accessKeyId)
    , time(second)
{
    request.body.clear();
    const QByteArray stamp = basicIso8601(second);
    date = stamp.first(8);
    headers = input.headers;
    headers.emplaceBack("X-Amz-Date", stamp);

    HttpHeaders toSign = headers;
    addSessionToken(toSign, credentials.sessionToken);
    toSign.emplaceBack("host", hostHeader(input.url));
    const CanonicalHeaders canonical = canonicalHeaders(toSign);
    canonicalRequest = input.method + '\n' + canonicalPath(input.url) + '\n' + canonicalQuery(input.url) + '\n'
        + canonical.lines + '\n' + canonical.names + '\n';

    const QByteArray scope = date + '/' + input.region + '/' + input.service + "/aws4_request";
    stringToSign = QByteArray(algorithm) + '\n' + stamp + '\n' + scope + '\n';
    authorization = QByteArray(algorithm) + " Credential=" + accessKeyId.toUtf8() + '/' + scope
        + ", SignedHeaders=" + canonical.names + ", Signature=";
}

SigningCache::SigningCache()
{
    // Again and again does no harm. What is used of the library here works without randomness as well.
    [[maybe_unused]] const int begun = sodium_init();
}
SigningCache::~SigningCache() = default;

Signature sign(const SigningInput &input, const Credentials &credentials, Timestamp time)
{
    SigningCache cache;
    return sign(input, credentials, time, cache);
}

Signature sign(const SigningInput &input, const Credentials &credentials, Timestamp time, SigningCache &kept)
{
    const auto second = std::chrono::floor<std::chrono::seconds>(time);
    if (!kept.m_head || !kept.m_head->isOf(input, credentials, second))
        kept.m_head = std::make_unique<SigningCache::Head>(input, credentials, second);
    const SigningCache::Head &head = *kept.m_head;
    if (!kept.m_key || !kept.m_key->isOf(credentials.secretAccessKey, head.date, input.region, input.service)) {
        kept.m_key =
            std::make_unique<SigningCache::Key>(credentials.secretAccessKey, head.date, input.region, input.service);
    }
    Signature out;
    out.canonicalRequest = head.canonicalRequest + sha256Hex(input.body);
    out.stringToSign = head.stringToSign + sha256Hex(out.canonicalRequest);
    Digest signature;
    kept.m_key->hmac().sign(out.stringToSign, signature);
    out.signature = hex(signature);
    out.authorization = head.authorization + out.signature;
    out.headers = head.headers;
    addSessionToken(out.headers, credentials.sessionToken);
    out.headers.emplaceBack("Authorization", out.authorization);
    if (!credentials.sessionToken.isEmpty())
        kept.m_head.reset();
    return out;
}

} // namespace optout
