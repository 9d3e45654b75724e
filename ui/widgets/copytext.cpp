// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/copytext.h"

#include <string>
#include <utility>

namespace optout {

namespace {

void appendCell(std::string &text, const OptedOutNumber &row, NumberTableModel::Column column)
{
    switch (column) {
    case NumberTableModel::NumberColumn:
        text += row.number;
        break;
    case NumberTableModel::OptedOutAtColumn:
        if (row.optedOutAt)
            text += toIso8601(*row.optedOutAt);
        break;
    case NumberTableModel::OptedOutByColumn:
        text += row.endUserOptedOut ? "true" : "false";
        break;
    case NumberTableModel::ColumnCount:
        break;
    }
}

} // namespace

QString copyText(
    const ExportSource &source, const QList<RowRange> &rows, const QList<NumberTableModel::Column> &columns)
{
    std::string text;
    bool isFirst = true; // the text cannot tell: a row's only column may be empty
    for (const RowRange &range : rows) {
        for (quint32 row = range.first; row <= range.last; ++row) {
            if (!std::exchange(isFirst, false))
                text += '\n';
            const OptedOutNumber number = source.rows.unpacked(source.order->storeRow(row));
            for (qsizetype i = 0; i < columns.size(); ++i) {
                if (i > 0)
                    text += '\t';
                appendCell(text, number, columns[i]);
            }
        }
    }
    return QString::fromStdString(text);
}

} // namespace optout
