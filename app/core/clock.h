// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace optout {

//! A moment in UTC, in whole milliseconds since 1970: the resolution the service's timestamps are worth.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

//! Where the time comes from, so that tests can set it. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    //! The wall clock: for signatures and for what people read. It may jump.
    virtual Timestamp now() const = 0;
    //! Never goes back: for delays and durations.
    virtual std::chrono::steady_clock::time_point steadyNow() const = 0;
};

//! The computer's own clocks.
class SystemClock final : public Clock {
public:
    Timestamp now() const override;
    std::chrono::steady_clock::time_point steadyNow() const override;
};

} // namespace optout
