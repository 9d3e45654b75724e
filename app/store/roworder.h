// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/numberfilter.h"
#include "store/halves.h"
#include "store/numberstore.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace optout {

//! What a view shows and in which order. All rows are equal as to SortSpec::Key::AsRead: descending changes nothing
//! there.
struct RowQuery {
    NumberFilter filter {};
    SortSpec sort {};
    bool operator==(const RowQuery &) const = default;

    //! Every row in the order read: the view is the store itself.
    bool isIdentity() const { return sort.key == SortSpec::Key::AsRead && filter.passesEverything(); }
};

//! Which store row stands at which place of a view. Immutable once built; any thread. Costs 4 bytes a shown row, and
//! nothing if every row is shown in the order read. An order and those extended from it share memory; a store row is
//! shown once at most. Holds no rows: who asks for them has a snapshot.
class RowOrder {
public:
    quint32 size() const noexcept { return m_size; } //!< rows shown
    //! viewRow < size()
    quint32 storeRow(quint32 viewRow) const noexcept
    {
        Q_ASSERT(viewRow < m_size);
        return m_rows ? m_rows[viewRow] : viewRow;
    }
    //! Where a store row is shown, or nothing if the filter hides it or it came later. A binary search.
    //! \param rows those the order was built over, or more
    std::optional<quint32> viewRow(const StoreSnapshot &rows, quint32 storeRow) const;
    const RowQuery &query() const noexcept { return m_query; } //!< what it was built for
    quint32 judgedRows() const noexcept
    {
        return m_judged;
    } //!< how many rows of the store it has looked at, from the first
    //! Whether rows that come later all stand after those shown.
    bool growsAtTheEnd() const noexcept { return m_query.sort.key == SortSpec::Key::AsRead; }

private:
    friend class OrderBuild;
    class Buffer;

    RowQuery m_query;
    std::shared_ptr<Buffer> m_buffer; // may hold more rows than this order has
    const quint32 *m_rows = nullptr; // in the buffer; null: each row at its own place
    quint32 m_size = 0;
    quint32 m_judged = 0;
};

//! Filters, then sorts, all rows of the snapshot. Nothing when stopped, within some ten thousand rows: a few
//! milliseconds. Any thread; with two cores many rows are filtered and sorted in two (inHalves()). Uses memory for 4
//! bytes a shown row, and while sorting for 2 more, 6 with a filter. Throws std::bad_alloc. The query of every row as
//! read takes no time.
std::shared_ptr<const RowOrder> buildOrder(
    const StoreSnapshot &rows, const RowQuery &query, std::stop_token stop = {}, Cores cores = Cores::Two);

//! The rows of an order that a filter lets through, without sorting anew: one look at each row. Nothing when stopped.
//! Any thread; many rows are filtered in two (inHalves()). Uses memory for 4 bytes a shown row, and meanwhile for a bit
//! a row. Throws std::bad_alloc.
//! \param everyRow sorted, with a filter that passes everything
//! \param rows those the order was built over, or more; none past them is looked at, nor judged by what is returned
std::shared_ptr<const RowOrder> filterOrder(
    const RowOrder &everyRow, const StoreSnapshot &rows, const NumberFilter &filter, std::stop_token stop = {});

//! The order for the same query over a snapshot that has grown: filters the new rows only and merges them in. Nothing
//! when stopped. In the order read it takes time for the new rows only; a sorted one is copied, 4 bytes a shown row,
//! and each of its rows looked at where many come. Any thread, also for two extensions of one order at once. Throws
//! std::bad_alloc.
//! \param rows those the order was built over, or more
//! \param cores two, if somebody waits for these rows
std::shared_ptr<const RowOrder> extendOrder(
    const RowOrder &order, const StoreSnapshot &rows, std::stop_token stop = {}, Cores cores = Cores::One);

} // namespace optout
