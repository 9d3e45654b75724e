// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "apicallfixture.h"

#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

namespace {
const QByteArray wrongSignature = R"({"__type":"InvalidSignatureException","message":"Signature expired"})";
const QByteArray expiredToken =
    R"({"__type":"ExpiredTokenException","message":"The security token included in the request is expired"})";
} // namespace

class TestApiCallCredentials final : public ApiCallFixture {
    Q_OBJECT
private slots:
    void clockIsCorrectedOnce();
    void clockIsCorrectedForAllCalls();
    void twoCallsWithTheSameWrongClock();
    void clockThatIsRightIsLeftAlone_data();
    void clockThatIsRightIsLeftAlone();
    void secondClockErrorIsFinal();
    void clockCorrectionTakesNoAttempt();

    void expiredCredentialsAreRenewedOnce();
    void credentialsThatCannotBeRenewed();
    void renewedCredentialsThatAreRefusedToo();
    void keysOfAnotherAccountAreNotUsed();
    void credentialsThatCannotBeHad();
    void signInThatFailsForAWhile();
    void signInThatMayNotBeRepeated();
    void keysAtHandGoAtOnce();
    void timeOfASignInDoesNotCount();
    void timeOfAQuestionInARequestDoesNotCount();
};

void TestApiCallCredentials::clockIsCorrectedOnce()
{
    f->transport.expect(action).reply(403, wrongSignature, answerHeaders("Fri, 01 Mar 2024 10:20:30 GMT"));
    f->transport.expect(action).reply(200, "{}").check(
        [](const HttpRequest &request) { return signedAt(request, "20240301T102030Z"); });
    QVERIFY(run());
    QVERIFY(m_waits.isEmpty()); // at once
}

void TestApiCallCredentials::clockIsCorrectedForAllCalls()
{
    f->transport.expect(action).reply(403, wrongSignature, answerHeaders("Fri, 01 Mar 2024 09:30:00 GMT"));
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run());
    f->clock.advance(10s);
    f->transport.expect(action).reply(200, "{}").check(
        [](const HttpRequest &request) { return signedAt(request, "20240301T093010Z"); });
    QVERIFY(run());
}

void TestApiCallCredentials::twoCallsWithTheSameWrongClock()
{
    // Both are under way when the first answer corrects the clock.
    for (int i = 0; i < 2; ++i) {
        f->transport.expect(action)
            .reply(403, wrongSignature, answerHeaders("Fri, 01 Mar 2024 10:20:30 GMT"))
            .afterOthers(1 - i);
    }
    for (int i = 0; i < 2; ++i) {
        f->transport.expect(action).reply(200, "{}").check(
            [](const HttpRequest &request) { return signedAt(request, "20240301T102030Z"); });
    }
    QObject owner;
    ApiCall *first = newCall(&owner);
    ApiCall *second = newCall(&owner);
    QSignalSpy firstFinished(first, &ApiCall::finished);
    QSignalSpy secondFinished(second, &ApiCall::finished);
    first->start();
    second->start();
    QTRY_COMPARE(firstFinished.size() + secondFinished.size(), 2);
    QVERIFY(onlyOutcome(firstFinished));
    QVERIFY(onlyOutcome(secondFinished));
}

void TestApiCallCredentials::clockThatIsRightIsLeftAlone_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("date");
    QTest::newRow("four minutes are within bounds") << wrongSignature << QByteArray("Fri, 01 Mar 2024 10:04:00 GMT");
    QTest::newRow("also the other way") << wrongSignature << QByteArray("Fri, 01 Mar 2024 09:56:00 GMT");
    QTest::newRow("another error") << QByteArray(R"({"__type":"AccessDeniedException"})")
                                   << QByteArray("Fri, 01 Mar 2024 11:00:00 GMT");
    QTest::newRow("no date") << wrongSignature << QByteArray();
    QTest::newRow("a date that is none") << wrongSignature << QByteArray("yesterday");
}

void TestApiCallCredentials::clockThatIsRightIsLeftAlone()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, date);
    f->transport.expect(action).reply(403, body, answerHeaders(date));
    QVERIFY(!run());
    QCOMPARE(m_context->clockOffset, 0ms);
}

void TestApiCallCredentials::secondClockErrorIsFinal()
{
    f->transport.expect(action).reply(403, wrongSignature, answerHeaders("Fri, 01 Mar 2024 10:20:30 GMT"));
    f->transport.expect(action).reply(403, wrongSignature, answerHeaders("Fri, 01 Mar 2024 10:40:30 GMT"));
    const Result<Done> outcome = run();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, u"InvalidSignatureException"_s);
}

void TestApiCallCredentials::clockCorrectionTakesNoAttempt()
{
    f->retry.maxAttempts = 1;
    f->transport.expect(action).reply(403, wrongSignature, answerHeaders("Fri, 01 Mar 2024 10:20:30 GMT"));
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run());
}

void TestApiCallCredentials::expiredCredentialsAreRenewedOnce()
{
    f->credentials->addNext(FakeCredentialsProvider::credentials(u"AKIDEXAMPLE000000002"_s));
    f->transport.expect(action).reply(403, expiredToken, answerHeaders());
    f->transport.expect(action).reply(200, "{}").check([](const HttpRequest &request) {
        return FakeTransport::header(request, "Authorization").contains("AKIDEXAMPLE000000002") ? QString()
                                                                                                : u"the old keys"_s;
    });
    QVERIFY(run());
    QCOMPARE(f->credentials->invalidated(), 1);
    QCOMPARE(f->credentials->refused(), u"AKIDEXAMPLE000000001"_s);
    QVERIFY(m_waits.isEmpty());
}

void TestApiCallCredentials::credentialsThatCannotBeRenewed()
{
    f->transport.expect(action).reply(403, expiredToken, answerHeaders());
    const Result<Done> outcome = run();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Kind::NoCredentials);
    QCOMPARE(outcome.error().requestId, QString::fromLatin1(requestId));
    QCOMPARE(f->credentials->invalidated(), 1);
}

void TestApiCallCredentials::renewedCredentialsThatAreRefusedToo()
{
    f->credentials->addNext(FakeCredentialsProvider::credentials(u"AKIDEXAMPLE000000002"_s));
    f->credentials->addNext(FakeCredentialsProvider::credentials(u"AKIDEXAMPLE000000003"_s));
    f->transport.expect(action).reply(403, expiredToken, answerHeaders());
    f->transport.expect(action).reply(403, expiredToken, answerHeaders());
    const Result<Done> outcome = run();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Kind::NoCredentials);
    QCOMPARE(f->credentials->invalidated(), 1);
}

// Both may have a list of that name.
void TestApiCallCredentials::keysOfAnotherAccountAreNotUsed()
{
    f->credentials->replace(FakeCredentialsProvider::credentials(u"ASIAY34FZKBOKMUTVV7A"_s));
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run());
    f->credentials->replace(FakeCredentialsProvider::credentials(u"ASIAY34FZKBOKAAAAAAA"_s));
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run());
    f->credentials->replace(FakeCredentialsProvider::credentials(u"ASIAY34FZKBO27777777"_s));
    const Result<Done> outcome = run(Patience::Read);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, errorcode::accountChanged);
    QCOMPARE(m_sent, 2);
}

void TestApiCallCredentials::credentialsThatCannotBeHad()
{
    const Error error { .kind = Kind::NoCredentials, .detail = u"the keychain is locked"_s };
    f->credentials->replace(error);
    const Result<Done> outcome = run();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error(), error);
    QCOMPARE(m_sent, 0);
    QCOMPARE(f->credentials->invalidated(), 0);
}

void TestApiCallCredentials::signInThatFailsForAWhile()
{
    f->retry.maxAttempts = 2;
    f->credentials->replace(Error { .kind = Kind::Timeout, .detail = u"no answer from the sign-in service"_s });
    const Result<Done> outcome = run();
    QVERIFY(!outcome);
    QCOMPARE(f->credentials->provided(), 2);
    QCOMPARE(m_waits.size(), 1);
}

void TestApiCallCredentials::signInThatMayNotBeRepeated()
{
    const Error error { .kind = Kind::Timeout, .detail = u"no answer from the sign-in service"_s, .isFinal = true };
    f->credentials->replace(error);
    const Result<Done> outcome = run();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error(), error);
    QCOMPARE(f->credentials->provided(), 1);
    QVERIFY(m_waits.isEmpty());
}

void TestApiCallCredentials::keysAtHandGoAtOnce()
{
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run()); // whose keys they are is known from now on
    f->clock.advance(1s); // the pace lets it go
    f->transport.expect(action).reply(200, "{}");
    const int provided = f->credentials->provided();
    QObject owner;
    ApiCall *call = newCall(&owner);
    QSignalSpy finished(call, &ApiCall::finished);
    call->start();
    QCOMPARE(m_sent, f->credentials->isAtHand ? 2 : 1);
    QVERIFY(finished.isEmpty());
    QVERIFY(finished.wait());
    QVERIFY(onlyOutcome(finished));
    QCOMPARE(m_sent, 2);
    QCOMPARE(f->credentials->provided(), f->credentials->isAtHand ? provided : provided + 1);
}

void TestApiCallCredentials::timeOfASignInDoesNotCount()
{
    f->credentials->onProvide = [this] { f->clock.advance(10min); };
    f->transport.expect(action).reply(400, throttled(), againAtOnce());
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run());
    QCOMPARE(m_waits.size(), 1);
}

void TestApiCallCredentials::timeOfAQuestionInARequestDoesNotCount()
{
    f->transport.expect(action).then([this] { f->clock.advance(10min); }).reply(400, throttled(), againAtOnce());
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run());
}

QTEST_GUILESS_MAIN(TestApiCallCredentials)
#include "tst_apicallcredentials.moc"
