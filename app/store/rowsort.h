// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/numberfilter.h"
#include "store/numberstore.h"

#include <compare>
#include <span>
#include <stop_token>

namespace optout {

//! How two rows compare by that key and direction; equal ones stay in the order read, which is not looked at here.
//! Any thread; no memory is asked for.
//! \param a, b below rows.size()
std::weak_ordering compareRows(const StoreSnapshot &rows, const SortSpec &sort, quint32 a, quint32 b);

//! Sorts rows that stand in the order read. Stable. Stops within some ten thousand rows, a few milliseconds; then
//! false, and what both spans hold is of no use. Needs 2 bytes a row besides, and 2 MB: the keys stay in the store.
//! Throws std::bad_alloc. Any thread. \param in the rows, each below rows.size() and once at most; used as scratch
//! \param out as long as \a in and apart from it; gets the sorted rows
bool sortRows(const StoreSnapshot &rows, const SortSpec &sort, std::span<quint32> in, std::span<quint32> out,
    std::stop_token stop);

} // namespace optout
