// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/findbar.h"

#include "presenters/findpresenter.h"
#include "widgets/elidinglabel.h"

#include <QAccessible>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

#include <memory>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestFindBar final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init()
    {
        m_model = std::make_unique<NumberTableModel>();
        m_selection = std::make_unique<QItemSelectionModel>(m_model.get());
        m_find = std::make_unique<FindPresenter>();
        m_find->follow(*m_model, *m_selection);
        connect(m_find.get(), &FindPresenter::hitReached, m_selection.get(), [this](int row) { setCurrent(row); });
        m_window = std::make_unique<QWidget>();
        m_bar = new FindBar(*m_find, m_window.get());
        m_window->resize(1000, 60);
        m_bar->resize(1000, 60);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup()
    {
        m_window.reset();
        m_find.reset();
        m_selection.reset();
        m_model.reset();
    }

    void opensToBeTypedIn()
    {
        QVERIFY(!m_bar->isVisible());
        m_bar->open();
        QVERIFY(m_bar->isVisible());
        QVERIFY(field()->hasFocus());
        QTest::keyClicks(field(), u"141"_s);
        QCOMPARE(m_find->pattern()->needle(), std::string_view("141"));
        m_bar->open();
        QCOMPARE(field()->selectedText(), u"141"_s);
    }

    void keysGoToHits_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<int>("expected");
        QTest::newRow("Return") << int(Qt::Key_Return) << Qt::KeyboardModifiers() << 2;
        QTest::newRow("Enter of the number pad")
            << int(Qt::Key_Enter) << Qt::KeyboardModifiers(Qt::KeypadModifier) << 2;
        QTest::newRow("Shift+Return") << int(Qt::Key_Return) << Qt::KeyboardModifiers(Qt::ShiftModifier) << 3;
    }
    void keysGoToHits()
    {
        QFETCH(int, key);
        QFETCH(Qt::KeyboardModifiers, modifiers);
        load({ u"+15"_s, u"+2"_s, u"+35"_s, u"+45"_s });
        m_bar->open();
        QTest::keyClicks(field(), u"5"_s);
        QTRY_COMPARE(current(), 0); // while typing already
        QTest::keyClick(field(), Qt::Key(key), modifiers);
        QTEST(current(), "expected");
        QVERIFY(field()->hasFocus());
    }

    void buttonsGoToHits()
    {
        load({ u"+15"_s, u"+2"_s, u"+35"_s });
        m_bar->open();
        QVERIFY(!button(u"findNext"_s)->isEnabled());
        QVERIFY(!button(u"findPrevious"_s)->isEnabled());
        QTest::keyClicks(field(), u"5"_s);
        QTRY_COMPARE(current(), 0);
        button(u"findNext"_s)->click();
        QCOMPARE(current(), 2);
        button(u"findPrevious"_s)->click();
        QCOMPARE(current(), 0);
    }

    void saysWhatWasFound()
    {
        load({ u"+15"_s, u"+2"_s, u"+35"_s });
        m_bar->open();
        QCOMPARE(result(), QString());
        QTest::keyClicks(field(), u"5"_s);
        QTRY_COMPARE(result(), u"1 of 2"_s);
        setCurrent(1);
        QCOMPARE(result(), u"2 hits"_s);
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(result(), u"2 of 2"_s);
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(result(), u"1 of 2 · went on from the top"_s);
        QTest::keyClick(field(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(result(), u"2 of 2 · went on from the end"_s);
        QTest::keyClicks(field(), u"9"_s);
        QTRY_COMPARE(result(), u"No hits"_s);
        QCOMPARE(m_bar->findChild<ElidingLabel *>(u"findResult"_s)->accessibleName(), u"No hits"_s);
    }

    void groupsDigitsOfTheCount()
    {
        QStringList numbers;
        for (int i = 0; i < 1'204; ++i)
            numbers += u"+1416555%1"_s.arg(i);
        load(numbers);
        m_bar->open();
        QTest::keyClicks(field(), u"+1"_s);
        QTest::keyClick(field(), Qt::Key_Return);
        QTest::keyClick(field(), Qt::Key_Return);
        QTRY_COMPARE(result(), u"3 of 1,204"_s);
    }

    void neverSoundsWholeWhenItIsNot()
    {
        load({ u"+15"_s, u"+2"_s });
        m_bar->setReach({ .isWhole = false, .isFiltered = false });
        m_bar->open();
        QTest::keyClicks(field(), u"5"_s);
        QTRY_COMPARE(result(), u"1 of 1 so far"_s);
        field()->setText(u"9"_s);
        QTRY_COMPARE(result(), u"No hits so far"_s);
        m_bar->setReach({ .isWhole = true, .isFiltered = true });
        QCOMPARE(result(), u"No hits · Only rows that pass the filters are looked through."_s);
        m_bar->setReach({});
        QCOMPARE(result(), u"No hits"_s);
    }

    void saysWhatIsWrongWithTheText()
    {
        load({ u"+15"_s });
        m_bar->open();
        QTest::keyClicks(field(), u"1#"_s);
        QCOMPARE(result(), u"Numbers are looked for by digits, a leading +, * and ?."_s);
        QVERIFY(!button(u"findNext"_s)->isEnabled());
        field()->setText(u"call"_s);
        QTRY_COMPARE(result(), u"No hits · Letters are looked for as text; no phone number has any."_s);
    }

    void escapeAndTheButtonCloseIt()
    {
        QSignalSpy dismissed(m_bar, &FindBar::dismissed);
        load({ u"+15"_s });
        m_bar->open();
        QTest::keyClicks(field(), u"5"_s);
        QTest::keyClick(field(), Qt::Key_Escape);
        QVERIFY(!m_bar->isVisible());
        QCOMPARE(dismissed.size(), 1);
        QVERIFY(!m_find->pattern());
        m_bar->open();
        QCOMPARE(field()->text(), u"5"_s); // kept for the next time,
        QCOMPARE(m_find->pattern()->needle(), std::string_view("5")); // and looked for
        button(u"closeFind"_s)->click();
        QVERIFY(!m_bar->isVisible());
        QCOMPARE(dismissed.size(), 2);
    }

    void goesOnFromTheKeyboardAlone()
    {
        load({ u"+2"_s, u"+15"_s, u"+35"_s });
        setCurrent(0);
        m_bar->findNext(); // nothing to look for yet
        QVERIFY(field()->hasFocus());
        QTest::keyClicks(field(), u"5"_s);
        QTRY_COMPARE(current(), 1);
        m_bar->dismiss();
        QPushButton elsewhere(m_window.get());
        elsewhere.show();
        elsewhere.setFocus();
        m_bar->findNext();
        QVERIFY(m_bar->isVisible());
        QVERIFY(elsewhere.hasFocus());
        QTRY_COMPARE(current(), 2);
        m_bar->findPrevious();
        QCOMPARE(current(), 1);
    }

    void everyControlHasAName()
    {
        m_bar->open();
        const auto parts = m_bar->findChildren<QWidget *>();
        int named = 0;
        for (QWidget *part : parts) {
            if (part->focusPolicy() == Qt::NoFocus || part->parentWidget() != m_bar)
                continue;
            const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(part);
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), qPrintable(part->objectName()));
            ++named;
        }
        QCOMPARE(named, 4);
    }

private:
    QLineEdit *field() const { return m_bar->findChild<QLineEdit *>(u"findField"_s); }
    QPushButton *button(const QString &name) const { return m_bar->findChild<QPushButton *>(name); }
    QString result() const { return m_bar->findChild<ElidingLabel *>(u"findResult"_s)->fullText(); }
    int current() const { return m_selection->currentIndex().row(); }
    void setCurrent(int row)
    {
        m_selection->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::ClearAndSelect);
    }
    void load(const QStringList &numbers)
    {
        std::vector<OptedOutNumber> rows;
        for (const QString &number : numbers)
            rows.push_back({ .number = number.toStdString() });
        m_model->append(std::move(rows));
        m_model->flush();
    }

    std::unique_ptr<NumberTableModel> m_model;
    std::unique_ptr<QItemSelectionModel> m_selection;
    std::unique_ptr<FindPresenter> m_find;
    std::unique_ptr<QWidget> m_window;
    FindBar *m_bar = nullptr;
};

QTEST_MAIN(TestFindBar)
#include "tst_findbar.moc"
