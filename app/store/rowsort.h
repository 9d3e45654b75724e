// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "store/halves.h"
#include "store/sortkey.h"

#include <span>
#include <stop_token>

namespace optout {

//! How many rows are sorted in one piece, and how many a bucket of a bigger piece is to have: half as many at most. For
//! tests, which reach with fewer rows what else takes tens of millions.
struct SortSizes {
    quint32 small = 49'152; //!< their keys and rows are 768 KB: they stay in a core's own cache while they are sorted
    quint32 bucket = 4'096;
};

//! Sorts rows that stand in the order read. Stable. Any thread; with two cores many rows are sorted in two
//! (inHalves()). Stops within some ten thousand rows, a few milliseconds; then false, and what \a out holds is of no
//! use. Needs 2 bytes a row besides, and 4 MB: the keys stay in the store. Very many with the same key, such as texts
//! among numbers, need 4 more each. Throws std::bad_alloc.
//! \param in each below rows.size() and once at most
//! \param out as long as \a in and apart from it; gets the sorted rows
bool sortRows(const StoreSnapshot &rows, const SortSpec &sort, const RowNumbers &in, std::span<quint32> out,
    Cores cores, const std::stop_token &stop = {}, const SortSizes &sizes = {});

} // namespace optout
