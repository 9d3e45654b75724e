// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "bench/measure.h"
#include "bench/shownrows.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <ctime>
#include <utility>

namespace optout::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t batchRows = 10'000;

std::vector<std::vector<OptedOutNumber>> batches(std::size_t count)
{
    LifelikeRows lifelike;
    std::vector<std::vector<OptedOutNumber>> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(lifelike.next(batchRows));
    return out;
}

// The time this thread has worked, in milliseconds: what else runs on the machine does not count, nor do our workers.
double threadMilliseconds()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

// Looks at the clocks in each turn of the event loop. Keeps no list of turns: one that grows would be in the turns.
class TurnWatch {
public:
    TurnWatch()
    {
        m_timer.setInterval(0);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { look(); });
        m_clock.start();
        m_lastWorked = threadMilliseconds();
        m_timer.start();
    }

    double worst() const { return m_worst; }
    double worstWorked() const { return m_worstWorked; }
    double overLimit() const { return double(m_overLimit); }
    double turns() const { return double(m_turns); }

private:
    void look()
    {
        const double now = double(m_clock.nsecsElapsed()) / 1e6;
        const double worked = threadMilliseconds();
        const double turn = now - std::exchange(m_last, now);
        m_worst = std::max(m_worst, turn);
        m_worstWorked = std::max(m_worstWorked, worked - std::exchange(m_lastWorked, worked));
        m_overLimit += turn > 16 ? 1 : 0;
        ++m_turns;
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_last = 0;
    double m_lastWorked = 0;
    double m_worst = 0;
    double m_worstWorked = 0;
    int m_overLimit = 0;
    int m_turns = 0;
};

void printTurns(const QString &what, const TurnWatch &watch)
{
    printFigure(what + u": worst turn"_s, watch.worst(), u"ms"_s);
    printFigure(what + u": worst turn, worked"_s, watch.worstWorked(), u"ms"_s);
    printFigure(what + u": turns over 16 ms"_s, watch.overLimit(), u"of %1"_s.arg(watch.turns()));
}

// How long it takes from asking for another view until the table has painted it.
class PaintWatch final : public QObject {
public:
    PaintWatch(NumberTableModel &model, NumberTableView &view)
    {
        view.viewport()->installEventFilter(this);
        connect(&model, &NumberTableModel::viewReplaced, this, [this] { m_replaced = true; });
    }

    double millisecondsFor(const std::function<void()> &ask)
    {
        QElapsedTimer timer;
        m_replaced = false;
        timer.start();
        ask();
        m_loop.exec();
        return double(timer.nsecsElapsed()) / 1e6;
    }

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && std::exchange(m_replaced, false))
            QTimer::singleShot(0, &m_loop, &QEventLoop::quit); // after it
        return false;
    }

private:
    bool m_replaced = false;
    QEventLoop m_loop;
};

struct Appended {
    double milliseconds = 0;
    double worstTurn = 0;
    double worstWorked = 0;
};

Appended appendUnderView(quint32 rows, const RowQuery &query, const QString &what, bool withView)
{
    // Made beforehand and used again and again: making numbers is no part of the program.
    const auto source = batches(50);
    NumberTableModel model;
    const auto view = withView ? shownView(model) : nullptr; // before the order: a view begins with that as read
    model.setFilter(query.filter);
    model.setSort(query.sort);
    QElapsedTimer timer;
    timer.start();
    Appended out;
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
        if (!what.isEmpty())
            printTurns(what, watch);
        out.worstTurn = watch.worst();
        out.worstWorked = watch.worstWorked();
    }
    out.milliseconds = double(timer.nsecsElapsed()) / 1e6;
    return out;
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

void appendUnderSortedView(quint32 rows, int runs)
{
    const RowQuery sorted { .filter = { .by = OptedOutBy::EndUser }, .sort = { .key = SortSpec::Key::Number } };
    const QString what = u"append under a sorted, filtered view"_s;
    std::vector<double> with;
    std::vector<double> without;
    std::vector<double> alone;
    std::vector<double> worst;
    std::vector<double> worked;
    for (int run = 0; run < runs; ++run) { // in turns: what changes on the machine meanwhile meets all of them
        const Appended shown = appendUnderView(rows, sorted, {}, true);
        with.push_back(shown.milliseconds);
        worst.push_back(shown.worstTurn);
        worked.push_back(shown.worstWorked);
        without.push_back(appendUnderView(rows, sorted, {}, false).milliseconds);
        alone.push_back(appendToStoreOnly(rows, sorted));
    }
    const double window = medianOf(std::move(with));
    print(what, window, u"the same without a view"_s, medianOf(std::move(without)));
    print(what, window, u"store and one order at the end"_s, medianOf(std::move(alone)));
    printFigure(what + u": worst turn"_s, *std::max_element(worst.begin(), worst.end()), u"ms"_s);
    printFigure(what + u": worst turn, worked"_s, *std::max_element(worked.begin(), worked.end()), u"ms"_s);
}

// The filter of a sorted view, from asking until it is painted, beside sorting it.
void changeFilters(NumberTableModel &model, NumberTableView &view, int runs)
{
    PaintWatch watch(model, view);
    std::vector<double> sorting;
    for (int run = 0; run < runs; ++run) {
        const Qt::SortOrder order = run % 2 == 0 ? Qt::DescendingOrder : Qt::AscendingOrder; // each time another one
        sorting.push_back(watch.millisecondsFor([&] { model.sort(NumberTableModel::NumberColumn, order); }));
    }
    const double sorted = medianOf(std::move(sorting));
    const auto change = [&](const QString &what, const NumberFilter &filter) {
        std::vector<double> there;
        std::vector<double> back;
        for (int run = 0; run < runs; ++run) {
            there.push_back(watch.millisecondsFor([&] { model.setFilter(filter); }));
            back.push_back(watch.millisecondsFor([&] { model.setFilter({}); }));
        }
        print(u"sorted, filter %1, until painted"_s.arg(what), medianOf(std::move(there)), u"sort, until painted"_s,
            sorted);
        print(u"sorted, filter %1 and back, until painted"_s.arg(what), medianOf(std::move(back)),
            u"sort, until painted"_s, sorted);
    };
    const auto number = [](const QString &text) { return NumberFilter { .number = *NumberPattern::parse(text) }; };
    change(u"by who"_s, { .by = OptedOutBy::EndUser });
    change(u"prefix +1416"_s, number(u"+1416"_s));
    change(u"substring 5550"_s, number(u"5550"_s));
    change(u"wildcard *1?5*7?"_s, number(u"*1?5*7?"_s));
    model.sort(-1);
}

void changeQueries(quint32 rows, int runs)
{
    NumberTableModel model;
    const auto view = shownView(model);
    const auto source = batches(50);
    const qint64 before = residentBytes();
    for (std::size_t next = 0; model.loadedRows() < rows; ++next)
        model.append(source[next % source.size()]);
    settle(model);
    printRowMemory(u"store, order and view: memory of a row"_s, before, residentBytes(), rows);
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
    printRowMemory(u"the same: memory of a row at the peak"_s, before, mostResidentBytes(), rows);
    printRowMemory(u"sorted: memory of a row"_s, before, residentBytes(), rows);
    change(u"filter by who"_s, [&] { model.setFilter({ .by = OptedOutBy::EndUser }); });
    printRowMemory(u"sorted and filtered: memory of a row"_s, before, residentBytes(), rows);
    forgetPeak();
    change(u"sort by time"_s, [&] { model.sort(NumberTableModel::OptedOutAtColumn, Qt::DescendingOrder); });
    printRowMemory(u"sorted again: memory of a row at the peak"_s, before, mostResidentBytes(), rows);
    change(u"back to as read"_s, [&] {
        model.sort(-1);
        model.setFilter({});
    });
    change(u"filter substring 5550"_s, [&] { model.setFilter({ .number = *NumberPattern::parse(u"5550"_s) }); });
    change(u"clear the filter"_s, [&] { model.setFilter({}); });
    changeFilters(model, *view, runs);
    change(u"clear"_s, [&] { model.clear(); });
}

} // namespace

void benchAppend(quint32 rows, int runs)
{
    const RowQuery filtered { .filter = { .by = OptedOutBy::EndUser } };
    appendUnderSortedView(rows, runs);
    appendUnderView(rows, filtered, u"append under a filtered view"_s, true);
    appendUnderView(rows, {}, u"append under all rows as read"_s, true);
}

void benchView(quint32 rows, int runs) { changeQueries(rows, runs); }

} // namespace optout::bench
