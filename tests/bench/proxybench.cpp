// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "bench/measure.h"
#include "bench/shownrows.h"

#include <QSortFilterProxyModel>

namespace optout::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

// The proxy gets its rows anew with the filter set. To change the filter in place, it takes rows out run by run and
// moves the rest each time: minutes at a million rows, which nobody would wait for.
void compareWithProxy(NumberTableModel &model, bool sorted, int runs)
{
    QSortFilterProxyModel proxy;
    proxy.setFilterRole(NumberTableModel::CopyRole);
    proxy.setFilterKeyColumn(NumberTableModel::OptedOutByColumn);
    proxy.setFilterFixedString(u"true"_s);
    if (sorted) {
        proxy.setSortRole(NumberTableModel::SortRole);
        proxy.sort(NumberTableModel::NumberColumn);
    }
    const double other = median(
        runs,
        [&] {
            proxy.setSourceModel(&model);
            static_cast<void>(proxy.rowCount()); // it filters when somebody asks
        },
        [&] { proxy.setSourceModel(nullptr); });
    proxy.setSourceModel(nullptr);
    const double ours = median(
        runs,
        [&] {
            model.setFilter({ .by = OptedOutBy::EndUser });
            settle(model);
        },
        [&] {
            model.setFilter({});
            settle(model);
        });
    print(sorted ? u"filter by who, sorted, in the model"_s : u"filter by who, in the model"_s, ours,
        u"QSortFilterProxyModel anew"_s, other);
}

} // namespace

void benchProxy(quint32 rows, int runs)
{
    NumberTableModel model;
    fill(model, rows);
    compareWithProxy(model, false, runs);
    model.setFilter({});
    model.sort(NumberTableModel::NumberColumn);
    settle(model);
    compareWithProxy(model, true, runs);
}

} // namespace optout::bench
