// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/roworderbuilder.h"

#include "unit/store/samplerows.h"
#include "unit/store/scarcememory.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QtTest>

#include <ctime>
#include <thread>

using namespace optout;

namespace {

RowQuery sortedBy(SortSpec::Key key, bool descending = false)
{
    return { .filter = {}, .sort = { .key = key, .descending = descending } };
}

std::shared_ptr<const RowOrder> orderIn(const QSignalSpy &spy, qsizetype index)
{
    const auto outcome = spy.at(index).at(0).value<RowOrderResult>();
    return outcome ? *outcome : nullptr;
}

} // namespace

class TestRowOrderBuilder final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        SampleRows random(1);
        QVERIFY(m_big.append(random.rows(400'000)));
        QVERIFY(m_small.append(random.rows(100)));
    }

    void answersFromTheEventLoop()
    {
        RowOrderBuilder builder;
        QSignalSpy finished(&builder, &RowOrderBuilder::finished);
        QVERIFY(!builder.isBusy());
        const RowQuery query = sortedBy(SortSpec::Key::Number);
        builder.build(m_small.snapshot(), query);
        QVERIFY(builder.isBusy());
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        QCOMPARE(finished.size(), 0);
        QVERIFY(finished.wait());
        QVERIFY(!builder.isBusy());
        QCOMPARE(orderIn(finished, 0)->query(), query);
        QCOMPARE(orderIn(finished, 0)->size(), 100U);
    }

    void answersOnlyTheLastOfManyRequests()
    {
        RowOrderBuilder builder;
        QSignalSpy finished(&builder, &RowOrderBuilder::finished);
        for (int i = 0; i < 200; ++i) {
            builder.build(m_big.snapshot(), sortedBy(SortSpec::Key(1 + i % 3), i % 2 == 0));
            if (i % 20 == 0) // so that some of them are under way, or done and not yet delivered
                std::this_thread::sleep_for(std::chrono::milliseconds(i / 4));
        }
        const RowQuery last = sortedBy(SortSpec::Key::OptedOutAt, true);
        builder.build(m_small.snapshot(), last);
        QVERIFY(finished.wait());
        QCOMPARE(orderIn(finished, 0)->query(), last);
        QTest::qWait(50);
        QCOMPARE(finished.size(), 1);
    }

    void dropsAnAnswerThatWaitsToBeDelivered()
    {
        RowOrderBuilder builder;
        QSignalSpy finished(&builder, &RowOrderBuilder::finished);
        builder.build(m_small.snapshot(), sortedBy(SortSpec::Key::Number));
        std::this_thread::sleep_for(std::chrono::milliseconds(50)); // done by now
        builder.build(m_small.snapshot(), sortedBy(SortSpec::Key::OptedOutBy));
        QVERIFY(finished.wait());
        QTest::qWait(20);
        QCOMPARE(finished.size(), 1);
        QCOMPARE(orderIn(finished, 0)->query(), sortedBy(SortSpec::Key::OptedOutBy));
    }

    void extendsAnOrder()
    {
        SampleRows random(2);
        NumberStore store;
        QVERIFY(store.append(random.rows(1'000)));
        const RowQuery query = sortedBy(SortSpec::Key::OptedOutAt);
        const auto first = buildOrder(store.snapshot(), query);
        QVERIFY(store.append(random.rows(500)));
        RowOrderBuilder builder;
        QSignalSpy finished(&builder, &RowOrderBuilder::finished);
        builder.extend(first, store.snapshot());
        QVERIFY(finished.wait());
        const auto extended = orderIn(finished, 0);
        const auto anew = buildOrder(store.snapshot(), query);
        QCOMPARE(extended->size(), 1'500U);
        for (quint32 i = 0; i < extended->size(); ++i)
            QCOMPARE(extended->storeRow(i), anew->storeRow(i));
    }

    void cancelMeansNoAnswer()
    {
        RowOrderBuilder builder;
        QSignalSpy finished(&builder, &RowOrderBuilder::finished);
        for (const int delay : { 0, 1, 50 }) {
            builder.build(m_small.snapshot(), sortedBy(SortSpec::Key::Number));
            std::this_thread::sleep_for(std::chrono::milliseconds(delay));
            builder.cancel();
            builder.cancel();
            QVERIFY(!builder.isBusy());
            QTest::qWait(20);
            QCOMPARE(finished.size(), 0);
        }
        builder.build(m_small.snapshot(), sortedBy(SortSpec::Key::Number));
        QVERIFY(finished.wait());
    }

    void sortsEveryRowInItsSpareTime()
    {
        // A narrow view, for which hardly anything is sorted; after a while a wide one by the same sort, which takes a
        // look at each row if there was time enough. Before that it is right all the same.
        const RowQuery narrow { .filter = { .number = *NumberPattern::parse(u"+1416555999") },
            .sort = { .key = SortSpec::Key::Number } };
        const RowQuery wide { .filter = { .by = OptedOutBy::EndUser }, .sort = narrow.sort };
        const std::clock_t sortingBegan = std::clock();
        const auto expected = buildOrder(m_big.snapshot(), wide);
        const double sorting = double(std::clock() - sortingBegan);
        double took = sorting;
        for (int delay = 1; took * 2 > sorting; delay *= 4) {
            QVERIFY2(delay < 30'000, qPrintable(QString::number(took / sorting)));
            RowOrderBuilder builder;
            QSignalSpy finished(&builder, &RowOrderBuilder::finished);
            builder.build(m_big.snapshot(), narrow);
            QVERIFY(finished.wait());
            QTest::qWait(delay);
            const std::clock_t begin = std::clock();
            builder.build(m_big.snapshot(), wide);
            QVERIFY(finished.wait());
            took = double(std::clock() - begin);
            const auto order = orderIn(finished, 1);
            QCOMPARE(order->size(), expected->size());
            for (quint32 i = 0; i < order->size(); ++i)
                QCOMPARE(order->storeRow(i), expected->storeRow(i));
        }
    }

    void forgetMeansNoAnswerAndNothingKept()
    {
        SampleRows random(3);
        auto store = std::make_unique<NumberStore>();
        QVERIFY(store->append(random.rows(50'000)));
        RowOrderBuilder builder;
        QSignalSpy finished(&builder, &RowOrderBuilder::finished);
        const RowQuery query = sortedBy(SortSpec::Key::Number);
        builder.build(store->snapshot(), query);
        QVERIFY(finished.wait());
        const std::weak_ptr<const RowOrder> kept = orderIn(finished, 0);
        finished.clear();
        QVERIFY(!kept.expired());
        builder.build(store->snapshot(), sortedBy(SortSpec::Key::OptedOutAt));
        builder.forget();
        QVERIFY(!builder.isBusy());
        QTRY_VERIFY(kept.expired());
        QTest::qWait(20);
        QCOMPARE(finished.size(), 0);
        // Another store, of which the one before knows nothing.
        builder.build(m_small.snapshot(), query);
        QVERIFY(finished.wait());
        QCOMPARE(orderIn(finished, 0)->size(), m_small.size());
    }

    void isDestroyedSoonWhileAtWork()
    {
        for (const int delay : { 0, 1, 5, 20 }) {
            auto builder = std::make_unique<RowOrderBuilder>();
            QSignalSpy finished(builder.get(), &RowOrderBuilder::finished);
            builder->build(m_big.snapshot(), sortedBy(SortSpec::Key::Number));
            std::this_thread::sleep_for(std::chrono::milliseconds(delay));
            QElapsedTimer timer;
            timer.start();
            builder.reset();
            QVERIFY2(timer.elapsed() < 1'000, qPrintable(QString::number(timer.elapsed()))); // sanitizers are slow
            QTest::qWait(5);
            QCOMPARE(finished.size(), 0);
        }
    }

    void freesInTheWorker()
    {
        struct Garbage {
            std::thread::id &freedIn;
            ~Garbage() { freedIn = std::this_thread::get_id(); }
        };
        std::thread::id freedIn;
        {
            RowOrderBuilder builder;
            builder.release(nullptr);
            builder.release(std::make_shared<Garbage>(freedIn));
            QTest::qWait(50);
        }
        QVERIFY(freedIn != std::thread::id());
        QVERIFY(freedIn != std::this_thread::get_id());
    }

    //! For a single order; its memory is given back with it.
    void keepsNothingWhenToldSo()
    {
        RowOrderBuilder builder(RowOrderBuilder::Keeps::Nothing);
        QSignalSpy finished(&builder, &RowOrderBuilder::finished);
        builder.build(m_small.snapshot(), sortedBy(SortSpec::Key::Number));
        QVERIFY(finished.wait());
        const std::weak_ptr<const RowOrder> built = orderIn(finished, 0);
        QVERIFY(!built.expired());
        finished.clear();
        QTRY_VERIFY(built.expired());
    }

    //! What needs no memory goes on without: there is nobody to tell, and the end of the thread is that of the program.
    void freesWhenMemoryIsExhausted()
    {
        RowOrderBuilder builder;
        QSignalSpy finished(&builder, &RowOrderBuilder::finished);
        builder.build(m_small.snapshot(), sortedBy(SortSpec::Key::Number));
        QVERIFY(finished.wait());
        const ScarceMemory scarce(0);
        auto garbage = std::make_shared<int>(1);
        const std::weak_ptr<int> freed = garbage;
        builder.release(std::exchange(garbage, nullptr));
        QTRY_VERIFY(freed.expired());
    }

private:
    NumberStore m_big;
    NumberStore m_small;
};

QTEST_GUILESS_MAIN(TestRowOrderBuilder)
#include "tst_roworderbuilder.moc"
