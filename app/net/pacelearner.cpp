// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/pacelearner.h"

#include <algorithm>
#include <cmath>

namespace optout {

using Span = PaceState::Span;
using Phase = PaceState::Phase;
using namespace std::chrono_literals;

namespace {
//! The first spacing, 10 calls a second, and what it shrinks by with each call: 133 ms in all until none is left.
constexpr Span firstTarget = 100ms;
constexpr int rise = 4;
constexpr Span noSpacing = 500us;
constexpr Span staleAfter = 1h;
constexpr int searchPageLimit = 16;
//! Claims of a fixed rate that a process can have left behind.
constexpr int abandonedClaims = 16;
//! When to ask for more, in calls that passed. Asking costs a refused call and no time. Fewer than 5 may be refused in
//! a read of 300 pages, and a quota that halves costs 3: so one in the first half, and one (secondProbe) at the middle.
constexpr qint64 firstProbe = 61, probeInterval = 200, doubtfulProbe = 5;
constexpr Span slowestQuota = 1100ms; // a call a second

//! What is tried of the spacing that passes after the quota has shrunk. Credit pays for a few calls: then sooner.
double fallCheck(int burst) { return burst <= 1 ? 0.95 : 0.75; }
double within(double headroom) { return std::clamp(headroom, 0.0, 0.9); }
} // namespace

Span PaceLearner::scaled(Span span, double by) { return Span(std::llround(double(span.count()) * by)); }

bool PaceLearner::isSettled() const { return m.phase == Phase::Settled; }

bool PaceLearner::isEarly(Span elapsed) const { return elapsed < m.gap - m.gap / 40; }

Span PaceLearner::spacing() const { return scaled(m.gap, 1.003) + m.margin; }

Span PaceLearner::spacingNow(double headroom) const
{
    return isSettled() ? scaled(m.target, 1 / (1 - within(headroom))) : m.target;
}

//! Who paused, or had to, has learned nothing from the pause: as if the last call had been when the next one was due.
//! Refused again and again, the calls say no more than that others are there.
bool PaceLearner::forgetPause(Span sentAt)
{
    if (m.phase == Phase::Falling || m.lastPass == PaceState::unknown)
        return false; // falling, the longest time counts
    const Span due = std::max(firstTarget, m.target);
    const Span most = m.pageThrottled > 0 ? takenByOthers : std::max(longestPause, due * 3);
    const bool hasPaused = sentAt - m.lastPass > most;
    if (hasPaused)
        m.lastPass = sentAt - (m.pageThrottled > 0 ? most : due);
    return hasPaused;
}

std::optional<double> PaceLearner::rate() const
{
    const Span known = m.phase == Phase::Rising ? Span(0) : m.gap > Span(0) ? spacing() : m.target;
    return known > Span(0) ? std::optional(1e9 / double(known.count())) : std::nullopt;
}

void PaceLearner::begin(Span now)
{
    if (m.usedAt == PaceState::unknown) {
        m.target = firstTarget;
        m.usedAt = now;
    } else if (now - m.usedAt > staleAfter) {
        const Span start = m.phase == Phase::Rising || m.gap < Span(0) ? firstTarget : spacing();
        m = PaceState { .target = std::min(start, Span(1s)), .usedAt = now };
    }
}

Span PaceLearner::claim(Span now, double headroom, Span fixed)
{
    begin(now);
    m.usedAt = now;
    if (fixed > Span(0)) {
        // Apart from the others' claims: a slow rate, or one whose process has died, must not hold them up.
        const Span next = std::min(m.fixedNext, now + fixed * abandonedClaims);
        const Span start = std::max({ now, next, m.heldUntil });
        m.fixedNext = start + fixed;
        return start;
    }
    // Time that nobody used is not saved up: the quota is counted by the second, and a burst would run into it.
    const Span start = std::max({ now, m.next, m.heldUntil });
    m.next = start + spacingNow(headroom);
    m.lastStart = start;
    return start;
}

Span PaceLearner::admit(Span now, double headroom, Span fixed)
{
    const Span spacing = fixed > Span(0) ? fixed : spacingNow(headroom);
    Span start = std::max(now, m.heldUntil);
    if (m.lastAdmitted != PaceState::unknown)
        start = std::max(start, m.lastAdmitted + spacing);
    m.lastAdmitted = start;
    m.next = std::max(m.next, start + spacingNow(headroom));
    return start;
}

void PaceLearner::passed(Span sentAt, Span now, double headroom, Span fixed)
{
    m.usedAt = now;
    if (m.lastPass != PaceState::unknown && sentAt <= m.lastPass)
        return;
    if (fixed > Span(0)) { // says nothing about more than that
        m.lastPass = sentAt;
        return;
    }
    // The first call of all has none before it; how long ago that was does not matter.
    const Span elapsed = m.lastPass == PaceState::unknown ? Span(0) : sentAt - m.lastPass;
    const bool isFirst = m.lastPass == PaceState::unknown;
    m.lastPass = sentAt;
    ++m.passes;
    switch (m.phase) {
    case Phase::Rising:
        if (m.pageThrottled > 0 && elapsed >= takenByOthers)
            riseAgain(firstTarget);
        else
            riseAfter(elapsed);
        break;
    case Phase::Searching:
        if (m.pageThrottled > 0 && elapsed >= takenByOthers)
            riseAgain(firstTarget);
        else if (!isFirst && (m.pageThrottled > 0 || !forgetPause(sentAt)))
            searchAfter(elapsed);
        break;
    case Phase::Settled:
    case Phase::Probing:
        settledAfter(elapsed);
        break;
    case Phase::Climbing:
        climbAfter(elapsed);
        break;
    case Phase::Falling:
        fallAfter(elapsed);
        break;
    case Phase::FallCheck:
        fallCheckAfter(elapsed);
        break;
    }
    m.pageThrottled = 0;
    // Counted from when the call was really sent: a timer that fires late must not shorten the time to the next one.
    m.lastAdmitted = std::max(m.lastAdmitted, sentAt);
    m.next = std::max(m.lastStart, sentAt) + spacingNow(headroom);
}

//! While no limit is known: faster and faster.
void PaceLearner::riseAfter(Span elapsed)
{
    if (m.pageThrottled > 0) {
        m.credit = std::max(Span(0), elapsed - m.lastRefused);
        // One refusal may have been a fault of the service; a limit refuses again what it has refused.
        m.target = scaled(m.low, 0.95);
    } else {
        m.target /= rise;
        if (m.target < noSpacing)
            m.target = 0ns;
    }
}

void PaceLearner::search(Span low, Span high)
{
    m.phase = Phase::Searching;
    m.searchPages = 0;
    m.low = low;
    m.high = high;
    if (!settleIfFound())
        nextSearchTarget();
}

//! A call passed. With c of credit left from before, the time t since the last one was enough together with it: the
//! quota's spacing is at most t + c. What is left after it is at most the time since it was last refused.
void PaceLearner::searchAfter(Span elapsed)
{
    ++m.searchPages;
    if (m.burst <= 1)
        m.credit = 0ns; // there is no place for it
    if (m.credit != PaceState::unknown) {
        const Span enough = elapsed + m.credit;
        m.high = m.high == PaceState::unknown ? enough : std::min(m.high, enough);
    }
    if (m.pageThrottled > 0)
        m.credit = std::max(Span(0), elapsed - m.lastRefused);
    else if (m.credit != PaceState::unknown)
        m.credit = std::max(Span(0), m.credit + elapsed - m.low);
    if (!settleIfFound())
        nextSearchTarget();
}

bool PaceLearner::settleIfFound()
{
    if (m.high == PaceState::unknown)
        return false;
    // The service's quotas are whole numbers of calls a second (AWS General Reference, "AWS End User Messaging SMS
    // endpoints and quotas"); one that is the only one in reach is meant.
    const Span low = std::max(Span(1us), m.low - noise);
    const double fastest = 1e9 / double(low.count());
    const double slowest = 1e9 / double(m.high.count());
    const double whole = std::ceil(slowest - 1e-6);
    const bool isClear = whole <= fastest && whole + 1 > fastest && whole <= 60 && fastest < slowest * 1.35;
    const Span close = std::max(scaled(m.high, 0.01), noise);
    if (!isClear && m.high - m.low > close && m.searchPages < searchPageLimit)
        return false;
    const Span found = isClear ? Span(std::llround(1e9 / whole)) : m.high;
    m.margin = std::min(Span(1ms), found / 100);
    // Slower than any quota: others had a part in it, and may be gone soon.
    const bool isDoubtful = found > slowestQuota && m.passes < firstProbe;
    settle(found, isDoubtful ? doubtfulProbe : nextProbe());
    return true;
}

void PaceLearner::nextSearchTarget()
{
    if (m.high == PaceState::unknown) {
        m.target = m.low + std::max(scaled(m.low, 0.05), Span(1ms));
        return;
    }
    const Span credit = std::max(Span(0), m.credit);
    const Span middle = (m.low + m.high) / 2;
    // With too much credit nothing can be told: it is used up by asking a little too soon, until refused.
    m.target = middle - credit > m.low ? middle - credit : std::max(scaled(m.low, 0.9), m.low - credit);
}

qint64 PaceLearner::nextProbe() const
{
    for (const qint64 due : { firstProbe, secondProbe })
        if (m.passes < due - 20)
            return due - m.passes;
    return probeInterval;
}

void PaceLearner::settle(Span gap, qint64 probeAfter)
{
    m.phase = Phase::Settled;
    m.gap = gap;
    m.target = spacing();
    m.probeAt = m.passes + probeAfter;
}

void PaceLearner::settledAfter(Span elapsed)
{
    if (m.phase == Phase::Probing && m.pageThrottled == 0 && isEarly(elapsed)) {
        m.phase = Phase::Climbing;
        m.climbed = 0;
        m.target = scaled(m.gap, 0.5 * 1.01) + m.margin;
        return;
    }
    m.phase = Phase::Settled;
    m.target = spacing();
    if (m.passes >= m.probeAt) {
        m.phase = Phase::Probing;
        m.target = m.gap - std::max(scaled(m.gap, 0.1), std::min(noise * 2, m.gap / 2));
    }
}

//! Saved up tokens pay for a while; only who lasts longer than they can has found a larger quota.
void PaceLearner::climbAfter(Span elapsed)
{
    if (m.pageThrottled > 0) {
        settle(m.gap, nextProbe());
        return;
    }
    if (elapsed > scaled(m.gap, 0.7))
        return; // not one of those that ask for more
    if (++m.climbed < 2 * (std::min(m.burst, 50) + 2))
        return;
    if (m.gap / 2 < noise) {
        const qint64 passes = m.passes;
        m = PaceState {
            .passes = passes, .lastPass = m.lastPass, .next = m.next, .lastStart = m.lastStart, .usedAt = m.usedAt
        };
        return;
    }
    m.margin /= 2;
    settle(m.gap / 2, 0);
    settledAfter(m.gap); // asks for yet more at once
}

//! Something passes again.
void PaceLearner::fallAfter(Span elapsed)
{
    m.high = std::min(m.high, elapsed);
    if (m.high > longestPause && m.high > m.gap * 4) {
        riseAgain(spacing()); // not the quota of a moment ago, made smaller: others had taken it all
        return;
    }
    m.phase = Phase::FallCheck;
    m.climbed = 0;
    m.target = scaled(m.high, fallCheck(m.burst));
}

//! Begins again with what was known.
void PaceLearner::riseAgain(Span target)
{
    m.phase = Phase::Rising;
    m.target = target;
    m.gap = PaceState::unknown;
    m.high = PaceState::unknown;
    m.low = 0ns;
    m.throttledPages = 1;
    m.pageThrottled = 0;
    m.credit = PaceState::unknown;
}

//! The quota has shrunk, and a call passes after the time that was needed to.
void PaceLearner::fallCheckAfter(Span elapsed)
{
    if (elapsed < m.high - m.high / 40 && ++m.climbed >= (m.burst <= 1 ? 1 : 3)) {
        m.credit = 0ns;
        search(m.low, std::min(m.high, elapsed));
    } else {
        m.target = scaled(m.high, fallCheck(m.burst));
    }
}

} // namespace optout
