// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <array>
#include <bit>

namespace optout::demo {

//! Scatters 64 bits over 64 bits (splitmix64: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators").
constexpr quint64 scatter(quint64 value)
{
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

//! A bijection of 0..size-1 onto itself that looks like shuffling, in both directions and without a table: this is what
//! lets a list of ten million rows take no memory, and a number be found in it at once.
//!
//! Each round (multiply by an odd number, add, fold the upper half onto the lower) can be undone modulo a power of two.
//! A result past the end is sent round again, which keeps the mapping one to one (cycle walking: Black, Rogaway,
//! "Ciphers with Arbitrary Finite Domains"); less than two turns are needed on average, because the power of two is the
//! next one.
class Permutation {
public:
    //! \param size 1 or more
    Permutation(quint32 size, quint64 key)
        : m_size(size)
        , m_bits(int(std::bit_width(quint64(size) - 1)))
        , m_mask((quint64(1) << m_bits) - 1)
    {
        for (Round &round : m_rounds) {
            key = scatter(key);
            round.factor = key | 1;
            round.inverse = inverseOf(round.factor);
            key = scatter(key);
            round.addend = key;
        }
    }

    quint32 map(quint32 index) const
    {
        quint64 value = index;
        do {
            for (const Round &round : m_rounds) {
                value = (value * round.factor + round.addend) & m_mask;
                value ^= value >> shift();
            }
        } while (value >= m_size);
        return quint32(value);
    }

    quint32 unmap(quint32 image) const
    {
        quint64 value = image;
        do {
            for (auto round = m_rounds.rbegin(); round != m_rounds.rend(); ++round) {
                value ^= value >> shift(); // undoes itself, because it moves by half the bits or more
                value = ((value - round->addend) * round->inverse) & m_mask;
            }
        } while (value >= m_size);
        return quint32(value);
    }

private:
    struct Round {
        quint64 factor, inverse, addend;
    };

    int shift() const { return m_bits / 2 + 1; }

    static constexpr quint64 inverseOf(quint64 odd)
    {
        quint64 inverse = odd; // right in the lowest three bits; each step doubles how many are (Newton)
        for (int step = 0; step < 5; ++step)
            inverse *= 2 - odd * inverse;
        return inverse;
    }

    quint64 m_size;
    int m_bits;
    quint64 m_mask;
    std::array<Round, 3> m_rounds {};
};

} // namespace optout::demo
