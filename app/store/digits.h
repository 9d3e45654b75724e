// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <array>
#include <bit>
#include <cstddef>

namespace optout {

//! 10^0 to 10^19: one more than the digits a packed number can have.
inline constexpr std::array<quint64, 20> powersOfTen = [] {
    std::array<quint64, 20> powers {};
    quint64 power = 1;
    for (quint64 &p : powers) {
        p = power;
        power *= 10; // the last product does not fit; it is not used
    }
    return powers;
}();

//! How many decimal digits a number from 1 up has: 1..20.
constexpr unsigned digitCount(quint64 number) noexcept
{
    // 1233/4096 is just over log10(2), which gives the digits or one too few.
    const unsigned guess = (unsigned(std::bit_width(number)) * 1233U) >> 12;
    return guess + (number >= powersOfTen[guess] ? 1U : 0U);
}

} // namespace optout
