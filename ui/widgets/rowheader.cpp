// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/rowheader.h"

namespace optout {

void RowHeader::reset()
{
    const int rows = model() ? model()->rowCount(rootIndex()) : 0;
    if (rows > 0 && rows < count())
        initializeSections(rows - 1, rows - 1); // the last that stays; what is beyond it goes, unasked
    QHeaderView::reset();
}

} // namespace optout
