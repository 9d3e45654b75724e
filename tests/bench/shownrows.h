// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/numbertablemodel.h"
#include "widgets/numbertableview.h"

#include <memory>

namespace optout::bench {

//! Returns when everything loaded is through the worker and shown.
void settle(NumberTableModel &model);
//! So many lifelike rows, settled.
void fill(NumberTableModel &model, quint32 rows);
//! The program's own table, on the screen.
std::unique_ptr<NumberTableView> shownView(NumberTableModel &model);

} // namespace optout::bench
