// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
//
// The half of the learner that hears of refusals.

#include "net/pacelearner.h"

#include <algorithm>

namespace optout {

using Span = PaceState::Span;
using Phase = PaceState::Phase;
using namespace std::chrono_literals;

namespace {
constexpr Span longestFall = 60s;
constexpr Span longestRetryAfter = 5min;
constexpr Span fixedHold = 1s;
} // namespace

void PaceLearner::throttled(Span sentAt, Span now, std::optional<Span> retryAfter, Span fixed)
{
    begin(now);
    m.usedAt = now;
    if (retryAfter)
        m.heldUntil = std::max(m.heldUntil, now + std::min(*retryAfter, longestRetryAfter));
    else if (fixed > Span(0))
        m.heldUntil = std::max(m.heldUntil, now + fixedHold);
    // Calls that were under way together are refused for one reason.
    if (fixed > Span(0) || (m.reactedAt != PaceState::unknown && sentAt < m.reactedAt))
        return;
    m.reactedAt = now;
    if (m.lastPass == PaceState::unknown)
        m.lastPass = sentAt; // the next best
    forgetPause(sentAt);
    const Span elapsed = std::max(Span(0), sentAt - m.lastPass);
    const Span soonest = elapsed >= takenByOthers ? elapsed + longestPause : Span(0);
    const Span wait = std::min(std::max(retryIn(elapsed), soonest), now - m.lastPass + longestPause);
    ++m.pageThrottled;
    m.lastRefused = elapsed;
    if (m.phase != Phase::Settled)
        m.target = wait;
    m.heldUntil = std::max({ m.heldUntil, m.lastPass + wait, now + 1ms });
    // Starts given away before come again, when they are due, and are told to wait then.
    m.next = m.lastStart > m.heldUntil ? m.lastStart + m.target : m.heldUntil;
    m.lastAdmitted = std::min(m.lastAdmitted, m.lastPass);
}

//! \return how long after the last call that passed to try again
Span PaceLearner::retryIn(Span elapsed)
{
    switch (m.phase) {
    case Phase::Rising:
        return retryRising(elapsed);
    case Phase::Searching:
        return retrySearching(elapsed);
    case Phase::Settled:
    case Phase::Probing:
        return retrySettled(elapsed);
    case Phase::Climbing:
        return retryClimbing(elapsed);
    case Phase::Falling:
        m.high = std::min(m.high * 2, longestFall);
        return roomySpacing(m.high);
    case Phase::FallCheck:
        settle(m.high, secondProbe); // as much as was found, and no more
        return spacing();
    }
    Q_UNREACHABLE();
}

Span PaceLearner::retryRising(Span elapsed)
{
    m.low = std::max(m.low, elapsed);
    if (m.pageThrottled == 0) {
        if (m.throttledPages++ == 0)
            m.burst = qint32(std::min<qint64>(m.passes, 1'000'000));
        if (m.throttledPages > 1) {
            m.phase = Phase::Searching;
            m.searchPages = 0;
            return retrySearching(elapsed);
        }
    }
    return std::max(scaled(elapsed, 1.4), elapsed + 2ms);
}

Span PaceLearner::retrySearching(Span elapsed)
{
    m.low = std::max(m.low, elapsed);
    if (m.high != PaceState::unknown && m.low + 1ms >= m.high)
        m.high = PaceState::unknown; // taken for proven too soon, or the quota has shrunk
    if (m.high == PaceState::unknown) {
        const double growth = m.pageThrottled > 3 ? 1.3 : m.searchPages > 4 ? 1.05 : 1.12;
        return std::max(scaled(elapsed, growth), elapsed + 1ms);
    }
    return m.low + std::max((m.high - m.low) / 4, Span(1ms));
}

Span PaceLearner::retrySettled(Span elapsed)
{
    if (m.phase == Phase::Probing && isEarly(elapsed)) {
        settle(m.gap, nextProbe());
        if (m.burst <= 1) {
            --m.pageThrottled; // asked for; nothing is wrong
        } else {
            m.streak = 3; // credit is used up: what is refused now is refused for good reason
            m.refusedAt = m.passes;
        }
        return spacing();
    }
    m.phase = Phase::Settled;
    if (m.pageThrottled > 0)
        return fall(elapsed);
    m.streak = m.passes - m.refusedAt < 12 ? m.streak + 1 : 1;
    m.refusedAt = m.passes;
    if (m.streak > 3)
        return fall(elapsed);
    m.marginBefore = m.margin;
    m.margin += std::max(scaled(m.gap, 0.01), Span(1ms));
    if (m.margin > std::max(scaled(m.gap, 0.03), Span(3ms))) {
        m.gap = scaled(m.gap, 1.03);
        m.margin = m.marginBefore / 2;
    }
    m.target = spacing();
    return std::max(scaled(elapsed, 1.05), elapsed + noise);
}

//! Refused twice: not by chance. Half of the rate is tried next.
Span PaceLearner::fall(Span elapsed)
{
    m.phase = Phase::Falling;
    m.streak = 0;
    m.margin = m.marginBefore;
    m.low = elapsed;
    m.high = m.gap * 2;
    return roomySpacing(m.high);
}

Span PaceLearner::retryClimbing(Span elapsed)
{
    // With saved up tokens a climb begins well and ends early. Without, what the probe had is proven.
    if (m.burst <= 1 && m.pageThrottled == 0) {
        m.credit = 0ns;
        m.high = scaled(m.gap, 0.92);
        m.phase = Phase::Searching;
        m.searchPages = 0;
        m.low = 0ns;
        return retrySearching(elapsed);
    }
    settle(m.gap, nextProbe());
    m.streak = 3;
    m.refusedAt = m.passes;
    return spacing();
}

} // namespace optout
