// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "bench/measure.h"
#include "store/digits.h"
#include "store/rowfind.h"
#include "store/roworder.h"
#include "store/roworderkeeper.h"

#include <algorithm>
#include <chrono>

namespace optout::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

double nanosecondsPerRow(double milliseconds, quint32 rows) { return milliseconds * 1e6 / rows; }

void fill(NumberStore &store, quint32 rows)
{
    using Steady = std::chrono::steady_clock;
    LifelikeRows lifelike;
    const qint64 before = residentBytes();
    Steady::duration appending {};
    constexpr quint32 pageRows = 100;
    while (store.size() < rows) {
        const auto page = lifelike.next(std::min(pageRows, rows - store.size()));
        const auto begin = Steady::now();
        const bool kept = store.append(page).has_value();
        appending += Steady::now() - begin;
        if (!kept)
            return;
    }
    const double milliseconds = std::chrono::duration<double, std::milli>(appending).count();
    print(u"append, pages of 100"_s, milliseconds);
    printFigure(u"append, each row"_s, nanosecondsPerRow(milliseconds, rows), u"ns"_s);
    printFigure(u"memory of a row, as the store counts"_s, double(store.memoryBytes()) / rows, u"bytes"_s);
    printRowMemory(u"memory of a row, as the system counts"_s, before, residentBytes(), rows);
}

NumberFilter number(const QString &text) { return { .number = *NumberPattern::parse(text) }; }

void benchFilters(const StoreSnapshot &rows, int runs)
{
    const auto filter = [&](const QString &what, const NumberFilter &numbers) {
        std::shared_ptr<const RowOrder> order;
        const double took = medianCpu(
            runs, [&] { order = buildOrder(rows, { .filter = numbers }); }, [&] { order.reset(); });
        print(u"filter %1 (%2 rows)"_s.arg(what).arg(order->size()), took);
    };
    filter(u"by who"_s, { .by = OptedOutBy::EndUser });
    filter(u"by date"_s, { .from = Timestamp(std::chrono::milliseconds(1'640'995'200'000)) });
    filter(u"prefix +1416"_s, number(u"+1416"_s));
    filter(u"substring 5550"_s, number(u"5550"_s));
    filter(u"wildcard +1*99"_s, number(u"+1*99"_s));
    filter(u"wildcard *1?5*7?"_s, number(u"*1?5*7?"_s));
}

// The filter of a view that is sorted: what it takes in the worker, beside filtering and sorting anew.
void benchFiltersOfSorted(const StoreSnapshot &rows, int runs)
{
    const SortSpec sort { .key = SortSpec::Key::Number };
    RowOrderKeeper keeper;
    keeper.build(rows, { .sort = sort });
    const auto filter = [&](const QString &what, const NumberFilter &numbers) {
        const RowQuery query { .filter = numbers, .sort = sort };
        std::shared_ptr<const RowOrder> order;
        const double ours = medianCpu(
            runs, [&] { order = keeper.build(rows, query); }, [&] { order.reset(); });
        const double anew = medianCpu(
            runs, [&] { order = buildOrder(rows, query); }, [&] { order.reset(); });
        print(u"sorted, filter %1 (%2 rows)"_s.arg(what).arg(order->size()), ours, u"filtered and sorted anew"_s, anew);
    };
    filter(u"by who"_s, { .by = OptedOutBy::EndUser });
    filter(u"by date"_s, { .from = Timestamp(std::chrono::milliseconds(1'640'995'200'000)) });
    filter(u"prefix +1416"_s, number(u"+1416"_s));
    filter(u"substring 5550"_s, number(u"5550"_s));
    filter(u"wildcard *1?5*7?"_s, number(u"*1?5*7?"_s));
}

template <typename Key>
void benchSort(const StoreSnapshot &rows, int runs, const QString &what, const RowQuery &query, Key keyOf)
{
    using Value = decltype(keyOf(PackedRow {}));
    std::vector<Value> keys;
    for (quint32 i = 0; i < rows.size(); ++i)
        keys.push_back(keyOf(rows.at(i)));
    std::vector<Value> sorted;
    const double bare = median(
        runs, [&] { std::sort(sorted.begin(), sorted.end()); }, [&] { sorted = keys; });
    keys = {};
    sorted = {};
    std::shared_ptr<const RowOrder> order;
    const auto sort = [&] { order = buildOrder(rows, query); };
    const auto forget = [&] { order.reset(); };
    print(u"sort by %1"_s.arg(what), median(runs, sort, forget), u"std::sort of the bare keys"_s, bare);
    print(u"sort by %1, processor time of its threads"_s.arg(what), medianCpu(runs, sort, forget));
}

void benchSorts(const StoreSnapshot &rows, int runs)
{
    benchSort(rows, runs, u"number"_s, { .sort = { .key = SortSpec::Key::Number } },
        [](PackedRow row) { return row.number * powersOfTen[19 - digitCount(row.number)]; });
    benchSort(rows, runs, u"time"_s, { .sort = { .key = SortSpec::Key::OptedOutAt, .descending = true } },
        [](PackedRow row) { return row.milliseconds(); });
    benchSort(rows, runs, u"who"_s, { .sort = { .key = SortSpec::Key::OptedOutBy } },
        [](PackedRow row) { return quint8(row.byEndUser()); });
}

void benchSortMemory(const StoreSnapshot &rows)
{
    const qint64 before = residentBytes();
    forgetPeak();
    const auto order = buildOrder(rows, { .sort = { .key = SortSpec::Key::Number } });
    printRowMemory(u"order by number, memory of a row at the peak"_s, before, mostResidentBytes(), rows.size());
    printRowMemory(u"order by number, memory of a row at rest"_s, before, residentBytes(), rows.size());
}

void benchFind(const StoreSnapshot &rows, int runs)
{
    const auto order = buildOrder(rows, { .sort = { .key = SortSpec::Key::Number } });
    std::shared_ptr<const RowHits> hits;
    for (const QString &text : { u"5550"_s, u"+1416"_s, u"99999999"_s }) {
        const NumberPattern pattern = *NumberPattern::parse(text);
        const double took = medianCpu(
            runs, [&] { hits = findHits(rows, *order, pattern); }, [&] { hits.reset(); });
        print(u"find %1 in a sorted view (%2 hits)"_s.arg(text).arg(hits->count()), took);
    }
    // The longest way: no hit but, at most, far away.
    volatile quint32 found = 0; // or the compiler leaves the search out
    const double next = medianCpu(runs, [&] { found = hits->next(0).value_or(0) + hits->countUpTo(rows.size() - 1); });
    print(u"find the next hit and say which one it is"_s, next);
}

void benchExtend(NumberStore &store, int runs)
{
    LifelikeRows lifelike;
    const RowQuery sorted { .filter = { .by = OptedOutBy::EndUser }, .sort = { .key = SortSpec::Key::Number } };
    const RowQuery asRead { .filter = { .by = OptedOutBy::EndUser } };
    const auto bySort = buildOrder(store.snapshot(), sorted);
    const auto byRead = buildOrder(store.snapshot(), asRead);
    if (!store.append(lifelike.next(10'000)))
        return;
    const StoreSnapshot grown = store.snapshot();
    std::shared_ptr<const RowOrder> order;
    print(u"merge 10,000 rows into a sorted, filtered view"_s,
        medianCpu(
            runs, [&] { order = extendOrder(*bySort, grown); }, [&] { order.reset(); }));
    print(u"add 10,000 rows to a filtered view"_s, medianCpu(1, [&] { order = extendOrder(*byRead, grown); }));
}

} // namespace

void benchStore(quint32 rows, int runs)
{
    NumberStore store;
    fill(store, rows);
    const StoreSnapshot snapshot = store.snapshot();
    benchFilters(snapshot, runs);
    benchFiltersOfSorted(snapshot, runs);
    benchSortMemory(snapshot);
    benchSorts(snapshot, runs);
    benchFind(snapshot, runs);
    benchExtend(store, runs);
}

} // namespace optout::bench
