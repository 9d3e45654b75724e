// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/clock.h"
#include "demo/httpmessage.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QMessageAuthenticationCode>

#include <algorithm>

//! Makes requests as a right client would, for tests of the demo endpoint. It can sign one form of request only; that
//! the checker reads the others too is shown by the published vectors.
namespace optout::test {

struct SigningChoices {
    QByteArray region = "us-east-1", service = "sms-voice", terminator = "aws4_request";
    QByteArray scopeDate {}; //!< empty: the day of signing
    QByteArrayList unsignedHeaders {}; //!< sent, but left out of the signature
};

inline demo::HttpRequest signedRequest(const QByteArray &operation, const QByteArray &body, const Credentials &keys,
    Timestamp time, const SigningChoices &choices = {})
{
    const auto sha256 = [](const QByteArray &bytes) {
        return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
    };
    const auto hmac = [](const QByteArray &key, const QByteArray &text) {
        return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256);
    };
    const QByteArray stamp = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC)
                                 .toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"))
                                 .toLatin1();
    demo::HttpRequest request { .method = "POST", .target = "/", .headers = {}, .body = body };
    request.headers = { { "Host", "127.0.0.1:8000" }, { "X-Amz-Target", "PinpointSMSVoiceV2." + operation },
        { "Content-Type", "application/x-amz-json-1.0" }, { "X-Amz-Date", stamp } };
    if (!keys.sessionToken.isEmpty())
        request.headers.append({ "X-Amz-Security-Token", keys.sessionToken.expose().toByteArray() });

    QByteArrayList names, lines;
    for (const auto &[name, value] : std::as_const(request.headers)) {
        if (!choices.unsignedHeaders.contains(name.toLower())) {
            names.append(name.toLower());
            lines.append(name.toLower() + ':' + value + '\n');
        }
    }
    std::sort(names.begin(), names.end());
    std::sort(lines.begin(), lines.end());
    const QByteArray date = choices.scopeDate.isEmpty() ? stamp.left(8) : choices.scopeDate;
    const QByteArray scope = date + '/' + choices.region + '/' + choices.service + '/' + choices.terminator;
    const QByteArray canonical = "POST\n/\n\n" + lines.join() + '\n' + names.join(';') + '\n' + sha256(body);
    const QByteArray toSign = "AWS4-HMAC-SHA256\n" + stamp + '\n' + scope + '\n' + sha256(canonical);
    QByteArray key = hmac("AWS4" + keys.secretAccessKey.expose().toByteArray(), date);
    key = hmac(hmac(hmac(key, choices.region), choices.service), choices.terminator);
    request.headers.append({ "Authorization",
        "AWS4-HMAC-SHA256 Credential=" + keys.accessKeyId.toLatin1() + '/' + scope
            + ", SignedHeaders=" + names.join(';') + ", Signature=" + hmac(key, toSign).toHex() });
    return request;
}

//! Replaces the value of a header, or adds it.
inline void setHeader(demo::HttpRequest &request, const QByteArray &name, const QByteArray &value)
{
    for (auto &[key, old] : request.headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            old = value;
            return;
        }
    }
    request.headers.append({ name, value });
}

} // namespace optout::test
