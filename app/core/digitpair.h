// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <array>
#include <cstddef>
#include <cstring>

namespace optout {

//! "00" to "99", one after the other.
inline constexpr std::array<char, 200> digitPairs = [] {
    std::array<char, 200> pairs {};
    for (std::size_t i = 0; i < 100; ++i) {
        pairs[2 * i] = char('0' + i / 10);
        pairs[2 * i + 1] = char('0' + i % 10);
    }
    return pairs;
}();

//! Writes a number of 0 to 99 as two digits, and returns where they end.
inline char *writeDigitPair(char *out, quint32 value) noexcept
{
    std::memcpy(out, &digitPairs[std::size_t(value) * 2], 2);
    return out + 2;
}

} // namespace optout
