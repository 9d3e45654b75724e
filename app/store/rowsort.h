// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "store/halves.h"
#include "store/sortkey.h"

#include <span>
#include <stop_token>

namespace optout {

//! Sorts rows that stand in the order read. Stable. Any thread; with two cores many rows are sorted in two
//! (inHalves()). Stops within some ten thousand rows, a few milliseconds; then false, and what \a out holds is of no
//! use. Needs 2 bytes a row besides, and 4 MB: the keys stay in the store. Very many that are equal need 4 bytes each.
//! Throws std::bad_alloc.
//! \param in each below rows.size() and once at most
//! \param out as long as \a in and apart from it; gets the sorted rows
bool sortRows(const StoreSnapshot &rows, const SortSpec &sort, const RowNumbers &in, std::span<quint32> out,
    Cores cores, const std::stop_token &stop);

} // namespace optout
