// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "ui/presenters/browserfixture.h"
#include "widgets/elidinglabel.h"
#include "widgets/findbar.h"
#include "widgets/mainwindow.h"
#include "widgets/numbertableview.h"

#include <QLineEdit>
#include <QLocale>
#include <QMenuBar>
#include <QScrollBar>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

// Finding by the keys of the window, as a person does it.
class TestWindowFind final : public QObject {
    Q_OBJECT

    static constexpr int rowCount = 300;
    std::unique_ptr<BrowserFixture> f;
    std::unique_ptr<MainWindow> m_window;

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init()
    {
        f = std::make_unique<BrowserFixture>();
        f->expectLists({ arnOf(u"Default"_s), arnOf(u"Marketing"_s) });
        m_window = std::make_unique<MainWindow>(*f->browser);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        f->browser->session().connectTo(u"a"_s);
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
        QStringList numbers;
        for (int row = 0; row < rowCount; ++row) // rows 7, 107, 207 end in 07
            numbers += u"+1416555%1"_s.arg(row, 4, 10, QLatin1Char('0'));
        open(0, numbers);
        table()->setFocus();
    }
    void cleanup()
    {
        m_window.reset();
        f->browser.reset();
        QCOMPARE(f->transport().complaints(), QStringList());
    }

    void keysFindAndGoRound()
    {
        find(u"*07"_s);
        QTRY_COMPARE(current(), 7);
        QCOMPARE(result(), u"1 of 3"_s);
        press(Qt::Key_F3);
        QCOMPARE(current(), 107);
        QVERIFY(isInSight(107));
        QCOMPARE(selectedRows(), QList<int> { 107 });
        press(Qt::Key_F3, Qt::ShiftModifier);
        press(Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(current(), 207);
        QVERIFY(isInSight(207));
        QCOMPARE(result(), u"3 of 3 · went on from the end"_s);
    }

    void escapeGivesTheFocusBackToTheTable()
    {
        find(u"07"_s);
        QTRY_COMPARE(current(), 7);
        QVERIFY(!table()->hasFocus());
        press(Qt::Key_Escape);
        QVERIFY(table()->hasFocus());
        QVERIFY(!bar()->isVisible());
        press(Qt::Key_F3); // goes on with that text
        QVERIFY(bar()->isVisible());
        QVERIFY(table()->hasFocus());
        QTRY_COMPARE(current(), 70);
        press(Qt::Key_Escape); // from the table as well
        QVERIFY(!bar()->isVisible());
    }

    void escapeElsewhereLeavesTheFocusThere()
    {
        find(u"07"_s);
        QTRY_COMPARE(current(), 7);
        press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        auto *filter = m_window->findChild<QLineEdit *>(u"numberFilter"_s);
        QVERIFY(filter->hasFocus());
        press(Qt::Key_Escape);
        QVERIFY(!bar()->isVisible());
        QVERIFY(filter->hasFocus());
    }

    void rowsThatArriveAreNoNews()
    {
        f->browser->model().setSort({ .key = SortSpec::Key::Number });
        QTRY_VERIFY(!f->browser->model().isUpdating());
        find(u"*07"_s);
        press(Qt::Key_F3, Qt::ShiftModifier);
        QTRY_COMPARE(result(), u"3 of 3 · went on from the end"_s);
        f->browser->model().append({ { .number = "+14165550" }, { .number = "+1416555" } });
        f->browser->model().flush();
        QTRY_COMPARE(table()->model()->rowCount(), rowCount + 2);
        QCOMPARE(current(), 209);
        QTest::qWait(200); // it is looked through anew
        QCOMPARE(result(), u"3 of 3 · went on from the end"_s);
    }

    void ctrlFSelectsTheText()
    {
        find(u"07"_s);
        table()->setFocus();
        press(Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(m_window->findChild<QLineEdit *>(u"findField"_s)->selectedText(), u"07"_s);
    }

    void theNumberFilterHasKeysOfItsOwn()
    {
        press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        auto *filter = m_window->findChild<QLineEdit *>(u"numberFilter"_s);
        QVERIFY(filter->hasFocus());
        QVERIFY(!bar()->isVisible());
        QTest::keyClicks(filter, u"+14165550"_s);
        QTRY_COMPARE(f->browser->model().shownRows(), 300U);
        find(u"9"_s);
        QTRY_VERIFY(result().endsWith(u"Only rows that pass the filters are looked through."_s));
    }

    void hitsAreMarkedWhileTheBarIsOpen()
    {
        goElsewhere();
        const QImage before = pictureOfRow(7);
        QVERIFY(!before.isNull());
        find(u"07"_s);
        QTRY_VERIFY(result().endsWith(u"of 13"_s));
        goElsewhere();
        const QImage marked = pictureOfRow(7);
        QVERIFY(!marked.isNull());
        QVERIFY(marked != before);
        press(Qt::Key_Escape);
        goElsewhere();
        QCOMPARE(pictureOfRow(7), before);
    }

    void theFilterAndTheOrderMoveHits()
    {
        find(u"*07"_s);
        QTRY_COMPARE(current(), 7);
        f->browser->model().setSort({ .key = SortSpec::Key::Number, .descending = true });
        QTRY_COMPARE(result(), u"3 of 3"_s);
        QCOMPARE(current(), rowCount - 1 - 7);
        f->browser->model().setFilter({ .number = *NumberPattern::parse(u"*1?7"_s) });
        QTRY_VERIFY(result().startsWith(u"1 hit"_s));
        press(Qt::Key_F3);
        QCOMPARE(f->browser->model().index(current(), 0).data().toString(), u"+14165550107"_s);
    }

    void anotherListIsLookedThrough()
    {
        find(u"07"_s);
        QTRY_COMPARE(current(), 7);
        open(1, { u"+14165550107"_s, u"+14165550108"_s });
        QTRY_COMPARE(result(), u"1 of 1"_s);
        f->browser->open(f->browser->lists().lists().first());
        QTRY_COMPARE(result(), u"1 of 13"_s);
        QCOMPARE(current(), 7);
    }

    void whatIsReadInPartIsCalledSo()
    {
        f->expectNumbers({ u"+14165550107"_s }, u"more"_s);
        f->browser->open(f->browser->lists().lists().at(1));
        f->browser->read().pause();
        QTRY_COMPARE(f->browser->read().status().rows, 1U);
        f->browser->model().flush();
        find(u"9"_s);
        QTRY_COMPARE(result(), u"No hits so far"_s);
    }

    void theMenuHasIt()
    {
        QStringList texts;
        for (const QAction *menu : m_window->menuBar()->actions()) {
            if (menu->text() != u"&Edit"_s)
                continue;
            for (const QAction *action : menu->menu()->actions())
                texts += action->text().remove(u'&');
        }
        for (const QString &text : { u"Find…"_s, u"Find next"_s, u"Find previous"_s, u"Filter by number"_s })
            QVERIFY2(texts.contains(text), qPrintable(text));
    }

private:
    NumberTableView *table() const { return m_window->findChild<NumberTableView *>(); }
    FindBar *bar() const { return m_window->findChild<FindBar *>(); }
    QString result() const { return m_window->findChild<ElidingLabel *>(u"findResult"_s)->fullText(); }
    int current() const { return table()->currentIndex().row(); }
    void goElsewhere() // so that no selection and no focus is painted over the row looked at
    {
        table()->setCurrentIndex(f->browser->model().index(11, 0));
        table()->scrollToTop();
        table()->selectionModel()->clearSelection();
    }
    bool isInSight(int row) const
    {
        return table()->viewport()->rect().contains(table()->visualRect(f->browser->model().index(row, 0)).center());
    }
    QList<int> selectedRows() const
    {
        QList<int> rows;
        for (const QModelIndex &index : table()->selectionModel()->selectedRows())
            rows += index.row();
        return rows;
    }
    QImage pictureOfRow(int row)
    {
        if (!isInSight(row))
            return {};
        return table()->viewport()->grab(table()->visualRect(f->browser->model().index(row, 0))).toImage();
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    void find(const QString &text)
    {
        press(Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), text);
    }
    void open(int list, const QStringList &numbers)
    {
        f->expectNumbers(numbers);
        f->browser->open(f->browser->lists().lists().at(list));
        QTRY_COMPARE(f->browser->read().status().state, ReadStatus::State::Complete);
        QTRY_COMPARE(f->browser->model().shownRows(), quint32(numbers.size()));
    }
};

QTEST_MAIN(TestWindowFind)
#include "tst_windowfind.moc"
