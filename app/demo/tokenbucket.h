// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace optout::demo {

//! A quota: so many calls a second, and so many at once after a rest. The rate can change when so many have passed.
class TokenBucket {
public:
    using Moment = std::chrono::steady_clock::time_point;

    //! From the call on that is the passed-th to pass, the rate is another; 0 for no quota.
    struct Change {
        double perSecond = 0;
        quint64 passed = 0;
    };

    //! \param perSecond 0 for no quota; \param burst 1 or more
    TokenBucket(double perSecond, int burst, Moment now, std::vector<Change> changes = {})
        : m_perSecond(perSecond)
        , m_burst(std::max(1, burst))
        , m_tokens(m_burst)
        , m_filledAt(now)
        , m_changes(std::move(changes))
    {
    }

    //! Whether a call may pass now. One that may not costs nothing.
    bool take(Moment now)
    {
        // Time before a change is paid at the rate before it.
        const double seconds = std::chrono::duration<double>(now - m_filledAt).count();
        m_tokens = std::min<double>(m_burst, m_tokens + seconds * m_perSecond);
        m_filledAt = now;
        if (m_perSecond > 0 && m_tokens < 1)
            return false;
        if (m_perSecond > 0)
            m_tokens -= 1;
        ++m_passed;
        for (const Change &change : m_changes)
            if (change.passed == m_passed)
                m_perSecond = change.perSecond;
        return true;
    }

private:
    double m_perSecond;
    int m_burst;
    double m_tokens;
    Moment m_filledAt;
    quint64 m_passed = 0;
    std::vector<Change> m_changes;
};

} // namespace optout::demo
