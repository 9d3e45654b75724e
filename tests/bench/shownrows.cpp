// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "bench/shownrows.h"

#include "bench/measure.h"

#include <QEventLoop>

#include <algorithm>

namespace optout::bench {

void settle(NumberTableModel &model)
{
    model.flush();
    const auto isDone = [&] {
        const auto order = model.exportSource().order;
        return !model.isUpdating() && order->judgedRows() == model.loadedRows() && order->size() == model.shownRows();
    };
    QEventLoop loop;
    QObject::connect(&model, &NumberTableModel::countsChanged, &loop, [&] {
        if (isDone())
            loop.quit();
    });
    if (!isDone())
        loop.exec();
}

void fill(NumberTableModel &model, quint32 rows)
{
    constexpr std::size_t batchRows = 10'000;
    LifelikeRows lifelike;
    while (model.loadedRows() < rows)
        model.append(lifelike.next(std::min<std::size_t>(batchRows, rows - model.loadedRows())));
    settle(model);
}

std::unique_ptr<NumberTableView> shownView(NumberTableModel &model)
{
    auto view = std::make_unique<NumberTableView>(model);
    view->resize(1'000, 700);
    view->show();
    return view;
}

} // namespace optout::bench
