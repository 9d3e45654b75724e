// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "browserfixture.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using ReadState = ReadStatus::State;

// The session together with the browser, which says what its changes mean for lists and rows.
class TestBrowserSession final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void connects();
    void missingKeysFail();
    void unknownConnectionIsIgnored();
    void switchingForgetsListsAndRows();
    void otherRegion();
    void regionWithoutEndpointFails();
    void renewalGoesOnWithTheRead();
    void askedOnceWhoItIs();
    void cancelledSignInIsToldAndMended();
    void signInThatFailsInTheMiddleKeepsTheRows();
    void keychainIsAskedOnceAStart();
    void profileThatVanishesKeepsTheRows();
    void changedFilesCountForTheNextSignIn();
    void renamedConnection();
    void removedConnectionDisconnects();
    void demoOpensDefault();
    void demoAgainOpensDefaultAgain();
    void openingTheOpenListDoesNothing();
    void namedListAndItsAccount();

private:
    void connectTo(const QString &id);
    BrowserSession &session() { return f->browser->session(); }
    ReadState readState() const { return f->browser->read().status().state; }

    std::unique_ptr<BrowserFixture> f;
};

void TestBrowserSession::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    f = std::make_unique<BrowserFixture>();
}

void TestBrowserSession::cleanup()
{
    f->browser.reset();
    QCOMPARE(f->transport().complaints(), QStringList());
}

void TestBrowserSession::connectTo(const QString &id)
{
    f->expectLists();
    session().connectTo(id);
    QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
}

void TestBrowserSession::connects()
{
    QCOMPARE(session().state(), BrowserSession::State::Disconnected);
    f->expectLists({ arnOf(u"Default"_s), arnOf(u"Marketing"_s) }, { arnOf(u"Partner"_s, u"444455556666"_s) });
    session().connectTo(u"a"_s);
    QCOMPARE(session().state(), BrowserSession::State::Connecting);
    QTRY_COMPARE(session().state(), BrowserSession::State::Connected);
    QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    QCOMPARE(f->browser->lists().lists().size(), 3);
    QCOMPARE(f->browser->accountId(), u"111122223333"_s);
    QCOMPARE(f->settings.lastConnectionId(), u"a"_s);
    QCOMPARE(readState(), ReadState::Idle); // reading costs calls: nothing is opened unasked
}

void TestBrowserSession::missingKeysFail()
{
    f->keychain.erase(u"a"_s);
    session().connectTo(u"a"_s);
    QTRY_COMPARE(session().state(), BrowserSession::State::Failed);
    QCOMPARE(session().error().kind, Error::Kind::NoCredentials);
    QVERIFY(!session().service());
    QVERIFY(session().connection()); // it can still be said which one failed
}

void TestBrowserSession::unknownConnectionIsIgnored()
{
    session().connectTo(u"zz"_s);
    QCOMPARE(session().state(), BrowserSession::State::Disconnected);
}

void TestBrowserSession::switchingForgetsListsAndRows()
{
    connectTo(u"a"_s);
    f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
    f->transport().expect(Action::DescribeOptedOutNumbers).stall();
    f->browser->open(f->browser->lists().lists().first());
    QTRY_COMPARE(f->browser->read().status().rows, 1U);
    QTRY_COMPARE(f->transport().requests().size(), 4); // the next page is asked for a few turns later

    f->expectLists({});
    session().connectTo(u"b"_s);
    QCOMPARE(readState(), ReadState::Idle);
    QVERIFY(!f->browser->openList());
    QCOMPARE(f->browser->model().loadedRows(), 0U);
    QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    QVERIFY(f->browser->lists().lists().isEmpty());
    QCOMPARE(f->served.last().region, u"eu-west-1"_s);
}

void TestBrowserSession::otherRegion()
{
    connectTo(u"a"_s);
    QSignalSpy switched(&session(), &BrowserSession::switched);
    f->expectLists();
    session().setRegion(u"ca-central-1"_s);
    QCOMPARE(switched.size(), 1);
    QCOMPARE(session().connection()->region, u"ca-central-1"_s);
    QCOMPARE(f->served.last().region, u"ca-central-1"_s);
    QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    session().setRegion(u"ca-central-1"_s);
    QCOMPARE(switched.size(), 1); // it is there already
    QCOMPARE(f->settings.connections().first().region, u"us-east-1"_s); // the saved one stays as it was saved
}

void TestBrowserSession::regionWithoutEndpointFails()
{
    connectTo(u"a"_s);
    f->expectNumbers({ u"+14165550100"_s });
    f->browser->open(f->browser->lists().lists().first());
    QTRY_COMPARE(readState(), ReadState::Complete);
    session().setRegion(u"nowhere-1"_s);
    QCOMPARE(session().state(), BrowserSession::State::Failed);
    QVERIFY(f->browser->lists().lists().isEmpty()); // those of the region before are not of there
    QVERIFY(!f->browser->openList());
    QCOMPARE(f->browser->model().loadedRows(), 0U);
    f->expectLists();
    session().setRegion(u"us-east-1"_s);
    QCOMPARE(session().state(), BrowserSession::State::Connected);
    QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    QCOMPARE(f->browser->model().loadedRows(), 1U);
}

void TestBrowserSession::renewalGoesOnWithTheRead()
{
    connectTo(u"a"_s);
    f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
    f->transport()
        .expect(Action::DescribeOptedOutNumbers)
        .reply(400, R"({"__type":"ExpiredTokenException","message":"expired"})", answerHeaders());
    f->browser->open(f->browser->lists().lists().first());
    QTRY_COMPARE(readState(), ReadState::SignInNeeded);

    QSignalSpy switched(&session(), &BrowserSession::switched);
    f->expectNumbers({ u"+14165550101"_s });
    session().connectTo(u"a"_s);
    QTRY_COMPARE(readState(), ReadState::Complete);
    QCOMPARE(f->browser->model().loadedRows(), 2U);
    QCOMPARE(switched.size(), 0);
}

void TestBrowserSession::askedOnceWhoItIs()
{
    f->signIns.identity = test::readerIdentity();
    f->signIns.words = u"role ReadOnly"_s;
    f->signIns.until = f->borders.clock.now() + std::chrono::minutes(41);
    f->expectLists({});
    session().connectTo(u"a"_s);
    QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    QTRY_VERIFY(session().identity());
    QCOMPARE(session().identity()->shortName(), u"role ReadOnly"_s);
    QCOMPARE(f->browser->accountId(), u"111122223333"_s); // no list tells it
    QCOMPARE(session().sourceWords(), u"role ReadOnly"_s);
    QCOMPARE(session().expires(), f->signIns.until);
    f->expectLists();
    session().setRegion(u"eu-central-1"_s);
    QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    QCOMPARE(f->signIns.identityAsked, 1);
    QCOMPARE(f->signIns.prepared, 1); // another region is no other sign-in
}

void TestBrowserSession::cancelledSignInIsToldAndMended()
{
    f->signIns.failure = Error { .kind = Error::Kind::Cancelled, .detail = u"No MFA code was entered."_s };
    session().connectTo(u"a"_s);
    QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Failed);
    QCOMPARE(session().state(), BrowserSession::State::SignInNeeded);
    QVERIFY(isSignInError(session().error()));
    f->signIns.failure.reset();
    f->expectLists();
    session().signIn();
    QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    QCOMPARE(session().state(), BrowserSession::State::Connected);
}

void TestBrowserSession::signInThatFailsInTheMiddleKeepsTheRows()
{
    connectTo(u"a"_s);
    const std::shared_ptr<test::FakeEngine> engine = f->signIns.last;
    f->expectNumbers({ u"+14165550100"_s }, u"t1"_s).then([engine] {
        engine->outcome = Error { .kind = Error::Kind::AccessDenied, .code = u"AccessDenied"_s };
    });
    f->browser->open(f->browser->lists().lists().first());
    QTRY_COMPARE(readState(), ReadState::SignInNeeded);
    QCOMPARE(session().state(), BrowserSession::State::SignInNeeded);
    QCOMPARE(f->browser->model().loadedRows(), 1U);
    f->expectNumbers({ u"+14165550101"_s });
    session().signIn();
    QTRY_COMPARE(readState(), ReadState::Complete); // from the second page on
    QCOMPARE(f->browser->model().loadedRows(), 2U);
}

void TestBrowserSession::keychainIsAskedOnceAStart()
{
    connectTo(u"a"_s);
    QCOMPARE(f->signIns.prepared, 1);
    connectTo(u"b"_s);
    f->keychain.erase(u"a"_s); // would be missed if it were asked again
    connectTo(u"a"_s);
    QCOMPARE(session().state(), BrowserSession::State::Connected);
    QCOMPARE(f->signIns.prepared, 2); // one for each
}

void TestBrowserSession::profileThatVanishesKeepsTheRows()
{
    f->setProfiles(u"[profile dev]\n"_s);
    connectTo(u"profile:dev"_s);
    f->expectNumbers({ u"+14165550100"_s });
    f->browser->open(f->browser->lists().lists().first());
    QTRY_COMPARE(readState(), ReadState::Complete);
    f->setProfiles({}); // an editor is just writing the file
    QCOMPARE(f->browser->model().loadedRows(), 1U);
    QVERIFY(session().connection());
    QCOMPARE(f->settings.lastConnectionId(), u"profile:dev"_s);
}

void TestBrowserSession::changedFilesCountForTheNextSignIn()
{
    f->setProfiles(u"[profile dev]\n"_s);
    connectTo(u"profile:dev"_s);
    QCOMPARE(f->signIns.prepared, 1);
    session().connectTo(u"profile:dev"_s);
    QTRY_COMPARE(session().state(), BrowserSession::State::Connected);
    QCOMPARE(f->signIns.prepared, 1);
    f->setProfiles(u"[profile dev]\nrole_arn = arn:aws:iam::111122223333:role/Reader\n"_s);
    session().connectTo(u"profile:dev"_s);
    QTRY_COMPARE(session().state(), BrowserSession::State::Connected);
    QCOMPARE(f->signIns.prepared, 2);
}

void TestBrowserSession::renamedConnection()
{
    connectTo(u"a"_s);
    Connection renamed = *f->connections.find(u"a"_s);
    renamed.name = u"production"_s;
    f->connections.update(renamed, {}, ConnectionList::KeepKeys::InKeychain, this);
    QTRY_COMPARE(session().connection()->name, u"production"_s);
    QCOMPARE(session().state(), BrowserSession::State::Connected);
}

void TestBrowserSession::removedConnectionDisconnects()
{
    connectTo(u"a"_s);
    f->connections.remove(u"a"_s, ConnectionList::RemoveKeys::IfPossible, this);
    QTRY_COMPARE(session().state(), BrowserSession::State::Disconnected);
    QVERIFY(f->browser->lists().lists().isEmpty());
}

void TestBrowserSession::demoOpensDefault()
{
    const auto action = Action::DescribeOptOutLists;
    f->transport().expect(action).reply(200, listsPage({ arnOf(u"Alerts"_s), arnOf(u"Default"_s) }), answerHeaders());
    f->expectNumbers({ u"+14165550100"_s }); // does not wait for the lists that others share
    f->transport().expect(action).reply(200, listsPage({}), answerHeaders());
    f->browser->openDemo();
    QTRY_COMPARE(readState(), ReadState::Complete);
    QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    QCOMPARE(f->browser->openList()->list.name, u"Default"_s);
    QCOMPARE(f->settings.lastConnectionId(), QString()); // the next start does not begin with the demo
}

void TestBrowserSession::demoAgainOpensDefaultAgain()
{
    demoOpensDefault();
    f->expectNumbers({});
    f->browser->open(f->browser->lists().lists().first());
    QTRY_COMPARE(readState(), ReadState::Complete);
    f->browser->openDemo();
    QTRY_COMPARE(f->browser->openList()->list.name, u"Default"_s);
    QCOMPARE(readState(), ReadState::Complete); // it is open: nothing is read again
    QCOMPARE(f->demoStarts, 2);
}

void TestBrowserSession::openingTheOpenListDoesNothing()
{
    connectTo(u"a"_s);
    f->expectNumbers({ u"+14165550100"_s });
    f->browser->open(f->browser->lists().lists().first());
    QTRY_COMPARE(readState(), ReadState::Complete);
    f->browser->open(f->browser->lists().lists().first());
    QCOMPARE(readState(), ReadState::Complete);
}

void TestBrowserSession::namedListAndItsAccount()
{
    f->transport()
        .expect(Action::DescribeOptOutLists)
        .reply(400, R"({"__type":"AccessDeniedException","Message":"no"})", answerHeaders());
    session().connectTo(u"a"_s);
    QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Failed);
    QCOMPARE(f->browser->accountId(), QString());
    QVERIFY(!f->browser->openNamed(u"no blanks"_s));
    f->expectNumbers({ u"+14165550100"_s });
    QVERIFY(f->browser->openNamed(u"Default"_s));
    QTRY_COMPARE(readState(), ReadState::Complete);
    QCOMPARE(f->browser->accountId(), u"111122223333"_s); // from the list's ARN
}

QTEST_GUILESS_MAIN(TestBrowserSession)
#include "tst_browsersession.moc"
