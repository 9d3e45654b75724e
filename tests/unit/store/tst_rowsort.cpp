// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/rowmerge.h"
#include "store/rowsort.h"

#include "unit/store/referenceorder.h"
#include "unit/store/scarcememory.h"

#include <QtTest>

#include <array>
#include <thread>

using namespace optout;

class TestRowSort final : public QObject {
    Q_OBJECT

private slots:
    //! In pieces of a few rows, so that each way is gone on which views of tens of millions are sorted.
    void sortsByPieces_data()
    {
        QTest::addColumn<int>("shape");
        QTest::addColumn<bool>("descending");
        const std::array<const char *, 8> shapes { "random", "all equal", "one far away", "groups within groups",
            "equal but for length", "only texts", "sorted", "dense at both ends" };
        for (int shape = 0; shape < int(shapes.size()); ++shape) {
            QTest::addRow("%s, up", shapes.at(std::size_t(shape))) << shape << false;
            QTest::addRow("%s, down", shapes.at(std::size_t(shape))) << shape << true;
        }
    }
    void sortsByPieces()
    {
        QFETCH(const int, shape);
        QFETCH(const bool, descending);
        SampleRows random(21);
        std::vector<OptedOutNumber> sample;
        for (quint32 i = 0; i < 20'000; ++i)
            sample.push_back(row(random, shape, i));
        NumberStore store;
        QVERIFY(store.append(sample));
        for (const auto key : { SortSpec::Key::Number, SortSpec::Key::OptedOutAt, SortSpec::Key::OptedOutBy }) {
            const SortSpec sort { .key = key, .descending = descending };
            const auto expected = naiveOrder(sample, { .sort = sort });
            for (const SortSizes sizes :
                { SortSizes { .small = 2, .bucket = 1 }, SortSizes { .small = 40, .bucket = 7 } }) {
                std::vector<quint32> out(sample.size());
                QVERIFY(sortRows(store.snapshot(), sort, RowNumbers(store.size()), out, Cores::One, {}, sizes));
                QVERIFY(out == expected);
            }
        }
    }

    //! What the second thread throws reaches the caller, who may try again.
    void outlivesExhaustedMemoryInTheSecondThread()
    {
        SampleRows random(22);
        const auto sample = random.rows(300'000);
        NumberStore store;
        QVERIFY(store.append(sample));
        const SortSpec sort { .key = SortSpec::Key::OptedOutAt };
        std::vector<quint32> out(sample.size());
        const auto sortAll = [&] {
            return sortRows(store.snapshot(), sort, RowNumbers(store.size()), out, Cores::Two);
        };
        {
            const ScarceMemory scarce(1'000); // less than the keys of a bucket
            QVERIFY_THROWS_EXCEPTION(std::bad_alloc, sortAll());
        }
        QVERIFY(sortAll());
        QVERIFY(out == naiveOrder(sample, { .sort = sort }));
    }

    //! At any moment of a merge: everything, or a no.
    void mergingStopsWhenAsked_data()
    {
        QTest::addColumn<quint32>("added");
        QTest::newRow("few") << 2'000U;
        QTest::newRow("many") << 200'000U;
    }
    void mergingStopsWhenAsked()
    {
        QFETCH(const quint32, added);
        constexpr quint32 present = 200'000;
        const SortSpec sort { .key = SortSpec::Key::OptedOutAt };
        const auto sample = SampleRows(23).rows(present + added);
        NumberStore store;
        QVERIFY(store.append(sample));
        const auto sorted = naiveOrder(sample, { .sort = sort });
        std::vector<quint32> old;
        std::vector<quint32> fresh;
        for (const quint32 row : sorted)
            (row < present ? old : fresh).push_back(row);
        std::vector<quint32> out(sample.size());
        const auto merge = [&](const std::stop_token &stop) {
            return mergeRows(store.snapshot(), sort, old, fresh, out.data(), stop);
        };
        std::stop_source before;
        before.request_stop();
        QVERIFY(!merge(before.get_token()));
        for (int delay = 0; delay < 12; ++delay) {
            std::stop_source stop;
            bool isMerged = false;
            std::fill(out.begin(), out.end(), 0U);
            {
                const std::jthread worker([&] { isMerged = merge(stop.get_token()); });
                std::this_thread::sleep_for(std::chrono::milliseconds(delay));
                stop.request_stop();
            }
            QVERIFY(!isMerged || out == sorted);
        }
    }

private:
    static OptedOutNumber row(SampleRows &random, int shape, quint32 i)
    {
        const OptedOutNumber odd = random.row();
        const std::string group = std::to_string(1 + random.below(3)) + std::string(random.below(8), '0');
        const std::array<std::string, 8> numbers { odd.number, "+14165550123",
            i == 7 ? "+9999999999999999999" : "+1416555" + random.digits(4), "+" + group + random.digits(3),
            "+1" + std::string(random.below(18), '0'), "T" + random.digits(4), "+1" + std::to_string(100'000 + i),
            (i % 2 ? "+1000000" : "+9999999") + random.digits(4) };
        const std::array<qint64, 8> times { odd.optedOutAt ? odd.optedOutAt->time_since_epoch().count() : 0, 5,
            i == 7 ? 0 : 1'700'000'000'000 + random.below(50), qint64(1) << random.below(60), 3, 4, i,
            qint64(i % 2 ? 1 : 1'000'000'000) + random.below(9) };
        return { .number = numbers.at(std::size_t(shape)),
            .optedOutAt = SampleRows::at(times.at(std::size_t(shape))),
            .endUserOptedOut = random.below(3) == 0 };
    }
};

QTEST_GUILESS_MAIN(TestRowSort)
#include "tst_rowsort.moc"
