// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoint/unfinishedread.h"

namespace optout::test {

inline ReadAsked sampleRead()
{
    return { .endpoint = QStringLiteral("https://sms-voice.eu-west-1.amazonaws.com"),
        .region = QStringLiteral("eu-west-1"),
        .account = QStringLiteral("111122223333"),
        .list = QStringLiteral("Marketing"),
        .endUserOptedOut = true,
        .pageSize = 3,
        .begun = Timestamp(std::chrono::milliseconds(1'709'287'200'123)) };
}

//! Page number \a page, of two rows.
inline std::vector<OptedOutNumber> samplePage(int page)
{
    return { { .number = "+1416555" + std::to_string(1000 + 2 * page),
                 .optedOutAt = Timestamp(std::chrono::milliseconds(1'700'000'000'000 + page)),
                 .endUserOptedOut = true },
        { .number = "+1416555" + std::to_string(1001 + 2 * page) } };
}

inline ReadPlace placeAfter(int page)
{
    return { .chains = { { .endUserOptedOut = true,
                             .nextToken = QStringLiteral("token-%1").arg(page),
                             .lastGiven = { "+1416555" + QByteArray::number(1001 + 2 * page) } },
                 { .endUserOptedOut = false, .nextToken = {}, .isAtEnd = true, .lastGiven = {} } },
        .alreadyGiven = { "+14165550001", "+14165550002" } };
}

inline std::vector<OptedOutNumber> samplePages(int count)
{
    std::vector<OptedOutNumber> rows;
    for (int page = 1; page <= count; ++page) {
        for (const OptedOutNumber &row : samplePage(page))
            rows.push_back(row);
    }
    return rows;
}

} // namespace optout::test
