// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signinfixture.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;
using namespace std::chrono_literals;

namespace {
const QByteArray badCode = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";

Secret code(const char *digits) { return Secret(QByteArrayView(digits)); }
} // namespace

class TestAssumeRoleSource final : public QObject {
    Q_OBJECT

private slots:
    void asksForTheRole();
    void sendsWhatIsSet();
    void followsAChain();
    void keepsTheKeysInsideAChain();
    void beginsAgainWhenKeptKeysAreRefused();
    void keepsTheKeysInsideAChainAfterAFault();
    void asksForACode();
    void asksAgainWhenTheCodeIsRefused();
    void givesUpAfterThreeCodes();
    void judgesCodesItself();
    void tellsOfCancelling();
    void namesWhatFailed_data();
    void namesWhatFailed();
    void triesAgainAfterAFault();
    void correctsTheClockOnce();
    void movesTheEndToTheLocalClock();
    void needsARegion();
    void stopsWhenDeleted();
};

void TestAssumeRoleSource::asksForTheRole()
{
    SignInFixture f;
    f.expectSts().reply(200, f.assumed("ASIAROLE", f.clock.now() + 1h)).check([](const HttpRequest &request) {
        return FakeTransport::header(request, "Authorization").contains("Credential=AKIDSOURCE/20240301/eu-west-1/sts/")
            ? QString()
            : u"not signed for sts"_s;
    });
    const Result<Credentials> got = f.run(f.roleStep({}));
    QCOMPARE(f.transport.complaints(), QStringList());
    QVERIFY(got);
    QCOMPARE(got->accessKeyId, u"ASIAROLE"_s);
    QCOMPARE(got->expires, f.clock.now() + 1h);
    const HttpRequest &request = f.transport.requests().first();
    QCOMPARE(f.field(request, u"Action"_s), u"AssumeRole"_s);
    QCOMPARE(f.field(request, u"RoleArn"_s), u"arn:aws:iam::111122223333:role/Reader"_s);
    QCOMPARE(f.field(request, u"RoleSessionName"_s), u"optout-browser-1709287200"_s);
    for (const QString &absent : { u"ExternalId"_s, u"DurationSeconds"_s, u"SerialNumber"_s, u"TokenCode"_s })
        QVERIFY(!request.body.contains(absent.toUtf8()));
}

void TestAssumeRoleSource::sendsWhatIsSet()
{
    SignInFixture f;
    f.settings.endpoints.sts = u"http://127.0.0.1:4/sts"_s;
    f.transport.expect(HttpRequest::Method::Post, QUrl(u"http://127.0.0.1:4/sts"_s))
        .reply(200, f.assumed("ASIAROLE", f.clock.now() + 1h));
    QVERIFY(f.run(f.roleStep({ .roleArn = {}, .sessionName = u"ann"_s, .externalId = u"a&b=c"_s, .duration = 900s })));
    QCOMPARE(f.transport.complaints(), QStringList());
    const HttpRequest &request = f.transport.requests().first();
    QCOMPARE(f.field(request, u"RoleSessionName"_s), u"ann"_s);
    QCOMPARE(f.field(request, u"ExternalId"_s), u"a&b=c"_s);
    QCOMPARE(f.field(request, u"DurationSeconds"_s), u"900"_s);
}

void TestAssumeRoleSource::followsAChain()
{
    SignInFixture f;
    f.expectSts().reply(200, f.assumed("ASIAFIRST", f.clock.now() + 1h));
    f.expectSts().reply(200, f.assumed("ASIASECOND", f.clock.now() + 1h));
    const SignInStep inner = f.roleStep({ .roleArn = u"arn:aws:iam::1:role/Inner"_s });
    const Result<Credentials> got = f.run(f.roleStep({}, inner));
    QCOMPARE(f.transport.complaints(), QStringList());
    QVERIFY(got);
    QCOMPARE(got->accessKeyId, u"ASIASECOND"_s);
    QVERIFY(FakeTransport::header(f.transport.requests().at(1), "Authorization").contains("Credential=ASIAFIRST/"));
    QCOMPARE(FakeTransport::header(f.transport.requests().at(1), "X-Amz-Security-Token"), "canary-token");
}

void TestAssumeRoleSource::keepsTheKeysInsideAChain()
{
    SignInFixture f;
    const SignInStep outer = f.roleStep({}, f.roleStep({ .roleArn = u"arn:aws:iam::1:role/Inner"_s }));
    const SourceParts parts = f.parts();
    f.expectSts().reply(200, f.assumed("ASIAINNER", f.clock.now() + 2h));
    f.expectSts().reply(200, f.assumed("ASIAOUTER1", f.clock.now() + 1h));
    f.expectSts().reply(200, f.assumed("ASIAOUTER2", f.clock.now() + 1h));
    QVERIFY(f.run(makeSource(outer, parts, &f.owner)));
    f.clock.advance(1h);
    const Result<Credentials> second = f.run(makeSource(outer, parts, &f.owner));
    QVERIFY(second);
    QCOMPARE(second->accessKeyId, u"ASIAOUTER2"_s);
    QCOMPARE(f.transport.complaints(), QStringList());
    // Not for longer than they hold.
    f.clock.advance(55min);
    f.expectSts().reply(200, f.assumed("ASIAINNER", f.clock.now() + 2h));
    f.expectSts().reply(200, f.assumed("ASIAOUTER3", f.clock.now() + 1h));
    QVERIFY(f.run(makeSource(outer, parts, &f.owner)));
    QCOMPARE(f.transport.complaints(), QStringList());
}

void TestAssumeRoleSource::beginsAgainWhenKeptKeysAreRefused()
{
    SignInFixture f;
    const SignInStep outer = f.roleStep({}, f.roleStep({ .roleArn = u"arn:aws:iam::1:role/Inner"_s }));
    const SourceParts parts = f.parts();
    f.expectSts().reply(200, f.assumed("ASIAINNER1", f.clock.now() + 2h));
    f.expectSts().reply(200, f.assumed("ASIAOUTER1", f.clock.now() + 1h));
    QVERIFY(f.run(makeSource(outer, parts, &f.owner)));
    f.expectSts().reply(403, f.refused("ExpiredToken", "The security token included in the request is expired"));
    f.expectSts().reply(200, f.assumed("ASIAINNER2", f.clock.now() + 2h));
    f.expectSts().reply(200, f.assumed("ASIAOUTER2", f.clock.now() + 1h));
    const Result<Credentials> got = f.run(makeSource(outer, parts, &f.owner));
    QCOMPARE(f.transport.complaints(), QStringList());
    QVERIFY(got);
    QCOMPARE(got->accessKeyId, u"ASIAOUTER2"_s);
}

//! The first role cost a code: a fault of the second call must not cost another.
void TestAssumeRoleSource::keepsTheKeysInsideAChainAfterAFault()
{
    SignInFixture f;
    const SignInStep outer =
        f.roleStep({}, f.roleStep({ .roleArn = u"arn:aws:iam::1:role/Inner"_s, .mfaSerial = u"m"_s }));
    const SourceParts parts = f.parts();
    f.prompt.codes = { Secret(QByteArrayView("123456")) };
    f.expectSts().reply(200, f.assumed("ASIAINNER1", f.clock.now() + 2h));
    for (int i = 0; i < 3; ++i)
        f.expectSts().fail({ .kind = Error::Kind::Network, .detail = u"no route"_s });
    QVERIFY(!f.run(makeSource(outer, parts, &f.owner)));
    f.expectSts().reply(403, f.refused("AccessDenied", "Not yet"));
    QVERIFY(!f.run(makeSource(outer, parts, &f.owner)));
    f.expectSts().reply(200, f.assumed("ASIAOUTER1", f.clock.now() + 1h));
    QVERIFY(f.run(makeSource(outer, parts, &f.owner)));
    QCOMPARE(f.prompt.questions.size(), 1);
    QCOMPARE(f.transport.complaints(), QStringList());
}

void TestAssumeRoleSource::asksForACode()
{
    SignInFixture f;
    f.prompt.codes = { code("123456") };
    f.expectSts().reply(200, f.assumed("ASIAROLE", f.clock.now() + 1h));
    QVERIFY(f.run(f.roleStep({ .roleArn = {}, .mfaSerial = u"arn:aws:iam::1:mfa/ann"_s })));
    QCOMPARE(f.prompt.questions.size(), 1);
    QCOMPARE(f.prompt.questions.first().mfaSerial, u"arn:aws:iam::1:mfa/ann"_s);
    QCOMPARE(f.prompt.questions.first().profile, u"dev"_s);
    QVERIFY(f.prompt.questions.first().problem.isEmpty());
    QCOMPARE(f.field(f.transport.requests().first(), u"SerialNumber"_s), u"arn:aws:iam::1:mfa/ann"_s);
    QCOMPARE(f.field(f.transport.requests().first(), u"TokenCode"_s), u"123456"_s);
}

void TestAssumeRoleSource::asksAgainWhenTheCodeIsRefused()
{
    SignInFixture f;
    f.prompt.codes = { code("111111"), code("222222"), code("333333") };
    f.expectSts().reply(403, f.refused("AccessDenied", badCode));
    f.expectSts().reply(403, f.refused("AccessDenied", badCode));
    f.expectSts().reply(200, f.assumed("ASIAROLE", f.clock.now() + 1h));
    QVERIFY(f.run(f.roleStep({ .roleArn = {}, .mfaSerial = u"m"_s })));
    QCOMPARE(f.transport.complaints(), QStringList());
    QCOMPARE(f.prompt.questions.size(), 3);
    QVERIFY(f.prompt.questions.at(1).problem.contains("refused"_L1));
    QCOMPARE(f.field(f.transport.requests().last(), u"TokenCode"_s), u"333333"_s);
}

void TestAssumeRoleSource::givesUpAfterThreeCodes()
{
    SignInFixture f;
    f.prompt.codes = { code("111111"), code("222222"), code("333333"), code("444444") };
    for (int i = 0; i < 3; ++i)
        f.expectSts().reply(403, f.refused("AccessDenied", badCode));
    const Result<Credentials> got = f.run(f.roleStep({ .roleArn = {}, .mfaSerial = u"m"_s }));
    QCOMPARE(f.transport.complaints(), QStringList());
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::AccessDenied);
    QVERIFY2(got.error().detail.contains("MultiFactorAuthentication failed"_L1), qPrintable(got.error().detail));
    QVERIFY(!got.error().detail.contains("333333"_L1));
}

void TestAssumeRoleSource::judgesCodesItself()
{
    SignInFixture f;
    f.prompt.codes = { code("12345"), code("12345a"), code("canary") };
    const Result<Credentials> got = f.run(f.roleStep({ .roleArn = {}, .mfaSerial = u"m"_s }));
    QVERIFY(!got);
    QCOMPARE(f.transport.requests().size(), 0);
    QCOMPARE(f.prompt.questions.size(), 3);
    QCOMPARE(got.error().kind, Error::Kind::NoCredentials);
    QVERIFY(!got.error().detail.contains("canary"_L1));
}

void TestAssumeRoleSource::tellsOfCancelling()
{
    SignInFixture f;
    f.prompt.codes = { Error { .kind = Error::Kind::Cancelled, .detail = u"No code was given."_s } };
    const Result<Credentials> got = f.run(f.roleStep({ .roleArn = {}, .mfaSerial = u"m"_s }));
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::Cancelled);
    QCOMPARE(f.transport.requests().size(), 0);
}

void TestAssumeRoleSource::namesWhatFailed_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("detail");
    const QString step = u"profile dev: role_arn arn:aws:iam::111122223333:role/Reader: "_s;
    QTest::newRow("refused") << 403 << SignInFixture::refused("AccessDenied", "User x is not authorized")
                             << Error::Kind::AccessDenied << step + u"AccessDenied by STS: User x is not authorized"_s;
    QTest::newRow("keys not known") << 403 << SignInFixture::refused("InvalidClientTokenId", "The token is invalid")
                                    << Error::Kind::NoCredentials
                                    << step + u"InvalidClientTokenId by STS: The token is invalid"_s;
    QTest::newRow("duration") << 400 << SignInFixture::refused("ValidationError", "The duration is too long")
                              << Error::Kind::InvalidInput
                              << step + u"ValidationError by STS: The duration is too long"_s;
}

void TestAssumeRoleSource::namesWhatFailed()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Error::Kind, kind);
    QFETCH(QString, detail);
    SignInFixture f;
    f.expectSts().reply(status, body);
    const Result<Credentials> got = f.run(f.roleStep({}));
    QVERIFY(!got);
    QCOMPARE(got.error().kind, kind);
    QCOMPARE(got.error().detail, detail);
    QCOMPARE(got.error().requestId, u"request-1"_s);
}

void TestAssumeRoleSource::triesAgainAfterAFault()
{
    SignInFixture f;
    f.expectSts().reply(500, f.refused("InternalFailure", "Sorry"));
    f.expectSts().reply(200, "<html>canary-role-secret</html>");
    f.expectSts().reply(200, f.assumed("ASIAROLE", f.clock.now() + 1h));
    QVERIFY(f.run(f.roleStep({})));
    QCOMPARE(f.transport.complaints(), QStringList());
    for (int i = 0; i < 3; ++i)
        f.expectSts().fail({ .kind = Error::Kind::Network, .detail = u"sts.eu-west-1.amazonaws.com refused"_s });
    const Result<Credentials> got = f.run(f.roleStep({}));
    QCOMPARE(f.transport.complaints(), QStringList());
    QVERIFY(!got);
    QVERIFY2(
        got.error().detail.endsWith("STS: sts.eu-west-1.amazonaws.com refused"_L1), qPrintable(got.error().detail));
}

void TestAssumeRoleSource::correctsTheClockOnce()
{
    SignInFixture f; // this computer says 10:00
    const FakeTransport::Headers date { { "Date", "Fri, 01 Mar 2024 10:10:00 GMT" } };
    f.expectSts().reply(403, f.refused("SignatureDoesNotMatch", "Signature expired"), date);
    f.expectSts().reply(200, f.assumed("ASIAROLE", f.clock.now() + 70min), date).check([](const HttpRequest &request) {
        const QByteArray signedAt = FakeTransport::header(request, "X-Amz-Date");
        return signedAt == "20240301T101000Z" ? QString() : QString::fromLatin1(signedAt);
    });
    const Result<Credentials> got = f.run(f.roleStep({}));
    QCOMPARE(f.transport.complaints(), QStringList());
    QVERIFY(got);
    QCOMPARE(got->expires, f.clock.now() + 1h); // by this computer's clock

    f.expectSts().reply(403, f.refused("SignatureDoesNotMatch", "Signature expired"), date);
    f.expectSts().reply(403, f.refused("SignatureDoesNotMatch", "Wrong secret"), date);
    QVERIFY(!f.run(f.roleStep({})));
    QCOMPARE(f.transport.complaints(), QStringList());
}

void TestAssumeRoleSource::movesTheEndToTheLocalClock()
{
    SignInFixture f; // this computer is two hours ahead of the world
    f.expectSts().reply(
        200, f.assumed("ASIAROLE", f.clock.now() - 1h), { { "Date", "Fri, 01 Mar 2024 08:00:00 GMT" } });
    const Result<Credentials> got = f.run(f.roleStep({}));
    QVERIFY(got);
    QCOMPARE(got->expires, f.clock.now() + 1h);
}

void TestAssumeRoleSource::needsARegion()
{
    SignInFixture f;
    f.settings.region.clear();
    const Result<Credentials> got = f.run(f.roleStep({}));
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::InvalidInput);
    QVERIFY2(got.error().detail.contains("Missing Region"_L1), qPrintable(got.error().detail));
}

void TestAssumeRoleSource::stopsWhenDeleted()
{
    SignInFixture f;
    f.expectSts().stall();
    CredentialSource *source = makeSource(f.roleStep({}), f.parts(), &f.owner);
    QSignalSpy spy(source, &CredentialSource::finished);
    source->start();
    QTRY_COMPARE(f.transport.underWay(), 1);
    delete source;
    QCOMPARE(f.transport.underWay(), 0);
    QCOMPARE(spy.count(), 0);
}

QTEST_GUILESS_MAIN(TestAssumeRoleSource)
#include "tst_assumerolesource.moc"
