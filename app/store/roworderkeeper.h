// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "store/roworder.h"

#include <memory>
#include <stop_token>

namespace optout {

//! Builds the orders of one view, one after the other, and keeps what the next one can use: the order of every row by
//! the sort asked for last. A change of the filter alone then takes one look at each row instead of sorting. Costs 4
//! bytes a row, shared with the view while that shows every row, and holds the rows. One thread at a time.
class RowOrderKeeper {
public:
    //! As buildOrder().
    std::shared_ptr<const RowOrder> build(
        const StoreSnapshot &rows, const RowQuery &query, const std::stop_token &stop = {});
    //! As extendOrder().
    std::shared_ptr<const RowOrder> extend(
        const RowOrder &order, const StoreSnapshot &rows, const std::stop_token &stop = {});

    //! Whether a change of the filter would have to sort more than a few rows: time for catchUp().
    bool isBehind() const;
    //! Sorts what the order of every row lacks: all rows after a view that a filter made small, else those that came
    //! since. Throws std::bad_alloc; then, and when stopped, it stays behind.
    void catchUp(const std::stop_token &stop = {});
    //! Lets go of the rows and of what is kept.
    void forget();

private:
    std::shared_ptr<const RowOrder> buildEveryRow(const std::stop_token &stop, Cores cores);
    void follow(const StoreSnapshot &rows, const SortSpec &sort);

    StoreSnapshot m_rows; // of the last sorted view
    SortSpec m_sort;
    std::shared_ptr<const RowOrder> m_everyRow; // by m_sort, over the first of m_rows; null if there is none
};

} // namespace optout
