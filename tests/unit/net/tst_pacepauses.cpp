// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
//
// What the learner makes of time in which it could learn nothing: pauses of the client, and others who take all tokens.

#include "paceworld.h"

#include <QTest>

using namespace optout;

class TestPacePauses final : public QObject {
    Q_OBJECT
private slots:
    void pauseSlowsNothing_data();
    void pauseSlowsNothing();
    void otherUsersSlowNothingAfterwards_data();
    void otherUsersSlowNothingAfterwards();
    void fixedRateHoldsUpNobodyElse();
    void headroomIsEachOnesOwn();
};

namespace {
struct Case {
    double rate;
    int burst;
    int atPass;
};

const std::vector<Case> cases {
    { 1, 1, 1 },
    { 1, 1, 2 },
    { 1, 1, 4 },
    { 1, 1, 100 },
    { 8, 1, 1 },
    { 8, 1, 3 },
    { 8, 1, 10 },
    { 8, 1, 61 },
    { 8, 1, 100 },
    { 10, 10, 5 },
    { 10, 10, 12 },
    { 10, 10, 16 },
    { 10, 10, 100 },
};

QString words(const Outcome &outcome, double seconds)
{
    return QStringLiteral("%1 s, %2 throttled").arg(seconds).arg(outcome.throttled);
}
} // namespace

void TestPacePauses::pauseSlowsNothing_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<int>("burst");
    QTest::addColumn<int>("atPass");
    QTest::addColumn<qint64>("seconds");
    for (const Case &one : cases)
        for (const qint64 seconds : { 3, 60, 1200 })
            QTest::addRow("%g a second, burst %d, %lld s after page %d", one.rate, one.burst, seconds, one.atPass)
                << one.rate << one.burst << one.atPass << seconds;
}

//! A pause, and when it is over another has just taken the token.
void TestPacePauses::pauseSlowsNothing()
{
    QFETCH(const double, rate);
    QFETCH(const int, burst);
    QFETCH(const int, atPass);
    QFETCH(const qint64, seconds);
    World world { .rate = rate, .burst = burst, .pages = atPass };
    const double began = Run(world).read().passedAt.back();
    world.pages = atPass + 200;
    world.pauses = { { .afterPass = atPass, .length = std::chrono::seconds(seconds) } };
    world.outages = { { .fromSecond = began + double(seconds) - 0.5, .seconds = 0.5 + 0.5 / rate } };
    const Outcome outcome = Run(world).read();
    const double took = outcome.seconds - began - double(seconds);
    QVERIFY2(took < 1.4 * 200 / rate, qPrintable(words(outcome, took)));
    QVERIFY2(outcome.throttled < 40, qPrintable(words(outcome, took)));
}

void TestPacePauses::otherUsersSlowNothingAfterwards_data() { pauseSlowsNothing_data(); }

//! They take everything for that long: asked for every two seconds, in the long run, and up to speed soon after.
void TestPacePauses::otherUsersSlowNothingAfterwards()
{
    QFETCH(const double, rate);
    QFETCH(const int, burst);
    QFETCH(const int, atPass);
    QFETCH(const qint64, seconds);
    World world { .rate = rate, .burst = burst, .pages = atPass };
    const double began = Run(world).read().passedAt.back();
    world.pages = atPass + 200;
    world.outages = { { .fromSecond = began + 0.001, .seconds = double(seconds) } };
    const Outcome outcome = Run(world).read();
    const double took = outcome.seconds - began - double(seconds);
    // A few seconds, before anything is known, look like a slow quota; with a burst it takes long to see that it is not.
    const double most = seconds == 3 && burst > 1 && atPass < 16 ? 5 : 1.3;
    QVERIFY2(took < most * 200 / rate, qPrintable(words(outcome, took)));
    QVERIFY2(outcome.throttled < 60 + int(seconds) / 2, qPrintable(words(outcome, took)));
}

//! One call in 100 s, and its process dies.
void TestPacePauses::fixedRateHoldsUpNobodyElse()
{
    PaceState state;
    PaceLearner learner(state);
    const Span now = 1000s;
    for (int i = 0; i < 3; ++i)
        learner.claim(now, 0, 100s);
    QCOMPARE(learner.admit(now, 0, 100s), now);
    QVERIFY(learner.claim(now, 0, 0ns) <= now + 100ms);
    QVERIFY(learner.claim(now, 0, 1s) <= now + 16s); // nor, for long, others with a rate of their own
}

void TestPacePauses::headroomIsEachOnesOwn()
{
    Run run(World { .rate = 8 });
    run.read();
    const Span now = 1000s + 1min;
    const Span first = run.learner().claim(now, 0.9, 0ns); // slow by choice
    run.learner().passed(first, first + 1ms, 0, 0ns);
    QVERIFY(run.learner().claim(first + 1ms, 0, 0ns) - first < 140ms);
}

QTEST_GUILESS_MAIN(TestPacePauses)
#include "tst_pacepauses.moc"
