// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "export/exportoperation.h"
#include "models/numbertablemodel.h"

#include <QList>
#include <QString>

namespace optout {

//! Rows of a view, first to last, both included.
struct RowRange {
    quint32 first;
    quint32 last;
    bool operator==(const RowRange &) const = default;
};

//! Those rows as tab-separated lines, each column as the CSV writes it (the model's CopyRole): numbers that a
//! spreadsheet takes apart by itself. No line end after the last line. Any thread.
//! \param columns in the order they are written
QString copyText(
    const ExportSource &source, const QList<RowRange> &rows, const QList<NumberTableModel::Column> &columns);

} // namespace optout
