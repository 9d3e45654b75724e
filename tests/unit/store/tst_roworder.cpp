// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/roworder.h"

#include "unit/store/referenceorder.h"

#include <QtTest>

#include <algorithm>
#include <ctime>
#include <thread>

using namespace optout;

class TestRowOrder final : public QObject {
    Q_OBJECT

private slots:
    void agreesWithTheReference_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("queries");
        QTest::newRow("no rows") << 0 << 100;
        QTest::newRow("one row") << 1 << 200;
        QTest::newRow("a page") << 100 << 2'000;
        QTest::newRow("thousands") << 6'000 << 120;
        QTest::newRow("more than one chunk") << 70'000 << 10;
    }
    void agreesWithTheReference()
    {
        QFETCH(int, rows);
        QFETCH(int, queries);
        SampleRows random(quint32(rows) + 1);
        const auto sample = random.rows(std::size_t(rows));
        NumberStore store;
        QVERIFY(store.append(sample));
        for (int i = 0; i < queries; ++i) {
            const RowQuery query = randomQuery(random);
            const auto order = buildOrder(store.snapshot(), query);
            QVERIFY(order);
            const auto expected = naiveOrder(sample, query);
            QVERIFY2(contentOf(*order) == expected, describe(query, order->size(), expected.size()).constData());
            QCOMPARE(order->query(), query);
            QCOMPARE(order->judgedRows(), quint32(rows));
        }
    }

    void extendedAgreesWithBuiltAnew()
    {
        SampleRows random(77);
        for (int round = 0; round < 80; ++round) {
            const auto sample = random.rows(1 + random.below(5'000));
            const RowQuery query = randomQuery(random);
            NumberStore store;
            std::shared_ptr<const RowOrder> order = buildOrder(store.snapshot(), query);
            for (std::size_t first = 0; first < sample.size();) {
                const auto count = std::min<std::size_t>(1 + random.below(2'000), sample.size() - first);
                QVERIFY(store.append(std::span(sample).subspan(first, count)));
                first += count;
                order = extendOrder(*order, store.snapshot());
                QCOMPARE(order->judgedRows(), store.size());
            }
            const auto expected = naiveOrder(sample, query);
            QVERIFY2(contentOf(*order) == expected, describe(query, order->size(), expected.size()).constData());
        }
    }

    //! More rows than one thread is given, in every order there is.
    void sortsInHalves_data() { addSorts(); }
    void sortsInHalves()
    {
        QFETCH(SortSpec, sort);
        static const auto sample = SampleRows(12).rows(600'000); // of which half pass the filter
        NumberStore store;
        QVERIFY(store.append(sample));
        for (const auto by : { OptedOutBy::Anyone, OptedOutBy::EndUser }) {
            const RowQuery query { .filter = { .by = by }, .sort = sort };
            QVERIFY(isWholeAndSorted(*buildOrder(store.snapshot(), query), sample, query));
        }
        const RowQuery query { .sort = sort };
        const auto fromNothing = extendOrder(*buildOrder({}, query), store.snapshot());
        QVERIFY(isWholeAndSorted(*fromNothing, sample, query));
    }

    //! That both halves are sorted does not make the whole so.
    void sortsHalvesThatAreSorted()
    {
        constexpr quint32 count = 300'000;
        constexpr quint32 middle = 131'072;
        for (const bool whole : { false, true }) {
            std::vector<OptedOutNumber> sample;
            for (quint32 i = 0; i < count; ++i)
                sample.push_back(
                    { .number = "+14165550123", .optedOutAt = SampleRows::at(whole || i < middle ? i : i - middle) });
            NumberStore store;
            QVERIFY(store.append(sample));
            for (const bool descending : { false, true }) {
                const RowQuery query { .sort = { .key = SortSpec::Key::OptedOutAt, .descending = descending } };
                QVERIFY(isWholeAndSorted(*buildOrder(store.snapshot(), query), sample, query));
            }
        }
    }

    //! Few new rows are looked up one by one, many are merged by their keys.
    void mergesFewAndMany_data() { addSorts(); }
    void mergesFewAndMany()
    {
        QFETCH(SortSpec, sort);
        SampleRows random(13);
        const auto sample = random.rows(40'960);
        const RowQuery query { .sort = sort };
        for (const quint32 present : { 1U, 1'023U, 20'480U, 30'000U, 38'912U, 40'950U, 40'959U }) {
            NumberStore store;
            QVERIFY(store.append(std::span(sample).first(present)));
            const auto before = buildOrder(store.snapshot(), query);
            QVERIFY(store.append(std::span(sample).subspan(present)));
            const auto merged = extendOrder(*before, store.snapshot());
            QCOMPARE(merged->judgedRows(), store.size());
            QVERIFY2(isWholeAndSorted(*merged, sample, query), QByteArray::number(present).constData());
        }
    }

    void filteredAgreesWithBuiltAnew_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("queries");
        for (const int rows : { 0, 1, 63, 64, 65, 4'095, 4'096, 4'097 })
            QTest::addRow("%d rows", rows) << rows << 60;
        QTest::newRow("more than one chunk") << 70'000 << 12;
    }
    void filteredAgreesWithBuiltAnew()
    {
        QFETCH(int, rows);
        QFETCH(int, queries);
        SampleRows random(quint32(rows) + 31);
        const auto sample = random.rows(std::size_t(rows));
        NumberStore store;
        QVERIFY(store.append(sample));
        const StoreSnapshot judged = store.snapshot();
        QVERIFY(store.append(random.rows(100))); // of which the order knows nothing
        for (int i = 0; i < queries; ++i) {
            RowQuery query = randomQuery(random);
            query.sort.key = SortSpec::Key(1 + random.below(3));
            const auto everyRow = buildOrder(judged, { .sort = query.sort });
            const auto order = filterOrder(*everyRow, store.snapshot(), query.filter);
            const auto expected = naiveOrder(sample, query);
            QVERIFY2(contentOf(*order) == expected, describe(query, order->size(), expected.size()).constData());
            QCOMPARE(order->query(), query);
            QCOMPARE(order->judgedRows(), quint32(rows));
        }
    }

    void twoExtensionsOfOneOrderDoNotMeet()
    {
        // Both want to write behind the same rows; a third thread reads those rows meanwhile.
        SampleRows random(5);
        NumberStore store;
        const auto sample = random.rows(20'000);
        QVERIFY(store.append(std::span(sample).first(10'000)));
        const RowQuery query { .filter = { .by = OptedOutBy::EndUser } };
        const auto base = buildOrder(store.snapshot(), query);
        const auto before = contentOf(*base);
        QVERIFY(store.append(std::span(sample).subspan(10'000, 1'000)));
        const StoreSnapshot shorter = store.snapshot();
        QVERIFY(store.append(std::span(sample).subspan(11'000)));
        const StoreSnapshot longer = store.snapshot();
        std::shared_ptr<const RowOrder> one;
        std::shared_ptr<const RowOrder> two;
        {
            const std::jthread first([&] { one = extendOrder(*base, shorter); });
            const std::jthread second([&] { two = extendOrder(*base, longer); });
            QCOMPARE(contentOf(*base), before);
        }
        QVERIFY(contentOf(*one) == naiveOrder(std::span(sample).first(11'000), query));
        QVERIFY(contentOf(*two) == naiveOrder(sample, query));
        QCOMPARE(contentOf(*base), before);
    }

    void findsTheViewRow_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("by");
        QTest::addColumn<bool>("descending");
        const auto view = [](const char *name, SortSpec::Key key, OptedOutBy by, bool descending = false) {
            QTest::newRow(name) << int(key) << int(by) << descending;
        };
        view("the store itself", SortSpec::Key::AsRead, OptedOutBy::Anyone);
        view("filtered", SortSpec::Key::AsRead, OptedOutBy::EndUser);
        view("sorted", SortSpec::Key::Number, OptedOutBy::Anyone);
        view("sorted, down", SortSpec::Key::Number, OptedOutBy::Anyone, true);
        view("sorted and filtered", SortSpec::Key::OptedOutAt, OptedOutBy::NotEndUser);
        view("many equal", SortSpec::Key::OptedOutBy, OptedOutBy::Anyone);
        view("many equal, down", SortSpec::Key::OptedOutBy, OptedOutBy::Anyone, true);
    }
    void findsTheViewRow()
    {
        QFETCH(int, key);
        QFETCH(int, by);
        QFETCH(bool, descending);
        SampleRows random(8);
        const auto sample = random.rows(500);
        NumberStore store;
        QVERIFY(store.append(sample));
        const auto order = buildOrder(store.snapshot(),
            { .filter = { .by = OptedOutBy(by) }, .sort = { .key = SortSpec::Key(key), .descending = descending } });
        const quint32 judged = store.size();
        QVERIFY(store.append(random.rows(10))); // which it knows nothing of
        const StoreSnapshot grown = store.snapshot();
        quint32 found = 0;
        for (quint32 row = 0; row < grown.size(); ++row) {
            const auto place = order->viewRow(grown, row);
            QCOMPARE(place.has_value(), row < judged && order->query().filter.matches(sample[row]));
            if (place) {
                QCOMPARE(order->storeRow(*place), row);
                ++found;
            }
        }
        QCOMPARE(found, order->size());
    }

    void findsTheViewRowWithoutLookingAtAll()
    {
        NumberStore store;
        QVERIFY(store.append(SampleRows(6).rows(300'000)));
        const std::clock_t begin = std::clock();
        const auto order = buildOrder(store.snapshot(), { .sort = { .key = SortSpec::Key::Number } });
        const std::clock_t sorting = std::clock() - begin;
        for (quint32 row = 0; row < store.size(); row += 300)
            QVERIFY(order->viewRow(store.snapshot(), row));
        const std::clock_t finding = std::clock() - begin - sorting;
        QVERIFY2(finding * 4 < sorting, qPrintable(QString::number(double(finding) / double(sorting))));
    }

    void sortsWhatIsSkewed_data()
    {
        QTest::addColumn<int>("shape");
        QTest::newRow("one far away, the rest together") << 0;
        QTest::newRow("all equal") << 1;
        QTest::newRow("sorted already") << 2;
        QTest::newRow("sorted the other way round") << 3;
        QTest::newRow("equal but for length") << 4;
        QTest::newRow("only texts") << 5;
        QTest::newRow("groups within groups") << 6;
    }
    void sortsWhatIsSkewed()
    {
        QFETCH(int, shape);
        SampleRows random(9);
        std::vector<OptedOutNumber> sample;
        constexpr quint32 count = 60'000; // more than is sorted in one piece
        for (quint32 i = 0; i < count; ++i) {
            const std::array<std::string, 7> numbers { i == 7 ? "+9999999999999999999" : "+1416555" + random.digits(4),
                "+14165550123", "+1" + std::to_string(100'000 + i), "+1" + std::to_string(900'000 - i),
                "+1" + std::string(random.below(18), '0'), "T" + random.digits(6),
                "+1" + std::string(random.below(16), '0') + random.digits(2) };
            const std::array<qint64, 7> times { i == 7 ? 0 : 1'700'000'000'000 + random.below(50), 5, i, -qint64(i), 3,
                4, qint64(1) << random.below(60) };
            sample.push_back({ .number = numbers[std::size_t(shape)],
                .optedOutAt = SampleRows::at(times[std::size_t(shape)]),
                .endUserOptedOut = random.below(1'000) == 0 });
        }
        NumberStore store;
        QVERIFY(store.append(sample));
        for (const auto key : { SortSpec::Key::Number, SortSpec::Key::OptedOutAt, SortSpec::Key::OptedOutBy }) {
            for (const bool descending : { false, true }) {
                const RowQuery query { .sort = { .key = key, .descending = descending } };
                QVERIFY(isWholeAndSorted(*buildOrder(store.snapshot(), query), sample, query));
            }
        }
    }

    void stopsWhenAsked_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<bool>("texts");
        QTest::newRow("filter") << int(SortSpec::Key::AsRead) << false;
        QTest::newRow("number") << int(SortSpec::Key::Number) << false;
        QTest::newRow("texts") << int(SortSpec::Key::Number) << true;
        QTest::newRow("time") << int(SortSpec::Key::OptedOutAt) << false;
        QTest::newRow("who") << int(SortSpec::Key::OptedOutBy) << false;
    }
    void stopsWhenAsked()
    {
        QFETCH(int, key);
        QFETCH(bool, texts);
        SampleRows random(10);
        std::vector<OptedOutNumber> sample(300'000); // in two halves
        for (OptedOutNumber &row : sample)
            row = { .number = (texts ? "T" : "+1") + random.digits(9), .optedOutAt = random.row().optedOutAt };
        NumberStore store;
        QVERIFY(store.append(sample));
        const RowQuery query { .filter = { .by = OptedOutBy::NotEndUser }, .sort = { .key = SortSpec::Key(key) } };
        std::stop_source before;
        before.request_stop();
        QVERIFY(!buildOrder(store.snapshot(), query, before.get_token()));
        QVERIFY(!extendOrder(*buildOrder({}, query), store.snapshot(), before.get_token()));
        if (query.sort.key != SortSpec::Key::AsRead) {
            const auto everyRow = buildOrder(store.snapshot(), { .sort = query.sort });
            QVERIFY(!filterOrder(*everyRow, store.snapshot(), query.filter, before.get_token()));
        }
        // At any moment on the way: an order that is whole, or none.
        for (int delay = 0; delay < 12; ++delay) {
            std::stop_source stop;
            std::shared_ptr<const RowOrder> order;
            {
                const std::jthread worker([&] { order = buildOrder(store.snapshot(), query, stop.get_token()); });
                std::this_thread::sleep_for(std::chrono::milliseconds(delay));
                stop.request_stop();
            }
            QVERIFY(!order || isWholeAndSorted(*order, sample, query));
        }
    }

private:
    static void addSorts()
    {
        QTest::addColumn<SortSpec>("sort");
        const auto both = [](const char *name, SortSpec::Key key) {
            QTest::addRow("%s, up", name) << SortSpec { .key = key };
            QTest::addRow("%s, down", name) << SortSpec { .key = key, .descending = true };
        };
        both("number", SortSpec::Key::Number);
        both("time", SortSpec::Key::OptedOutAt);
        both("who", SortSpec::Key::OptedOutBy);
    }

    static QByteArray describe(const RowQuery &query, std::size_t got, std::size_t expected)
    {
        return "needle " + QByteArray::fromStdString(std::string(query.filter.number.needle())) + " kind "
            + QByteArray::number(int(query.filter.number.kind())) + " by " + QByteArray::number(int(query.filter.by))
            + " sort " + QByteArray::number(int(query.sort.key)) + (query.sort.descending ? " down" : " up") + ": "
            + QByteArray::number(qulonglong(got)) + " rows, expected " + QByteArray::number(qulonglong(expected));
    }
};

QTEST_GUILESS_MAIN(TestRowOrder)
#include "tst_roworder.moc"
