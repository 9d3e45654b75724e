// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "export/csvwriter.h"

#include "store/digits.h"

#include <array>
#include <chrono>
#include <cstring>
#include <limits>
#include <string_view>

namespace optout {

namespace {

constexpr std::array<char, 200> digitPairs = [] {
    std::array<char, 200> pairs {};
    for (std::size_t i = 0; i < 100; ++i) {
        pairs[2 * i] = char('0' + i / 10);
        pairs[2 * i + 1] = char('0' + i % 10);
    }
    return pairs;
}();

char *writePair(char *out, quint32 value)
{
    std::memcpy(out, &digitPairs[std::size_t(value) * 2], 2);
    return out + 2;
}

char *writeNumber(char *out, quint64 value)
{
    char *const end = out + digitCount(value);
    char *at = end;
    for (; value >= 100; value /= 100)
        writePair(at -= 2, quint32(value % 100));
    if (value >= 10)
        writePair(at - 2, quint32(value));
    else
        *(at - 1) = char('0' + value);
    return end;
}

//! Writes moments of the years 0 to 9999 as toIso8601() does, in a small part of its time: in a file of ten million
//! rows that is seconds. Moments of one day in a row share its date.
class TimeWriter {
public:
    static constexpr std::size_t length = 24;

    static bool canWrite(qint64 milliseconds) { return milliseconds >= first && milliseconds <= last; }

    char *write(char *out, qint64 milliseconds)
    {
        qint64 day = milliseconds / perDay;
        qint64 rest = milliseconds % perDay;
        if (rest < 0) {
            --day;
            rest += perDay;
        }
        if (day != m_day)
            setDay(day);
        std::memcpy(out, m_date.data(), m_date.size());
        out += m_date.size();
        const auto ofDay = quint32(rest);
        const quint32 seconds = ofDay / 1'000;
        const quint32 thousandths = ofDay % 1'000;
        out = writePair(out, seconds / 3'600);
        *out++ = ':';
        out = writePair(out, seconds / 60 % 60);
        *out++ = ':';
        out = writePair(out, seconds % 60);
        *out++ = '.';
        *out++ = char('0' + thousandths / 100);
        out = writePair(out, thousandths % 100);
        *out++ = 'Z';
        return out;
    }

private:
    static constexpr qint64 perDay = 86'400'000;
    static constexpr qint64 first = -62'167'219'200'000; // 0000-01-01
    static constexpr qint64 last = 253'402'300'799'999; // the end of 9999-12-31

    void setDay(qint64 day)
    {
        using namespace std::chrono;
        const year_month_day date { sys_days { days { day } } };
        const auto year = quint32(int(date.year()));
        char *out = writePair(m_date.data(), year / 100);
        out = writePair(out, year % 100);
        *out++ = '-';
        out = writePair(out, unsigned(date.month()));
        *out++ = '-';
        out = writePair(out, unsigned(date.day()));
        *out = 'T';
        m_day = day;
    }

    qint64 m_day = std::numeric_limits<qint64>::min();
    std::array<char, 11> m_date {};
};

void appendTime(std::string &text, Timestamp time)
{
    const qint64 milliseconds = time.time_since_epoch().count();
    if (!TimeWriter::canWrite(milliseconds)) {
        text += toIso8601(time);
        return;
    }
    std::array<char, TimeWriter::length> buffer {};
    TimeWriter().write(buffer.data(), milliseconds);
    text.append(buffer.data(), buffer.size());
}

void appendField(std::string &text, std::string_view field)
{
    if (field.find_first_of("\",\r\n") == std::string_view::npos) {
        text += field;
        return;
    }
    text += '"';
    for (const char c : field) {
        if (c == '"')
            text += '"';
        text += c;
    }
    text += '"';
}

} // namespace

std::string csvHeader() { return "OptedOutNumber,OptedOutTimestamp,EndUserOptedOut\r\n"; }

void appendCsvRow(std::string &text, const OptedOutNumber &row)
{
    appendField(text, row.number);
    text += ',';
    if (row.optedOutAt)
        appendTime(text, *row.optedOutAt);
    text += row.endUserOptedOut ? std::string_view(",true\r\n") : std::string_view(",false\r\n");
}

void appendCsvRows(std::string &text, const StoreSnapshot &rows, std::span<const quint32> order)
{
    // plus sign, 20 digits, comma, time, ",false\r\n"
    constexpr std::size_t longestLine = 1 + 20 + 1 + TimeWriter::length + 8;
    constexpr std::size_t ahead = 24; // rows: in a sorted view each one is somewhere else in memory
    TimeWriter times;
    std::size_t used = text.size();
    text.resize(used + order.size() * longestLine);
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i + ahead < order.size())
            rows.prefetch(order[i + ahead]);
        const PackedRow row = rows.at(order[i]);
        const bool hasTime = row.hasTime();
        if (row.isText() || (hasTime && !TimeWriter::canWrite(row.milliseconds()))) {
            text.resize(used);
            appendCsvRow(text, rows.unpacked(order[i]));
            used = text.size();
            text.resize(used + (order.size() - i - 1) * longestLine);
            continue;
        }
        char *const begin = text.data() + used;
        char *out = begin;
        *out = '+';
        out += (row.time & PackedRow::plusBit) ? 1 : 0;
        out = writeNumber(out, row.number);
        *out++ = ',';
        if (hasTime)
            out = times.write(out, row.milliseconds());
        const std::string_view end = row.byEndUser() ? ",true\r\n" : ",false\r\n";
        std::memcpy(out, end.data(), end.size());
        used += std::size_t(out - begin) + end.size();
    }
    text.resize(used);
}

} // namespace optout
