// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/pacer.h"

#include "fakes/fakeclock.h"

#include <QTest>

#include <utility>

using namespace optout;
using namespace std::chrono_literals;

class TestPacer final : public QObject {
    Q_OBJECT
private slots:
    void fixedRateSpacesCalls();
    void unusedTimeIsNotSavedUp();
    void oddRateRoundsUp();
    void throttlingHoldsAll();
    void shorterHoldDoesNotEndLongerOne();
    void turnIsTakenWhereItHasCome();
    void onePacerAQuota();
};

void TestPacer::fixedRateSpacesCalls()
{
    FakeClock clock;
    Pacer pacer(clock, { .fixedRate = 4 });
    QCOMPARE(pacer.claim(), 0ms);
    QCOMPARE(pacer.claim(), 250ms);
    QCOMPARE(pacer.claim(), 500ms);
    clock.advance(500ms);
    QCOMPARE(pacer.claim(), 250ms);
}

void TestPacer::unusedTimeIsNotSavedUp()
{
    FakeClock clock;
    Pacer pacer(clock, { .fixedRate = 1 });
    QCOMPARE(pacer.claim(), 0ms);
    clock.advance(10s);
    QCOMPARE(pacer.claim(), 0ms);
    QCOMPARE(pacer.claim(), 1000ms);
}

void TestPacer::oddRateRoundsUp()
{
    const FakeClock clock;
    Pacer pacer(clock, { .fixedRate = 3 });
    QCOMPARE(pacer.claim(), 0ms);
    QCOMPARE(pacer.claim(), 334ms);
}

void TestPacer::throttlingHoldsAll()
{
    FakeClock clock;
    Pacer pacer(clock, { .fixedRate = 1000 });
    QCOMPARE(pacer.claim(), 0ms);
    pacer.throttled(clock.steadyNow(), 5s);
    QVERIFY(pacer.remainingHold() >= 4999ms);
    QVERIFY(pacer.claim() >= 4999ms);
}

void TestPacer::shorterHoldDoesNotEndLongerOne()
{
    const FakeClock clock;
    Pacer pacer(clock, { .fixedRate = 1000 });
    pacer.throttled(clock.steadyNow(), 2s);
    pacer.throttled(clock.steadyNow(), 1s);
    QCOMPARE(pacer.remainingHold(), 2000ms);
}

void TestPacer::turnIsTakenWhereItHasCome()
{
    FakeClock clock;
    Pacer pacer(clock, { .fixedRate = 4 });
    const auto turn = [&pacer] {
        const auto [delay, isTaken] = pacer.claimTurn();
        return std::pair(delay, isTaken);
    };
    QCOMPARE(turn(), std::pair(0ms, true));
    QCOMPARE(turn(), std::pair(250ms, false));
    clock.advance(400ms);
    QCOMPARE(pacer.remainingHold(), 0ms); // 150 ms after it could have been
    clock.advance(100ms);
    QCOMPARE(turn(), std::pair(150ms, true)); // from there, not from when that call was to start
    QCOMPARE(turn(), std::pair(250ms, false));
    clock.advance(250ms);
    QCOMPARE(pacer.remainingHold(), 150ms); // after the one before, which waited
}

void TestPacer::onePacerAQuota()
{
    const FakeClock clock;
    Pacers pacers(clock, { .fixedRate = 1 });
    const PaceKey key { .account = QStringLiteral("a"), .region = QStringLiteral("us-east-1"), .action = "A" };
    PaceKey otherAction = key;
    otherAction.action = "B";
    QCOMPARE(pacers.of(key).claim(), 0ms);
    QCOMPARE(pacers.of(key).claim(), 1000ms);
    QCOMPARE(pacers.of(otherAction).claim(), 0ms);
}

QTEST_GUILESS_MAIN(TestPacer)
#include "tst_pacer.moc"
