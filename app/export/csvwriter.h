// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/optedoutnumber.h"
#include "store/numberstore.h"

#include <span>
#include <string>

namespace optout {

//! The CSV profile of the program: UTF-8, RFC 4180 (CRLF line ends, quotes doubled), header
//! `OptedOutNumber,OptedOutTimestamp,EndUserOptedOut`, the number as the service gave it, the time as
//! `2023-01-04T23:53:04.858Z` (empty if the service gave none), `true` or `false`. Pure; any thread.
//!
//! "As the service gave it" holds for text that is no number as well: one that starts with `=`, `@` or the like is
//! written unchanged, for programs that compare files. A spreadsheet may take it for a formula; open such a file with
//! the column set to text.
std::string csvHeader(); //!< with its line end
//! Appends one line to the text. Costs no allocation but the text's growth.
void appendCsvRow(std::string &text, const OptedOutNumber &row);
//! The same for rows of a store, in the order given: several times as fast, since no row is unpacked.
//! \param order each below rows.size()
void appendCsvRows(std::string &text, const StoreSnapshot &rows, std::span<const quint32> order);

} // namespace optout
