// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/pacer.h"

#include <QCryptographicHash>

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using Span = PaceState::Span;
using std::chrono::milliseconds;

namespace {
//! Rounded up: a timer that fires a fraction of a millisecond early would start the call too soon.
milliseconds untilThen(Span now, Span then)
{
    return std::max(milliseconds::zero(), std::chrono::ceil<milliseconds>(then - now));
}

Span spanOf(Pacer::SteadyTime moment) { return std::chrono::duration_cast<Span>(moment.time_since_epoch()); }

Span fixedSpacing(const PaceLimits &limits)
{
    if (!(limits.fixedRate > 0))
        return {};
    return std::chrono::ceil<Span>(std::chrono::duration<double>(
        1 / std::clamp(limits.fixedRate, PaceLimits::leastFixedRate, PaceLimits::mostFixedRate)));
}

//! Tells quotas apart and says nothing about them.
QString nameOf(const PaceKey &key)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QByteArray &part : { key.account.toUtf8(), key.endpoint.toUtf8(), key.region.toUtf8(), key.action })
        hash.addData(QByteArray::number(part.size()) + ':' + part);
    return u"pace-"_s + QString::fromLatin1(hash.result().first(16).toHex());
}
} // namespace

Pacer::Pacer(const Clock &clock, PaceLimits limits, const QString &folder, const QString &name)
    : m_clock(clock)
    , m_limits(limits)
    , m_shared(folder, name)
{
}

void Pacer::setLimits(PaceLimits limits) { m_limits = limits; }

milliseconds Pacer::claim()
{
    const Span now = spanOf(m_clock.steadyNow());
    Span start {};
    m_shared.update(
        [&](PaceLearner &learner) { start = learner.claim(now, m_limits.headroom, fixedSpacing(m_limits)); });
    return untilThen(now, start);
}

Pacer::Turn Pacer::claimTurn()
{
    const Span now = spanOf(m_clock.steadyNow());
    const Span fixed = fixedSpacing(m_limits);
    Span start {};
    bool isTaken = false;
    // In one go: each time is a lock, a read and a write.
    m_shared.update([&](PaceLearner &learner) {
        start = learner.claim(now, m_limits.headroom, fixed);
        isTaken = start <= now;
        if (isTaken)
            start = learner.admit(now, m_limits.headroom, fixed);
    });
    return { .delay = untilThen(now, start), .isTaken = isTaken };
}

milliseconds Pacer::remainingHold()
{
    const Span now = spanOf(m_clock.steadyNow());
    Span start {};
    m_shared.update(
        [&](PaceLearner &learner) { start = learner.admit(now, m_limits.headroom, fixedSpacing(m_limits)); });
    return untilThen(now, start);
}

void Pacer::passed(SteadyTime sentAt)
{
    const Span now = spanOf(m_clock.steadyNow());
    m_shared.update(
        [&](PaceLearner &learner) { learner.passed(spanOf(sentAt), now, m_limits.headroom, fixedSpacing(m_limits)); });
}

void Pacer::throttled(SteadyTime sentAt, std::optional<milliseconds> retryAfter)
{
    const Span now = spanOf(m_clock.steadyNow());
    const std::optional<Span> wait = retryAfter ? std::optional<Span>(*retryAfter) : std::nullopt;
    m_shared.update(
        [&](PaceLearner &learner) { learner.throttled(spanOf(sentAt), now, wait, fixedSpacing(m_limits)); });
}

std::optional<double> Pacer::callsPerSecond() const
{
    if (m_limits.fixedRate > 0)
        return m_limits.fixedRate;
    PaceState state = m_shared.lastKnown();
    const std::optional<double> rate = PaceLearner(state).rate();
    return rate ? std::optional(*rate * (1 - std::clamp(m_limits.headroom, 0.0, 0.9))) : std::nullopt;
}

Pacers::Pacers(const Clock &clock, PaceLimits limits, QString folder)
    : m_clock(clock)
    , m_limits(limits)
    , m_folder(std::move(folder))
{
}

Pacers::~Pacers() = default;

Pacer &Pacers::of(const PaceKey &key)
{
    std::unique_ptr<Pacer> &pacer = m_pacers[key];
    if (!pacer)
        pacer = std::make_unique<Pacer>(m_clock, m_limits, m_folder, nameOf(key));
    return *pacer;
}

void Pacers::setLimits(PaceLimits limits)
{
    m_limits = limits;
    for (const auto &[key, pacer] : m_pacers)
        pacer->setLimits(limits);
}

} // namespace optout
