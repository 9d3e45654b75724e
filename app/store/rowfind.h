// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/numberfilter.h"
#include "store/roworder.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace optout {

//! Which rows of a view have a number that is looked for: finding, apart from filtering. Immutable; any thread. Costs a
//! bit a row of the view. The functions look through words of 64 rows: far below a millisecond at ten million rows.
//! They take any row; one past the end of the view is as its end.
class RowHits {
public:
    quint32 count() const noexcept { return m_count; } //!< hits in the whole view
    bool isHit(quint32 viewRow) const noexcept; //!< false past the end of the view
    //! The nearest hit below that row of the view, going on at the top after the end; the row itself comes last.
    //! Nothing if there is none.
    std::optional<quint32> next(quint32 viewRow) const;
    //! The nearest hit above that row, going on at the end.
    std::optional<quint32> previous(quint32 viewRow) const;
    quint32 countUpTo(quint32 viewRow) const; //!< hits from the top to that row, itself included

private:
    friend std::shared_ptr<const RowHits> findHits(
        const StoreSnapshot &, const RowOrder &, const NumberPattern &, std::stop_token);

    std::optional<quint32> firstFrom(quint32 viewRow) const;
    std::optional<quint32> lastBefore(quint32 viewRow) const;

    std::vector<quint64> m_words; // bit v % 64 of word v / 64: view row v
    quint32 m_rows = 0; // of the view
    quint32 m_count = 0;
};

//! Looks for the pattern in all rows of a view; one of Kind::Everything hits each. Nothing when stopped, within a few
//! thousand rows. Any thread; many rows are looked at in two (inHalves()). Throws std::bad_alloc.
//! \param order over these rows, or over fewer
std::shared_ptr<const RowHits> findHits(
    const StoreSnapshot &rows, const RowOrder &order, const NumberPattern &pattern, std::stop_token stop = {});

} // namespace optout
