// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogscene.h"

#include "text/signintext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QtTest>

#include <memory>

using namespace optout;
using namespace optout::test;

//! "Test connection", down to the request that is sent.
class TestConnectionTrial final : public QObject {
    Q_OBJECT

    std::unique_ptr<DialogScene> m_scene;

    FakeTransport &transport() { return m_scene->transport; }

    // Quotation marks are written as apostrophes, to be readable.
    static QByteArray json(QByteArray text) { return text.replace('\'', '"'); }

    static QByteArray page(const QByteArrayList &names, const QByteArray &token = {})
    {
        QByteArrayList lists;
        for (const QByteArray &name : names) {
            lists.append("{'OptOutListArn':'arn:aws:sms-voice:eu-central-1:111122223333:opt-out-list/" + name
                + "','OptOutListName':'" + name + "','CreatedTimestamp':1.7E9}");
        }
        const QByteArray next = token.isEmpty() ? QByteArray() : ",'NextToken':'" + token + "'";
        return json("{'OptOutLists':[" + lists.join(',') + ']' + next + '}');
    }

private slots:
    void init() { m_scene = std::make_unique<DialogScene>(); }
    void cleanup()
    {
        QCOMPARE(m_scene->transport.complaints(), QStringList());
        m_scene.reset();
    }

    void countsTheListsWithTypedKeys()
    {
        m_scene->open();
        m_scene->fillIn(u"Production"_s);
        transport().expect(Action::DescribeOptOutLists).reply(200, page({ "Default", "Marketing" }, "more"));
        transport().expect(Action::DescribeOptOutLists).reply(200, page({ "Alerts" }));
        transport()
            .expect(Action::DescribeOptedOutNumbers, json("{'OptOutListName':'Default','MaxResults':1}"))
            .reply(200, json("{'OptedOutNumbers':[],'NextToken':'more'}"));
        m_scene->click("testConnection");
        QTRY_VERIFY(m_scene->notice().contains(u"The connection works."_s));
        QVERIFY2(m_scene->notice().contains(u"1111-2222-3333"_s), qPrintable(m_scene->notice()));
        QVERIFY2(m_scene->notice().contains(u"3 opt-out list"_s), qPrintable(m_scene->notice()));
        const QByteArray authorization = FakeTransport::header(transport().requests().constFirst(), "Authorization");
        QVERIFY(authorization.contains("AKIAIOSFODNN7EXAMPLE/"));
        QVERIFY(authorization.contains("/eu-central-1/sms-voice/"));
        QCOMPARE(m_scene->keychain.saves(), 0); // a test saves nothing
        QVERIFY(m_scene->connections.all().isEmpty());
    }

    void usesTheKeychainsKeysWhenNoneWereTyped()
    {
        m_scene->addSaved(u"Production"_s);
        m_scene->open();
        transport().expect(Action::DescribeOptOutLists).reply(200, page({}));
        m_scene->click("testConnection");
        QTRY_VERIFY(m_scene->notice().contains(u"The connection works."_s));
        QVERIFY(m_scene->notice().contains(u"no opt-out lists"_s));
    }

    void namesTheMissingPermission()
    {
        m_scene->addSaved(u"Production"_s);
        m_scene->open();
        transport()
            .expect(Action::DescribeOptOutLists)
            .reply(400,
                json("{'__type':'AccessDeniedException','Message':'User: x is not authorized to perform: "
                     "sms-voice:DescribeOptOutLists'}"),
                { { "x-amzn-RequestId", "11111111-2222-3333-4444-555555555555" } });
        transport()
            .expect(Action::DescribeOptedOutNumbers, json("{'OptOutListName':'Default','MaxResults':1}"))
            .reply(400, json("{'__type':'ResourceNotFoundException','Message':'none'}"));
        m_scene->click("testConnection");
        QTRY_VERIFY(m_scene->notice().contains(u"sms-voice:DescribeOptOutLists"_s));
        QVERIFY(!m_scene->notice().contains(u"sms-voice:DescribeOptedOutNumbers"_s)); // that one is allowed
        QVERIFY(m_scene->notice().contains(u"11111111-2222-3333-4444-555555555555"_s));
        QVERIFY(m_scene->widget("noticeMore")->isVisible());
    }

    void namesTheMissingPermissionToRead()
    {
        m_scene->signIns.identity = readerIdentity();
        m_scene->setProfiles(u"[profile dev]\n"_s);
        m_scene->open();
        transport().expect(Action::DescribeOptOutLists).reply(200, page({ "Default" }));
        transport()
            .expect(Action::DescribeOptedOutNumbers)
            .reply(400, json("{'__type':'AccessDeniedException','Message':'no'}"));
        m_scene->click("testConnection");
        QTRY_VERIFY(m_scene->notice().contains(u"Missing: sms-voice:DescribeOptedOutNumbers."_s));
        QVERIFY2(
            m_scene->notice().contains(u"role ReadOnly in account 1111-2222-3333"_s), qPrintable(m_scene->notice()));
        m_scene->click("copyPolicy");
        QCOMPARE(QGuiApplication::clipboard()->text(), leastPolicy());
        QVERIFY(m_scene->notice().contains(u"on the clipboard"_s));
    }

    void tellsWhyThisProfile()
    {
        m_scene->signIns.identity = readerIdentity();
        m_scene->signIns.words = u"role ReadOnly"_s;
        m_scene->signIns.until = m_scene->clock.now() + std::chrono::minutes(41);
        m_scene->signIns.lines = { { SignInTraceLine::Outcome::Used, u"profile dev: role_arn x"_s, {} } };
        m_scene->setProfiles(u"[profile dev]\n"_s);
        m_scene->open();
        QVERIFY(!m_scene->widget("factAccount")->isVisible());
        transport().expect(Action::DescribeOptOutLists).reply(200, page({}));
        m_scene->click("testConnection");
        QTRY_VERIFY(m_scene->notice().contains(u"The connection works."_s));
        QCOMPARE(m_scene->widget<QLabel>("factAccount")->text(), u"1111-2222-3333"_s);
        QVERIFY(m_scene->widget<QLabel>("factIdentity")->text().startsWith(u"role ReadOnly"_s));
        QCOMPARE(m_scene->widget<QLabel>("factTime")->text(), u"41 min left"_s);
        QVERIFY(!m_scene->widget("traceLine")->isVisible());
        m_scene->click("whyThisOne");
        QVERIFY(m_scene->widget("traceLine")->isVisible());
        QCOMPARE(m_scene->widget<QLabel>("traceLine")->text(), u"Used: profile dev: role_arn x"_s);
        QVERIFY(m_scene->widget("whyThisOne")->accessibleDescription().contains(u"profile dev"_s));
    }

    void showsTheStepThatFailed()
    {
        m_scene->signIns.failure = Error { .kind = Error::Kind::AccessDenied,
            .code = u"AccessDenied"_s,
            .detail = u"profile dev: STS refuses the role."_s };
        m_scene->signIns.lines = { { .outcome = SignInTraceLine::Outcome::Failed,
            .step = u"profile dev: role_arn x"_s,
            .words = u"AccessDenied by STS"_s } };
        m_scene->setProfiles(u"[profile dev]\n"_s);
        m_scene->open();
        m_scene->click("testConnection");
        QTRY_VERIFY(m_scene->notice().contains(u"Sign-in needed."_s));
        QVERIFY(m_scene->notice().contains(u"STS refuses the role."_s));
        QTRY_VERIFY(m_scene->widget("traceLine")->isVisible()); // opened by itself
        QCOMPARE(
            m_scene->widget<QLabel>("traceLine")->text(), u"Failed: profile dev: role_arn x. AccessDenied by STS"_s);
        m_scene->signIns.failure.reset();
        transport().expect(Action::DescribeOptOutLists).reply(200, page({}));
        m_scene->click("tryAgain");
        QTRY_VERIFY(m_scene->notice().contains(u"The connection works."_s));
        QCOMPARE(m_scene->signIns.prepared, 2); // begun anew
    }

    void saysThatKeysAreWrong()
    {
        m_scene->addSaved(u"Production"_s);
        m_scene->open();
        transport()
            .expect(Action::DescribeOptOutLists)
            .reply(400, json("{'__type':'UnrecognizedClientException','message':'The security token is invalid.'}"));
        m_scene->click("testConnection");
        QTRY_VERIFY(m_scene->notice().contains(u"Compare both keys"_s));
    }

    void doesNotGoOnForLongWithoutNetwork()
    {
        m_scene->addSaved(u"Production"_s);
        m_scene->open();
        const Error lost { .kind = Error::Kind::Network, .detail = u"connection refused"_s };
        transport().expect(Action::DescribeOptOutLists).fail(lost);
        transport().expect(Action::DescribeOptOutLists).fail(lost);
        m_scene->click("testConnection");
        QTRY_VERIFY_WITH_TIMEOUT(
            m_scene->notice().contains(u"cannot be reached"_s) && m_scene->widget("testConnection")->isEnabled(),
            10'000);
    }

    void canBeCancelled()
    {
        m_scene->addSaved(u"Production"_s);
        m_scene->open();
        transport().expect(Action::DescribeOptOutLists).stall();
        m_scene->click("testConnection");
        QTRY_COMPARE(transport().underWay(), 1);
        QVERIFY(!m_scene->widget("testConnection")->isEnabled());
        m_scene->click("cancelTask");
        QCOMPARE(transport().underWay(), 0);
        QVERIFY(m_scene->widget("testConnection")->isEnabled());
        QCOMPARE(m_scene->notice(), QString());
    }

    void escapeEndsItAndCloses()
    {
        m_scene->addSaved(u"Production"_s);
        m_scene->open();
        transport().expect(Action::DescribeOptOutLists).stall();
        m_scene->click("testConnection");
        QTRY_COMPARE(transport().underWay(), 1);
        QTest::keyClick(m_scene->dialog.get(), Qt::Key_Escape);
        QCOMPARE(transport().underWay(), 0);
        QTRY_VERIFY(m_scene->dialog->isHidden());
    }

    void namesTheKeychainsTrouble()
    {
        m_scene->addSaved(u"Production"_s);
        m_scene->keychain.failWith(u"KeychainLocked"_s);
        m_scene->open();
        m_scene->click("testConnection");
        QTRY_VERIFY(m_scene->notice().contains(u"The keychain is locked."_s));
        m_scene->keychain.failWith({});
        transport().expect(Action::DescribeOptOutLists).reply(200, page({}));
        m_scene->click("tryAgain");
        QTRY_VERIFY(m_scene->notice().contains(u"The connection works."_s));
    }

    void asksForKeysThatTheKeychainLost()
    {
        const QString id = m_scene->addSaved(u"Production"_s);
        m_scene->keychain.entries().erase(id);
        m_scene->open();
        m_scene->click("testConnection");
        QTRY_VERIFY(m_scene->notice().contains(u"The keychain holds no keys"_s));
        QTRY_VERIFY(m_scene->widget("accessKeyId")->hasFocus());
    }

    void aChangeOfTheFieldsTakesTheVerdictAway()
    {
        m_scene->addSaved(u"Production"_s);
        m_scene->open();
        transport().expect(Action::DescribeOptOutLists).reply(200, page({}));
        m_scene->click("testConnection");
        QTRY_VERIFY(m_scene->notice().contains(u"The connection works."_s));
        m_scene->type("connectionName", u"Other"_s);
        QCOMPARE(m_scene->notice(), QString());
    }
};

QTEST_MAIN(TestConnectionTrial)
#include "tst_connectiontrial.moc"
