// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/numbertablemodel.h"
#include "widgets/copytext.h"

#include <QList>

#include <memory>
#include <optional>

namespace optout {

//! Rows selected in one order of the numbers, to be found again in another one of the same numbers.
struct KeptSelection {
    //! So many rows are looked for one by one, a microsecond each; more take one walk through all rows, some ten
    //! milliseconds for ten million, which is work for a worker.
    static constexpr quint32 soonFound = 1'000;
    //! A selection in more pieces than this is given up: the table looks through all of them for each cell it paints.
    static constexpr qsizetype mostPieces = 5'000;

    std::shared_ptr<const RowOrder> order {}; //!< null without ranges
    QList<RowRange> ranges {}; //!< rising, none next to another
    bool isEverything = false; //!< all rows of that order

    quint32 count() const;
    //! Whether all rows of that view are meant: many were chosen by "select all", and it shows the same, only more of
    //! it or in another order. After another filter they are those that were chosen.
    bool staysEverythingIn(const RowOrder &view) const;
    //! Which rows of that view they are; nothing if those are too many pieces. Any thread. Throws std::bad_alloc.
    //! \param view of the same store, with as many rows or more
    std::optional<QList<RowRange>> rowsIn(const ExportSource &view) const;
};

} // namespace optout
