// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/clock.h"

#include <chrono>
#include <optional>

namespace optout {

//! Keys, and how long they still hold. What is left is reckoned by both clocks and the shorter counts: a computer that
//! slept does not count its sleep on the steady one, and the wall clock may be set back.
class KeysInHand {
public:
    KeysInHand(Credentials credentials, const Clock &clock);

    const Credentials &credentials() const { return m_credentials; }
    //! Absent for keys that do not expire. Negative when they have.
    std::optional<std::chrono::milliseconds> left(const Clock &clock) const;
    bool hold(const Clock &clock) const;
    //! From when on fresh ones are worth getting: the last 15 minutes, at most a quarter of their life.
    //! (botocore.credentials, RefreshableCredentials: advisory refresh; an hour's keys are the measure.)
    bool shouldRenew(const Clock &clock) const;
    //! From when on they are not to be relied on: the last 10 minutes, at most a sixth of their life (mandatory
    //! refresh).
    bool mustRenew(const Clock &clock) const;
    //! How long they held when they came; zero for keys that do not expire.
    std::chrono::milliseconds life() const { return m_life; }

private:
    bool isWithin(const Clock &clock, std::chrono::milliseconds usual, int part) const;

    Credentials m_credentials;
    std::chrono::steady_clock::time_point m_obtained;
    std::chrono::milliseconds m_life {};
};

} // namespace optout
