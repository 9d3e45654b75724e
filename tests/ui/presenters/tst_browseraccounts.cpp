// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "browserplacesfixture.h"

using namespace optout;

// Whose lists the keys of a connection lead to, and what becomes of reads when that changes.
class TestBrowserAccounts final : public BrowserPlacesFixture {
    Q_OBJECT
private slots:
    void keysOfAnotherAccountAreAnotherPlace_data()
    {
        QTest::addColumn<bool>("byWayOfAnother");
        QTest::newRow("connected with again") << false;
        QTest::newRow("after another connection") << true;
    }
    void keysOfAnotherAccountAreAnotherPlace()
    {
        QFETCH(bool, byWayOfAnother);
        replaceKeys(u"AKIAY34FZKBOKMUTVV7A"_s);
        arrive([this] { session().connectTo(u"b"_s); });
        arrive([this] { session().connectTo(u"a"_s); });
        OpenRead *first = openPart(0);
        f->transport()
            .expect(Action::DescribeOptedOutNumbers)
            .reply(400, R"({"__type":"ExpiredTokenException","message":"expired"})", answerHeaders());
        first->read.resume();
        QTRY_COMPARE(first->read.status().state, ReadState::SignInNeeded);
        if (byWayOfAnother)
            arrive([this] { session().connectTo(u"b"_s); });
        replaceKeys(u"AKIAY34FZKBO27777777"_s);
        QSignalSpy switched(&session(), &BrowserSession::switched);
        f->expectLists({ arnOf(u"Default"_s), arnOf(u"Marketing"_s) });
        session().connectTo(u"a"_s);
        // Nothing is added to the rows: no page is expected.
        QTRY_VERIFY(f->browser->reads().isEmpty());
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
        QVERIFY(!switched.isEmpty());
    }

    //! The sign-in stays the same one: a program that writes the keys to be used, say, has been told another account.
    void aSignInThatGivesKeysOfAnotherAccountIsAnotherPlace()
    {
        OpenRead *first = openPartWith(accountA);
        f->signIns.last->outcome = FakeCredentialsProvider::credentials(accountB);
        first->read.resume();
        QTRY_COMPARE(first->read.status().state, ReadState::SignInNeeded);
        QCOMPARE(first->read.status().error->code, errorcode::accountChanged);
        QSignalSpy switched(&session(), &BrowserSession::switched);
        QSignalSpy closed(f->browser.get(), &Browser::closedForOtherAccount);
        QSignalSpy outdated(f->browser.get(), &Browser::closedAsOutdated);
        f->expectLists({ arnOf(u"Default"_s), arnOf(u"Marketing"_s) });
        session().connectTo(u"a"_s);
        QTRY_VERIFY(f->browser->reads().isEmpty()); // and no page is expected
        QCOMPARE(closed.size(), 1);
        QCOMPARE(closed.at(0), QVariantList({ u"Default"_s, u"prod-readonly"_s }));
        QVERIFY(outdated.isEmpty()); // the connection is what it was
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
        QCOMPARE(switched.size(), 1);
    }

    void aSignInThatFailsForAWhileIsNotTakenForTheSameAccount()
    {
        OpenRead *first = openPartWith(accountA);
        f->signIns.last->outcome = Error { .kind = Error::Kind::NoCredentials };
        first->read.resume();
        QTRY_COMPARE(first->read.status().state, ReadState::SignInNeeded);
        f->signIns.failure = Error { .kind = Error::Kind::Network, .code = u"HostNotFound"_s };
        QSignalSpy renewed(&session(), &BrowserSession::renewed);
        session().signIn();
        QTRY_COMPARE(session().state(), BrowserSession::State::SignInNeeded);
        QCOMPARE(session().error().code, u"HostNotFound"_s);
        QVERIFY(renewed.isEmpty());
        QCOMPARE(first->read.status().state, ReadState::SignInNeeded);
        f->signIns.failure.reset();
        f->expectNumbers({ u"+14165550101"_s });
        session().signIn();
        QTRY_COMPARE(first->read.status().state, ReadState::Complete);
        QCOMPARE(renewed.size(), 1);
    }

    //! Before it is known whose keys they are.
    void goingOnByHandIsNoWayRoundTheAccount()
    {
        OpenRead *first = openPartWith(accountA);
        first->read.stop();
        arrive([this] { session().connectTo(u"b"_s); });
        replaceKeys(accountB);
        f->transport().expect(Action::DescribeOptOutLists).stall();
        session().connectTo(u"a"_s);
        QTRY_COMPARE(session().state(), BrowserSession::State::Connected);
        QCOMPARE(f->browser->shown(), first);
        first->read.resume(); // no page is expected
        QTRY_COMPARE(first->read.status().state, ReadState::SignInNeeded);
        QCOMPARE(first->read.status().error->code, errorcode::accountChanged);
        QCOMPARE(first->model.loadedRows(), 1U);
    }

    void anotherRegionIsOfTheAccountOfNow()
    {
        OpenRead *first = openPartWith(accountA);
        QCOMPARE(session().accountKey(), accountKeyOf(accountA));
        f->signIns.last->outcome = FakeCredentialsProvider::credentials(accountB);
        first->read.resume();
        QTRY_COMPARE(first->read.status().state, ReadState::SignInNeeded);
        QCOMPARE(session().accountKey(), accountKeyOf(accountA)); // of the service
        f->expectLists();
        session().setRegion(u"eu-west-1"_s);
        QCOMPARE(session().accountKey(), accountKeyOf(accountB));
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    }

    void newKeysOfTheSameAccountGoOn_data()
    {
        QTest::addColumn<bool>("byWayOfAnother");
        QTest::addColumn<ConnectionList::KeepKeys>("keep");
        QTest::newRow("connected with again") << false << ConnectionList::KeepKeys::InKeychain;
        QTest::newRow("after another connection") << true << ConnectionList::KeepKeys::InKeychain;
        QTest::newRow("for this session") << false << ConnectionList::KeepKeys::ThisSession;
    }
    void newKeysOfTheSameAccountGoOn()
    {
        QFETCH(bool, byWayOfAnother);
        QFETCH(ConnectionList::KeepKeys, keep);
        replaceKeys(u"AKIAY34FZKBOKMUTVV7A"_s);
        arrive([this] { session().connectTo(u"b"_s); });
        arrive([this] { session().connectTo(u"a"_s); });
        OpenRead *first = openPart(0);
        f->transport()
            .expect(Action::DescribeOptedOutNumbers)
            .reply(400, R"({"__type":"ExpiredTokenException","message":"expired"})", answerHeaders());
        first->read.resume();
        QTRY_COMPARE(first->read.status().state, ReadState::SignInNeeded);
        if (byWayOfAnother)
            arrive([this] { session().connectTo(u"b"_s); });
        replaceKeys(u"AKIAY34FZKBOKAAAAAAA"_s, keep);
        if (byWayOfAnother)
            f->expectLists({ arnOf(u"Default"_s), arnOf(u"Marketing"_s) });
        f->expectNumbers({ u"+14165550101"_s });
        session().connectTo(u"a"_s);
        QTRY_COMPARE(first->read.status().state, ReadState::Complete);
        QCOMPARE(first->model.loadedRows(), 2U);
        QCOMPARE(f->browser->shown(), first);
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    }

private:
    const QString accountA = u"AKIAY34FZKBOKMUTVV7A"_s, accountB = u"AKIAY34FZKBO27777777"_s; // access key ids

    //! One page of two, read with connection "a" and these keys; then paused.
    OpenRead *openPartWith(const QString &accessKeyId)
    {
        replaceKeys(accessKeyId);
        arrive([this] { session().connectTo(u"b"_s); });
        arrive([this] { session().connectTo(u"a"_s); });
        return openPart(0);
    }
};

QTEST_GUILESS_MAIN(TestBrowserAccounts)
#include "tst_browseraccounts.moc"
