// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/keysinhand.h"

#include <algorithm>

namespace optout {

using std::chrono::milliseconds;

KeysInHand::KeysInHand(Credentials credentials, const Clock &clock)
    : m_credentials(std::move(credentials))
    , m_obtained(clock.steadyNow())
{
    if (m_credentials.expires)
        m_life = *m_credentials.expires - clock.now();
}

std::optional<milliseconds> KeysInHand::left(const Clock &clock) const
{
    if (!m_credentials.expires)
        return std::nullopt;
    const milliseconds bySteady = m_life - std::chrono::floor<milliseconds>(clock.steadyNow() - m_obtained);
    return std::min(bySteady, *m_credentials.expires - clock.now());
}

bool KeysInHand::hold(const Clock &clock) const
{
    const std::optional<milliseconds> rest = left(clock);
    return !rest || *rest > milliseconds::zero();
}

bool KeysInHand::shouldRenew(const Clock &clock) const { return isWithin(clock, std::chrono::minutes(15), 4); }

bool KeysInHand::mustRenew(const Clock &clock) const { return isWithin(clock, std::chrono::minutes(10), 6); }

bool KeysInHand::isWithin(const Clock &clock, milliseconds usual, int part) const
{
    const std::optional<milliseconds> rest = left(clock);
    return rest && *rest < std::min(usual, m_life / part);
}

} // namespace optout
