// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "store/roworder.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace optout {

//! What somebody types into the "Number" field, and what it asks of a number without its plus sign, in lower case.
struct Looked {
    const char *typed;
    bool (*matches)(std::string_view number);
};

//! Of each kind, at the edges of what fits an integer, and past them. The first lets everything through.
inline std::span<const Looked> patterns()
{
    using Text = std::string_view;
    static constexpr Looked all[] {
        { "", [](Text) { return true; } },
        { "5", [](Text number) { return number.find('5') != Text::npos; } },
        { "0", [](Text number) { return number.find('0') != Text::npos; } },
        { "007", [](Text number) { return number.find("007") != Text::npos; } },
        { "9999999999999999999", [](Text number) { return number.find("9999999999999999999") != Text::npos; } },
        { "10000000000000000000", [](Text number) { return number.find("10000000000000000000") != Text::npos; } },
        { "99999999999999999999999", [](Text number) { return number.find("99999999999999999999999") != Text::npos; } },
        { "+1", [](Text number) { return number.starts_with("1"); } },
        { "+1 (416) 555-", [](Text number) { return number.starts_with("1416555"); } },
        { "+0", [](Text number) { return number.starts_with("0"); } },
        { "+0049", [](Text number) { return number.starts_with("0049"); } },
        { "+999999999999999999", [](Text number) { return number.starts_with("999999999999999999"); } },
        { "+9999999999999999999", [](Text number) { return number.starts_with("9999999999999999999"); } },
        { "+18446744073709551616", [](Text number) { return number.starts_with("18446744073709551616"); } },
        { "1*", [](Text number) { return number.starts_with("1"); } },
        { "*9", [](Text number) { return number.ends_with("9"); } },
        { "+9*9", [](Text number) { return number.size() > 1 && number.starts_with("9") && number.ends_with("9"); } },
        { "*", [](Text) { return true; } },
        { "?", [](Text number) { return number.size() == 1; } },
        { "?*", [](Text number) { return !number.empty(); } },
        { "???????????????????", [](Text number) { return number.size() == 19; } },
        { "????????????????????", [](Text number) { return number.size() == 20; } },
        { "1?00*",
            [](Text number) { return number.size() > 3 && number.starts_with("1") && number.substr(2, 2) == "00"; } },
        { "*5?7*",
            [](Text number) {
                for (std::size_t i = 0; i + 2 < number.size(); ++i) {
                    if (number[i] == '5' && number[i + 2] == '7')
                        return true;
                }
                return false;
            } },
        { "acme", [](Text number) { return number.find("acme") != Text::npos; } },
        { "CALL", [](Text number) { return number.find("call") != Text::npos; } },
        { "5C", [](Text number) { return number.find("5c") != Text::npos; } },
    };
    return all;
}

inline NumberPattern parsed(const char *typed) { return *NumberPattern::parse(QString::fromLatin1(typed)); }

//! What a view is to show, reckoned from the rows as they were given: nothing of the program's own filtering, finding
//! or sorting takes part.
class PlainView {
public:
    //! \param given outlives the view
    PlainView(std::span<const OptedOutNumber> given, const SortSpec &by)
        : sort(by)
        , m_given(given)
        , m_shown(given.size())
    {
        std::iota(m_shown.begin(), m_shown.end(), 0U);
        switch (sort.key) {
        case SortSpec::Key::AsRead:
            break;
        case SortSpec::Key::Number:
            // Numbers, then all else; each as texts compare.
            stableSort(
                [](const OptedOutNumber &row) { return std::pair(!isNumber(bare(row.number)), bare(row.number)); });
            break;
        case SortSpec::Key::OptedOutAt:
            stableSort([](const OptedOutNumber &row) { return row.optedOutAt; }); // nothing is less than any time
            break;
        case SortSpec::Key::OptedOutBy:
            stableSort([](const OptedOutNumber &row) { return row.endUserOptedOut; });
            break;
        }
    }

    //! \param looked what filter.number was made of
    PlainView filtered(const NumberFilter &filter, const Looked &looked) const
    {
        PlainView out = *this;
        std::erase_if(out.m_shown, [&](quint32 at) {
            const OptedOutNumber &row = m_given[at];
            const bool who =
                filter.by == OptedOutBy::Anyone || row.endUserOptedOut == (filter.by == OptedOutBy::EndUser);
            const bool from = !filter.from || (row.optedOutAt && *row.optedOutAt >= *filter.from);
            const bool until = !filter.until || (row.optedOutAt && *row.optedOutAt < *filter.until);
            return !(who && from && until && matches(looked, row));
        });
        return out;
    }

    bool isShownBy(const RowOrder &order) const
    {
        if (order.size() != m_shown.size())
            return false;
        for (quint32 row = 0; row < order.size(); ++row) {
            if (order.storeRow(row) != m_shown[row])
                return false;
        }
        return true;
    }

    //! The rows of the view that are found, from the top.
    std::vector<quint32> places(const Looked &looked) const
    {
        std::vector<quint32> out;
        for (quint32 row = 0; row < m_shown.size(); ++row) {
            if (matches(looked, m_given[m_shown[row]]))
                out.push_back(row);
        }
        return out;
    }

    const SortSpec sort;

private:
    static std::string_view bare(std::string_view number) { return number.substr(number.starts_with('+') ? 1 : 0); }

    static bool isNumber(std::string_view bare)
    {
        return !bare.empty() && bare.size() <= 19 && bare.front() != '0'
            && bare.find_first_not_of("0123456789") == std::string_view::npos;
    }

    static bool matches(const Looked &looked, const OptedOutNumber &row)
    {
        std::string number(bare(row.number));
        for (char &c : number)
            c = c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c;
        return looked.matches(number);
    }

    template <typename KeyOf> void stableSort(KeyOf keyOf)
    {
        std::vector<std::invoke_result_t<KeyOf, const OptedOutNumber &>> keys;
        keys.reserve(m_given.size());
        for (const OptedOutNumber &row : m_given)
            keys.push_back(keyOf(row));
        std::stable_sort(m_shown.begin(), m_shown.end(),
            [&](quint32 a, quint32 b) { return sort.descending ? keys[b] < keys[a] : keys[a] < keys[b]; });
    }

    std::span<const OptedOutNumber> m_given;
    std::vector<quint32> m_shown; // rows of the store
};

} // namespace optout
