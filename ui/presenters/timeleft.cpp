// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/timeleft.h"

#include <algorithm>
#include <cmath>

namespace optout {

using namespace std::chrono_literals;
using std::chrono::seconds;

namespace {

constexpr std::chrono::milliseconds spacing { 1000 }; // of the samples: 60 of them span the window
constexpr seconds longest { 1000 * 24h }; // beyond that no number means anything

seconds stepOf(seconds estimate)
{
    if (estimate < 60s)
        return 10s;
    if (estimate < 10min)
        return 1min;
    if (estimate < 1h)
        return 5min;
    if (estimate < 10h)
        return 15min;
    return estimate < 48h ? 1h : 24h;
}

} // namespace

void TimeLeft::reset() { m_samples.clear(); }

void TimeLeft::note(std::chrono::milliseconds elapsed, quint32 rows)
{
    if (!m_samples.empty() && (elapsed < m_samples.back().elapsed || rows < m_samples.back().rows))
        reset();
    // The last sample moves along until it is far enough from the one before it.
    if (m_samples.size() >= 2 && elapsed - m_samples[m_samples.size() - 2].elapsed < spacing)
        m_samples.back() = { elapsed, rows };
    else
        m_samples.push_back({ elapsed, rows });
    while (m_samples.size() > 2 && elapsed - m_samples[1].elapsed >= window)
        m_samples.pop_front();
}

double TimeLeft::rowsPerSecond() const
{
    if (m_samples.size() < 2)
        return 0;
    const std::chrono::duration<double> span = m_samples.back().elapsed - m_samples.front().elapsed;
    return span >= leastSpan ? (m_samples.back().rows - m_samples.front().rows) / span.count() : 0;
}

std::optional<seconds> TimeLeft::to(quint32 size) const
{
    const double rate = rowsPerSecond();
    if (rate <= 0 || m_samples.back().rows > size)
        return {};
    const double left = std::ceil((size - m_samples.back().rows) / rate);
    return left < double(longest.count()) ? std::optional(seconds(std::llround(left))) : std::nullopt;
}

seconds roundedTimeLeft(seconds estimate, std::optional<seconds> shown)
{
    const seconds step = stepOf(estimate);
    if (shown && std::chrono::abs(estimate - *shown) * 5 < step * 4)
        return *shown;
    return std::max((estimate + step / 2) / step, seconds::rep(estimate < 60s ? 0 : 1)) * step;
}

} // namespace optout
