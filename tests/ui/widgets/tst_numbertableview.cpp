// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/numbertableview.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QtTest>

#include <memory>
#include <set>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

namespace {

RowQuery view(OptedOutBy by, SortSpec::Key key, bool descending = false)
{
    return { .filter = { .by = by }, .sort = { .key = key, .descending = descending } };
}

} // namespace

class TestNumberTableView final : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"."_s));
        m_appended = 0;
        m_model = std::make_unique<NumberTableModel>();
        m_view = std::make_unique<NumberTableView>(*m_model);
        m_view->resize(900, 600);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
    }

    void keepsThePlaceByNumber_data()
    {
        QTest::addColumn<RowQuery>("before");
        QTest::addColumn<RowQuery>("after");
        QTest::addColumn<int>("arriving");
        const auto row = [](const char *name, const RowQuery &before, const RowQuery &after, int arriving = 0) {
            QTest::newRow(name) << before << after << arriving;
        };
        using Key = SortSpec::Key;
        using enum optout::OptedOutBy;
        row("sorted", view(Anyone, Key::AsRead), view(Anyone, Key::Number));
        row("sorted the other way round", view(Anyone, Key::OptedOutAt), view(Anyone, Key::OptedOutAt, true));
        row("sorted by what is equal for many", view(Anyone, Key::Number), view(Anyone, Key::OptedOutBy));
        row("as read again", view(Anyone, Key::Number), view(Anyone, Key::AsRead));
        row("filtered", view(Anyone, Key::AsRead), view(EndUser, Key::AsRead));
        row("filtered while sorted", view(Anyone, Key::Number), view(EndUser, Key::Number));
        row("no longer filtered", view(EndUser, Key::AsRead), view(Anyone, Key::AsRead));
        row("no longer filtered while sorted", view(EndUser, Key::Number), view(Anyone, Key::Number));
        row("filtered and sorted", view(Anyone, Key::OptedOutAt), view(EndUser, Key::Number, true));
        for (const int arriving : { 1, 3'000 }) {
            const auto arrive = [&](const char *name, const RowQuery &query) {
                QTest::addRow("%d rows arrive, %s", arriving, name) << query << query << arriving;
            };
            arrive("as read", view(Anyone, Key::AsRead));
            arrive("filtered", view(EndUser, Key::AsRead));
            arrive("sorted", view(Anyone, Key::Number));
            arrive("filtered and sorted", view(EndUser, Key::OptedOutAt, true));
        }
        row("all at once", view(Anyone, Key::Number), view(EndUser, Key::OptedOutAt), 1'000);
    }
    void keepsThePlaceByNumber()
    {
        QFETCH(RowQuery, before);
        QFETCH(RowQuery, after);
        QFETCH(int, arriving);
        append(4'000);
        ask(before);
        constexpr int chosen = 1'500;
        constexpr int offset = 4;
        std::set<QString> selected;
        for (const int row : { 7, chosen - 2, chosen, chosen + 1, 2'500 })
            selected.merge(select(row));
        const int current = firstByEndUser(chosen);
        m_view->selectionModel()->setCurrentIndex(m_model->index(current, 1), QItemSelectionModel::NoUpdate);
        m_view->verticalScrollBar()->setValue(current - offset);
        const QString currentNumber = numberAt(current);

        append(arriving);
        ask(after);
        std::set<QString> expected;
        for (const QString &number : selected) {
            if (after.filter.by == OptedOutBy::Anyone || isByEndUser(number))
                expected.insert(number);
        }
        QVERIFY(expected.size() > 1);
        QCOMPARE(selectedNumbers(), expected);
        QCOMPARE(numberAt(m_view->currentIndex().row()), currentNumber);
        QCOMPARE(m_view->currentIndex().column(), 1);
        QCOMPARE(m_view->currentIndex().row() - m_view->verticalScrollBar()->value(), offset);
    }

    // The bench of the start waits for it.
    void theLogSaysOnceThatARowHasBeenPainted()
    {
        static int said = 0;
        said = 0;
        QLoggingCategory::setFilterRules(u"optout.ui.debug=true"_s);
        const auto before = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &message) {
            said += message == "first row painted"_L1 ? 1 : 0;
        });
        const auto restored = qScopeGuard([before] {
            qInstallMessageHandler(before);
            QLoggingCategory::setFilterRules({});
        });
        m_view->viewport()->repaint();
        QCOMPARE(said, 0);
        append(3);
        m_model->flush();
        QTRY_COMPARE(said, 1);
        m_view->viewport()->repaint();
        QCOMPARE(said, 1);
    }

    void whatIsReadStaysWhereItIsWhileRowsArrive_data()
    {
        QTest::addColumn<RowQuery>("query");
        QTest::newRow("as read") << view(OptedOutBy::Anyone, SortSpec::Key::AsRead);
        QTest::newRow("sorted") << view(OptedOutBy::Anyone, SortSpec::Key::Number);
        QTest::newRow("filtered and sorted") << view(OptedOutBy::EndUser, SortSpec::Key::OptedOutAt, true);
    }
    //! Nobody has clicked on a row: what is at the top stays there.
    void whatIsReadStaysWhereItIsWhileRowsArrive()
    {
        QFETCH(RowQuery, query);
        append(2'000);
        ask(query);
        m_view->verticalScrollBar()->setValue(700);
        const QString top = numberAt(700);
        for (int i = 0; i < 3; ++i) {
            append(500);
            ask(query);
            QCOMPARE(numberAt(m_view->verticalScrollBar()->value()), top);
        }
    }

    //! Qt's header asks of each row whether it is selected, to draw a column that is selected. With nothing selected
    //! that ends at the first row.
    void theHeaderKnowsNoSelection()
    {
        NumberTableModel other;
        for (NumberTableModel *model : { m_model.get(), &other, m_model.get() }) {
            m_view->setNumbers(*model);
            model->append({ { .number = "+12" }, { .number = "+13" } });
            model->flush();
            m_view->selectAll();
            QVERIFY(m_view->selectionModel()->isColumnSelected(0));
            const QItemSelectionModel *ofHeader = m_view->horizontalHeader()->selectionModel();
            QCOMPARE(ofHeader->model(), model);
            QVERIFY(!ofHeader->hasSelection());
        }
    }

    void keepsManySelectedRows_data()
    {
        QTest::addColumn<RowQuery>("after");
        QTest::addColumn<int>("arriving");
        QTest::newRow("rows arrive") << view(OptedOutBy::Anyone, SortSpec::Key::Number) << 2'000;
        QTest::newRow("filtered") << view(OptedOutBy::EndUser, SortSpec::Key::Number) << 0;
        QTest::newRow("sorted") << view(OptedOutBy::Anyone, SortSpec::Key::OptedOutAt) << 0;
    }
    void keepsManySelectedRows()
    {
        QFETCH(RowQuery, after);
        QFETCH(int, arriving);
        append(6'000);
        ask(view(OptedOutBy::Anyone, SortSpec::Key::Number));
        std::set<QString> expected;
        for (int row = 500; row < 4'500; ++row) {
            if (after.filter.by == OptedOutBy::Anyone || isByEndUser(numberAt(row)))
                expected.insert(numberAt(row));
        }
        m_view->selectionModel()->select({ m_model->index(500, 0), m_model->index(4'499, 0) },
            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        append(arriving);
        ask(after);
        QTRY_COMPARE(selectedNumbers(), expected);
    }

    void whatIsChosenMeanwhileStays()
    {
        append(6'000);
        ask(view(OptedOutBy::Anyone, SortSpec::Key::Number));
        m_view->selectionModel()->select({ m_model->index(500, 0), m_model->index(4'499, 0) },
            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        std::set<QString> chosen;
        // Right after the swap, before the answer of the worker can be delivered.
        connect(m_model.get(), &NumberTableModel::viewReplaced, m_view.get(), [&] { chosen = select(3); });
        ask(view(OptedOutBy::EndUser, SortSpec::Key::Number));
        QVERIFY(!chosen.empty());
        QTest::qWait(100);
        QCOMPARE(selectedNumbers(), chosen);
    }

    void everythingStaysEverything_data()
    {
        QTest::addColumn<RowQuery>("query");
        QTest::newRow("as read") << view(OptedOutBy::Anyone, SortSpec::Key::AsRead);
        QTest::newRow("filtered") << view(OptedOutBy::EndUser, SortSpec::Key::AsRead);
        QTest::newRow("sorted") << view(OptedOutBy::Anyone, SortSpec::Key::Number);
    }
    void everythingStaysEverything()
    {
        QFETCH(RowQuery, query);
        append(6'000);
        ask(query);
        m_view->selectAll();
        const int before = m_model->rowCount();
        append(2'000);
        ask(query);
        QVERIFY(m_model->rowCount() > before);
        QCOMPARE(int(m_view->selectionModel()->selectedRows().size()), m_model->rowCount());
    }

    void rowsThatArriveAreNotSelectedOtherwise()
    {
        append(6'000);
        m_model->flush();
        m_view->selectAll();
        m_view->selectionModel()->select(
            m_model->index(5'999, 0), QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
        append(2'000);
        m_model->flush();
        QCOMPARE(m_model->rowCount(), 8'000);
        QCOMPARE(int(m_view->selectionModel()->selectedRows().size()), 5'999);
    }

    void everythingThatAFilterShowsIsNotEverything()
    {
        append(3'000);
        ask(view(OptedOutBy::EndUser, SortSpec::Key::Number));
        m_view->selectAll();
        const std::set<QString> selected = selectedNumbers();
        QVERIFY(selected.size() > KeptSelection::soonFound);
        ask(view(OptedOutBy::Anyone, SortSpec::Key::Number));
        QTRY_COMPARE(selectedNumbers(), selected);
    }

private:
    // Every number once, in no order, three in four by the person.
    void append(int count)
    {
        std::vector<OptedOutNumber> rows;
        for (const int end = m_appended + count; m_appended < end; ++m_appended) {
            const int mixed = int(qint64(m_appended) * 7'919 % 10'007); // both prime: each value once
            rows.push_back({ .number = "+1416555" + std::to_string(10'000 + mixed),
                .optedOutAt = Timestamp(std::chrono::milliseconds(qint64(mixed) * 31 % 5'003)),
                .endUserOptedOut = mixed % 4 != 0 });
        }
        m_model->append(std::move(rows));
    }

    void ask(const RowQuery &query)
    {
        m_model->setFilter(query.filter);
        m_model->setSort(query.sort);
        m_model->flush();
        QTRY_VERIFY(!m_model->isUpdating() && m_model->exportSource().order->judgedRows() == m_model->loadedRows()
            && m_model->exportSource().order->size() == m_model->shownRows());
    }

    QString numberAt(int row) const { return m_model->index(row, 0).data().toString(); }
    static bool isByEndUser(const QString &number) { return (number.mid(8).toInt() - 10'000) % 4 != 0; }

    int firstByEndUser(int row) const
    {
        while (!isByEndUser(numberAt(row)))
            ++row;
        return row;
    }

    std::set<QString> select(int row)
    {
        m_view->selectionModel()->select(
            m_model->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        return { numberAt(row) };
    }

    std::set<QString> selectedNumbers() const
    {
        std::set<QString> numbers;
        const QModelIndexList rows = m_view->selectionModel()->selectedRows();
        for (const QModelIndex &row : rows)
            numbers.insert(numberAt(row.row()));
        return numbers;
    }

    int m_appended = 0;
    std::unique_ptr<NumberTableModel> m_model;
    std::unique_ptr<NumberTableView> m_view;
};

QTEST_MAIN(TestNumberTableView)
#include "tst_numbertableview.moc"
