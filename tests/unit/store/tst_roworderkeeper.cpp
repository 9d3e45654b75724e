// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/roworderkeeper.h"

#include "unit/store/referenceorder.h"

#include <QtTest>

#include <algorithm>
#include <ctime>
#include <span>
#include <vector>

using namespace optout;

namespace {

constexpr SortSpec byNumber { .key = SortSpec::Key::Number };

} // namespace

class TestRowOrderKeeper final : public QObject {
    Q_OBJECT

private slots:
    //! Filters and sorts that change, rows that arrive, another store, spare time or none: always as built anew.
    void agreesWithTheReference_data()
    {
        QTest::addColumn<int>("page");
        QTest::newRow("few rows at a time") << 40;
        QTest::newRow("so many that it falls behind") << 18'000;
    }
    void agreesWithTheReference()
    {
        QFETCH(int, page);
        SampleRows random(quint32(page) + 1);
        std::vector<OptedOutNumber> sample;
        auto store = std::make_unique<NumberStore>();
        RowOrderKeeper keeper;
        RowQuery query;
        auto order = keeper.build(store->snapshot(), query);
        for (int step = 0; step < (page < 1'000 ? 400 : 150); ++step) {
            switch (random.below(12)) {
            case 0:
                query.sort = randomQuery(random).sort;
                order = keeper.build(store->snapshot(), query);
                break;
            case 1:
                if (random.below(4) != 0 && sample.size() < 100'000)
                    continue;
                if (random.below(2) == 0) // it finds out by itself, too
                    keeper.forget();
                store = std::make_unique<NumberStore>();
                sample.clear();
                order = keeper.build(store->snapshot(), query);
                break;
            case 2:
                query.filter = {};
                order = keeper.build(store->snapshot(), query);
                break;
            case 3:
                if (keeper.isBehind())
                    keeper.catchUp();
                continue;
            case 4:
            case 5:
            case 6: {
                const auto rows = random.rows(random.below(quint32(page)));
                sample.insert(sample.end(), rows.begin(), rows.end());
                QVERIFY(store->append(rows));
                if (random.below(3) == 0)
                    continue; // they wait for the next build or extension
                order = keeper.extend(*order, store->snapshot());
                break;
            }
            default:
                query.filter = randomQuery(random).filter;
                order = keeper.build(store->snapshot(), query);
            }
            QCOMPARE(order->query(), query);
            QCOMPARE(order->judgedRows(), store->size());
            // The reference takes long with many rows.
            if (page < 1'000 || random.below(8) == 0)
                QVERIFY(contentOf(*order) == naiveOrder(sample, query));
        }
        QVERIFY(contentOf(*keeper.build(store->snapshot(), query)) == naiveOrder(sample, query));
    }

    void isBehindAfterANarrowFilterOnly()
    {
        NumberStore store;
        QVERIFY(store.append(SampleRows(1).rows(30'000)));
        RowOrderKeeper keeper;
        QVERIFY(!keeper.isBehind());
        keeper.build(store.snapshot(), { .filter = { .number = pattern(QStringLiteral("+19")) } });
        QVERIFY(!keeper.isBehind()); // nothing is sorted
        keeper.build(store.snapshot(), { .filter = { .number = pattern(QStringLiteral("+19")) }, .sort = byNumber });
        QVERIFY(keeper.isBehind());
        keeper.catchUp();
        QVERIFY(!keeper.isBehind());
        keeper.build(store.snapshot(),
            { .filter = { .by = OptedOutBy::EndUser }, .sort = { .key = SortSpec::Key::OptedOutAt } });
        QVERIFY(!keeper.isBehind());
    }

    void isBehindWhenManyRowsCame()
    {
        SampleRows random(2);
        NumberStore store;
        RowOrderKeeper keeper;
        auto order = keeper.build(store.snapshot(), { .filter = { .by = OptedOutBy::EndUser }, .sort = byNumber });
        QVERIFY(store.append(random.rows(100)));
        order = keeper.extend(*order, store.snapshot());
        QVERIFY(!keeper.isBehind());
        QVERIFY(store.append(random.rows(20'000)));
        order = keeper.extend(*order, store.snapshot());
        QVERIFY(keeper.isBehind());
        keeper.forget();
        QVERIFY(!keeper.isBehind());
    }

    void staysBehindWhenStopped()
    {
        NumberStore store;
        QVERIFY(store.append(SampleRows(3).rows(30'000)));
        RowOrderKeeper keeper;
        keeper.build(store.snapshot(), { .filter = { .number = pattern(QStringLiteral("+19")) }, .sort = byNumber });
        std::stop_source stop;
        stop.request_stop();
        keeper.catchUp(stop.get_token());
        QVERIFY(keeper.isBehind());
        // What was there before is as good as before.
        keeper.catchUp();
        const RowQuery query { .filter = { .by = OptedOutBy::EndUser }, .sort = byNumber };
        QVERIFY(!keeper.build(store.snapshot(), query, stop.get_token()));
        QVERIFY(contentOf(*keeper.build(store.snapshot(), query)) == contentOf(*buildOrder(store.snapshot(), query)));
    }

    void changesTheFilterFarSoonerThanItSorts()
    {
        NumberStore store;
        QVERIFY(store.append(SampleRows(4).rows(600'000)));
        const RowQuery query { .filter = { .by = OptedOutBy::EndUser }, .sort = byNumber };
        RowOrderKeeper keeper;
        keeper.build(store.snapshot(), { .sort = byNumber });
        // In processor time, the best of a few, so that what else runs counts for less.
        const auto best = [](auto work) {
            std::clock_t least = std::numeric_limits<std::clock_t>::max();
            for (int i = 0; i < 3; ++i) {
                const std::clock_t begin = std::clock();
                work();
                least = std::min(least, std::clock() - begin);
            }
            return double(least);
        };
        const double sorting = best([&] { buildOrder(store.snapshot(), query); });
        const double filtering = best([&] { keeper.build(store.snapshot(), query); });
        QVERIFY2(filtering * 4 < sorting, qPrintable(QString::number(filtering / sorting)));
    }
};

QTEST_GUILESS_MAIN(TestRowOrderKeeper)
#include "tst_roworderkeeper.moc"
