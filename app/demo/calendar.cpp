// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/calendar.h"

#include "demo/permutation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace optout::demo {

namespace {

using namespace std::chrono;

constexpr Timestamp end = sys_days { 2026y / July / 1 }; // fixed, so that a seed means the same rows on every day
constexpr milliseconds dayLength = hours { 24 };

//! 0 <= x < 1
double fraction(quint64 hash) { return double(hash >> 11) * 0x1p-53; }

//! A moment of a day by how busy its 24 hours are.
milliseconds momentOfDay(const std::array<int, 24> &busyness, quint64 hash)
{
    int total = 0;
    for (const int busy : busyness)
        total += busy;
    double left = fraction(hash) * total;
    int hour = 0;
    while (hour < 23 && left >= busyness[std::size_t(hour)])
        left -= busyness[std::size_t(hour++)];
    const double part = left / busyness[std::size_t(hour)];
    return hours { hour } + milliseconds { qint64(part * 3'600'000) };
}

constexpr std::array peopleAwake { 3, 2, 1, 1, 1, 2, 6, 14, 24, 34, 40, 42, 44, 40, 38, 38, 40, 46, 50, 48, 40, 28, 16,
    7 };
constexpr std::array officeHours { 0, 0, 0, 0, 0, 0, 0, 2, 12, 24, 26, 24, 12, 20, 24, 22, 16, 5, 1, 0, 0, 0, 0, 0 };

} // namespace

Calendar::Calendar(Timestamp begin, quint64 key)
    : m_begin(begin)
{
    // A campaign every three weeks or so, at ten in the morning to six in the evening of a weekday (UTC), ever larger.
    double weight = 0;
    for (Timestamp day = floor<days>(begin) + days { 2 }; day < end; day += days { 12 + key % 19 }) {
        key = scatter(key);
        Timestamp start = day;
        const weekday on { floor<days>(day) };
        if (on == Saturday || on == Sunday)
            start += days { 2 };
        start += hours { 10 + (key >> 8) % 8 } + minutes { (key >> 16) % 2 * 30 };
        weight +=
            1.0 + double((key >> 24) % 9) + 8.0 * double((day - begin) / dayLength) / double((end - begin) / dayLength);
        if (start < end)
            m_campaigns.push_back({ start, weight });
    }
    // Clean-ups run a quarter past two at night, every two months.
    for (Timestamp day = floor<days>(begin) + days { 20 }; day < end; day += days { 55 + key % 11 }) {
        key = scatter(key);
        m_cleanUps.push_back(day + hours { 2 } + minutes { 15 });
    }
}

Timestamp Calendar::endUserMoment(quint64 hash, int utcOffsetHours) const
{
    const quint64 second = scatter(hash), third = scatter(second);
    if (hash % 100 < 45 && !m_campaigns.empty()) {
        const double pick = fraction(second) * m_campaigns.back().weightUpToHere;
        const auto campaign = std::upper_bound(m_campaigns.begin(), m_campaigns.end(), pick,
            [](double value, const Campaign &entry) { return value < entry.weightUpToHere; });
        const double wait = -std::log(1.0 - fraction(third)) * 50.0 * 60'000.0; // mean 50 minutes
        const Timestamp start = campaign == m_campaigns.end() ? m_campaigns.back().start : campaign->start;
        return clamped(start + milliseconds { qint64(wait) }, hash);
    }
    return clamped(anyDay(second) + momentOfDay(peopleAwake, third) - hours { utcOffsetHours }, hash);
}

Timestamp Calendar::accountMoment(quint64 hash, int utcOffsetHours) const
{
    const quint64 second = scatter(hash), third = scatter(second);
    if (hash % 100 < 60 && !m_cleanUps.empty()) // 250 numbers a second for two minutes
        return clamped(m_cleanUps[second % m_cleanUps.size()] + milliseconds { third % 30'000 * 4 }, hash);
    Timestamp day = anyDay(second);
    const weekday on { floor<days>(day) };
    if (on == Saturday || on == Sunday)
        day -= days { 2 };
    return clamped(day + momentOfDay(officeHours, third) - hours { utcOffsetHours }, hash);
}

//! A day of the list's life; later ones are likelier, because the list's account grows.
Timestamp Calendar::anyDay(quint64 hash) const
{
    const double grown = std::sqrt(fraction(hash) * 0.9 + 0.1) * 1.46 - 0.46;
    return floor<days>(m_begin + milliseconds { qint64(std::max(0.0, grown) * double((end - m_begin).count())) });
}

Timestamp Calendar::clamped(Timestamp time, quint64 hash) const
{
    if (time >= m_begin && time < end)
        return time;
    return m_begin + milliseconds { qint64(hash % quint64((end - m_begin).count())) };
}

} // namespace optout::demo
