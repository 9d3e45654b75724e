// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "domain/listspage.h"
#include "domain/optedoutnumber.h"

#include <QByteArray>

namespace optout {

//! Reads a successful reply. Members may come in any order, unknown ones are passed over, times may be in scientific
//! notation, null counts as absent. BadResponse, with the place, if the body is no JSON object, if a member has another
//! type than the model says, or if an item lacks its number (or a list its name and ARN). Strict UTF-8. Any thread.
Result<NumbersPage> readNumbersPage(const QByteArray &body);
Result<ListsPage> readListsPage(const QByteArray &body);

} // namespace optout
