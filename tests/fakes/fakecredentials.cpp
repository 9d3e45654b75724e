// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "fakes/fakecredentials.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

FakeCredentialsProvider::FakeCredentialsProvider()
    : m_answers { credentials(u"AKIDEXAMPLE000000001"_s) }
{
}

void FakeCredentialsProvider::provide(QObject *context, std::function<void(const Result<Credentials> &)> done)
{
    ++m_provided;
    QMetaObject::invokeMethod(
        context,
        [done = std::move(done), answer = m_answers.front(), before = onProvide] {
            if (before)
                before();
            done(answer);
        },
        Qt::QueuedConnection);
}

std::optional<Credentials> FakeCredentialsProvider::atHand() const
{
    const Result<Credentials> &answer = m_answers.front();
    return isAtHand && answer ? std::optional(*answer) : std::nullopt;
}

bool FakeCredentialsProvider::invalidate(const QString &accessKeyId)
{
    ++m_invalidated;
    m_refused = accessKeyId;
    if (m_answers.size() == 1)
        return false;
    m_answers.pop_front();
    return true;
}

Credentials FakeCredentialsProvider::credentials(const QString &accessKeyId)
{
    return { .accessKeyId = accessKeyId, .secretAccessKey = Secret(QByteArrayView("fake secret")), .sessionToken = {} };
}

} // namespace optout
