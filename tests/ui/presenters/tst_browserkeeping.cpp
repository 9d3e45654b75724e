// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "browserfixture.h"
#include "checkpoint/checkpointrecorder.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using ReadState = ReadStatus::State;

namespace {

//! A keychain that waits for a person before it gives anything.
class WaitingStore final : public CredentialStore {
public:
    explicit WaitingStore(CredentialStore &store)
        : m_store(store)
    {
    }
    CredentialJob *load(const QString &id, QObject *parent) override
    {
        auto *job = new CredentialJob(parent);
        m_waiting += [this, id, job = QPointer(job)] {
            if (job)
                QObject::connect(m_store.load(id, job), &CredentialJob::finished, job, &CredentialJob::finished);
        };
        return job;
    }
    CredentialJob *save(const QString &id, const Credentials &keys, QObject *parent) override
    {
        return m_store.save(id, keys, parent);
    }
    CredentialJob *remove(const QString &id, QObject *parent) override { return m_store.remove(id, parent); }

    qsizetype waiting() const { return m_waiting.size(); }
    void unlock()
    {
        for (const auto &go : std::exchange(m_waiting, {}))
            go();
    }

private:
    CredentialStore &m_store;
    QList<std::function<void()>> m_waiting;
};

} // namespace

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
        WaitingStore keychain(f->keychain);
        f->keepersKeychain = &keychain;
        startWithoutLooking();
        QSignalSpy notKept(f->keeper.get(), &ReadKeeper::notKept);
        f->expectNumbers({ u"+14165550109"_s });
        f->browser->open(f->browser->lists().lists().first());
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Complete);
        QCOMPARE(keychain.waiting(), 1);
        keychain.unlock();
        QTRY_COMPARE(notKept.size(), 1);
        QCOMPARE(notKept.at(0).at(0).value<Error>().code, u"CheckpointKept"_s);
        QTRY_COMPARE(keychain.waiting(), 1); // it is looked for, to be offered when the list is closed
        f->browser.reset();
        f->keeper.reset();
        f->keepersKeychain = &f->keychain;
        start();
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        QCOMPARE(f->browser->unfinished().constFirst().rows, 2);
    }

    void whatWasNotYetOfferedIsGoneOnWithBeforeAPageHasCome()
    {
        readAPart();
        WaitingStore keychain(f->keychain);
        f->keepersKeychain = &keychain;
        startWithoutLooking();
        QSignalSpy notKept(f->keeper.get(), &ReadKeeper::notKept);
        f->transport().expect(Action::DescribeOptedOutNumbers).stall();
        f->transport()
            .expect(
                Action::DescribeOptedOutNumbers, R"({"OptOutListName":"Default","MaxResults":100,"NextToken":"t1"})")
            .reply(200, numbersPage({ u"+14165550102"_s }), answerHeaders());
        f->browser->open(f->browser->lists().lists().first());
        QTRY_COMPARE(f->transport().underWay(), 1);
        keychain.unlock();
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Restoring);
        keychain.unlock();
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Complete);
        QCOMPARE(f->browser->model().loadedRows(), 3U);
        QVERIFY(notKept.isEmpty());
        f->browser.reset();
        f->keeper.reset();
    }

    //! The window has looked before another process had come so far.
    void whatAnotherProcessHasKeptSinceIsNotReplaced()
    {
        WaitingStore keychain(f->keychain);
        f->keepersKeychain = &keychain;
        start(); // finds nothing
        const std::unique_ptr<ReadKeeper> ours = std::move(f->keeper);
        const std::unique_ptr<Browser> window = std::move(f->browser);
        f->keepersKeychain = &f->keychain;
        start();
        readAPart();
        f->browser.reset();
        f->keeper.reset();

        f->expectNumbers({ u"+14165550109"_s }, u"t9"_s);
        refuseTheNextPage();
        QSignalSpy notKept(ours.get(), &ReadKeeper::notKept);
        window->open(window->lists().lists().first());
        QTRY_COMPARE(window->read().status().state, ReadState::Failed);
        keychain.unlock();
        QTRY_COMPARE(notKept.size(), 1);
        window->read().refresh(); // that another one has kept it does not make it this window's own
        QCOMPARE(window->read().status().rows, 0U);
        f->expectNumbers({ u"+14165550109"_s });
        QTRY_COMPARE(window->read().status().state, ReadState::Complete);
        keychain.unlock();
        QTRY_COMPARE(notKept.size(), 2);
        start();
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        QCOMPARE(f->browser->unfinished().constFirst().rows, 2);
    }

    void aReadOpenedBeforeTheAccountIsKnownIsKept()
    {
        f->makeBrowserThatKeeps();
        f->transport().answerOthers([](const HttpRequest &request) -> Result<HttpReply> {
            const bool isFirstPage = FakeTransport::header(request, "X-Amz-Target").endsWith("OptedOutNumbers")
                && !request.body.contains("NextToken");
            if (isFirstPage)
                return HttpReply { .status = 200,
                    .headers = answerHeaders(),
                    .body = numbersPage({ u"+14165550100"_s, u"+14165550101"_s }, u"t1"_s) };
            return HttpReply { .status = 400,
                .headers = answerHeaders(),
                .body = R"({"__type":"AccessDeniedException","Message":"no"})" };
        });
        connect(&f->browser->session(), &BrowserSession::switched, this, [this] {
            if (!f->browser->session().service() || f->browser->shown())
                return;
            QCOMPARE(f->browser->session().accountKey(), QString());
            QVERIFY(f->browser->openNamed(u"Default"_s));
        });
        f->browser->session().connectTo(u"a"_s);
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Failed);
        QCOMPARE(f->browser->shown()->asked.account, f->browser->session().accountKey());
        QVERIFY(!f->browser->session().accountKey().isEmpty());
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Failed);
        f->transport().answerOthers({});
        start();
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        QCOMPARE(f->browser->unfinished().constFirst().rows, 2);
    }

    //! The process ended between the last page and the removal of what is kept.
    void aWholeReadIsShownOnce()
    {
        const Timestamp ended = keepAWholeRead();
        f->borders.clock.advance(std::chrono::hours(3));
        start();
        QTRY_COMPARE(f->browser->unfinished().size(), 1);
        f->browser->open(f->browser->lists().lists().first());
        QTRY_COMPARE(f->browser->read().status().state, ReadState::Complete);
        QCOMPARE(f->browser->model().loadedRows(), 1U);
        QCOMPARE(f->browser->read().status().endedAt, ended);
        QTRY_VERIFY(QDir(f->folder.filePath(u"reads"_s)).entryList({ u"*.read"_s }).isEmpty());
        f->browser->close(*f->browser->shown());
        QVERIFY(f->browser->unfinished().isEmpty());
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
        waitUntilKept();
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
    //! Returns when the last page arrived.
    Timestamp keepAWholeRead()
    {
        Checkpoints checkpoints(
            { .store = f->keychain, .clock = f->borders.clock, .folder = f->folder.filePath(u"reads"_s) });
        const ReadAsked asked { .endpoint = f->browser->session().service()->address().endpoint.toString(),
            .region = u"us-east-1"_s,
            .account = f->browser->session().accountKey(),
            .list = u"Default"_s,
            .begun = f->borders.clock.now() };
        CheckpointRecorder *recorder = checkpoints.record(asked, Checkpoints::Start::Anew, this);
        QSignalSpy closed(recorder, &CheckpointRecorder::closed);
        recorder->append({ OptedOutNumber { .number = "+14165550100" } }, { .chains = { { .isAtEnd = true } } });
        recorder->close();
        if (closed.isEmpty())
            closed.wait();
        delete recorder;
        return f->borders.clock.now();
    }
    //! The same as start(), but nobody has asked what was kept.
    void startWithoutLooking()
    {
        f->makeBrowserThatKeeps();
        f->expectLists();
        f->browser->session().connectTo(u"a"_s);
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    }
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
        if (f->settings.keepsUnfinishedReads().value_or(false))
            waitUntilKept();
    }

    //! Until the keychain has answered.
    void waitUntilKept() { QTRY_VERIFY(!QDir(f->folder.filePath(u"reads"_s)).entryList({ u"*.read"_s }).isEmpty()); }

    std::unique_ptr<BrowserFixture> f;
    QStringList m_found; // what the keeper has told since the start
};

QTEST_GUILESS_MAIN(TestBrowserKeeping)
#include "tst_browserkeeping.moc"
