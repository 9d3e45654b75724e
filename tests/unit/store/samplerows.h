// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/optedoutnumber.h"

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace optout {

//! Rows of every kind there can be, the odd ones far more often than in life, with many that compare equal.
class SampleRows {
public:
    explicit SampleRows(quint32 seed)
        : m_random(seed)
    {
    }

    OptedOutNumber row()
    {
        OptedOutNumber out { .number = number(), .endUserOptedOut = below(2) == 0 };
        switch (below(12)) {
        case 0:
            break; // the service gave no time
        case 1:
            out.optedOutAt = at(0);
            break;
        case 2:
            out.optedOutAt = at(253'402'300'799'999); // the end of 9999
            break;
        case 3:
            out.optedOutAt = at(-1);
            break;
        case 4: // an import: all at the same moment
            out.optedOutAt = at(1'700'000'000'000);
            break;
        default:
            out.optedOutAt = at(1'600'000'000'000 + qint64(below(200'000'000)) * 1'000);
        }
        return out;
    }

    std::vector<OptedOutNumber> rows(std::size_t count)
    {
        std::vector<OptedOutNumber> out;
        out.reserve(count);
        for (std::size_t i = 0; i < count; ++i)
            out.push_back(row());
        return out;
    }

    std::string digits(std::size_t count)
    {
        std::string out;
        for (std::size_t i = 0; i < count; ++i)
            out += char('0' + below(10));
        return out;
    }

    quint32 below(quint32 bound) { return std::uniform_int_distribution<quint32>(0, bound - 1)(m_random); }

    static Timestamp at(qint64 milliseconds) { return Timestamp(std::chrono::milliseconds(milliseconds)); }

private:
    std::string number()
    {
        static constexpr std::array<std::string_view, 14> odd { "", "+", "0", "+0123456789", "ACME", "acme-Alerts",
            "+1416555CALL", "9999999999999999999", "+9999999999999999999", "10000000000000000000",
            "+18446744073709551616", "1,\"2\"\r\n", "=1+1", "+\u0661\u0662\u0663" };
        switch (below(16)) {
        case 0:
            return std::string(odd[below(odd.size())]);
        case 1:
            return "+" + std::to_string(1 + below(9)) + digits(18); // 19 digits
        case 2:
            return std::to_string(1 + below(9)) + digits(19); // 20 digits
        case 3:
            return std::to_string(1 + below(9)) + digits(10); // no plus
        case 4:
            return "+" + std::to_string(1 + below(9)) + std::string(below(6), '0'); // 1, 10, 100: ties but for length
        case 5:
            return "0" + digits(below(8));
        case 6:
            return digits(1 + below(3));
        default:
            return "+1416555" + digits(4);
        }
    }

    std::mt19937 m_random;
};

} // namespace optout
