// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "export/csvwriter.h"

#include "core/digitpair.h"
#include "domain/timewriter.h"
#include "store/digits.h"

#include <cstring>
#include <string_view>

namespace optout {

namespace {

char *writeNumber(char *out, quint64 value)
{
    char *const end = out + digitCount(value);
    char *at = end;
    for (; value >= 100; value /= 100)
        writeDigitPair(at -= 2, quint32(value % 100));
    if (value >= 10)
        writeDigitPair(at - 2, quint32(value));
    else
        *(at - 1) = char('0' + value);
    return end;
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
        appendIso8601(text, *row.optedOutAt);
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
