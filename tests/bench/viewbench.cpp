// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "bench/measure.h"
#include "models/numbertablemodel.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QTimer>

#include <algorithm>

namespace optout::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t batchRows = 10'000;

// Until everything loaded is through the worker and shown.
void settle(NumberTableModel &model)
{
    model.flush();
    const auto isDone = [&] {
        return !model.isUpdating() && model.exportSource().order->judgedRows() == model.loadedRows();
    };
    QEventLoop loop;
    QObject::connect(&model, &NumberTableModel::countsChanged, &loop, [&] {
        if (isDone())
            loop.quit();
    });
    if (!isDone())
        loop.exec();
}

std::unique_ptr<QTableView> shownView(NumberTableModel &model)
{
    auto view = std::make_unique<QTableView>();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->hide();
    view->setModel(&model);
    view->resize(1'000, 700);
    view->show();
    return view;
}

std::vector<std::vector<OptedOutNumber>> batches(std::size_t count)
{
    LifelikeRows lifelike;
    std::vector<std::vector<OptedOutNumber>> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(lifelike.next(batchRows));
    return out;
}

// Looks at the clock in each turn of the event loop.
class TurnWatch {
public:
    TurnWatch()
    {
        m_timer.setInterval(0);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            const double now = double(m_clock.nsecsElapsed()) / 1e6;
            m_turns.push_back(now - m_last);
            m_last = now;
        });
        m_clock.start();
        m_timer.start();
    }

    double worst() const { return m_turns.empty() ? 0 : *std::max_element(m_turns.begin(), m_turns.end()); }
    double overLimit() const
    {
        return double(std::count_if(m_turns.begin(), m_turns.end(), [](double turn) { return turn > 16; }));
    }
    double turns() const { return double(m_turns.size()); }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_last = 0;
    std::vector<double> m_turns;
};

void printTurns(const QString &what, const TurnWatch &watch)
{
    printFigure(what + u": worst turn"_s, watch.worst(), u"ms"_s);
    printFigure(what + u": turns over 16 ms"_s, watch.overLimit(), u"of %1"_s.arg(watch.turns()));
}

double appendUnderView(quint32 rows, const RowQuery &query, const QString &what, bool withView)
{
    // Made beforehand and used again and again: making numbers is no part of the program.
    const auto source = batches(50);
    NumberTableModel model;
    model.setFilter(query.filter);
    model.setSort(query.sort);
    const auto view = withView ? shownView(model) : nullptr;
    QElapsedTimer timer;
    timer.start();
    {
        const TurnWatch watch;
        QEventLoop loop;
        QTimer feeder;
        std::size_t next = 0;
        QObject::connect(&feeder, &QTimer::timeout, &loop, [&] {
            if (model.loadedRows() >= rows)
                loop.quit();
            else
                model.append(source[next++ % source.size()]);
        });
        feeder.start(0);
        loop.exec();
        settle(model);
        if (withView)
            printTurns(what, watch);
    }
    return double(timer.nsecsElapsed()) / 1e6;
}

double appendToStoreOnly(quint32 rows, const RowQuery &query)
{
    const auto source = batches(50);
    QElapsedTimer timer;
    timer.start();
    NumberStore store;
    for (std::size_t next = 0; store.size() < rows; ++next) {
        const auto batch = source[next % source.size()];
        if (!store.append(batch))
            break;
    }
    const auto order = buildOrder(store.snapshot(), query);
    return double(timer.nsecsElapsed()) / 1e6;
}

void changeQueries(quint32 rows)
{
    LifelikeRows lifelike;
    NumberTableModel model;
    const auto view = shownView(model);
    const auto source = batches(50);
    const qint64 before = residentBytes();
    for (std::size_t next = 0; model.loadedRows() < rows; ++next)
        model.append(source[next % source.size()]);
    settle(model);
    printFigure(u"store, order and view: memory of a row"_s, double(residentBytes() - before) / rows, u"bytes"_s);
    const auto change = [&](const QString &what, const std::function<void()> &ask) {
        const TurnWatch watch;
        QElapsedTimer timer;
        timer.start();
        ask();
        settle(model);
        print(what + u", until shown"_s, double(timer.nsecsElapsed()) / 1e6);
        QEventLoop loop;
        QTimer::singleShot(100, &loop, &QEventLoop::quit);
        loop.exec(); // the view paints, the order before is freed
        printTurns(what, watch);
    };
    forgetPeak();
    change(u"sort by number"_s, [&] { model.sort(NumberTableModel::NumberColumn); });
    printFigure(u"the same: memory of a row at the peak"_s, double(mostResidentBytes() - before) / rows, u"bytes"_s);
    change(u"filter by who"_s, [&] { model.setFilter({ .by = OptedOutBy::EndUser }); });
    change(u"sort by time"_s, [&] { model.sort(NumberTableModel::OptedOutAtColumn, Qt::DescendingOrder); });
    change(u"back to as read"_s, [&] {
        model.sort(-1);
        model.setFilter({});
    });
    change(u"clear"_s, [&] { model.clear(); });
}

} // namespace

void benchProxy(quint32 rows, int runs)
{
    NumberTableModel model;
    LifelikeRows lifelike;
    while (model.loadedRows() < rows)
        model.append(lifelike.next(std::min<std::size_t>(batchRows, rows - model.loadedRows())));
    model.flush();
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&model);
    proxy.setFilterRole(NumberTableModel::CopyRole);
    proxy.setFilterKeyColumn(NumberTableModel::OptedOutByColumn);
    const double other = median(
        std::min(runs, 3),
        [&] {
            proxy.setFilterFixedString(u"true"_s);
            static_cast<void>(proxy.rowCount()); // it filters when somebody asks
        },
        [&] {
            proxy.setFilterFixedString({});
            static_cast<void>(proxy.rowCount());
        });
    proxy.setSourceModel(nullptr);
    const double ours = median(
        runs,
        [&] {
            model.setFilter({ .by = OptedOutBy::EndUser });
            settle(model);
        },
        [&] { model.setFilter({}); });
    print(u"filter by who, in the model"_s, ours, u"QSortFilterProxyModel"_s, other);
}

void benchView(quint32 rows)
{
    const RowQuery sorted { .filter = { .by = OptedOutBy::EndUser }, .sort = { .key = SortSpec::Key::Number } };
    const RowQuery filtered { .filter = { .by = OptedOutBy::EndUser } };
    const double alone = appendToStoreOnly(rows, sorted);
    const double windowless = appendUnderView(rows, sorted, {}, false);
    const double window = appendUnderView(rows, sorted, u"append under a sorted, filtered view"_s, true);
    print(u"append under a sorted, filtered view"_s, window, u"the same without a view"_s, windowless);
    print(u"append under a sorted, filtered view"_s, window, u"store and one order at the end"_s, alone);
    appendUnderView(rows, filtered, u"append under a filtered view"_s, true);
    appendUnderView(rows, {}, u"append under all rows as read"_s, true);
    changeQueries(rows);
}

} // namespace optout::bench
