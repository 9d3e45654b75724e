// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/clock.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QUrl>

#include <utility>

namespace optout {

using HttpHeaders =
    QList<std::pair<QByteArray, QByteArray>>; //!< in order; names as sent, compared without regard to case

//! A request before it is signed.
struct SigningInput {
    QByteArray method = "POST";
    QUrl url;
    HttpHeaders headers; //!< those to be signed; without Host, X-Amz-Date and X-Amz-Security-Token, which signing adds
    QByteArray body;
    QByteArray region;
    QByteArray service = "sms-voice";
};

//! The stages of AWS Signature Version 4, so that each can be compared with published vectors.
//! (IAM User Guide, "Create a signed AWS API request".)
struct Signature {
    QByteArray canonicalRequest;
    QByteArray stringToSign;
    QByteArray signature; //!< 64 lower-case hexadecimal digits
    QByteArray authorization; //!< the Authorization header's value
    HttpHeaders headers; //!< all headers to send: the input's, X-Amz-Date, X-Amz-Security-Token if any, Authorization
};

//! What is the same from one signature to the next, for those who sign again and again: the derived key, good for a
//! day, which takes as long as the rest of signing, and how the URL is written. The key is overwritten when another
//! takes its place and when it is dropped. Any thread, one at a time.
class SigningKey {
public:
    SigningKey() = default;
    ~SigningKey();
    Q_DISABLE_COPY_MOVE(SigningKey)

    //! Good until the next call. \param date "20260102"
    QByteArrayView of(
        const Secret &secret, const QByteArray &date, const QByteArray &region, const QByteArray &service);

    struct CanonicalUrl {
        QByteArray host; //!< with the port unless it is the scheme's usual one
        QByteArray path;
        QByteArray query;
    };
    //! Good until the next call.
    const CanonicalUrl &of(const QUrl &url);

private:
    QUrl m_url;
    CanonicalUrl m_canonicalUrl;
    Secret m_secret;
    QByteArray m_date, m_region, m_service;
    QByteArray m_key;
};

//! Any thread. The host header is signed as QUrl writes it: with the port unless it is the scheme's default.
Signature sign(const SigningInput &input, const Credentials &credentials, Timestamp time, SigningKey &kept);
Signature sign(const SigningInput &input, const Credentials &credentials, Timestamp time);

} // namespace optout
