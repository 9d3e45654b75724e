// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/sigv4.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <utility>
#include <vector>

namespace optout {

namespace {

constexpr char algorithm[] = "AWS4-HMAC-SHA256";

QByteArray sha256(QByteArrayView data) { return QCryptographicHash::hash(data, QCryptographicHash::Sha256); }

//! HMAC-SHA256 (RFC 2104). Written out because QMessageAuthenticationCode keeps a copy of the key that cannot be wiped.
QByteArray hmac(QByteArrayView key, QByteArrayView message)
{
    constexpr qsizetype blockBytes = 64;
    QByteArray block = key.size() > blockBytes ? sha256(key) : key.toByteArray();
    block.resize(blockBytes, '\0');
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (char &c : block)
        c = char(c ^ 0x36);
    hash.addData(block);
    hash.addData(message);
    const QByteArray inner = hash.result();
    hash.reset();
    for (char &c : block)
        c = char(c ^ 0x36 ^ 0x5c);
    hash.addData(block);
    hash.addData(inner);
    wipe(block);
    QByteArray out = hash.result();
    hash.reset();
    return out;
}

//! The key that signs for one day, region and service. The caller wipes it.
QByteArray signingKey(const Secret &secret, QByteArrayView date, QByteArrayView region, QByteArrayView service)
{
    const QByteArrayView bytes = secret.expose();
    QByteArray key;
    key.reserve(4 + bytes.size()); // once: growing would leave a copy of the secret behind
    key.append("AWS4").append(bytes);
    for (const QByteArrayView part : { date, region, service, QByteArrayView("aws4_request") }) {
        QByteArray next = hmac(key, part);
        wipe(key);
        key = std::move(next);
    }
    return key;
}

//! "20260102T030405Z", whole seconds as the algorithm has them.
QByteArray basicIso8601(Timestamp time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<seconds>(time - day));
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

} // namespace

SigningKey::~SigningKey() { wipe(m_key); }

QByteArrayView SigningKey::of(
    const Secret &secret, const QByteArray &date, const QByteArray &region, const QByteArray &service)
{
    const bool isKept =
        !m_key.isEmpty() && date == m_date && region == m_region && service == m_service && secret == m_secret;
    if (!isKept) {
        wipe(m_key);
        m_key = signingKey(secret, date, region, service);
        m_secret = secret;
        m_date = date;
        m_region = region;
        m_service = service;
    }
    return m_key;
}

const SigningKey::CanonicalUrl &SigningKey::of(const QUrl &url)
{
    if (m_canonicalUrl.path.isEmpty() || url != m_url) {
        m_url = url;
        m_canonicalUrl = { .host = hostHeader(url), .path = canonicalPath(url), .query = canonicalQuery(url) };
    }
    return m_canonicalUrl;
}

Signature sign(const SigningInput &input, const Credentials &credentials, Timestamp time)
{
    SigningKey key;
    return sign(input, credentials, time, key);
}

Signature sign(const SigningInput &input, const Credentials &credentials, Timestamp time, SigningKey &kept)
{
    const QByteArray stamp = basicIso8601(time);
    const QByteArray date = stamp.first(8);

    Signature out;
    out.headers = input.headers;
    out.headers.emplaceBack("X-Amz-Date", stamp);
    if (!credentials.sessionToken.isEmpty())
        out.headers.emplaceBack("X-Amz-Security-Token", credentials.sessionToken.expose().toByteArray());

    HttpHeaders toSign = out.headers;
    const SigningKey::CanonicalUrl &url = kept.of(input.url);
    toSign.emplaceBack("host", url.host);
    const CanonicalHeaders headers = canonicalHeaders(toSign);
    out.canonicalRequest = input.method + '\n' + url.path + '\n' + url.query + '\n' + headers.lines + '\n'
        + headers.names + '\n' + sha256(input.body).toHex();

    const QByteArray scope = date + '/' + input.region + '/' + input.service + "/aws4_request";
    out.stringToSign =
        QByteArray(algorithm) + '\n' + stamp + '\n' + scope + '\n' + sha256(out.canonicalRequest).toHex();

    const QByteArrayView key = kept.of(credentials.secretAccessKey, date, input.region, input.service);
    out.signature = hmac(key, out.stringToSign).toHex();

    out.authorization = QByteArray(algorithm) + " Credential=" + credentials.accessKeyId.toUtf8() + '/' + scope
        + ", SignedHeaders=" + headers.names + ", Signature=" + out.signature;
    out.headers.emplaceBack("Authorization", out.authorization);
    return out;
}

} // namespace optout
