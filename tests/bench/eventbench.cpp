// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "bench/measure.h"
#include "bench/shownrows.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QScrollBar>

namespace optout::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int eventsPerRun = 20;

void eachEvent(const QString &what, int runs, QWidget &painted, const std::function<void()> &event)
{
    std::vector<double> figures;
    for (int i = 0; i < runs * eventsPerRun; ++i) {
        // By the clock, not the processor time: a worker may still put in order what the window does not show yet.
        figures.push_back(median(1, [&] {
            event();
            painted.repaint(); // at once, and all of it: more than what has changed
        }));
    }
    print(what, medianOf(std::move(figures)));
}

} // namespace

void benchEvents(quint32 rows, int runs)
{
    NumberTableModel model;
    const auto view = shownView(model);
    model.setFilter({ .by = OptedOutBy::EndUser });
    model.setSort({ .key = SortSpec::Key::Number });
    fill(model, rows);
    view->goToRow(model.rowCount() / 2);
    eachEvent(u"paint"_s, runs, *view->viewport(), [] {});
    eachEvent(u"scroll by a page"_s, runs, *view->viewport(),
        [&] { view->verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepAdd); });
    view->goToRow(model.rowCount() / 2);
    eachEvent(u"key Down"_s, runs, *view->viewport(), [&] {
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Down, Qt::NoModifier);
        QCoreApplication::sendEvent(view.get(), &press);
    });
}

} // namespace optout::bench
