// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "secrets/keychainstore.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTimer>

#include <algorithm>

namespace optout::test {

using namespace Qt::Literals::StringLiterals;

//! Waits for the answer of a job; longer than any job takes in these tests.
inline Result<Credentials> outcomeOf(CredentialJob *job)
{
    QSignalSpy spy(job, &CredentialJob::finished);
    if (!spy.wait(20'000))
        return Error { .kind = Error::Kind::Timeout, .detail = u"the job did not answer"_s };
    return spy.at(0).at(0).value<Result<Credentials>>();
}

//! The code of what went wrong, "NotFound", or an empty text if nothing did.
inline QString faultOf(CredentialJob *job)
{
    const Result<Credentials> outcome = outcomeOf(job);
    if (outcome)
        return {};
    return outcome.error().kind == Error::Kind::NotFound ? u"NotFound"_s : outcome.error().code;
}

inline Credentials keys(QByteArrayView secret = "CANARY/secret+key") // the wrapper looks for CANARY in all files
{
    return { .accessKeyId = u"AKIACANARY"_s, .secretAccessKey = Secret(secret), .sessionToken = {} };
}

//! The longest time for which the event loop did not come round.
class LongestTurn final {
public:
    LongestTurn()
    {
        QObject::connect(&m_tick, &QTimer::timeout, &m_tick, [this] { note(); });
        m_tick.start(0);
        m_clock.start();
    }
    qint64 milliseconds()
    {
        note();
        return m_longest;
    }

private:
    void note() { m_longest = std::max(m_longest, m_clock.restart()); }

    QTimer m_tick;
    QElapsedTimer m_clock;
    qint64 m_longest = 0;
};

} // namespace optout::test
