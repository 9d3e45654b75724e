// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/clock.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QUrl>

#include <memory>
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
//! day, and all that stands before the body's hash, good for a second. Both take as long as the rest of signing. The
//! key is overwritten when another takes its place and when it is dropped. What stands before the body is not kept if
//! a session token is part of it. Any thread, one at a time.
class SigningCache {
public:
    SigningCache();
    ~SigningCache();
    Q_DISABLE_COPY_MOVE(SigningCache)

private:
    friend Signature sign(const SigningInput &, const Credentials &, Timestamp, SigningCache &);

    class Key;
    struct Head;
    std::unique_ptr<Key> m_key;
    std::unique_ptr<Head> m_head;
};

//! Any thread. The host header is signed as QUrl writes it: with the port unless it is the scheme's default.
Signature sign(const SigningInput &input, const Credentials &credentials, Timestamp time, SigningCache &kept);
Signature sign(const SigningInput &input, const Credentials &credentials, Timestamp time);

} // namespace optout
