// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/httpdate.h"

#include <QByteArrayList>

#include <algorithm>
#include <array>
#include <chrono>

namespace optout {

namespace {

constexpr std::array months { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };

//! A number of so many digits and nothing else.
std::optional<int> number(const QByteArray &text, qsizetype fewest, qsizetype most)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() < fewest || text.size() > most || !std::all_of(text.begin(), text.end(), isDigit))
        return std::nullopt;
    return text.toInt();
}

std::optional<unsigned> month(const QByteArray &text)
{
    const auto found = std::find(months.begin(), months.end(), text.toLower());
    if (found == months.end())
        return std::nullopt;
    return unsigned(found - months.begin()) + 1;
}

std::optional<std::chrono::seconds> timeOfDay(const QByteArray &text)
{
    const QByteArrayList parts = text.split(':');
    if (parts.size() != 3)
        return std::nullopt;
    const std::optional<int> hour = number(parts[0], 2, 2);
    const std::optional<int> minute = number(parts[1], 2, 2);
    const std::optional<int> second = number(parts[2], 2, 2);
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) // 60: a leap second
        return std::nullopt;
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

std::optional<int> year(const QByteArray &text)
{
    if (const std::optional<int> two = number(text, 2, 2))
        return *two + (*two < 70 ? 2000 : 1900);
    return number(text, 4, 4);
}

std::optional<Timestamp> moment(
    const QByteArray &dayText, const QByteArray &monthText, const QByteArray &yearText, const QByteArray &timeText)
{
    const std::optional<int> day = number(dayText, 1, 2);
    const std::optional<unsigned> ofYear = month(monthText);
    const std::optional<int> inYear = year(yearText);
    const std::optional<std::chrono::seconds> time = timeOfDay(timeText);
    if (!day || !ofYear || !inYear || !time)
        return std::nullopt;
    const std::chrono::year_month_day date { std::chrono::year(*inYear), std::chrono::month(*ofYear),
        std::chrono::day(unsigned(*day)) };
    if (!date.ok())
        return std::nullopt;
    return Timestamp(std::chrono::sys_days(date)) + *time;
}

} // namespace

std::optional<Timestamp> httpDate(QByteArrayView text)
{
    constexpr qsizetype longest = 64; // the longest form has 33 characters
    if (text.size() > longest)
        return std::nullopt;
    QByteArray plain = text.toByteArray();
    plain.replace(',', ' ').replace('-', ' ');
    const QByteArrayList words = plain.simplified().split(' ');
    if (words.size() == 6 && words[5].compare("GMT", Qt::CaseInsensitive) == 0)
        return moment(words[1], words[2], words[3], words[4]);
    if (words.size() == 5)
        return moment(words[2], words[1], words[4], words[3]);
    return std::nullopt;
}

} // namespace optout
