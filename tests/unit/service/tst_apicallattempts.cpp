// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "apicallfixture.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

class TestApiCallAttempts final : public ApiCallFixture {
    Q_OBJECT
private slots:
    void throttledThenFine();
    void everyAttemptIsSignedAnew();
    void attemptsAreCapped();
    void totalTimeIsCapped();
    void jitterDecidesTheDelay();
    void retryAfterIsKept();
    void throttledCallSparesItsAttempts();
    void throttlingHoldsBackOthers();
    void pacerSpacesCalls();
    void waitIsToldFromTheEventLoop();
    void holdDuringTheWaitIsKept();

    void throttlingNeverEndsARead();
    void readCountsFaultsOnly();
    void readWaitsForTheEndOfAFault();
    void throttledAnswerEndsAFault();
    void timeAsleepDoesNotCount();
    void timeWithoutNetworkDoesNotCount();
    void returnOfTheNetworkEndsTheWait();
    void returnOfTheNetworkChangesNothingElse();
    void retriesAreTakenFromTheQuota();
    void spentQuotaEndsASingleCall();
    void spentQuotaSlowsARead();

private:
    void drainQuota();
};

void TestApiCallAttempts::throttledThenFine()
{
    for (int i = 0; i < 3; ++i)
        f->transport.expect(action).reply(400, throttled(), againAtOnce());
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run());
    QCOMPARE(m_sent, 4);
    QCOMPARE(m_waits.size(), 3);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(m_waits.at(i).failedAttempts, i + 1);
        QCOMPARE(m_waits.at(i).reason.kind, Kind::Throttled);
        QCOMPARE(m_waits.at(i).reason.requestId, QString::fromLatin1(requestId));
    }
}

void TestApiCallAttempts::everyAttemptIsSignedAnew()
{
    f->transport.expect(action).reply(500, "{}").check(
        [](const HttpRequest &request) { return signedAt(request, "20240301T100000Z"); });
    f->transport.expect(action).reply(200, "{}").check(
        [](const HttpRequest &request) { return signedAt(request, "20240301T100007Z"); });
    QObject owner;
    ApiCall *call = newCall(&owner);
    connect(call, &ApiCall::waiting, this, [this] { f->clock.advance(7s); });
    QSignalSpy finished(call, &ApiCall::finished);
    call->start();
    QVERIFY(finished.wait());
    QVERIFY(onlyOutcome(finished));
    const QList<HttpRequest> &requests = f->transport.requests();
    QVERIFY(FakeTransport::header(requests.at(0), "Authorization")
        != FakeTransport::header(requests.at(1), "Authorization"));
}

void TestApiCallAttempts::attemptsAreCapped()
{
    f->retry.maxAttempts = 3;
    for (int i = 0; i < 3; ++i)
        f->transport.expect(action).reply(400, throttled(), againAtOnce());
    const Result<Done> outcome = run();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Kind::Throttled);
    QCOMPARE(m_sent, 3);
    QCOMPARE(m_waits.size(), 2);
}

void TestApiCallAttempts::totalTimeIsCapped()
{
    for (int i = 0; i < 3; ++i)
        f->transport.expect(action).reply(500, "{}").then([this] { f->clock.advance(101s); });
    const Result<Done> outcome = run();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Kind::ServiceFault);
    QCOMPARE(m_sent, 3);
}

void TestApiCallAttempts::jitterDecidesTheDelay()
{
    f->jitter = 0.5;
    f->retry.firstDelay = 400ms;
    f->transport.expect(action).reply(500, "{}");
    f->transport.expect(action).reply(500, "{}");
    f->transport.expect(action).reply(200, "{}");
    QObject owner;
    ApiCall *call = newCall(&owner);
    connect(call, &ApiCall::waiting, this, [this](const Waiting &waiting) { f->clock.advance(waiting.delay); });
    QSignalSpy finished(call, &ApiCall::finished);
    QElapsedTimer timer;
    timer.start();
    call->start();
    QVERIFY(finished.wait());
    QVERIFY(timer.elapsed() >= 60);
    QCOMPARE(m_waits.at(0).delay, 20ms);
    QCOMPARE(m_waits.at(1).delay, 40ms);
}

void TestApiCallAttempts::retryAfterIsKept()
{
    f->jitter = 0;
    f->transport.expect(action).reply(503, "{}", { { "Retry-After", "1" } });
    f->transport.expect(action).stall();
    QObject owner;
    ApiCall *call = newCall(&owner);
    call->start();
    QTRY_COMPARE(m_waits.size(), 1);
    QCOMPARE(m_waits.at(0).delay, 1000ms);
    QCOMPARE(m_sent, 1);
    f->transport.clear();
}

// Whatever the pacer, which may not know the quota yet, would allow.
void TestApiCallAttempts::throttledCallSparesItsAttempts()
{
    f->pacers.setLimits({ .headroom = 0 }); // it learns: some milliseconds each time
    f->jitter = 1;
    f->retry.firstDelay = 20ms;
    for (int i = 0; i < 3; ++i)
        f->transport.expect(action).reply(400, throttled());
    f->transport.expect(action).reply(200, "{}");
    QObject owner;
    ApiCall *call = newCall(&owner);
    connect(call, &ApiCall::waiting, this, [this] { f->clock.advance(5ms); });
    QSignalSpy finished(call, &ApiCall::finished);
    QElapsedTimer timer;
    timer.start();
    call->start();
    QVERIFY(finished.wait());
    QVERIFY(onlyOutcome(finished));
    QVERIFY(timer.elapsed() >= 20 + 40 + 80);
    for (int i = 0; i < 3; ++i)
        QVERIFY(m_waits.at(i).delay >= 20ms * (1 << i));
}

void TestApiCallAttempts::throttlingHoldsBackOthers()
{
    f->transport.expect(action).reply(400, throttled(), { { "Retry-After", "5" } });
    QObject owner;
    newCall(&owner)->start();
    QTRY_COMPARE(m_waits.size(), 1);
    QVERIFY(m_waits.at(0).delay >= 5s);
    QVERIFY(f->pacer().remainingHold() >= 5s);
    QVERIFY(f->pacer().claim() >= 5s);
}

void TestApiCallAttempts::pacerSpacesCalls()
{
    f->pacer().throttled(f->clock.steadyNow(), 60ms);
    f->transport.expect(action).reply(200, "{}");
    QElapsedTimer timer;
    timer.start();
    QTimer::singleShot(40, this, [this] { f->clock.advance(60ms); });
    QVERIFY(run());
    QVERIFY(timer.elapsed() >= 60);
}

// Who asks for several calls at once may be told to stop, or deleted, by whoever hears of the wait of one.
void TestApiCallAttempts::waitIsToldFromTheEventLoop()
{
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run()); // now it is known whose account it is, and a call claims its start at once
    f->pacer().throttled(f->clock.steadyNow(), 300ms);
    QObject owner;
    ApiCall *call = newCall(&owner);
    QSignalSpy told(call, &ApiCall::waitingForQuota);
    call->start();
    QVERIFY(told.isEmpty());
    QVERIFY(told.wait(100));
    QVERIFY(told.first().first().value<std::chrono::milliseconds>() >= 250ms);
}

void TestApiCallAttempts::holdDuringTheWaitIsKept()
{
    f->pacer().throttled(f->clock.steadyNow(), 20ms);
    f->transport.expect(action).reply(200, "{}");
    QObject owner;
    ApiCall *call = newCall(&owner);
    QSignalSpy finished(call, &ApiCall::finished);
    QElapsedTimer timer;
    timer.start();
    call->start(); // its turn comes in 20 ms
    f->pacer().throttled(f->clock.steadyNow(), 150ms); // but another call is throttled before that
    QVERIFY(finished.wait());
    QVERIFY(timer.elapsed() >= 150);
}

void TestApiCallAttempts::throttlingNeverEndsARead()
{
    f->retry.maxAttempts = 2;
    f->retry.longestTotal = 0ms;
    for (int i = 0; i < 30; ++i) {
        f->transport.expect(action).then([this] { f->clock.advance(1min); }).reply(400, throttled(), againAtOnce());
    }
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run(Patience::Read));
    QCOMPARE(m_waits.size(), 30);
    QCOMPARE(m_waits.last().reason.kind, Kind::Throttled);
    QCOMPARE(m_context->retryQuota.left(), RetryQuota::capacity);
}

void TestApiCallAttempts::readCountsFaultsOnly()
{
    f->retry.maxAttempts = 2;
    for (const bool isThrottled : { true, false, true, true })
        f->transport.expect(action).reply(isThrottled ? 400 : 500, isThrottled ? throttled() : "{}", againAtOnce());
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run(Patience::Read));

    f->transport.expect(action).reply(500, "{}");
    f->transport.expect(action).reply(400, throttled(), againAtOnce());
    f->transport.expect(action).reply(500, "{}");
    const Result<Done> outcome = run(Patience::Read);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Kind::ServiceFault);
}

void TestApiCallAttempts::readWaitsForTheEndOfAFault()
{
    for (int i = 0; i < 7; ++i) // the first one begins the fault, six more make it last 606 s
        f->transport.expect(action).reply(500, "{}").then([this] { f->clock.advance(101s); });
    const Result<Done> outcome = run(Patience::Read);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Kind::ServiceFault);
    QCOMPARE(m_sent, 7);
}

void TestApiCallAttempts::throttledAnswerEndsAFault()
{
    for (int i = 0; i < 12; ++i) {
        const bool isThrottled = i % 6 == 5;
        f->transport.expect(action)
            .then([this] { f->clock.advance(101s); })
            .reply(isThrottled ? 400 : 500, isThrottled ? throttled() : "{}", againAtOnce());
    }
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run(Patience::Read));
}

void TestApiCallAttempts::timeAsleepDoesNotCount()
{
    for (int i = 0; i < 5; ++i)
        f->transport.expect(action).fail({ .kind = Kind::Network });
    f->transport.expect(action).reply(200, "{}");
    QObject owner;
    ApiCall *call = newCall(&owner, Patience::Read);
    connect(call, &ApiCall::waiting, this, [this] { f->clock.advance(8h); });
    QSignalSpy finished(call, &ApiCall::finished);
    call->start();
    QVERIFY(finished.wait());
    QVERIFY(onlyOutcome(finished));
}

void TestApiCallAttempts::timeWithoutNetworkDoesNotCount()
{
    f->retry.maxAttempts = 1;
    f->network.takeAway();
    for (int i = 0; i < 20; ++i)
        f->transport.expect(action).fail({ .kind = Kind::Network }).then([this] { f->clock.advance(101s); });
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run(Patience::Read));
}

void TestApiCallAttempts::returnOfTheNetworkEndsTheWait()
{
    f->jitter = 1;
    f->retry.firstDelay = 3h;
    f->retry.longestDelay = 3h;
    f->retry.longestFault = 100h;
    f->transport.expect(action).fail({ .kind = Kind::Network });
    f->transport.expect(action).reply(200, "{}");
    QObject owner;
    ApiCall *call = newCall(&owner, Patience::Read);
    QSignalSpy finished(call, &ApiCall::finished);
    call->start();
    QTRY_COMPARE(m_waits.size(), 1);
    QVERIFY(m_waits.at(0).delay > 10min);
    f->network.giveBack();
    QVERIFY(finished.wait());
    QVERIFY(onlyOutcome(finished));
}

void TestApiCallAttempts::returnOfTheNetworkChangesNothingElse()
{
    QObject owner;
    ApiCall *call = newCall(&owner, Patience::Read);
    QSignalSpy finished(call, &ApiCall::finished);
    f->network.giveBack(); // before the start
    f->transport.expect(action)
        .then([this] { f->network.giveBack(); })
        .reply(200, "{}"); // while a request is under way
    call->start();
    f->network.giveBack(); // while it waits for its turn
    QVERIFY(finished.wait());
    f->network.giveBack();
    QCOMPARE(m_sent, 1);
    QVERIFY(onlyOutcome(finished));
}

void TestApiCallAttempts::retriesAreTakenFromTheQuota()
{
    f->transport.expect(action).fail({ .kind = Kind::Timeout });
    f->transport.expect(action).reply(500, "{}");
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run());
    QCOMPARE(m_context->retryQuota.left(), RetryQuota::capacity - 10); // the last retry is given back
}

void TestApiCallAttempts::drainQuota()
{
    m_context = f->context();
    while (m_context->retryQuota.take(Error { .kind = Kind::ServiceFault }))
        ;
}

void TestApiCallAttempts::spentQuotaEndsASingleCall()
{
    drainQuota();
    f->transport.expect(action).reply(500, "{}");
    QVERIFY(!run());
    QCOMPARE(m_sent, 1);
}

void TestApiCallAttempts::spentQuotaSlowsARead()
{
    f->retry.firstDelay = 0ms;
    f->retry.longestDelay = 3ms;
    drainQuota();
    f->transport.expect(action).reply(500, "{}");
    f->transport.expect(action).reply(200, "{}");
    QVERIFY(run(Patience::Read));
    QCOMPARE(m_waits.at(0).delay, 3ms);
    QCOMPARE(m_context->retryQuota.left(), 1);
}

QTEST_GUILESS_MAIN(TestApiCallAttempts)
#include "tst_apicallattempts.moc"
