// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "domain/optedoutnumber.h"

#include "domain/timewriter.h"

#include <array>
#include <cstdio>

namespace optout {

bool isPhoneNumber(QStringView text)
{
    if (text.startsWith(u'+'))
        text = text.sliced(1);
    if (text.size() < 2 || text.size() > 19 || text.front() == u'0')
        return false;
    for (const QChar c : text) {
        if (c < u'0' || c > u'9')
            return false;
    }
    return true;
}

QString withoutPhonePunctuation(QStringView text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : text) {
        const bool punctuation = c.isSpace() || c.category() == QChar::Punctuation_Dash || c == u'(' || c == u')'
            || c == u'.' || c == u'/'
            || c.category() == QChar::Other_Format; // bidi marks come along when a number is copied from a page
        if (!punctuation)
            out += c;
    }
    return out;
}

std::string toIso8601(Timestamp time)
{
    std::string text;
    appendIso8601(text, time);
    return text;
}

void appendIso8601(std::string &text, Timestamp time)
{
    using namespace std::chrono;
    if (TimeWriter::canWrite(time.time_since_epoch().count())) {
        std::array<char, TimeWriter::length> buffer {};
        TimeWriter().write(buffer.data(), time.time_since_epoch().count());
        text.append(buffer.data(), buffer.size());
        return;
    }
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    std::array<char, 40> buffer {};
    const int size = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
        int(date.year()), unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()),
        int(clock.minutes().count()), int(clock.seconds().count()), int(clock.subseconds().count()));
    text.append(buffer.data(), std::size_t(size));
}

} // namespace optout
