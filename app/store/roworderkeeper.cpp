// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/roworderkeeper.h"

#include "store/rowfilter.h"

namespace optout {

namespace {

// Sorted and merged in at a change of the filter: takes no longer than judging the rows does. Fewer would have each
// page that arrives copy the order of every row.
constexpr quint32 mostRowsBehind = 16'384;

constexpr quint32 sampleRows = 1'024;
// Of those. So few are sorted sooner than found in the order of every row.
constexpr quint32 soonSorted = sampleRows / 64;
// So many that sorting every row takes not much longer: better done at once than later.
constexpr quint32 nearlyAll = sampleRows / 4;

bool isSorted(const SortSpec &sort) { return sort.key != SortSpec::Key::AsRead; }

// How many in 1,024 rows pass, about: by a sample spread evenly.
quint32 passing(const StoreSnapshot &rows, const NumberFilter &numbers)
{
    const RowFilter filter(numbers);
    const quint32 step = rows.size() / sampleRows + 1;
    quint32 looked = 0;
    quint32 passed = 0;
    for (quint64 row = 0; row < rows.size(); row += step) {
        quint32 found = 0;
        passed += filter.select(rows, quint32(row), quint32(row) + 1, &found);
        ++looked;
    }
    return looked > 0 ? passed * sampleRows / looked : 0;
}

} // namespace

std::shared_ptr<const RowOrder> RowOrderKeeper::build(
    const StoreSnapshot &rows, const RowQuery &query, const std::stop_token &stop)
{
    if (!isSorted(query.sort))
        return buildOrder(rows, query, stop); // what is kept stays: the next click may be back to the sort
    follow(rows, query.sort);
    if (query.filter.passesEverything())
        return buildEveryRow(stop, Cores::Two);
    if (passing(rows, query.filter) < (m_everyRow ? soonSorted : nearlyAll))
        return buildOrder(rows, query, stop);
    if (!m_everyRow && !buildEveryRow(stop, Cores::Two))
        return nullptr;
    auto order = filterOrder(*m_everyRow, rows, query.filter, stop);
    return order && order->judgedRows() < rows.size() ? extendOrder(*order, rows, stop, Cores::Two) : order;
}

std::shared_ptr<const RowOrder> RowOrderKeeper::extend(
    const RowOrder &order, const StoreSnapshot &rows, const std::stop_token &stop)
{
    // Few rows that arrive are one thread's work anyway; of many, somebody waits for the view to have them.
    auto extended = extendOrder(order, rows, stop, Cores::Two);
    if (!extended || !isSorted(order.query().sort))
        return extended;
    follow(rows, order.query().sort);
    if (order.query().filter.passesEverything())
        m_everyRow = extended;
    return extended;
}

bool RowOrderKeeper::isBehind() const
{
    const quint32 sorted = m_everyRow ? m_everyRow->judgedRows() : 0;
    return isSorted(m_sort) && m_rows.size() - sorted > mostRowsBehind;
}

void RowOrderKeeper::catchUp(const std::stop_token &stop) { buildEveryRow(stop, Cores::One); }

void RowOrderKeeper::forget() { *this = {}; }

std::shared_ptr<const RowOrder> RowOrderKeeper::buildEveryRow(const std::stop_token &stop, Cores cores)
{
    if (m_everyRow && m_everyRow->judgedRows() == m_rows.size())
        return m_everyRow;
    auto order = m_everyRow ? extendOrder(*m_everyRow, m_rows, stop, cores)
                            : buildOrder(m_rows, { .sort = m_sort }, stop, cores);
    if (order)
        m_everyRow = order;
    return order;
}

void RowOrderKeeper::follow(const StoreSnapshot &rows, const SortSpec &sort)
{
    if (sort != m_sort || !rows.continues(m_rows))
        m_everyRow.reset();
    m_rows = rows;
    m_sort = sort;
}

} // namespace optout
