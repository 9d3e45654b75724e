// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/numberfilter.h"
#include "store/digits.h"
#include "store/numberstore.h"

#include <algorithm>
#include <array>
#include <compare>
#include <limits>
#include <numeric>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace optout {

//! What rows are compared by. Smaller keys stand first, of equal ones those with the smaller tie, then the order read.
//! Descending order turns key and tie round and leaves the order read.
struct SortKey {
    quint64 key = 0;
    quint32 tie = 0; //!< 0..31; only numbers have one: their digits
    auto operator<=>(const SortKey &) const = default;

    //! Of all texts, which stand behind the numbers and are compared apart. No left-justified number comes near it.
    static constexpr quint64 ofText = std::numeric_limits<quint64>::max();
};

//! Of a row as it is sorted upwards.
inline SortKey ascendingKey(PackedRow row, SortSpec::Key key)
{
    switch (key) {
    case SortSpec::Key::AsRead:
        break;
    case SortSpec::Key::Number: {
        // As texts compare: digit by digit from the left, and what ends sooner stands first.
        if (row.isText())
            return { .key = SortKey::ofText };
        const unsigned digits = digitCount(row.number);
        return { .key = row.number * powersOfTen[19 - digits], .tie = digits };
    }
    case SortSpec::Key::OptedOutAt:
        return { .key = quint64(row.milliseconds()) ^ (1ULL << 63) }; // signed to unsigned, order kept
    case SortSpec::Key::OptedOutBy:
        return { .key = row.byEndUser() ? 1ULL : 0ULL };
    }
    return {};
}

//! Of a row as it is sorted in that direction.
template <SortSpec::Key Key, bool Descending> SortKey sortKeyOf(PackedRow row)
{
    const SortKey key = ascendingKey(row, Key);
    return Descending ? SortKey { .key = ~key.key, .tie = 31 - key.tie } : key;
}

//! How the text of two rows that both are texts compares, ascending.
inline std::strong_ordering compareTexts(const StoreSnapshot &rows, PackedRow a, PackedRow b)
{
    const auto compared = [&](PackedRow row) {
        std::string_view text = rows.text(row);
        if (text.starts_with('+'))
            text.remove_prefix(1);
        return text;
    };
    return compared(a).compare(compared(b)) <=> 0;
}

//! How two rows compare by that key and direction; equal ones stay in the order read, which is not looked at here.
//! Any thread; no memory is asked for.
//! \param a, b below rows.size()
inline std::weak_ordering compareRows(const StoreSnapshot &rows, const SortSpec &sort, quint32 a, quint32 b)
{
    const PackedRow first = rows.at(sort.descending ? b : a);
    const PackedRow second = rows.at(sort.descending ? a : b);
    if (sort.key == SortSpec::Key::Number && first.isText() && second.isText())
        return compareTexts(rows, first, second);
    return ascendingKey(first, sort.key) <=> ascendingKey(second, sort.key);
}

//! Calls \a function, a template of a key and of whether it is descending: for loops that are to be compiled for each.
//! Not for SortSpec::Key::AsRead.
template <typename Function> auto withSortKey(const SortSpec &sort, Function function)
{
    using enum SortSpec::Key;
    switch (sort.key) {
    case AsRead:
        break;
    case Number:
        return sort.descending ? function.template operator()<Number, true>()
                               : function.template operator()<Number, false>();
    case OptedOutAt:
        return sort.descending ? function.template operator()<OptedOutAt, true>()
                               : function.template operator()<OptedOutAt, false>();
    case OptedOutBy:
        return sort.descending ? function.template operator()<OptedOutBy, true>()
                               : function.template operator()<OptedOutBy, false>();
    }
    Q_ASSERT(false);
    return decltype(function.template operator()<Number, false>()) {};
}

//! Some rows of the store, by their numbers: those of a list or, without one, all of them as read, which needs no list.
class RowNumbers {
public:
    explicit RowNumbers(quint32 everyRow)
        : m_size(everyRow)
    {
    }
    explicit RowNumbers(std::span<const quint32> rows)
        : m_rows(rows.data())
        , m_size(quint32(rows.size()))
    {
        Q_ASSERT(m_rows || m_size == 0); // null stands for every row
    }

    quint32 size() const { return m_size; }
    quint32 at(quint32 place) const { return m_rows ? m_rows[place] : place; }
    //! Those from \a first on, as many as \a out has room for.
    void copy(quint32 first, std::span<quint32> out) const
    {
        if (m_rows)
            std::copy_n(m_rows + first, out.size(), out.begin());
        else
            std::iota(out.begin(), out.end(), first);
    }
    //! All of them. False when stopped, within a tenth of a millisecond.
    bool copyInSteps(std::span<quint32> out, const std::stop_token &stop) const
    {
        constexpr quint32 stepRows = 65'536;
        for (quint32 first = 0; first < m_size; first += std::min(stepRows, m_size - first)) {
            if (stop.stop_requested())
                return false;
            copy(first, out.subspan(first, std::min(stepRows, m_size - first)));
        }
        return true;
    }

private:
    const quint32 *m_rows = nullptr;
    quint32 m_size = 0;
};

//! Reads the keys of rows from the store. Valid for as long as the snapshot. Any thread.
template <SortSpec::Key Key, bool Descending> class SortKeyReader {
public:
    static constexpr quint32 blockRows = 1'024;

    explicit SortKeyReader(const StoreSnapshot &rows)
    {
        for (quint64 first = 0; first < rows.size(); first += chunkRows)
            m_chunks.push_back(rows.chunk(quint32(first / chunkRows)).data());
    }

    SortKey at(quint32 row) const { return sortKeyOf<Key, Descending>(rowAt(row)); }

    //! Calls visit(row, key) for the rows at the places [first, last), in order; false when stopped.
    template <typename Visit>
    bool forEach(const RowNumbers &rows, quint32 first, quint32 last, const std::stop_token &stop, Visit visit) const
    {
        std::array<quint32, blockRows> numbers;
        std::array<PackedRow, blockRows> fetched;
        while (first < last) {
            if (stop.stop_requested())
                return false;
            const quint32 count = std::min(blockRows, last - first);
            rows.copy(first, std::span(numbers).first(count));
            // Fetched in a loop that does nothing else: the processor then waits for many rows at once.
            for (quint32 i = 0; i < count; ++i)
                fetched[i] = rowAt(numbers[i]);
            for (quint32 i = 0; i < count; ++i)
                visit(numbers[i], sortKeyOf<Key, Descending>(fetched[i]));
            first += count;
        }
        return true;
    }

private:
    static constexpr quint32 chunkRows = StoreSnapshot::chunkRows;
    PackedRow rowAt(quint32 row) const { return m_chunks[row / chunkRows][row % chunkRows]; }

    std::vector<const PackedRow *> m_chunks;
};

} // namespace optout
