// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "export/exportoperation.h"
#include "models/numbertablemodel.h"

#include <QByteArray>
#include <QList>

#include <functional>

namespace optout {

//! Rows of a view, first to last, both included.
struct RowRange {
    quint32 first;
    quint32 last;
    bool operator==(const RowRange &) const = default;
};

//! What is to be copied, as it was when it was asked for: neither rows that arrive later nor another order change it.
struct CopyRequest {
    ExportSource source;
    QList<RowRange> rows;
    QList<NumberTableModel::Column> columns; //!< in the order they are written

    qint64 count() const; //!< rows in all
};

//! Those rows as tab-separated lines in UTF-8, each column as the CSV writes it (the model's CopyRole): numbers that a
//! spreadsheet takes apart by itself. No line end after the last line. Any thread.
//! \param goOn told every few thousand rows how many are done; once it says no, what is returned is a part
//! \throws std::bad_alloc when memory is exhausted
QByteArray copyText(const CopyRequest &request, const std::function<bool(qint64 rowsDone)> &goOn);

} // namespace optout
