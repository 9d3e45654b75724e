// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/rowmerge.h"

#include <algorithm>
#include <array>

namespace optout {

namespace {

// Where old rows stand to new ones as this to one, reading the key of each old row costs as much as looking for the
// place of each new one: the former are read in blocks, the latter wait for the memory one by one.
constexpr std::size_t manyOldRows = 32;

std::size_t placeOf(const StoreSnapshot &rows, const SortSpec &sort, quint32 row, std::span<const quint32> old)
{
    const auto goesBefore = [&](quint32 added, quint32 present) { return compareRows(rows, sort, added, present) < 0; };
    std::size_t from = 0;
    std::size_t step = 1;
    while (step <= old.size() && !goesBefore(row, old[step - 1])) {
        from = step;
        step *= 2;
    }
    const auto begin = old.begin() + std::ptrdiff_t(from);
    const auto end = old.begin() + std::ptrdiff_t(std::min(step, old.size()));
    return std::size_t(std::upper_bound(begin, end, row, goesBefore) - old.begin());
}

// Each new row's place is looked for from the place of the one before, in steps that double.
bool mergeFew(const StoreSnapshot &rows, const SortSpec &sort, std::span<const quint32> old,
    std::span<const quint32> added, quint32 *out, const std::stop_token &stop)
{
    constexpr std::size_t stopRows = 262'144; // copied between two looks at the stop token
    constexpr std::size_t searchRows = 64; // which takes as long as looking for the place of one
    std::size_t sinceStop = 0;
    for (const quint32 row : added) {
        const std::size_t before = placeOf(rows, sort, row, old);
        sinceStop += before + searchRows;
        if (sinceStop > stopRows && stop.stop_requested())
            return false;
        sinceStop = sinceStop > stopRows ? 0 : sinceStop;
        if (!RowNumbers(old.first(before)).copyInSteps({ out, before }, stop))
            return false;
        out += before;
        old = old.subspan(before);
        *out++ = row;
    }
    return RowNumbers(old).copyInSteps({ out, old.size() }, stop);
}

template <SortSpec::Key Key, bool Descending> class MergeByKeys {
public:
    MergeByKeys(const StoreSnapshot &rows, const std::stop_token &stop)
        : m_rows(rows)
        , m_keys(rows)
        , m_stop(stop)
    {
    }

    bool merge(std::span<const quint32> oldRows, std::span<const quint32> addedRows, quint32 *out) const
    {
        KeyedRows old(oldRows);
        KeyedRows added(addedRows);
        while (old.hasRow(m_keys, m_stop) && added.hasRow(m_keys, m_stop)) {
            // As many as both have for sure, without asking again.
            for (quint32 rows = std::min(old.ready(), added.ready()); rows > 0; --rows) {
                const bool isAdded = goesBefore(added.row(), old.row());
                *out++ = isAdded ? added.row().row : old.row().row;
                added.advance(isAdded ? 1 : 0);
                old.advance(isAdded ? 0 : 1);
            }
        }
        // One of them is through: nothing is left to be compared.
        for (const std::span<const quint32> rest : { old.rest(), added.rest() }) {
            if (!RowNumbers(rest).copyInSteps({ out, rest.size() }, m_stop))
                return false;
            out += rest.size();
        }
        return !m_stop.stop_requested();
    }

private:
    using Reader = SortKeyReader<Key, Descending>;
    struct Keyed {
        SortKey key;
        quint32 row = 0;
    };

    // A walk through rows whose keys are fetched a block at a time.
    class KeyedRows {
    public:
        explicit KeyedRows(std::span<const quint32> rows)
            : m_rows(rows)
        {
        }

        // Whether there is a row; not once it was stopped.
        bool hasRow(const Reader &keys, const std::stop_token &stop)
        {
            if (m_place < m_count)
                return true;
            const quint32 first = m_fetched;
            m_fetched += std::min(Reader::blockRows, quint32(m_rows.size()) - first);
            m_place = 0;
            m_count = 0;
            const auto keep = [&](quint32 row, SortKey key) { m_block[m_count++] = { .key = key, .row = row }; };
            return keys.forEach(RowNumbers(m_rows), first, m_fetched, stop, keep) && m_count > 0;
        }
        const Keyed &row() const { return m_block[m_place]; }
        void advance(quint32 rows) { m_place += rows; }
        quint32 ready() const { return m_count - m_place; }
        std::span<const quint32> rest() const { return m_rows.subspan(m_fetched - ready()); }

    private:
        std::span<const quint32> m_rows;
        quint32 m_fetched = 0;
        quint32 m_place = 0;
        quint32 m_count = 0;
        std::array<Keyed, Reader::blockRows> m_block;
    };

    bool goesBefore(const Keyed &added, const Keyed &old) const
    {
        if constexpr (Key == SortSpec::Key::Number) {
            constexpr quint64 textKey = Descending ? ~SortKey::ofText : SortKey::ofText;
            if (added.key.key == textKey && old.key.key == textKey) {
                const auto order = compareTexts(m_rows, m_rows.at(added.row), m_rows.at(old.row));
                return Descending ? order > 0 : order < 0;
            }
        }
        return added.key < old.key;
    }

    const StoreSnapshot &m_rows;
    Reader m_keys;
    const std::stop_token &m_stop;
};

} // namespace

bool mergeRows(const StoreSnapshot &rows, const SortSpec &sort, std::span<const quint32> old,
    std::span<const quint32> added, quint32 *out, const std::stop_token &stop)
{
    if (added.size() < old.size() / manyOldRows)
        return mergeFew(rows, sort, old, added, out, stop);
    return withSortKey(sort, [&]<SortSpec::Key Key, bool Descending>() {
        return MergeByKeys<Key, Descending>(rows, stop).merge(old, added, out);
    });
}

} // namespace optout
