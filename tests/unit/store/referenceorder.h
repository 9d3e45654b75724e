// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "store/roworder.h"
#include "unit/store/samplerows.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

namespace optout {

inline bool isNumber(std::string_view text)
{
    return !text.empty() && text.size() <= 19 && text.front() != '0'
        && text.find_first_not_of("0123456789") == std::string_view::npos;
}

//! What SortSpec says, word by word and one row at a time.
inline bool standsBefore(const OptedOutNumber &a, const OptedOutNumber &b, SortSpec::Key key)
{
    switch (key) {
    case SortSpec::Key::AsRead:
        return false;
    case SortSpec::Key::Number: {
        const auto bare = [](std::string_view text) { return text.substr(text.starts_with('+') ? 1 : 0); };
        const std::string_view first = bare(a.number);
        const std::string_view second = bare(b.number);
        return isNumber(first) != isNumber(second) ? isNumber(first) : first < second;
    }
    case SortSpec::Key::OptedOutAt:
        return a.optedOutAt < b.optedOutAt; // nothing is less than any time
    case SortSpec::Key::OptedOutBy:
        return a.endUserOptedOut < b.endUserOptedOut;
    }
    return false;
}

//! What buildOrder() is to give: the rows that pass, sorted by the library.
inline std::vector<quint32> naiveOrder(std::span<const OptedOutNumber> rows, const RowQuery &query)
{
    std::vector<quint32> out;
    for (quint32 i = 0; i < rows.size(); ++i) {
        if (query.filter.matches(rows[i]))
            out.push_back(i);
    }
    std::stable_sort(out.begin(), out.end(), [&](quint32 a, quint32 b) {
        return query.sort.descending ? standsBefore(rows[b], rows[a], query.sort.key)
                                     : standsBefore(rows[a], rows[b], query.sort.key);
    });
    return out;
}

inline std::vector<quint32> contentOf(const RowOrder &order)
{
    std::vector<quint32> out;
    for (quint32 i = 0; i < order.size(); ++i)
        out.push_back(order.storeRow(i));
    return out;
}

//! Whether that is what buildOrder() is to give, in one walk: for more rows than naiveOrder() is quick with.
inline bool isWholeAndSorted(const RowOrder &order, std::span<const OptedOutNumber> rows, const RowQuery &query)
{
    std::vector<bool> missing(rows.size());
    std::transform(rows.begin(), rows.end(), missing.begin(),
        [&](const OptedOutNumber &row) { return query.filter.matches(row); });
    for (quint32 i = 0; i < order.size(); ++i) {
        const quint32 now = order.storeRow(i);
        if (!missing.at(now))
            return false;
        missing[now] = false;
        if (i == 0)
            continue;
        const quint32 before = order.storeRow(i - 1);
        const OptedOutNumber &first = rows[query.sort.descending ? now : before];
        const OptedOutNumber &second = rows[query.sort.descending ? before : now];
        const bool rises = standsBefore(first, second, query.sort.key);
        if (!rises && (standsBefore(second, first, query.sort.key) || now < before))
            return false;
    }
    return std::find(missing.begin(), missing.end(), true) == missing.end();
}

inline NumberPattern pattern(const QString &text)
{
    const auto parsed = NumberPattern::parse(text);
    return parsed ? *parsed : NumberPattern();
}

//! A pattern made of a number of the sample, so that it finds something more often than not.
inline NumberPattern randomPattern(SampleRows &random)
{
    using namespace Qt::Literals::StringLiterals;
    QString text = QString::fromStdString(random.row().number);
    text.remove(u'+');
    const auto at = text.isEmpty() ? 0 : qsizetype(random.below(quint32(text.size())));
    switch (random.below(10)) {
    case 0:
        return pattern(u'+' + text.left(at + 1));
    case 1:
        return pattern(text.mid(at, 3));
    case 2:
        return pattern(u'*' + text.mid(at));
    case 3:
        return pattern(text.left(at) + u'*');
    case 4:
        return pattern(text.left(at) + u'?' + text.mid(at + 1));
    case 5:
        return pattern(u"*"_s + text.mid(at, 1) + u"?"_s + text.mid(at + 2, 1) + u"*"_s);
    case 6:
        return pattern(text.left(2) + u'*' + text.mid(4, 1) + u'*' + text.right(2));
    case 7:
        return pattern(QString(qsizetype(1 + random.below(21)), u'?'));
    default:
        return {};
    }
}

inline RowQuery randomQuery(SampleRows &random)
{
    RowQuery query;
    query.filter.by = OptedOutBy(random.below(3));
    query.filter.number = randomPattern(random);
    if (random.below(3) == 0)
        query.filter.from = random.row().optedOutAt;
    if (random.below(3) == 0)
        query.filter.until = random.row().optedOutAt;
    query.sort = { .key = SortSpec::Key(random.below(4)), .descending = random.below(2) == 0 };
    return query;
}

} // namespace optout
