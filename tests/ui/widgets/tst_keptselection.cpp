// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/keptselection.h"

#include "unit/store/scarcememory.h"
#include "widgets/numbertableview.h"
#include "widgets/rowcopier.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QtTest>

#include <memory>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

namespace {

const RowQuery byNumber { .filter = {}, .sort = { .key = SortSpec::Key::Number } };
constexpr int many = 4'000; // more than are looked for one by one

} // namespace

class TestKeptSelection final : public QObject {
    Q_OBJECT

    std::unique_ptr<NumberTableModel> m_model;
    std::unique_ptr<NumberTableModel> m_other;
    std::unique_ptr<NumberTableView> m_view;

    static void append(NumberTableModel &model, int count)
    {
        std::vector<OptedOutNumber> rows;
        for (int i = int(model.loadedRows()); count > 0; ++i, --count) {
            const int mixed = int(qint64(i) * 7'919 % 100'003); // both prime: each value once
            rows.push_back({ .number = "+1416" + std::to_string(1'000'000 + mixed) });
        }
        model.append(std::move(rows));
        model.flush();
    }
    static void settle(NumberTableModel &model)
    {
        QTRY_VERIFY(!model.isUpdating() && model.exportSource().order->judgedRows() == model.loadedRows()
            && model.exportSource().order->size() == model.shownRows());
    }
    void ask(const RowQuery &query)
    {
        m_model->setFilter(query.filter);
        m_model->setSort(query.sort);
        settle(*m_model);
    }
    void fill(int count)
    {
        append(*m_model, count);
        settle(*m_model);
    }
    void select(int first, int last)
    {
        m_view->selectionModel()->select({ m_model->index(first, 0), m_model->index(last, 0) },
            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    // A list of 6,000 rows of which a few are shown. What replaces them comes in parts of 200.
    void showFewOfMany()
    {
        m_model = std::make_unique<NumberTableModel>(nullptr, NumberTableModel::mostRows, 50);
        m_view->setNumbers(*m_model);
        fill(6'000);
        ask({ .filter = { .number = *NumberPattern::parse(u"+14161000*"_s) }, .sort = byNumber.sort });
        QVERIFY(m_model->rowCount() > 2 && m_model->rowCount() < 200);
    }
    // Returns in the middle of it.
    void askForEverything()
    {
        QSignalSpy replacing(m_model.get(), &NumberTableModel::viewAboutToBeReplaced);
        m_model->setFilter({});
        QVERIFY(replacing.wait());
        QVERIFY(m_model->isReplacing());
    }
    int selectedRows() const { return int(m_view->selectionModel()->selectedRows().size()); }
    static QString clipboard() { return QGuiApplication::clipboard()->text(); }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"."_s));
        QGuiApplication::clipboard()->setText(u"before"_s);
        m_model = std::make_unique<NumberTableModel>();
        m_other = std::make_unique<NumberTableModel>();
        m_view = std::make_unique<NumberTableView>(*m_model);
        m_view->resize(900, 600);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
        m_other.reset();
    }

    void aListComesBackAsItWasLeft()
    {
        fill(6'000);
        select(500, 500 + many - 1);
        m_view->setNumbers(*m_other);
        QCOMPARE(selectedRows(), 0);
        append(*m_model, 100);
        for (int i = 0; i < 2; ++i) {
            m_view->setNumbers(*m_model);
            QTRY_COMPARE(selectedRows(), many);
            QVERIFY(m_view->selectionModel()->isRowSelected(500));
            m_view->setNumbers(*m_other);
        }
        m_model.reset();
        m_view->setNumbers(*(m_model = std::make_unique<NumberTableModel>()));
    }

    void nothingStaysOfAListBegunAnewMeanwhile_data()
    {
        QTest::addColumn<int>("selected");
        QTest::newRow("a few rows") << 3;
        QTest::newRow("many rows") << many;
        QTest::newRow("everything") << 6'000;
    }
    //! Its numbers are other ones.
    void nothingStaysOfAListBegunAnewMeanwhile()
    {
        QFETCH(int, selected);
        fill(6'000);
        select(0, selected - 1);
        m_view->selectionModel()->setCurrentIndex(m_model->index(400, 1), QItemSelectionModel::NoUpdate);
        m_view->verticalScrollBar()->setValue(395);
        m_view->setNumbers(*m_other);
        m_model->clear();
        fill(7'000);
        m_view->setNumbers(*m_model);
        QTest::qWait(50); // what a worker would find
        QCOMPARE(selectedRows(), 0);
        QCOMPARE(m_view->currentIndex().row(), 0);
        QCOMPARE(m_view->verticalScrollBar()->value(), 0);
    }

    void isGivenUpWithoutMemory()
    {
        fill(50'000);
        select(500, 500 + many - 1);
        m_view->setNumbers(*m_other);
        {
            const ScarceMemory scarce(4'000); // a bit for each row takes more
            m_view->setNumbers(*m_model);
            m_view->copySelection();
            QTest::qWait(100);
        }
        QCOMPARE(selectedRows(), 0);
        QCOMPARE(clipboard(), u"before"_s);
        QCOMPARE(m_view->copier().state(), RowCopier::State::Failed);
        QVERIFY2(m_view->copier().error().detail.contains(u"memory"_s), qPrintable(m_view->copier().error().detail));
        m_view->copySelection(); // no longer waits: the current row
        QVERIFY(clipboard() != u"before"_s);
    }

    void aCopyWaitsUntilTheRowsAreFound()
    {
        fill(6'000);
        select(500, 500 + many - 1);
        connect(m_model.get(), &NumberTableModel::viewReplaced, m_view.get(), [this] {
            QCOMPARE(selectedRows(), 0); // the answer of the worker cannot be there yet
            m_view->copySelection();
        });
        ask(byNumber);
        QTRY_VERIFY(clipboard() != u"before"_s);
        QCOMPARE(clipboard().count(u'\n'), many - 1);
        QCOMPARE(selectedRows(), many);
    }

    //! Also when the view is replaced once more before they are.
    void aCopyThatWaitsOutlastsAnotherOrder()
    {
        fill(6'000);
        select(500, 500 + many - 1);
        bool asked = false;
        connect(m_model.get(), &NumberTableModel::viewReplaced, m_view.get(), [&] {
            if (std::exchange(asked, true))
                return;
            m_view->copySelection();
            m_model->setSort({}); // as read: at once
        });
        m_model->setSort(byNumber.sort);
        QTRY_VERIFY(clipboard() != u"before"_s);
        QCOMPARE(clipboard().count(u'\n'), many - 1);
        QTRY_COMPARE(selectedRows(), many);
    }

    void aCopyThatWaitsSaysWhyThereIsNone_data()
    {
        QTest::addColumn<RowQuery>("query");
        QTest::addColumn<QString>("word");
        QTest::newRow("in too many places") << byNumber << u"more than 5,000 places"_s;
        QTest::newRow("filtered away") << RowQuery { .filter = { .by = OptedOutBy::EndUser } } << u"filters"_s;
    }
    void aCopyThatWaitsSaysWhyThereIsNone()
    {
        QFETCH(RowQuery, query);
        QFETCH(QString, word);
        fill(50'000);
        select(0, 19'999);
        connect(m_model.get(), &NumberTableModel::viewReplaced, m_view.get(), [this] { m_view->copySelection(); });
        ask(query);
        QTRY_COMPARE(m_view->copier().state(), RowCopier::State::Failed);
        QVERIFY2(m_view->copier().error().detail.contains(word), qPrintable(m_view->copier().error().detail));
        QCOMPARE(clipboard(), u"before"_s);
        QCOMPARE(selectedRows(), 0);
    }

    void aCopyThatWaitsIsDroppedWhenAnotherRowIsChosen()
    {
        fill(6'000);
        select(500, 500 + many - 1);
        connect(m_model.get(), &NumberTableModel::viewReplaced, m_view.get(), [this] {
            m_view->copySelection();
            select(3, 3);
        });
        ask(byNumber);
        QTest::qWait(100);
        QCOMPARE(clipboard(), u"before"_s);
        QCOMPARE(selectedRows(), 1);
    }

    void aCopyThatWaitsIsDroppedWhenAnotherListIsShown()
    {
        fill(6'000);
        select(500, 500 + many - 1);
        connect(m_model.get(), &NumberTableModel::viewReplaced, m_view.get(), [this] { m_view->copySelection(); });
        QSignalSpy replaced(m_model.get(), &NumberTableModel::viewReplaced);
        m_model->setSort(byNumber.sort);
        connect(m_model.get(), &NumberTableModel::viewReplaced, m_view.get(), [this] { m_view->setNumbers(*m_other); });
        QTRY_COMPARE(replaced.size(), 1);
        m_view->setNumbers(*m_model);
        QTRY_COMPARE(selectedRows(), many);
        QCOMPARE(clipboard(), u"before"_s);
    }

    void placeAndSelectionOutlastAViewThatComesInParts_data()
    {
        QTest::addColumn<bool>("copies");
        QTest::newRow("only looked at") << false;
        QTest::newRow("copied on the way") << true;
    }
    void placeAndSelectionOutlastAViewThatComesInParts()
    {
        QFETCH(const bool, copies);
        const auto before = std::move(m_model); // the view has another one by then
        showFewOfMany();
        const QString chosen = m_model->index(2, 0).data().toString();
        m_view->setCurrentIndex(m_model->index(2, 0));
        select(1, 2);
        m_model->setSort({ .key = SortSpec::Key::Number, .descending = true }); // they will stand at the end
        askForEverything();
        if (copies)
            m_view->copySelection();
        QCOMPARE(clipboard(), u"before"_s);
        QTRY_VERIFY(!m_model->isReplacing());
        QCOMPARE(m_model->rowCount(), 6'000);
        QCOMPARE(selectedRows(), 2);
        QCOMPARE(m_view->currentIndex().data().toString(), chosen);
        QVERIFY(m_view->currentIndex().row() > 5'800);
        QVERIFY(m_view->visualRect(m_view->currentIndex()).intersects(m_view->viewport()->rect()));
        QVERIFY(m_view->viewport()->updatesEnabled());
        if (copies)
            QTRY_COMPARE(clipboard().count(u'\n'), 1);
    }

    //! Of rows that the new filter hides nothing is copied, and no other row in their place.
    void aCopyOnTheWayIsOfWhatWasSelected_data()
    {
        QTest::addColumn<bool>("selected");
        QTest::newRow("a selected row") << true;
        QTest::newRow("the current row") << false;
    }
    void aCopyOnTheWayIsOfWhatWasSelected()
    {
        QFETCH(const bool, selected);
        const auto before = std::move(m_model);
        showFewOfMany();
        int chosen = 1; // the first is current anyway
        while (m_model->index(chosen, 0).data().toString().contains(u'7'))
            ++chosen;
        if (selected)
            select(chosen, chosen);
        else
            m_view->selectionModel()->setCurrentIndex(m_model->index(chosen, 0), QItemSelectionModel::NoUpdate);
        QSignalSpy replacing(m_model.get(), &NumberTableModel::viewAboutToBeReplaced);
        m_model->setFilter({ .number = *NumberPattern::parse(u"7"_s) });
        QVERIFY(replacing.wait());
        QVERIFY(m_model->isReplacing());
        m_view->copySelection();
        QTRY_COMPARE(m_view->copier().state(), RowCopier::State::Failed);
        QCOMPARE(clipboard(), u"before"_s);
    }

    //! Who has chosen no row begins at the top of each view asked for, also of one that follows at once.
    void anotherOrderOnTheWayBeginsAtTheTop()
    {
        const auto before = std::move(m_model);
        showFewOfMany();
        connect(
            m_model.get(), &QAbstractItemModel::modelReset, this, [this] { // before the view is told that it is there
                if (m_model->rowCount() == 6'000)
                    m_model->setSort({ .key = SortSpec::Key::Number, .descending = true });
            });
        askForEverything();
        QTRY_COMPARE(m_model->exportSource().order->query(), m_model->query());
        settle(*m_model);
        QVERIFY(m_model->query().sort.descending);
        QCOMPARE(m_model->rowCount(), 6'000);
        QCOMPARE(m_view->verticalScrollBar()->value(), 0);
    }

    void clicksAndKeysOnTheWayMeanNothing()
    {
        const auto before = std::move(m_model);
        showFewOfMany();
        select(1, 1);
        const QString chosen = m_model->index(1, 0).data().toString();
        askForEverything();
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, { 20, 60 });
        QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
        QVERIFY(m_model->isReplacing() && !m_view->selectionModel()->hasSelection());
        QTRY_VERIFY(!m_model->isReplacing());
        QCOMPARE(selectedRows(), 1);
        QCOMPARE(m_view->selectionModel()->selectedRows().constFirst().data().toString(), chosen);
    }

    void clearingOnTheWayShowsTheNextRows()
    {
        const auto before = std::move(m_model);
        showFewOfMany();
        askForEverything();
        m_view->copySelection();
        m_model->clear();
        QVERIFY(m_view->viewport()->updatesEnabled());
        fill(10);
        QCOMPARE(m_model->rowCount(), 10);
        QCOMPARE(clipboard(), u"before"_s);
    }

    //! It comes back as it was left, be it replaced by then or not.
    void anotherListCanBeShownWhileAViewComesInParts_data()
    {
        QTest::addColumn<bool>("isThrough");
        QTest::newRow("back at once") << false;
        QTest::newRow("back when it has come") << true;
    }
    void anotherListCanBeShownWhileAViewComesInParts()
    {
        QFETCH(const bool, isThrough);
        const auto before = std::move(m_model);
        showFewOfMany();
        append(*m_other, 10);
        settle(*m_other);
        select(0, 1);
        askForEverything();
        m_view->setNumbers(*m_other);
        QCOMPARE(selectedRows(), 0);
        QVERIFY(m_view->viewport()->updatesEnabled());
        if (isThrough)
            QTRY_VERIFY(!m_model->isReplacing());
        m_view->setNumbers(*m_model);
        QTRY_VERIFY(!m_model->isReplacing());
        QCOMPARE(selectedRows(), 2);
        QVERIFY(m_view->selectionModel()->isRowSelected(0));
        QVERIFY(m_view->viewport()->updatesEnabled());
    }

    //! It takes 4 bytes a row.
    void holdsNoOrderForNothing()
    {
        // The model itself goes on with the order of every row.
        const RowQuery filtered { .filter = { .by = OptedOutBy::NotEndUser }, .sort = byNumber.sort };
        fill(6'000);
        ask(filtered);
        m_view->setNumbers(*m_other);
        std::weak_ptr<const RowOrder> order = m_model->exportSource().order;
        ask({});
        QTRY_VERIFY(order.expired());

        ask(filtered);
        m_view->setNumbers(*m_model);
        select(1, many);
        m_view->setNumbers(*m_other);
        order = m_model->exportSource().order;
        ask({});
        QVERIFY(!order.expired());
        m_view->setNumbers(*m_model);
        QTRY_COMPARE(selectedRows(), many);
        QTRY_VERIFY(order.expired());
    }
};

QTEST_MAIN(TestKeptSelection)
#include "tst_keptselection.moc"
