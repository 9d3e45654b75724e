// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "bench/measure.h"
#include "bench/shownrows.h"
#include "presenters/findpresenter.h"

#include <QEventLoop>

namespace optout::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

void waitUntilFound(FindPresenter &find)
{
    QEventLoop loop;
    QObject::connect(&find, &FindPresenter::changed, &loop, [&] {
        if (find.state() == FindPresenter::State::Found)
            loop.quit();
    });
    if (find.state() != FindPresenter::State::Found)
        loop.exec();
}

} // namespace

// From the text or the key to the hit on the screen, as the window does it.
void benchFinding(quint32 rows, int runs)
{
    NumberTableModel model;
    const auto view = shownView(model);
    model.setSort({ .key = SortSpec::Key::Number });
    fill(model, rows);
    FindPresenter find;
    find.follow(model, *view->selectionModel());
    QObject::connect(&find, &FindPresenter::hitReached, view.get(), &NumberTableView::goToRow);
    // The longest way: the only hit is in the last row.
    const QString last = model.index(model.rowCount() - 1, 0).data(NumberTableModel::CopyRole).toString();
    for (const QString &text : { u"5550"_s, u"+1416"_s, last }) {
        const bool isLast = text == last;
        const double count = median(
            runs,
            [&] {
                find.lookFor(text);
                waitUntilFound(find);
            },
            [&] { find.lookFor({}); });
        print(u"find %1: count"_s.arg(isLast ? u"the last row"_s : text) + u" (%1 hits)"_s.arg(find.count()), count);
        const double next = median(
            runs,
            [&] {
                find.goToNext();
                view->viewport()->repaint();
            },
            [&] { view->goToRow(0); });
        print(u"find %1: next hit"_s.arg(isLast ? u"the last row"_s : text), next);
    }
}

} // namespace optout::bench
