// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"

namespace optout {

//! A clock that stands still until a test moves it. It begins at 2024-03-01 10:00:00 UTC. Not thread-safe.
class FakeClock final : public Clock {
public:
    Timestamp now() const override { return m_now; }
    std::chrono::steady_clock::time_point steadyNow() const override { return m_steady; }

    //! Both clocks go on.
    void advance(std::chrono::milliseconds by)
    {
        m_now += by;
        m_steady += by;
    }
    //! Somebody sets the wall clock.
    void setNow(Timestamp now) { m_now = now; }

private:
    Timestamp m_now { std::chrono::sys_days(std::chrono::year(2024) / 3 / 1) + std::chrono::hours(10) };
    // Not the epoch: code that takes an unset time point for a real one shows.
    std::chrono::steady_clock::time_point m_steady { std::chrono::hours(1000) };
};

} // namespace optout
