// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/copytext.h"

#include <string>

namespace optout {

namespace {

constexpr qint64 rowsAtOnce = 4'096;
constexpr quint32 ahead = 16; // rows to fetch: those of a sorted view lie all over the store

void appendCell(std::string &text, const OptedOutNumber &row, NumberTableModel::Column column)
{
    switch (column) {
    case NumberTableModel::NumberColumn:
        text += row.number;
        break;
    case NumberTableModel::OptedOutAtColumn:
        if (row.optedOutAt)
            appendIso8601(text, *row.optedOutAt);
        break;
    case NumberTableModel::OptedOutByColumn:
        text += row.endUserOptedOut ? "true" : "false";
        break;
    case NumberTableModel::ColumnCount:
        break;
    }
}

void appendRow(std::string &text, const CopyRequest &request, quint32 row)
{
    const OptedOutNumber number = request.source.rows.unpacked(request.source.order->storeRow(row));
    for (qsizetype i = 0; i < request.columns.size(); ++i) {
        if (i > 0)
            text += '\t';
        appendCell(text, number, request.columns[i]);
    }
}

} // namespace

qint64 CopyRequest::count() const
{
    qint64 count = 0;
    for (const RowRange &range : rows)
        count += qint64(range.last - range.first) + 1;
    return count;
}

QByteArray copyText(const CopyRequest &request, const std::function<bool(qint64 rowsDone)> &goOn)
{
    const qint64 count = request.count();
    QByteArray text;
    std::string lines; // appends faster than a QByteArray
    qint64 done = 0;
    for (const RowRange &range : request.rows) {
        for (quint32 row = range.first; row <= range.last; ++row) {
            if (range.last - row >= ahead)
                request.source.rows.prefetch(request.source.order->storeRow(row + ahead));
            appendRow(lines, request, row);
            lines += ++done < count ? "\n" : "";
            if (done % rowsAtOnce != 0)
                continue;
            if (text.isEmpty()) // growing bit by bit would copy, and hold the text twice meanwhile
                text.reserve(qsizetype(lines.size()) * (count / rowsAtOnce + 1));
            text.append(lines.data(), qsizetype(lines.size()));
            lines.clear();
            if (!goOn(done))
                return text;
        }
    }
    return text.append(lines.data(), qsizetype(lines.size()));
}

} // namespace optout
