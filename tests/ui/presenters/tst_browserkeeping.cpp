// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "browserfixture.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using ReadState = ReadStatus::State;

// Reads that are kept for the next start of the program, as the window goes on with them.
class TestBrowserKeeping final : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        f = std::make_unique<BrowserFixture>();
        f->settings.setKeepsUnfinishedReads(true);
        start();
    }
    void cleanup()
    {
        f->browser.reset();
        f->keeper.reset();
        QCOMPARE(f->transport().complaints(), QStringList());
    }

    void goesOnWhereItFailed()
    {
        readAPart();
        start();
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        QCOMPARE(f->browser->unfinished().constFirst().rows, 2);

        f->transport()
            .expect(
                Action::DescribeOptedOutNumbers, R"({"OptOutListName":"Default","MaxResults":100,"NextToken":"t1"})")
            .reply(200, numbersPage({ u"+14165550102"_s }), answerHeaders());
        f->browser->goOn(f->browser->unfinished().constFirst());
        QVERIFY(f->browser->shown());
        QCOMPARE(f->browser->openList()->list.name, u"Default"_s);
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Complete);
        QCOMPARE(f->browser->model().loadedRows(), 3U);

        start(); // what is whole is not kept
        QTRY_VERIFY(!m_found.isEmpty());
        QVERIFY(f->browser->unfinished().isEmpty());
    }

    void openingAListGoesOnWithWhatIsKept_data()
    {
        QTest::addColumn<bool>("byName");
        QTest::newRow("chosen in the tree") << false;
        QTest::newRow("named") << true;
    }
    void openingAListGoesOnWithWhatIsKept()
    {
        QFETCH(bool, byName);
        readAPart();
        start();
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        f->transport()
            .expect(
                Action::DescribeOptedOutNumbers, R"({"OptOutListName":"Default","MaxResults":100,"NextToken":"t1"})")
            .reply(200, numbersPage({ u"+14165550102"_s }, u"t2"_s), answerHeaders());
        refuseTheNextPage();
        if (byName)
            QVERIFY(f->browser->openNamed(u"Default"_s));
        else
            f->browser->open(f->browser->lists().lists().first());
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Failed);
        QCOMPARE(f->browser->model().loadedRows(), 3U);
        start();
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        QCOMPARE(f->browser->unfinished().constFirst().rows, 3);
    }

    //! The keychain may take its time, or wait for a person.
    void whatWasNotYetOfferedIsNotReplaced()
    {
        readAPart();
        f->makeBrowserThatKeeps();
        f->expectLists();
        f->browser->session().connectTo(u"a"_s);
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
        QSignalSpy notKept(f->keeper.get(), &ReadKeeper::notKept);
        f->expectNumbers({ u"+14165550109"_s });
        f->browser->open(f->browser->lists().lists().first());
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Complete);
        QTRY_COMPARE(notKept.size(), 1);
        QCOMPARE(notKept.at(0).at(0).value<Error>().code, u"CheckpointKept"_s);
        start();
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        QCOMPARE(f->browser->unfinished().constFirst().rows, 2);
    }

    //! Opening a list means all of its numbers; what is kept of a part of them stays as it is.
    void openingAListLeavesAFilteredReadForLater()
    {
        f->expectNumbers({ u"+14165550100"_s });
        f->browser->open(f->browser->lists().lists().first());
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Complete);
        f->expectNumbers({ u"+14165550100"_s, u"+14165550101"_s }, u"t1"_s);
        refuseTheNextPage();
        f->browser->read().setEndUserOnly(true);
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Failed);
        start();
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        f->expectNumbers({ u"+14165550100"_s });
        f->browser->open(f->browser->lists().lists().first());
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Complete);
        f->browser->close(*f->browser->shown());
        QCOMPARE(f->browser->unfinished().size(), 1);
        QCOMPARE(f->browser->unfinished().constFirst().asked.endUserOptedOut, std::optional(true));
    }

    void anOpenListIsNotOffered()
    {
        readAPart();
        QVERIFY(f->browser->unfinished().isEmpty());
        f->browser->close(*f->browser->shown());
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
    }

    void anotherRegionIsNotOfferedIt()
    {
        readAPart();
        start(u"eu-west-1"_s);
        QTRY_VERIFY(!m_found.isEmpty());
        QVERIFY(f->browser->unfinished().isEmpty());
    }

    void readingAgainIsKeptAgain()
    {
        f->expectNumbers({ u"+14165550100"_s });
        f->browser->open(f->browser->lists().lists().first());
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Complete);
        f->expectNumbers({ u"+14165550100"_s, u"+14165550101"_s }, u"t1"_s);
        refuseTheNextPage();
        f->browser->read().refresh();
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Failed);
        start();
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
    }

    void withoutTheUsersWordNothingIsKept()
    {
        f->settings.setKeepsUnfinishedReads(false);
        readAPart();
        start();
        QTRY_VERIFY(!m_found.isEmpty());
        QVERIFY(f->browser->unfinished().isEmpty());
    }

    void changingOnesMindEndsTheKeeping()
    {
        f->expectNumbers({ u"+14165550100"_s, u"+14165550101"_s }, u"t1"_s);
        f->browser->open(f->browser->lists().lists().first());
        f->browser->read().pause();
        QTRY_COMPARE(f->browser->read().status().rows, 2U);
        const auto files = [this] { return QDir(f->folder.filePath(u"reads"_s)).entryList({ u"*.read"_s }).size(); };
        QTRY_COMPARE(files(), 1);
        f->keeper->stopKeeping();
        QTRY_COMPARE(files(), 0);
        f->browser->close(*f->browser->shown());
        start();
        QTRY_VERIFY(!m_found.isEmpty());
        QVERIFY(f->browser->unfinished().isEmpty());
    }

    void whatCannotBeReadIsTold()
    {
        readAPart();
        start();
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        const UnfinishedRead unfinished = f->browser->unfinished().constFirst();
        QDir folder(f->folder.filePath(u"reads"_s));
        for (const QString &name : folder.entryList({ u"*.read"_s }, QDir::Files)) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(file.seek(60));
            QCOMPARE(file.write("damaged!"), 8);
        }
        QSignalSpy failed(f->browser.get(), &Browser::goingOnFailed);
        f->browser->goOn(unfinished);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.at(0).at(0).value<Error>().kind, Error::Kind::Storage);
        QVERIFY(!f->browser->shown());
    }

    void whatIsDamagedIsReadFromItsStartTheNextTime()
    {
        whatCannotBeReadIsTold();
        QVERIFY(f->browser->unfinished().isEmpty());
        f->expectNumbers({ u"+14165550100"_s });
        f->browser->open(f->browser->lists().lists().first());
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Complete);
        QCOMPARE(f->browser->model().loadedRows(), 1U);
    }

    void nothingIsBegunWhileAReadIsRestored()
    {
        readAPart();
        start();
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        f->expectNumbers({ u"+14165550102"_s });
        f->browser->goOn(f->browser->unfinished().constFirst());
        QCOMPARE(f->browser->read().status().state, ReadState::Restoring);
        QCOMPARE(f->browser->read().status().list.name, u"Default"_s);
        f->browser->read().refresh();
        f->browser->read().setEndUserOnly(true);
        f->browser->read().resume();
        QCOMPARE(f->browser->read().status().state, ReadState::Restoring);
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Complete);
        QCOMPARE(f->browser->model().loadedRows(), 3U);
    }

    void aListClosedWhileItIsRestoredCanBeGoneOnWith()
    {
        closingTheListWhileItIsRestoredIsSafe();
        f->keeper->find(); // leaves out what somebody has in hand
        m_found.clear();
        QTRY_VERIFY(!m_found.isEmpty());
        QCOMPARE(f->browser->unfinished().size(), 1);
    }

    void closingTheListWhileItIsRestoredIsSafe()
    {
        readAPart();
        start();
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        f->browser->goOn(f->browser->unfinished().constFirst());
        f->browser->close(*f->browser->shown());
        QTest::qWait(50); // whatever comes late finds nobody
        QVERIFY(!f->browser->shown());
    }

private:
    //! The program, connected, with its lists read and what was kept looked for.
    void start(const QString &region = u"us-east-1"_s)
    {
        f->makeBrowserThatKeeps();
        m_found.clear();
        connect(f->keeper.get(), &ReadKeeper::changed, this, [this] { m_found += u"changed"_s; });
        f->keeper->find();
        f->expectLists();
        Connection connection = *f->connections.find(u"a"_s);
        connection.region = region;
        f->browser->session().connectTo(connection);
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    }
    void refuseTheNextPage()
    {
        f->transport()
            .expect(Action::DescribeOptedOutNumbers)
            .reply(400, R"({"__type":"AccessDeniedException","Message":"no"})", answerHeaders());
    }
    void readAPart()
    {
        f->expectNumbers({ u"+14165550100"_s, u"+14165550101"_s }, u"t1"_s);
        refuseTheNextPage();
        f->browser->open(f->browser->lists().lists().first());
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Failed);
        QCOMPARE(f->browser->read().status().rows, 2U);
    }

    std::unique_ptr<BrowserFixture> f;
    QStringList m_found; // what the keeper has told since the start
};

QTEST_GUILESS_MAIN(TestBrowserKeeping)
#include "tst_browserkeeping.moc"
