// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "store/sortkey.h"

#include <span>
#include <stop_token>

namespace optout {

//! Merges rows that were read later into those of a sorted view; of equal rows the later ones come second. Any thread,
//! and only that: nobody waits for rows that arrive. Stops within a few thousand rows, or some hundred thousand that
//! are only copied; then false, and what \a out holds is of no use. Throws std::bad_alloc. \param old, added each
//! sorted so, of rows below rows.size() \param out room for both, apart from them
bool mergeRows(const StoreSnapshot &rows, const SortSpec &sort, std::span<const quint32> old,
    std::span<const quint32> added, quint32 *out, const std::stop_token &stop);

//! Copies rows in steps; false when stopped, within a tenth of a millisecond.
bool copyRows(std::span<const quint32> from, quint32 *to, const std::stop_token &stop);

} // namespace optout
