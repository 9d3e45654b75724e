// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "models/numbertablemodel.h"

#include "unit/store/samplerows.h"

#include <QAbstractEventDispatcher>
#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QtTest>

#include <algorithm>
#include <memory>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

namespace {

NumberFilter by(OptedOutBy who) { return { .by = who }; }

NumberFilter numbered(const QString &pattern) { return { .number = *NumberPattern::parse(pattern) }; }

} // namespace

class TestNumberTableModel final : public QObject {
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

    void showsARow_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<int>("role");
        QTest::addColumn<QVariant>("expected");
        QTest::addColumn<QVariant>("withoutTime");
        const auto row = [](const char *name, int column, int role, const QVariant &expected,
                             const QVariant &withoutTime) {
            QTest::newRow(name) << column << role << expected << withoutTime;
        };
        const QVariant number = u"+14165550123"_s;
        const QVariant time = u"2024-03-01 10:02:33"_s;
        row("number", 0, Qt::DisplayRole, number, number);
        row("number to copy", 0, NumberTableModel::CopyRole, number, number);
        row("number to sort", 0, NumberTableModel::SortRole, number, number);
        row("number read out", 0, Qt::AccessibleTextRole, number, number);
        row("number's tip", 0, Qt::ToolTipRole, {}, {});
        row("time", 1, Qt::DisplayRole, time, u"Not given"_s);
        row("time read out", 1, Qt::AccessibleTextRole, time, u"Not given"_s);
        row("time to copy", 1, NumberTableModel::CopyRole, u"2024-03-01T10:02:33.858Z"_s, QString());
        row("time to sort", 1, NumberTableModel::SortRole, 1'709'287'353'858LL, {});
        row("who", 2, Qt::DisplayRole, u"End user"_s, u"Not end user"_s);
        row("who read out", 2, Qt::AccessibleTextRole, u"End user"_s, u"Not end user"_s);
        row("who to copy", 2, NumberTableModel::CopyRole, u"true"_s, u"false"_s);
        row("who to sort", 2, NumberTableModel::SortRole, true, false);
        row("place in the store", 2, NumberTableModel::StoreRowRole, 0U, 1U);
        row("nothing for other roles", 1, Qt::DecorationRole, {}, {});
    }
    void showsARow()
    {
        QFETCH(int, column);
        QFETCH(int, role);
        m_model->append(
            { { .number = "+14165550123", .optedOutAt = SampleRows::at(1'709'287'353'858), .endUserOptedOut = true },
                { .number = "+14165550123" } });
        m_model->flush();
        QTEST(m_model->index(0, column).data(role), "expected");
        QTEST(m_model->index(1, column).data(role), "withoutTime");
    }

    void tellsTheWholeTimeInTheTip()
    {
        m_model->append({ { .number = "+12", .optedOutAt = SampleRows::at(1'709'287'353'858) }, { .number = "+12" } });
        m_model->flush();
        QVERIFY(m_model->index(0, 1).data(Qt::ToolTipRole).toString().contains(u"2024-03-01T10:02:33.858Z"_s));
        QVERIFY(!m_model->index(1, 1).data(Qt::ToolTipRole).isValid());
    }

    void namesItsColumns()
    {
        const QStringList expected { u"Number"_s, u"Opted out (UTC)"_s, u"Opted out by"_s };
        QCOMPARE(m_model->columnCount(), 3);
        for (int column = 0; column < 3; ++column)
            QCOMPARE(m_model->headerData(column, Qt::Horizontal).toString(), expected.at(column));
        QVERIFY(!m_model->headerData(3, Qt::Horizontal).isValid());
        QVERIFY(!m_model->headerData(0, Qt::Horizontal, Qt::ToolTipRole).isValid());
    }

    void refusesForeignIndexes()
    {
        appendRows(10);
        m_model->flush();
        NumberTableModel other;
        other.append({ { .number = "+12" } });
        other.flush();
        for (int refused = 0; refused < 2; ++refused)
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"checkindex|QModelIndex"_s));
        QVERIFY(!m_model->data(other.index(0, 0)).isValid());
        QVERIFY(!m_model->data({}).isValid());
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

    void filtersAndSorts_data()
    {
        QTest::addColumn<int>("who");
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<int>("column");
        QTest::addColumn<bool>("descending");
        QTest::newRow("as read") << int(OptedOutBy::Anyone) << u""_s << -1 << false;
        QTest::newRow("as read, the other way round makes no sense") << int(OptedOutBy::Anyone) << u""_s << -1 << true;
        QTest::newRow("who") << int(OptedOutBy::EndUser) << u""_s << -1 << false;
        QTest::newRow("number") << int(OptedOutBy::Anyone) << u"+1416"_s << -1 << false;
        QTest::newRow("by number") << int(OptedOutBy::Anyone) << u""_s << 0 << false;
        QTest::newRow("by time, latest first") << int(OptedOutBy::Anyone) << u""_s << 1 << true;
        QTest::newRow("by who, filtered") << int(OptedOutBy::Anyone) << u"555"_s << 2 << false;
        QTest::newRow("all of it") << int(OptedOutBy::NotEndUser) << u"*5?5*"_s << 0 << true;
    }
    void filtersAndSorts()
    {
        QFETCH(int, who);
        QFETCH(QString, pattern);
        QFETCH(int, column);
        QFETCH(bool, descending);
        NumberFilter filter = numbered(pattern);
        filter.by = OptedOutBy(who);
        // Asked for before, in the middle and after: the view is the same in the end.
        for (const int when : { 0, 1, 2 }) {
            m_model->clear();
            m_loaded.clear();
            m_model->setFilter({});
            m_model->sort(-1);
            for (int step = 0; step < 3; ++step) {
                if (step == when) {
                    m_model->setFilter(filter);
                    m_model->sort(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
                }
                appendRows(1'000);
                m_model->flush();
                QTest::qWait(step * 20);
            }
            waitUntilShown();
            checkView();
        }
    }

    void keepsTheOldViewUntilTheNewOneIsBuilt()
    {
        appendRows(20'000);
        m_model->flush();
        QSignalSpy updating(m_model.get(), &NumberTableModel::updatingChanged);
        QSignalSpy about(m_model.get(), &NumberTableModel::viewAboutToBeReplaced);
        QSignalSpy replaced(m_model.get(), &NumberTableModel::viewReplaced);
        int rowsBefore = -1;
        int rowsAfter = -1;
        connect(
            m_model.get(), &NumberTableModel::viewAboutToBeReplaced, this, [&] { rowsBefore = m_model->rowCount(); });
        connect(m_model.get(), &NumberTableModel::viewReplaced, this, [&] { rowsAfter = m_model->rowCount(); });
        m_model->setFilter(by(OptedOutBy::EndUser));
        QVERIFY(m_model->isUpdating());
        QCOMPARE(m_model->query().filter, by(OptedOutBy::EndUser));
        QCOMPARE(m_model->rowCount(), 20'000);
        QCOMPARE(m_model->exportSource().order->size(), 20'000U);
        QTRY_VERIFY(!m_model->isUpdating());
        QCOMPARE(rowsBefore, 20'000);
        QVERIFY(rowsAfter < 20'000);
        QCOMPARE(rowsAfter, m_model->rowCount());
        QCOMPARE(about.size(), 1);
        QCOMPARE(replaced.size(), 1);
        QCOMPARE(updating.size(), 2);
        checkView();
    }

    void takesTheLastOfManyQueries()
    {
        appendRows(30'000);
        m_model->flush();
        QSignalSpy replaced(m_model.get(), &NumberTableModel::viewReplaced);
        for (int i = 0; i < 30; ++i)
            m_model->setFilter(numbered(QString::number(i)));
        m_model->setFilter(numbered(u"416"_s));
        waitUntilShown();
        QCOMPARE(replaced.size(), 1);
        checkView();
        // Back before anything was built: the view shown is the one asked for.
        m_model->setSort({ .key = SortSpec::Key::Number });
        m_model->setSort({});
        QVERIFY(!m_model->isUpdating());
        QTest::qWait(50);
        QCOMPARE(replaced.size(), 1);
        // The store itself needs no worker.
        m_model->setFilter({});
        QVERIFY(!m_model->isUpdating());
        QCOMPARE(m_model->rowCount(), 30'000);
        QCOMPARE(replaced.size(), 2);
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

    void findsRowsByTheirPlaceInTheStore()
    {
        appendRows(2'000);
        m_model->setFilter(by(OptedOutBy::EndUser));
        m_model->setSort({ .key = SortSpec::Key::Number });
        waitUntilShown();
        for (quint32 row = 0; row < 2'000; row += 13) {
            const int place = m_model->viewRow(row);
            QCOMPARE(place >= 0, m_loaded[row].endUserOptedOut);
            if (place >= 0)
                QCOMPARE(m_model->storeRow(place), row);
        }
    }

    void clearForgetsRowsAndKeepsTheQuery_data()
    {
        QTest::addColumn<int>("wait");
        QTest::newRow("before anything shows") << 0;
        QTest::newRow("while a view is built") << 1;
        QTest::newRow("after all is shown") << 300;
    }
    void clearForgetsRowsAndKeepsTheQuery()
    {
        QFETCH(int, wait);
        appendRows(30'000);
        m_model->flush();
        const NumberFilter filter = by(OptedOutBy::NotEndUser);
        m_model->setFilter(filter);
        m_model->setSort({ .key = SortSpec::Key::Number });
        QTest::qWait(wait);
        QSignalSpy bracket(m_model.get(), &NumberTableModel::viewReplaced);
        m_model->clear();
        m_loaded.clear();
        QCOMPARE(m_model->rowCount(), 0);
        QCOMPARE(m_model->loadedRows(), 0U);
        QVERIFY(!m_model->isUpdating());
        QCOMPARE(m_model->query().filter, filter);
        QCOMPARE(bracket.size(), 0); // store rows mean something else now
        QTest::qWait(30);
        QCOMPARE(m_model->rowCount(), 0); // no answer of the time before
        appendRows(500);
        waitUntilShown();
        checkView();
    }

    void keepsItsRowsWhenAnAppendFails()
    {
        useModel(std::make_unique<NumberTableModel>(nullptr, 1'000));
        QSignalSpy failed(m_model.get(), &NumberTableModel::storeFailed);
        appendRows(600);
        m_model->setSort({ .key = SortSpec::Key::Number });
        SampleRows more(99);
        m_model->append(more.rows(401));
        QCOMPARE(failed.size(), 1);
        QCOMPARE(failed.at(0).at(0).value<Error>().kind, Error::Kind::Storage);
        QCOMPARE(m_model->loadedRows(), 600U);
        appendRows(400);
        QCOMPARE(failed.size(), 1);
        waitUntilShown();
        checkView();
    }

    void countsAreRightWheneverTheyAreTold()
    {
        QSignalSpy counts(m_model.get(), &NumberTableModel::countsChanged);
        connect(m_model.get(), &NumberTableModel::countsChanged, this, [this] {
            QCOMPARE(m_model->shownRows(), quint32(m_model->rowCount()));
            QVERIFY(m_model->shownRows() <= m_model->loadedRows());
        });
        appendRows(100);
        QCOMPARE(m_model->loadedRows(), 100U);
        QCOMPARE(m_model->shownRows(), 0U);
        QCOMPARE(counts.size(), 1);
        m_model->flush();
        QCOMPARE(m_model->shownRows(), 100U);
        QCOMPARE(counts.size(), 2);
        m_model->setFilter(by(OptedOutBy::EndUser));
        waitUntilShown();
        QCOMPARE(counts.size(), 3);
        m_model->clear();
        QCOMPARE(counts.size(), 4);
    }

    void aSlotMayAskForTheNextQuery()
    {
        appendRows(5'000);
        m_model->flush();
        bool asked = false;
        connect(m_model.get(), &NumberTableModel::viewReplaced, this, [&] {
            if (!std::exchange(asked, true))
                m_model->setSort({ .key = SortSpec::Key::OptedOutBy, .descending = true });
        });
        m_model->setFilter(numbered(u"1"_s));
        waitUntilShown();
        QCOMPARE(m_model->exportSource().order->query().sort.key, SortSpec::Key::OptedOutBy);
        checkView();
    }

    //! The views take note of all new rows in one turn of the event loop.
    void aSortedViewGrowsBySomeRowsAtATime()
    {
        useModelThatInsertsFew();
        m_model->setSort({ .key = SortSpec::Key::OptedOutAt });
        appendRows(100);
        waitUntilShown();
        int shown = m_model->rowCount();
        connect(m_model.get(), &QAbstractItemModel::modelReset, this, [&] {
            QVERIFY(m_model->rowCount() - shown <= int(fewInserted));
            shown = m_model->rowCount();
        });
        appendRows(5'000);
        m_model->flush();
        waitUntilShown();
        checkView();
    }

    //! As of a kept read, or of another list that is shown: nothing that is looked at could be held up.
    void aSortedViewBeginsWithAllRowsThereAre()
    {
        useModelThatInsertsFew();
        m_model->setSort({ .key = SortSpec::Key::OptedOutAt });
        waitUntilShown();
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        appendRows(5'000);
        m_model->flush();
        waitUntilShown();
        QCOMPARE(reset.size(), 1);
        checkView();
    }

    void aSortedViewTakesInTheRestWithoutAPause()
    {
        useModelThatInsertsFew();
        m_model->setSort({ .key = SortSpec::Key::OptedOutAt });
        appendRows(100);
        waitUntilShown();
        QElapsedTimer timer;
        timer.start();
        appendRows(40 * fewInserted);
        waitUntilShown();
        checkView();
        // With a tenth of a second between any two parts it is four at the least.
        QVERIFY2(timer.elapsed() < 3'500, qPrintable(QString::number(timer.elapsed())));
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

    void survivesAnythingInAnyOrder()
    {
        useModelThatInsertsFew();
        SampleRows random(4711);
        for (int step = 0; step < 400; ++step) {
            switch (random.below(8)) {
            case 0:
                if (random.below(6) == 0) {
                    m_model->clear();
                    m_loaded.clear();
                }
                break;
            case 1:
                m_model->setFilter(random.below(2) == 0 ? NumberFilter() : by(OptedOutBy(random.below(3))));
                break;
            case 2:
                m_model->setFilter(numbered(QString::fromStdString("*" + random.digits(1) + "*")));
                break;
            case 3:
                m_model->sort(int(random.below(4)) - 1, Qt::SortOrder(random.below(2)));
                break;
            case 4:
                m_model->flush();
                break;
            case 5:
                QTest::qWait(int(random.below(8)));
                break;
            default:
                appendRows(random.below(random.below(10) == 0 ? 4'000 : 400));
            }
        }
        waitUntilShown();
        checkView();
    }

    void isDestroyedWhileAWorkerBuilds()
    {
        appendRows(50'000);
        m_model->flush();
        m_model->setSort({ .key = SortSpec::Key::Number });
        QSignalSpy replaced(m_model.get(), &NumberTableModel::viewReplaced);
        m_tester.reset();
        m_model.reset();
        QTest::qWait(20);
        QCOMPARE(replaced.size(), 0);
    }

private:
    static constexpr quint32 fewInserted = 700;

    void useModel(std::unique_ptr<NumberTableModel> model)
    {
        m_tester.reset();
        m_model = std::move(model);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    // Shows what it loads by and by.
    void useModelThatInsertsFew()
    {
        useModel(std::make_unique<NumberTableModel>(nullptr, NumberTableModel::mostRows, fewInserted));
    }

    void appendRows(std::size_t count)
    {
        auto rows = m_random.rows(count);
        m_loaded.insert(m_loaded.end(), rows.begin(), rows.end());
        m_model->append(std::move(rows));
    }

    void waitUntilShown()
    {
        QTRY_VERIFY(!m_model->isUpdating() && m_model->exportSource().order->judgedRows() == m_model->loadedRows()
            && m_model->exportSource().order->size() == m_model->shownRows());
    }

    // What the model shows against what was loaded: the query's own order, through the model's indexes.
    void checkView()
    {
        QCOMPARE(m_model->loadedRows(), quint32(m_loaded.size()));
        const auto expected = buildOrder(m_model->exportSource().rows, m_model->query());
        QCOMPARE(m_model->rowCount(), int(expected->size()));
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const quint32 storeRow = expected->storeRow(quint32(row));
            QCOMPARE(m_model->storeRow(row), storeRow);
            QCOMPARE(m_model->index(row, 0).data().toString(), QString::fromStdString(m_loaded[storeRow].number));
        }
    }

    SampleRows m_random { 1 };
    std::vector<OptedOutNumber> m_loaded;
    std::unique_ptr<NumberTableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(TestNumberTableModel)
#include "tst_numbertablemodel.moc"
