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
//! Any thread.
std::weak_ordering compareRows(const StoreSnapshot &rows, const SortSpec &sort, quint32 a, quint32 b);

//! Sorts rows that stand in the order read. Stable. Stops within a few thousand rows; then false, and what both spans
//! hold is of no use. Needs no memory besides that grows with the rows: the keys stay in the store. Any thread.
//! \param in the rows; used as scratch
//! \param out as long as \a in; gets the sorted rows
bool sortRows(const StoreSnapshot &rows, const SortSpec &sort, std::span<quint32> in, std::span<quint32> out,
    std::stop_token stop);

} // namespace optout
