// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/pacer.h"

#include "fakes/fakeclock.h"

#include <QTest>

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
    void claimIsSpacedFromLateStarts();
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

void TestPacer::claimIsSpacedFromLateStarts()
{
    FakeClock clock;
    Pacer pacer(clock, { .fixedRate = 4 });
    QCOMPARE(pacer.claim(), 0ms);
    QCOMPARE(pacer.claim(), 250ms);
    clock.advance(400ms);
    QCOMPARE(pacer.remainingHold(), 0ms); // 150 ms after it could have been
    clock.advance(100ms);
    QCOMPARE(pacer.claim(), 150ms); // from there, not from when that call was to start
    clock.advance(150ms);
    QCOMPARE(pacer.remainingHold(), 0ms);
    clock.advance(1000ms);
    QCOMPARE(pacer.claim(), 0ms); // started: nothing is asked when the start has come
    QCOMPARE(pacer.remainingHold(), 250ms);
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
