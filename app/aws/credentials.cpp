// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/credentials.h"

#include <QObject>

namespace optout {

using namespace Qt::Literals::StringLiterals;

StaticCredentialsProvider::StaticCredentialsProvider(Credentials credentials)
    : m_credentials(std::move(credentials))
{
}

void StaticCredentialsProvider::provide(QObject *context, std::function<void(const Result<Credentials> &)> done)
{
    // The answer travels with the call: this object may be gone by then, the context may not.
    QMetaObject::invokeMethod(
        context, [done = std::move(done), answer = answer()] { done(answer); }, Qt::QueuedConnection);
}

std::optional<Credentials> StaticCredentialsProvider::atHand() const
{
    const Result<Credentials> known = answer();
    return known ? std::optional(*known) : std::nullopt;
}

Result<Credentials> StaticCredentialsProvider::answer() const
{
    if (m_credentials.accessKeyId.isEmpty() || m_credentials.secretAccessKey.isEmpty())
        return Error { .kind = Error::Kind::NoCredentials,
            .detail = u"The access key id or the secret access key is empty."_s };
    return m_credentials;
}

std::optional<Credentials> credentialsFromEnvironment()
{
    Credentials out { .accessKeyId = qEnvironmentVariable("AWS_ACCESS_KEY_ID"),
        .secretAccessKey = Secret(qgetenv("AWS_SECRET_ACCESS_KEY")),
        .sessionToken = Secret(qgetenv("AWS_SESSION_TOKEN")) };
    if (out.accessKeyId.isEmpty() || out.secretAccessKey.isEmpty())
        return std::nullopt;
    return out;
}

QString regionFromEnvironment()
{
    const QString region = qEnvironmentVariable("AWS_REGION");
    return region.isEmpty() ? qEnvironmentVariable("AWS_DEFAULT_REGION") : region;
}

} // namespace optout
