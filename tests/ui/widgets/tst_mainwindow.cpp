// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/mainwindow.h"

#include "ui/dialogs/fakekeychain.h"
#include "ui/presenters/browserfixture.h"

#include <QAction>
#include <QCheckBox>
#include <QDialog>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTreeView>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using State = ReadStatus::State;

namespace {

//! Two texts with the same letter after the Alt key: Qt calls it ambiguous, and the key does nothing but move the
//! focus.
QStringList clashesAmong(const QStringList &texts)
{
    QHash<QString, QString> held;
    QStringList clashes;
    for (const QString &text : texts) {
        const QString keys = QKeySequence::mnemonic(text).toString(QKeySequence::PortableText);
        if (keys.isEmpty())
            continue;
        if (held.contains(keys))
            clashes += u"%1: %2, %3"_s.arg(keys, held.value(keys), text);
        held.insert(keys, text);
    }
    return clashes;
}

QStringList textsOf(const QList<QAction *> &actions)
{
    QStringList texts;
    for (const QAction *action : actions)
        texts += action->text();
    return texts;
}

} // namespace

class TestMainWindow final : public QObject {
    Q_OBJECT

    std::unique_ptr<BrowserFixture> f;
    std::unique_ptr<MainWindow> m_window;

    ReadPresenter &read() { return f->browser->read(); }
    QAction *action(const char *name) { return m_window->findChild<QAction *>(QLatin1StringView(name)); }
    template <typename Part> Part *part(const char *name)
    {
        return m_window->findChild<Part *>(QLatin1StringView(name));
    }
    QString failureText() { return part<QWidget>("failureBar")->findChild<QLabel *>(u"noticeText"_s)->text(); }

    void makeWindow()
    {
        m_window = std::make_unique<MainWindow>(*f->browser);
        m_window->show();
    }
    void connectToLists(const QStringList &names = { u"Default"_s })
    {
        QStringList arns;
        for (const QString &name : names)
            arns += arnOf(name);
        f->expectLists(arns);
        f->browser->session().connectTo(u"a"_s);
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    }
    void open(int list = 0) { f->browser->open(f->browser->lists().lists().at(list)); }
    void refuse(Action action, const QByteArray &answer = R"({"__type":"AccessDeniedException","Message":"no"})")
    {
        f->transport().expect(action).reply(400, answer, answerHeaders());
    }
    void failInTheMiddle()
    {
        f->expectNumbers({ u"+14165550100"_s, u"+14165550101"_s }, u"t1"_s);
        refuse(Action::DescribeOptedOutNumbers);
        open();
        QTRY_COMPARE(read().status().state, State::Failed);
        QTRY_VERIFY(part<QWidget>("failureBar")->isVisible());
    }
    void openPreferences()
    {
        action("preferencesAction")->trigger();
        QVERIFY(part<QWidget>("preferences"));
    }

    //! What can be reached by Alt and a letter now, and in each menu.
    QStringList clashes()
    {
        QStringList texts = textsOf(m_window->menuBar()->actions());
        for (const QAbstractButton *button : m_window->findChildren<QAbstractButton *>()) {
            if (button->isVisible())
                texts += button->text();
        }
        for (const QLabel *label : m_window->findChildren<QLabel *>()) {
            if (label->isVisible() && label->buddy())
                texts += label->text();
        }
        QStringList found = clashesAmong(texts);
        for (QMenu *menu : m_window->findChildren<QMenu *>()) {
            emit menu->aboutToShow(); // some are filled only then
            found += clashesAmong(textsOf(menu->actions()));
        }
        return found;
    }

    //! All words, and what can be done.
    QStringList said()
    {
        QTest::qWait(50); // what is told with a delay
        QStringList said { u"title: "_s + m_window->windowTitle() };
        for (const QLabel *label : m_window->findChildren<QLabel *>()) {
            if (label->isVisible())
                said += u"label: "_s + label->text();
        }
        for (const QAbstractButton *button : m_window->findChildren<QAbstractButton *>()) {
            if (button->isVisible())
                said += u"button: %1 %2 %3"_s.arg(button->text()).arg(button->isEnabled()).arg(button->isChecked());
        }
        for (const QAction *action : m_window->findChildren<QAction *>()) {
            if (!action->objectName().isEmpty())
                said += u"action: %1 %2"_s.arg(action->objectName()).arg(action->isEnabled());
        }
        said += u"rows: %1"_s.arg(part<QTableView>("optedOutNumbers")->model()->rowCount());
        const QModelIndex line = part<QTreeView>("optOutLists")->currentIndex();
        said += u"line: "_s + line.siblingAtColumn(0).data().toString();
        return said;
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init()
    {
        f = std::make_unique<BrowserFixture>();
        makeWindow();
    }
    void cleanup()
    {
        m_window.reset();
        f->browser.reset();
        f->keeper.reset();
        QCOMPARE(f->transport().complaints(), QStringList());
    }

    void lettersOfTheWelcomePage() { QCOMPARE(clashes(), QStringList()); }

    void lettersWhileAListIsRead()
    {
        connectToLists();
        QCOMPARE(clashes(), QStringList());
        f->transport().expect(Action::DescribeOptedOutNumbers).stall();
        open();
        QTRY_COMPARE(f->transport().underWay(), 1);
        QCOMPARE(clashes(), QStringList());
        read().pause();
        QVERIFY(part<QPushButton>("resume"));
        QCOMPARE(clashes(), QStringList());
        read().stop();
        QCOMPARE(clashes(), QStringList());
    }

    void lettersOfFailures()
    {
        refuse(Action::DescribeOptOutLists);
        f->browser->session().connectTo(u"a"_s);
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Failed);
        QCOMPARE(clashes(), QStringList());

        f->expectLists();
        part<QPushButton>("retryLists")->click();
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
        refuse(Action::DescribeOptedOutNumbers);
        open();
        QTRY_COMPARE(read().status().state, State::Failed);
        QCOMPARE(clashes(), QStringList());
        f->expectNumbers({ u"+14165550100"_s, u"+14165550101"_s }, u"t1"_s);
        refuse(Action::DescribeOptedOutNumbers, R"({"__type":"ExpiredTokenException","message":"has expired"})");
        read().retry();
        QTRY_COMPARE(read().status().state, State::SignInNeeded);
        QTRY_VERIFY(part<QWidget>("failureBar")->isVisible());
        QCOMPARE(clashes(), QStringList());
    }

    void lettersOfTheKeepingBar()
    {
        m_window.reset();
        f->settings.setKeepsUnfinishedReads(true);
        f->makeBrowserThatKeeps();
        makeWindow();
        connectToLists({ u"Default"_s, u"Other"_s });
        failInTheMiddle();
        f->browser->close(*f->browser->shown());
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        refuse(Action::DescribeOptedOutNumbers, R"({"__type":"ExpiredTokenException","message":"has expired"})");
        open(1);
        QTRY_COMPARE(read().status().state, State::SignInNeeded);
        QTRY_VERIFY(part<QPushButton>("goOn") && part<QPushButton>("goOn")->isVisible());
        QCOMPARE(clashes(), QStringList());
    }

    void lettersOfTheQuestionWhetherToKeep()
    {
        m_window.reset();
        f->makeBrowserThatKeeps();
        makeWindow();
        connectToLists();
        f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
        f->transport().expect(Action::DescribeOptedOutNumbers).stall();
        open();
        QTRY_COMPARE(read().status().rows, 1U);
        f->borders.clock.advance(2min);
        QTRY_VERIFY(part<QPushButton>("keepReads") && part<QPushButton>("keepReads")->isVisible());
        QCOMPARE(clashes(), QStringList());
    }

    void anUnfinishedReadIsToldInUtc()
    {
        m_window.reset();
        f->borders.clock.setNow(Timestamp(1'709'287'353'000ms)); // 2024-03-01 10:02:33 UTC
        f->settings.setKeepReadsForDays(365);
        f->settings.setKeepsUnfinishedReads(true);
        f->makeBrowserThatKeeps();
        makeWindow();
        connectToLists();
        failInTheMiddle();
        f->browser->close(*f->browser->shown());
        QTRY_VERIFY(part<QWidget>("keepingBar")->isVisible());
        const QString text = part<QWidget>("keepingBar")->findChild<QLabel *>(u"noticeText"_s)->text();
        QVERIFY2(text.contains(u": 2 numbers, the last ones at 2024-03-01 10:02:33 UTC."_s), qPrintable(text));
    }

    void failuresNameTheirButton()
    {
        refuse(Action::DescribeOptOutLists);
        f->browser->session().connectTo(u"a"_s);
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Failed);
        QVERIFY(part<QLabel>("messageText")->text().endsWith(u"then choose Retry."_s));
        QCOMPARE(part<QPushButton>("retryLists")->accessibleName(), u"Retry"_s);
        f->expectLists();
        part<QPushButton>("retryLists")->click();
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    }

    void theRowsStayWhenAReadFails()
    {
        connectToLists();
        f->expectNumbers({ u"+14165550100"_s, u"+14165550101"_s }, u"t1"_s);
        f->transport().expect(Action::DescribeOptedOutNumbers).stall();
        open();
        auto *table = part<QTableView>("optedOutNumbers");
        QTRY_COMPARE(table->model()->rowCount(), 2);
        const auto place = [&] {
            return table->viewport()->mapToGlobal(table->visualRect(table->model()->index(1, 0)).topLeft());
        };
        const QPoint before = place();
        read().stop();
        refuse(Action::DescribeOptedOutNumbers);
        read().resume();
        QTRY_VERIFY(part<QWidget>("failureBar")->isVisible());
        QTest::qWait(0); // the layout
        QVERIFY(failureText().contains(u"Retry goes on"_s));
        QCOMPARE(place(), before);
    }

    //! The program makes its window after the demo's first rows are there.
    void aWindowMadeLaterSaysTheSame_data()
    {
        QTest::addColumn<bool>("isStopped");
        QTest::newRow("complete") << false;
        QTest::newRow("stopped") << true;
    }
    void aWindowMadeLaterSaysTheSame()
    {
        QFETCH(const bool, isStopped);
        connectToLists({ u"Default"_s, u"Marketing"_s });
        f->expectNumbers({ u"+14165550100"_s, u"+14165550101"_s }, isStopped ? u"t1"_s : QString());
        if (isStopped)
            f->transport().expect(Action::DescribeOptedOutNumbers).stall();
        open(1);
        QTRY_COMPARE(part<QTableView>("optedOutNumbers")->model()->rowCount(), 2);
        if (isStopped)
            read().stop();
        QTRY_COMPARE(read().status().state, isStopped ? State::Stopped : State::Complete);
        const QStringList before = said();
        QVERIFY2(before.contains(u"line: Marketing"_s), qPrintable(before.join(u'\n')));
        makeWindow();
        QCOMPARE(said(), before);
        action("exportViewAction")->trigger(); // asks where to, or whether a part is enough
        QVERIFY(m_window->findChild<QDialog *>());
    }

    void aWindowMadeWhileAListIsReadGoesOnWithIt()
    {
        connectToLists({ u"Default"_s });
        f->expectNumbers({ u"+14165550100"_s, u"+14165550101"_s }, u"t1"_s);
        f->transport().expect(Action::DescribeOptedOutNumbers).stall();
        open();
        QTRY_COMPARE(read().status().rows, 2U);
        makeWindow();
        auto *table = part<QTableView>("optedOutNumbers");
        QCOMPARE(table->model()->rowCount(), 2);
        QVERIFY(table->currentIndex().isValid()); // assistive tools ask for it
        QVERIFY(action("pauseAction")->isEnabled());
        read().pause();
        QVERIFY(action("resumeAction")->isEnabled());
    }

    //! Those of the last time, for rows that are there already.
    void aWindowMadeLaterFiltersAndSorts()
    {
        connectToLists({ u"Default"_s });
        f->expectNumbers({ u"+14165550100"_s, u"+14165550101"_s });
        open();
        QTRY_COMPARE(read().status().state, State::Complete);
        part<QTableView>("optedOutNumbers")->horizontalHeader()->setSortIndicator(0, Qt::DescendingOrder);
        QTRY_VERIFY(!f->browser->model().isUpdating());
        m_window->close(); // keeps them
        f->browser->model().setSort({});
        makeWindow();
        QTRY_COMPARE(f->browser->model().query().sort, (SortSpec { .key = SortSpec::Key::Number, .descending = true }));
        QTRY_COMPARE(part<QTableView>("optedOutNumbers")->model()->index(0, 0).data().toString(), u"+14165550101"_s);
    }

    void stopsPausedReadsToo()
    {
        connectToLists();
        QVERIFY(!action("stopAllAction")->isEnabled());
        f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
        open();
        read().pause();
        QTRY_COMPARE(read().status().rows, 1U);
        QCOMPARE(read().status().state, State::Paused);
        QVERIFY(action("stopAllAction")->isEnabled());
        action("stopAllAction")->trigger();
        QCOMPARE(read().status().state, State::Stopped);
        QVERIFY(!action("stopAllAction")->isEnabled());
    }

    void preferencesSayWhatCannotBeDone()
    {
        m_window.reset();
        f->browser.reset();
        test::FakeKeychain keychain;
        keychain.failWith(u"NoKeychain"_s);
        f->keeper = std::make_unique<ReadKeeper>(ReadKeeper::Parts { .store = keychain,
            .settings = f->settings,
            .clock = f->borders.clock,
            .folder = f->folder.filePath(u"reads"_s) });
        f->makeBrowser();
        makeWindow();
        openPreferences();
        QTRY_VERIFY(!part<QCheckBox>("keepReads")->isEnabled());
        const QString why = part<QCheckBox>("keepReads")->accessibleDescription();
        QVERIFY2(why.startsWith(u"There is no keychain"_s) && why.endsWith(u"Until then no read is kept."_s),
            qPrintable(why));
        QVERIFY(!part<QCheckBox>("notify")->isEnabled()); // an offscreen desktop shows none
        m_window.reset();
        f->browser.reset();
        f->keeper.reset();
    }

    void withAKeychainReadsCanBeKept_data()
    {
        QTest::addColumn<QString>("code");
        QTest::newRow("open") << QString();
        QTest::newRow("locked") << u"KeychainLocked"_s;
    }
    void withAKeychainReadsCanBeKept()
    {
        QFETCH(QString, code);
        m_window.reset();
        f->browser.reset();
        test::FakeKeychain keychain;
        keychain.failWith(code);
        f->keeper = std::make_unique<ReadKeeper>(ReadKeeper::Parts { .store = keychain,
            .settings = f->settings,
            .clock = f->borders.clock,
            .folder = f->folder.filePath(u"reads"_s) });
        f->makeBrowser();
        makeWindow();
        openPreferences();
        QTRY_COMPARE(keychain.loads(), 1);
        QTest::qWait(10); // for the answer
        QVERIFY(part<QCheckBox>("keepReads")->isEnabled());
        m_window.reset();
        f->browser.reset();
        f->keeper.reset();
    }

    void fewerDaysForgetAtOnce()
    {
        m_window.reset();
        f->borders.clock.setNow(Timestamp(std::chrono::milliseconds(QDateTime::currentMSecsSinceEpoch())));
        f->settings.setKeepsUnfinishedReads(true);
        f->makeBrowserThatKeeps();
        makeWindow();
        connectToLists();
        failInTheMiddle();
        f->browser->close(*f->browser->shown());
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        f->borders.clock.advance(50h);
        openPreferences();
        part<QSpinBox>("keepDays")->setValue(2);
        QVERIFY(f->browser->unfinished().isEmpty());
        QTRY_VERIFY(QDir(f->folder.filePath(u"reads"_s)).entryList({ u"*.read"_s }).isEmpty());
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
