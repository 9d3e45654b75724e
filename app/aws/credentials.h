// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "core/secret.h"

#include <QString>

#include <functional>
#include <optional>

class QObject;

namespace optout {

//! What a request is signed with.
struct Credentials {
    QString accessKeyId; //!< 16..128 characters; no secret by itself, but never logged
    Secret secretAccessKey;
    Secret sessionToken; //!< empty for long-term keys
    std::optional<Timestamp> expires {}; //!< absent: not known to expire
};

//! Hands out credentials, renewing them when it can. One object per way of signing in. GUI thread only.
class CredentialsProvider {
public:
    virtual ~CredentialsProvider() = default;

    //! Calls \a done exactly once, from the event loop and never before this call returns, unless \a context is
    //! destroyed first. Error kinds: NoCredentials, Storage, and those of the service that was asked for them; with
    //! Error::isFinal when getting keys asked a person or ran a program, which no retry may repeat.
    virtual void provide(QObject *context, std::function<void(const Result<Credentials> &)> done) = 0;
    //! What provide() would give, if that is known without asking anybody and nothing is to be renewed; else nothing,
    //! and provide() has to be asked. Saves a long read a turn of the event loop for each page.
    virtual std::optional<Credentials> atHand() const { return std::nullopt; }
    //! The service refused the credentials with this access key id: the next provide() must get others if it can. When
    //! others are in hand already, because somebody else was refused first, these are kept.
    //! \return whether provide() may give others (false: it would give the same).
    virtual bool invalidate(const QString &accessKeyId) = 0;
};

//! Keys that do not change.
class StaticCredentialsProvider final : public CredentialsProvider {
public:
    explicit StaticCredentialsProvider(Credentials credentials);
    void provide(QObject *context, std::function<void(const Result<Credentials> &)> done) override;
    std::optional<Credentials> atHand() const override;
    bool invalidate(const QString &) override { return false; }

private:
    Result<Credentials> answer() const;

    Credentials m_credentials;
};

//! The keys in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; nothing if the first two are not both
//! set and not empty. (AWS SDKs and Tools Reference Guide, "Environment variables list".)
std::optional<Credentials> credentialsFromEnvironment();

//! AWS_REGION, else AWS_DEFAULT_REGION, else an empty text. (The AWS CLI v2 takes both, in this order.)
QString regionFromEnvironment();

} // namespace optout
