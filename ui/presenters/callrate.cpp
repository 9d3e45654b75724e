// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/callrate.h"

namespace optout {

namespace {

constexpr std::chrono::milliseconds spacing { 200 }; // of the samples: 50 of them span the window

}

void CallRate::reset() { m_samples.clear(); }

void CallRate::note(std::chrono::milliseconds elapsed, int count)
{
    // The last sample moves along until it is far enough from the one before it.
    if (m_samples.size() >= 2 && elapsed - m_samples[m_samples.size() - 2].elapsed < spacing)
        m_samples.back() = { elapsed, count };
    else
        m_samples.push_back({ elapsed, count });
    while (m_samples.size() > 2 && elapsed - m_samples[1].elapsed >= window)
        m_samples.pop_front();
}

double CallRate::perSecond() const
{
    if (m_samples.size() < 2)
        return 0;
    const std::chrono::duration<double> span = m_samples.back().elapsed - m_samples.front().elapsed;
    return span.count() > 0 ? (m_samples.back().count - m_samples.front().count) / span.count() : 0;
}

} // namespace optout
