// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/optedoutnumber.h"

#include <optional>
#include <string>
#include <vector>

namespace optout {

//! Numbers such as a list seldom has, in the order a view sorted by number shows them. Without their plus sign no two
//! are the same.
inline const std::vector<std::string> &oddNumbersInOrder()
{
    static const std::vector<std::string> numbers { // What is a number, as texts compare
        "+1", "10", "+100", "1000000000000000000", "+1000000000000000001", "+1234567890123456789", "+14165550123",
        "447700900123", "7", "+9", "99", "9999999999999999998", "+9999999999999999999",
        // What is none
        "", " ", " 1", "++1", "-1", "0", "00", "+0049301234567", "007", "0123", "+1 416 555 0123", "1,\"2\"",
        "10000000000000000000", "+10000000000000000001", "+1416555CALL", "18446744073709551615",
        "+18446744073709551616", "99999999999999999999", "+9999999999999999999999999", "=1+1", "ACME", "Acme-Alerts",
        "acme", "\u0661\u0662"
    };
    return numbers;
}

struct OddTime {
    std::optional<Timestamp> time;
    const char *written; //!< as an export and a copy say it
};

//! The edges of what the service may say, in order.
inline const std::vector<OddTime> &oddTimesInOrder()
{
    const auto at = [](qint64 milliseconds) { return Timestamp(std::chrono::milliseconds(milliseconds)); };
    static const std::vector<OddTime> times {
        { std::nullopt, "" },
        { at(-62'167'219'200'000), "0000-01-01T00:00:00.000Z" },
        { at(-1'001), "1969-12-31T23:59:58.999Z" },
        { at(-1'000), "1969-12-31T23:59:59.000Z" },
        { at(-1), "1969-12-31T23:59:59.999Z" },
        { at(0), "1970-01-01T00:00:00.000Z" },
        { at(1), "1970-01-01T00:00:00.001Z" },
        { at(999), "1970-01-01T00:00:00.999Z" },
        { at(1'000), "1970-01-01T00:00:01.000Z" },
        { at(86'399'999), "1970-01-01T23:59:59.999Z" },
        { at(86'400'000), "1970-01-02T00:00:00.000Z" },
        { at(1'700'000'000'000), "2023-11-14T22:13:20.000Z" },
        { at(253'402'300'799'998), "9999-12-31T23:59:59.998Z" },
        { at(253'402'300'799'999), "9999-12-31T23:59:59.999Z" },
    };
    return times;
}

} // namespace optout
