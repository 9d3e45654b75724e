// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/keptselection.h"

#include <algorithm>
#include <vector>

namespace optout {

namespace {

void addRow(QList<RowRange> &ranges, quint32 row)
{
    if (!ranges.isEmpty() && ranges.last().last + 1 == row)
        ranges.last().last = row;
    else
        ranges.append({ row, row });
}

template <typename Visit> void forEachRow(const KeptSelection &selection, Visit visit)
{
    for (const RowRange &range : selection.ranges) {
        for (quint32 row = range.first; row <= range.last; ++row)
            visit(selection.order->storeRow(row));
    }
}

QList<RowRange> foundOneByOne(const KeptSelection &selection, const ExportSource &view)
{
    std::vector<quint32> found;
    forEachRow(selection, [&](quint32 storeRow) {
        if (const auto row = view.order->viewRow(view.rows, storeRow))
            found.push_back(*row);
    });
    std::sort(found.begin(), found.end());
    QList<RowRange> ranges;
    for (const quint32 row : found)
        addRow(ranges, row);
    return ranges;
}

} // namespace

quint32 KeptSelection::count() const
{
    quint32 rows = 0;
    for (const RowRange &range : ranges)
        rows += range.last - range.first + 1;
    return rows;
}

bool KeptSelection::staysEverythingIn(const RowOrder &view) const
{
    return isEverything && count() > soonFound && view.query().filter == order->query().filter;
}

std::optional<QList<RowRange>> KeptSelection::rowsIn(const ExportSource &view) const
{
    if (count() <= soonFound)
        return foundOneByOne(*this, view);
    std::vector<bool> selected(view.rows.size());
    forEachRow(*this, [&](quint32 storeRow) { selected[storeRow] = true; });
    QList<RowRange> found;
    for (quint32 row = 0; row < view.order->size(); ++row) {
        if (!selected[view.order->storeRow(row)])
            continue;
        addRow(found, row);
        if (found.size() > mostPieces)
            return std::nullopt;
    }
    return found;
}

} // namespace optout
