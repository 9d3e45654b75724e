// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "models/numbertablemodel.h"

#include "ui/models/numbertablefixture.h"

#include <QAbstractEventDispatcher>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QtTest>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestNumberTableGrowth final : public QObject, private NumberTableFixture {
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"."_s));
        useModel(std::make_unique<NumberTableModel>());
        m_loaded.clear();
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void showsTheFirstRowsAtOnce()
    {
        for (int read = 0; read < 2; ++read) {
            appendRows(100);
            QCOMPARE(m_model->rowCount(), 0);
            QCoreApplication::processEvents();
            QCOMPARE(m_model->rowCount(), 100);
            m_model->clear();
        }
    }

    void collectsPages()
    {
        appendRows(1);
        m_model->flush();
        QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
        QElapsedTimer timer;
        timer.start();
        for (int page = 0; page < 50; ++page)
            appendRows(100);
        QCOMPARE(m_model->rowCount(), 1);
        QCOMPARE(m_model->loadedRows(), 5'001U);
        QTRY_COMPARE(m_model->rowCount(), 5'001);
        QVERIFY(timer.elapsed() >= 90);
        QCOMPARE(inserted.size(), 1);
        appendRows(1);
        m_model->flush();
        QCOMPARE(inserted.size(), 2);
        QCOMPARE(m_model->rowCount(), 5'002);
        m_model->flush();
        m_model->append({});
        QTest::qWait(150);
        QCOMPARE(inserted.size(), 2);
        checkView();
    }

    void insertsWhenRowsComeAtTheEnd()
    {
        appendRows(1'000);
        m_model->setFilter(by(OptedOutBy::EndUser));
        waitUntilShown();
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
        const int before = m_model->rowCount();
        appendRows(1'000);
        waitUntilShown();
        QCOMPARE(reset.size(), 0);
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(inserted.at(0).at(1).toInt(), before);
        QCOMPARE(inserted.at(0).at(2).toInt(), m_model->rowCount() - 1);
        // Rows that the filter hides change nothing that is shown.
        m_model->append({ { .number = "+12" } });
        m_loaded.push_back({ .number = "+12" });
        QSignalSpy counts(m_model.get(), &NumberTableModel::countsChanged);
        QTest::qWait(200);
        QCOMPARE(reset.size() + inserted.size(), 1);
        QVERIFY(!counts.isEmpty());
        QCOMPARE(m_model->exportSource().order->judgedRows(), 2'001U);
        checkView();
    }

    void spreadsManyRowsOverTurns_data()
    {
        QTest::addColumn<int>("who");
        QTest::newRow("as read") << int(OptedOutBy::Anyone);
        QTest::newRow("filtered") << int(OptedOutBy::EndUser);
    }
    void spreadsManyRowsOverTurns()
    {
        QFETCH(int, who);
        useModelThatInsertsFew();
        m_model->setFilter(by(OptedOutBy(who)));
        int turn = 0;
        std::vector<int> turns;
        int shown = 0;
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, m_model.get(), [&] { ++turn; });
        connect(m_model.get(), &QAbstractItemModel::rowsInserted, this, [&](const QModelIndex &, int first, int last) {
            turns.push_back(turn);
            QCOMPARE(first, shown);
            shown = last + 1;
            QVERIFY(last - first < int(fewInserted));
            QCOMPARE(m_model->viewRow(m_model->storeRow(last)), last);
            if (shown < int(m_model->exportSource().order->size()))
                QCOMPARE(m_model->viewRow(m_model->exportSource().order->storeRow(quint32(shown))), -1); // not yet
        });
        appendRows(5'000);
        m_model->flush();
        waitUntilShown();
        checkView();
        QVERIFY(turns.size() >= 3);
        QVERIFY(std::adjacent_find(turns.begin(), turns.end()) == turns.end());
        appendRows(20);
        waitUntilShown();
        checkView();
        QCOMPARE(m_model->rowCount(), shown);
        QCOMPARE(shown, int(m_model->exportSource().order->size()));
    }

    void anythingMayHappenBetweenTwoTurns_data()
    {
        QTest::addColumn<int>("event");
        QTest::newRow("rows arrive") << 0;
        QTest::newRow("filter") << 1;
        QTest::newRow("sort") << 2;
        QTest::newRow("filter and back") << 3;
        QTest::newRow("clear") << 4;
        QTest::newRow("filter, in the slot") << 5;
    }
    void anythingMayHappenBetweenTwoTurns()
    {
        QFETCH(int, event);
        useModelThatInsertsFew();
        const auto happen = [&] {
            switch (event) {
            case 0:
                appendRows(100);
                m_model->flush();
                break;
            case 2:
                m_model->sort(NumberTableModel::NumberColumn);
                break;
            case 3:
                m_model->setFilter(by(OptedOutBy::EndUser));
                m_model->setFilter({});
                break;
            case 4:
                m_model->clear();
                m_loaded.clear();
                QCOMPARE(m_model->rowCount(), 0);
                appendRows(100);
                break;
            default:
                m_model->setFilter(numbered(u"*9"_s));
            }
        };
        bool happened = false;
        connect(m_model.get(), &QAbstractItemModel::rowsInserted, this, [&] {
            if (event == 5 && !std::exchange(happened, true))
                happen();
        });
        appendRows(5'000);
        m_model->flush();
        QCOMPARE(m_model->rowCount(), int(fewInserted));
        if (event != 5)
            happen();
        waitUntilShown();
        checkView();
    }

    void mergesIntoASortedView()
    {
        m_model->setSort({ .key = SortSpec::Key::OptedOutAt, .descending = true });
        QSignalSpy updating(m_model.get(), &NumberTableModel::updatingChanged);
        for (int i = 0; i < 5; ++i) {
            appendRows(700);
            waitUntilShown();
            checkView();
        }
        QVERIFY(updating.size() <= 2); // rows that arrive are no new view
    }

    //! What views take note of in one turn of the event loop is bounded.
    void aSortedViewGrowsBySomeRowsAtATime()
    {
        useModelThatInsertsFew();
        m_model->setSort({ .key = SortSpec::Key::OptedOutAt });
        appendRows(100);
        waitUntilShown();
        int shown = m_model->rowCount();
        connect(m_model.get(), &QAbstractItemModel::modelReset, this, [&] {
            QVERIFY(m_model->rowCount() - shown <= int(4 * fewInserted));
            shown = m_model->rowCount();
        });
        appendRows(5'000);
        m_model->flush();
        waitUntilShown();
        checkView();
    }

    //! One order for all rows that wait, each of which would be a copy of the one before.
    void aSortedViewTakesInAllRowsThereAre_data()
    {
        QTest::addColumn<int>("present");
        QTest::newRow("none shown yet") << 0;
        QTest::newRow("some shown") << 100;
    }
    void aSortedViewTakesInAllRowsThereAre()
    {
        QFETCH(const int, present);
        useModelThatInsertsFew();
        m_model->setSort({ .key = SortSpec::Key::OptedOutAt });
        appendRows(std::size_t(present));
        waitUntilShown();
        QSignalSpy replaced(m_model.get(), &NumberTableModel::viewReplaced);
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        appendRows(5'000);
        m_model->flush();
        waitUntilShown();
        QTRY_COMPARE(m_model->rowCount(), 5'000 + present);
        QCOMPARE(replaced.size(), 1);
        QCOMPARE(reset.size(), 2); // in parts of 2,800
        checkView();
    }

    //! It is the rows that go one by one which would take a QTableView long.
    void forgetsAllRowsWhenFewStay()
    {
        appendRows(5'000);
        m_model->flush();
        std::vector<int> counts;
        connect(m_model.get(), &QAbstractItemModel::modelReset, this, [&] { counts.push_back(m_model->rowCount()); });
        m_model->setFilter(numbered(u"*77"_s));
        waitUntilShown();
        checkView();
        QCOMPARE(counts, (std::vector<int> { 0, m_model->rowCount() }));
    }
};

QTEST_GUILESS_MAIN(TestNumberTableGrowth)
#include "tst_numbertablegrowth.moc"
