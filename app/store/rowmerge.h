// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "store/sortkey.h"

#include <span>
#include <stop_token>

namespace optout {

//! Merges rows that were read later into those of a sorted view; of equal rows the later ones come second. Few new rows
//! cost a search each and a copy of the old ones, many a look at every row. Any thread, and that one only. Stops within
//! some thousand rows, or some hundred thousand that are only copied: a few milliseconds; then false, and what \a out
//! holds is of no use. Throws std::bad_alloc.
//! \param old, added each sorted so, of rows below rows.size()
//! \param out room for both, apart from them
bool mergeRows(const StoreSnapshot &rows, const SortSpec &sort, std::span<const quint32> old,
    std::span<const quint32> added, quint32 *out, const std::stop_token &stop);

} // namespace optout
