// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signinfixture.h"

#include "fakes/fakecredentials.h"
#include "signin/identity.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

namespace {
const QByteArray answer = "<GetCallerIdentityResponse><GetCallerIdentityResult>"
                          "<Arn>arn:aws:sts::111122223333:assumed-role/Reader/ann</Arn><UserId>AROA:ann</UserId>"
                          "<Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

struct Fixture : SignInFixture {
    std::shared_ptr<FakeCredentialsProvider> credentials = std::make_shared<FakeCredentialsProvider>();

    Result<CallerIdentity> ask()
    {
        auto *operation = new IdentityOperation(transport, clock, credentials, settings, &owner);
        QSignalSpy spy(operation, &IdentityOperation::finished);
        operation->start();
        if (!spy.isEmpty() || !spy.wait(5'000))
            return Error { .detail = u"finished too early or never"_s };
        return spy.first().first().value<Result<CallerIdentity>>();
    }
};
} // namespace

class TestIdentity final : public QObject {
    Q_OBJECT

private slots:
    void shortensTheArn_data();
    void shortensTheArn();
    void asksSts();
    void triesOnceMoreAfterAFault();
    void triesOnceMoreAfterALongQuestion();
    void renewsRefusedKeysOnce();
    void tellsWhatFailed();
    void stopsWhenDeleted();
};

void TestIdentity::shortensTheArn_data()
{
    QTest::addColumn<QString>("arn");
    QTest::addColumn<QString>("words");
    QTest::newRow("role") << u"arn:aws:sts::1:assumed-role/Reader/session"_s << u"role Reader"_s;
    QTest::newRow("user") << u"arn:aws:iam::1:user/team/ann"_s << u"user ann"_s;
    QTest::newRow("root") << u"arn:aws:iam::1:root"_s << u"root user"_s;
    QTest::newRow("federated") << u"arn:aws:sts::1:federated-user/ann"_s << u"user ann"_s;
    QTest::newRow("something new") << u"arn:aws:sts::1:thing/x"_s << u"thing/x"_s;
}

void TestIdentity::shortensTheArn()
{
    QFETCH(QString, arn);
    QFETCH(QString, words);
    QCOMPARE((CallerIdentity { .account = {}, .arn = arn, .userId = {} }).shortName(), words);
}

void TestIdentity::asksSts()
{
    Fixture f;
    f.expectSts().reply(200, answer);
    const Result<CallerIdentity> got = f.ask();
    QCOMPARE(f.transport.complaints(), QStringList());
    QVERIFY(got);
    QCOMPARE(got->account, u"111122223333"_s);
    QCOMPARE(got->shortName(), u"role Reader"_s);
    QCOMPARE(f.transport.requests().first().body, "Action=GetCallerIdentity&Version=2011-06-15");
}

void TestIdentity::triesOnceMoreAfterAFault()
{
    Fixture f;
    f.expectSts().reply(500, {});
    f.expectSts().reply(200, answer);
    QVERIFY(f.ask());
    f.expectSts().reply(500, {});
    f.expectSts().reply(503, {});
    const Result<CallerIdentity> got = f.ask();
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::ServiceFault);
    QCOMPARE(f.transport.complaints(), QStringList());
}

//! The proxy's password was asked for meanwhile: that time is not STS's.
void TestIdentity::triesOnceMoreAfterALongQuestion()
{
    Fixture f;
    f.expectSts().then([&f] { f.clock.advance(std::chrono::minutes(5)); }).reply(500, {});
    f.expectSts().reply(200, answer);
    QVERIFY(f.ask());
    QCOMPARE(f.transport.complaints(), QStringList());
}

void TestIdentity::renewsRefusedKeysOnce()
{
    Fixture f;
    f.credentials->addNext(FakeCredentialsProvider::credentials(u"AKIDEXAMPLE000000002"_s));
    f.credentials->addNext(FakeCredentialsProvider::credentials(u"AKIDEXAMPLE000000003"_s));
    f.expectSts().reply(403, f.refused("ExpiredToken", "The security token is expired."));
    f.expectSts().reply(200, answer).check([](const HttpRequest &request) {
        return FakeTransport::header(request, "Authorization").contains("AKIDEXAMPLE000000002") ? QString()
                                                                                                : u"the old keys"_s;
    });
    QVERIFY(f.ask());
    QCOMPARE(f.credentials->refused(), u"AKIDEXAMPLE000000001"_s);
    f.expectSts().reply(403, f.refused("ExpiredToken", "The security token is expired."));
    f.expectSts().reply(403, f.refused("ExpiredToken", "The security token is expired."));
    QVERIFY(!f.ask());
    QCOMPARE(f.credentials->invalidated(), 2);
    QCOMPARE(f.transport.complaints(), QStringList());
}

void TestIdentity::tellsWhatFailed()
{
    Fixture f;
    f.expectSts().reply(403, f.refused("InvalidClientTokenId", "The security token is invalid."));
    const Result<CallerIdentity> refused = f.ask();
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::NoCredentials);
    QCOMPARE(refused.error().detail, u"InvalidClientTokenId by STS: The security token is invalid."_s);
    f.credentials->replace(Error { .kind = Error::Kind::Storage, .detail = u"locked"_s });
    const Result<CallerIdentity> none = f.ask();
    QVERIFY(!none);
    QCOMPARE(none.error().detail, u"locked"_s);
}

void TestIdentity::stopsWhenDeleted()
{
    Fixture f;
    f.expectSts().stall();
    auto *operation = new IdentityOperation(f.transport, f.clock, f.credentials, f.settings, &f.owner);
    operation->start();
    QTRY_COMPARE(f.transport.underWay(), 1);
    delete operation;
    QCOMPARE(f.transport.underWay(), 0);
}

QTEST_GUILESS_MAIN(TestIdentity)
#include "tst_identity.moc"
