// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/numberspane.h"

#include "ui/dialogs/fakekeychain.h"
#include "ui/presenters/browserfixture.h"
#include "unit/store/samplerows.h"
#include "unit/store/scarcememory.h"
#include "widgets/filterbar.h"
#include "widgets/noticebar.h"
#include "widgets/numbertableview.h"
#include "widgets/rowcopier.h"
#include "widgets/statustext.h"
#include "widgets/windowactions.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using State = ReadStatus::State;

class TestNumbersPane final : public QObject {
    Q_OBJECT

    test::FakeKeychain m_lockable; // outlives the keeper
    std::unique_ptr<BrowserFixture> f;
    std::unique_ptr<QObject> m_window;
    std::unique_ptr<WindowActions> m_actions;
    std::unique_ptr<NumbersPane> m_pane;

    NoticeBar *bar(const QString &name) { return m_pane->findChild<NoticeBar *>(name); }
    static QString words(const QWidget *place)
    {
        QStringList all;
        for (const QLabel *label : place->findChildren<QLabel *>())
            all += label->text();
        return all.join(u' ');
    }
    void connectToLists()
    {
        f->expectLists();
        f->browser->session().connectTo(u"a"_s);
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    }
    void showPane()
    {
        m_window = std::make_unique<QObject>();
        m_actions = std::make_unique<WindowActions>(m_window.get());
        m_pane = std::make_unique<NumbersPane>(*f->browser, *m_actions);
        m_pane->show();
    }
    //! A read that failed after its first page, and the program started anew.
    void leaveAPart()
    {
        f->makeBrowserThatKeeps();
        connectToLists();
        f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
        f->transport()
            .expect(Action::DescribeOptedOutNumbers)
            .reply(400, R"({"__type":"AccessDeniedException","Message":"no"})", answerHeaders());
        f->browser->open(f->browser->lists().lists().first());
        QTRY_COMPARE(f->browser->read().status().state, State::Failed);
        f->makeBrowserThatKeeps();
        f->keeper->find();
        connectToLists();
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        showPane();
    }

private slots:
    void init()
    {
        f = std::make_unique<BrowserFixture>();
        f->settings.setKeepsUnfinishedReads(true);
    }
    void cleanup()
    {
        m_pane.reset();
        m_actions.reset();
        m_window.reset();
        f->browser.reset();
        f->keeper.reset();
        QCOMPARE(f->transport().complaints(), QStringList());
    }

    void saysThatAnEarlierReadIsFetched()
    {
        leaveAPart();
        f->expectNumbers({ u"+14165550101"_s });
        f->browser->open(f->browser->lists().lists().first());
        QCOMPARE(f->browser->read().status().state, State::Restoring);
        QVERIFY2(words(&m_pane->table()).contains(u"Fetching what was kept"_s), qPrintable(words(&m_pane->table())));
        QVERIFY(readSentence(f->browser->read().status()).startsWith(u"Fetching what was kept"_s));
        QCOMPARE(stateWord(State::Restoring), u"Restoring"_s);
        m_actions->update(*f->browser);
        QVERIFY(!m_actions->refresh->isEnabled());
        QTRY_COMPARE(f->browser->read().status().state, State::Complete);
        QVERIFY(!words(&m_pane->table()).contains(u"Fetching"_s));
    }

    void saysThatAListWasClosed()
    {
        connectToLists();
        showPane();
        f->expectNumbers({ u"+14165550100"_s });
        f->browser->open(f->browser->lists().lists().first());
        QTRY_COMPARE(f->browser->read().status().state, State::Complete);
        f->expectLists();
        f->browser->session().connectTo(u"b"_s);
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
        QVERIFY(!bar(u"closedBar"_s)->isVisible());
        f->connections.remove(u"a"_s, ConnectionList::RemoveKeys::IfPossible, this);
        QVERIFY(bar(u"closedBar"_s)->isVisible());
        QVERIFY(words(bar(u"closedBar"_s)).contains(u"“Default” was closed: its connection “prod-readonly” is gone"_s));
    }

    void saysThatTheKeysAreOfAnotherAccount()
    {
        f->keychain.insert(u"a"_s, FakeCredentialsProvider::credentials(u"AKIAY34FZKBOKMUTVV7A"_s));
        connectToLists();
        showPane();
        f->expectNumbers({ u"+14165550100"_s });
        f->browser->open(f->browser->lists().lists().first());
        QTRY_COMPARE(f->browser->read().status().state, State::Complete);
        f->signIns.last->outcome = FakeCredentialsProvider::credentials(u"AKIAY34FZKBO27777777"_s);
        connectToLists();
        QTRY_VERIFY(bar(u"closedBar"_s)->isVisible());
        const QString told = words(bar(u"closedBar"_s));
        QVERIFY2(told.contains(u"the keys of “prod-readonly” are those of another account"_s), qPrintable(told));
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    }

    //! What helps is named as it is there: the bar has no Retry.
    void saysWhatHelpsWithTheKeychain()
    {
        f->keepersKeychain = &m_lockable;
        leaveAPart();
        m_lockable.failWith(u"KeychainLocked"_s);
        f->browser->open(f->browser->lists().lists().first());
        QTRY_VERIFY(bar(u"closedBar"_s)->isVisible());
        const QString told = words(bar(u"closedBar"_s));
        QVERIFY2(told.contains(u"The keychain is locked."_s), qPrintable(told));
        QVERIFY2(told.contains(u"enter its password when it asks"_s), qPrintable(told));
        QVERIFY2(!told.contains(u"Retry"_s), qPrintable(told));
    }

    void escapeStopsACopy()
    {
        connectToLists();
        showPane();
        std::vector<OptedOutNumber> rows(
            6'000, { .number = "+14165550100", .optedOutAt = {}, .endUserOptedOut = true });
        f->browser->model().append(std::move(rows));
        f->browser->model().flush();
        QGuiApplication::clipboard()->setText(u"before"_s);
        m_pane->table().selectAll();
        m_pane->table().copySelection();
        QCOMPARE(m_pane->table().copier().state(), RowCopier::State::Copying);
        QKeyEvent escape(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
        QCoreApplication::sendEvent(&m_pane->table(), &escape); // before the event loop hears that the rows are ready
        QCOMPARE(m_pane->table().copier().state(), RowCopier::State::Idle);
        QTest::qWait(100);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
    }

    //! For lack of memory: as long as what is shown is not what was asked for.
    void saysThatAViewCouldNotBeBuilt()
    {
        connectToLists();
        showPane();
        f->expectNumbers({ u"+14165550100"_s, u"+14165550101"_s });
        f->browser->open(f->browser->lists().lists().first());
        QTRY_VERIFY(f->browser->read().status().isComplete());
        NumberTableModel &model = f->browser->model();
        const SortSpec byNumber { .key = SortSpec::Key::Number };
        auto *told = bar(u"failureBar"_s);
        model.append(SampleRows(1).rows(60'000)); // more than are sorted without memory of their own
        model.flush();
        {
            const ScarceMemory scarce(20'000); // an order of those rows takes 2 bytes for each
            model.setSort(byNumber);
            QTRY_VERIFY(told->isVisible());
        }
        QVERIFY2(words(told).contains(u"memory"_s, Qt::CaseInsensitive), qPrintable(words(told)));
        QTest::qWait(50);
        QVERIFY(told->isVisible());
        model.setSort(byNumber); // there is memory again
        QVERIFY(!told->isVisible());
        QTRY_VERIFY(!model.isUpdating());
        QVERIFY(!told->isVisible());

        {
            const ScarceMemory scarce(20'000);
            model.append(SampleRows(2).rows(60'000));
            model.flush();
            QTRY_VERIFY(told->isVisible());
        }
        QTRY_VERIFY(model.exportSource().order->judgedRows() == model.loadedRows()); // it is tried again
        QTRY_VERIFY(!told->isVisible());
    }

    void saysThatAnEarlierReadCannotBeGoneOnWith()
    {
        leaveAPart();
        const QDir folder(f->folder.filePath(u"reads"_s));
        for (const QString &name : folder.entryList({ u"*.read"_s }, QDir::Files)) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(60));
            QCOMPARE(file.write("damaged!"), 8);
        }
        f->browser->open(f->browser->lists().lists().first());
        QTRY_VERIFY(bar(u"closedBar"_s)->isVisible());
        const QString told = words(bar(u"closedBar"_s));
        QVERIFY2(told.contains(u"The earlier read of “Default” cannot be gone on with."_s), qPrintable(told));
        QVERIFY2(told.contains(u"Open the list to read it from its start."_s), qPrintable(told));
        QVERIFY(!bar(u"keepingBar"_s)->isVisible()); // nothing is wrong with keeping
        m_pane->findChild<QAction *>(u"dismissClosedAction"_s)->trigger();
        QVERIFY(!bar(u"closedBar"_s)->isVisible());
    }
};

QTEST_MAIN(TestNumbersPane)
#include "tst_numberspane.moc"
