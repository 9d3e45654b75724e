// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "models/numbertablemodel.h"

#include "ui/models/numbertablefixture.h"
#include "unit/store/samplerows.h"

#include <QSignalSpy>
#include <QtTest>

#include <memory>
#include <utility>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestNumberTableModel final : public QObject, private NumberTableFixture {
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
};

QTEST_GUILESS_MAIN(TestNumberTableModel)
#include "tst_numbertablemodel.moc"
