// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "paceworld.h"

#include <QTest>

using namespace optout;

Q_DECLARE_METATYPE(World)

class TestPaceLearner final : public QObject {
    Q_OBJECT
private slots:
    void keepsToTheQuota_data();
    void keepsToTheQuota();
    void slowsNothingWithoutQuota_data();
    void slowsNothingWithoutQuota();
    void recoversFromOneRefusal();
    void leavesHeadroom();
    void longPauseMakesNoBurst();
    void keepsWhatTheServiceAsksFor_data();
    void keepsWhatTheServiceAsksFor();
    void oldRateIsOnlyAStartingPoint();
    void goesOnWhenOthersTookAll();
    void noticesEachChangeInTheEnd_data();
    void noticesEachChangeInTheEnd();
};

void TestPaceLearner::keepsToTheQuota_data()
{
    QTest::addColumn<World>("world");
    const auto add = [](const char *name, double rate, int burst, std::vector<Change> changes) {
        for (const Span jitter : { Span(0ns), Span(500us), Span(2ms) })
            for (int chains = 1; chains <= (jitter > 1ms ? 1 : 2); ++chains)
                for (quint32 seed = 1; seed <= 6; ++seed)
                    QTest::addRow("%s, jitter %lld us, %d chains, seed %u", name, qlonglong(jitter / 1us), chains, seed)
                        << World { .rate = rate,
                               .burst = burst,
                               .changes = changes,
                               .jitter = jitter,
                               .seed = seed,
                               .chains = chains };
    };
    add("1", 1, 1, {});
    add("8", 8, 1, {});
    add("10 burst 10", 10, 10, {});
    add("1 to half", 1, 1, { { 150, 0.5 } });
    add("1 to double", 1, 1, { { 150, 2 } });
    add("8 to half", 8, 1, { { 150, 4 } });
    add("8 to double", 8, 1, { { 150, 16 } });
    add("10 burst 10 to half", 10, 10, { { 150, 5 } });
    add("10 burst 10 to double", 10, 10, { { 150, 20 } });
}

void TestPaceLearner::keepsToTheQuota()
{
    QFETCH(const World, world);
    const Outcome outcome = Run(world).read();
    const QByteArray said = QStringLiteral("ratio %1, throttled %2, late %3: %4")
                                .arg(outcome.ratio())
                                .arg(outcome.throttled)
                                .arg(outcome.lateThrottled)
                                .arg(outcome.moments)
                                .toUtf8();
    // Two chains have always claimed one start ahead, so what is learned takes effect a call later; with tokens saved
    // up the search is less exact.
    const bool isAlone = world.chains == 1;
    const double alone =
        world.jitter > 1ms && !world.changes.empty() ? 1.04 : 1.03; // 2 ms are 3 % at 16 calls a second
    QVERIFY2(outcome.ratio() <= (isAlone ? alone : world.burst > 1 ? 1.15 : 1.06), said.constData());
    QVERIFY2(outcome.lateThrottled < (isAlone ? 5 : world.burst > 1 ? 25 : 8), said.constData());
}

void TestPaceLearner::slowsNothingWithoutQuota_data()
{
    QTest::addColumn<int>("chains");
    QTest::addColumn<int>("latencyUs");
    for (const int chains : { 1, 2 })
        for (const int latency : { 200, 50'000 })
            QTest::addRow("%d chains, %d us", chains, latency) << chains << latency;
}

void TestPaceLearner::slowsNothingWithoutQuota()
{
    QFETCH(const int, chains);
    QFETCH(const int, latencyUs);
    const World world { .rate = 0, .latency = std::chrono::microseconds(latencyUs), .chains = chains, .pages = 2000 };
    Run run(world);
    const Outcome outcome = run.read();
    const double least = latencyUs * 1e-6 * world.pages / chains;
    QVERIFY2(outcome.seconds - least < 0.16, qPrintable(QString::number(outcome.seconds - least)));
    QVERIFY(!run.learner().rate());
}

//! A refusal for another reason than a quota must not leave the read slow.
void TestPaceLearner::recoversFromOneRefusal()
{
    PaceState state;
    PaceLearner learner(state);
    Span now = 1000s;
    for (int call = 1; call <= 100; ++call) {
        now = std::max(now, learner.claim(now, 0, 0ns));
        if (call == 3)
            learner.throttled(now, now + 1ms, std::nullopt, 0ns);
        else
            learner.passed(now, now + 1ms, 0, 0ns);
        now += 1ms;
    }
    QVERIFY2(now - 1000s < 400ms, qPrintable(QString::number((now - 1000s) / 1ms)));
    QVERIFY(!learner.rate());
}

void TestPaceLearner::leavesHeadroom()
{
    const World world { .rate = 8, .pages = 600, .headroom = 0.1 };
    const Outcome outcome = Run(world).read();
    QVERIFY2(outcome.ratio() > 1.09 && outcome.ratio() < 1.15, qPrintable(QString::number(outcome.ratio())));
}

void TestPaceLearner::longPauseMakesNoBurst()
{
    World world { .rate = 8 };
    Run run(world);
    run.read();
    const double rate = run.learner().rate().value_or(0);
    QVERIFY2(rate > 7.7 && rate < 8, qPrintable(QString::number(rate)));
    Span now = 1000s + 30min; // asleep
    const Span first = run.learner().claim(now, 0, 0ns);
    const Span second = run.learner().claim(now, 0, 0ns);
    const Span third = run.learner().claim(now, 0, 0ns);
    QCOMPARE(first, now);
    QVERIFY(second - first >= 110ms);
    QVERIFY(third - second >= 110ms);
    QVERIFY(third - first <= 260ms);
}

void TestPaceLearner::keepsWhatTheServiceAsksFor_data()
{
    QTest::addColumn<qint64>("askedMs");
    QTest::addColumn<qint64>("keptMs");
    QTest::newRow("seconds") << qint64(7000) << qint64(7000);
    QTest::newRow("a day is not believed") << qint64(86'400'000) << qint64(300'000);
    QTest::newRow("negative") << qint64(-1) << qint64(0);
}

void TestPaceLearner::keepsWhatTheServiceAsksFor()
{
    QFETCH(const qint64, askedMs);
    QFETCH(const qint64, keptMs);
    PaceState state;
    PaceLearner learner(state);
    const Span now = learner.claim(1000s, 0, 0ns);
    learner.throttled(now, now, std::chrono::milliseconds(askedMs), 0ns);
    const Span wait = learner.claim(now, 0, 0ns) - now;
    QVERIFY(wait >= std::chrono::milliseconds(keptMs));
    QVERIFY(wait <= std::chrono::milliseconds(keptMs) + 100ms);
}

void TestPaceLearner::oldRateIsOnlyAStartingPoint()
{
    Run run(World { .rate = 8 });
    run.read();
    QVERIFY(run.learner().rate());
    run.learner().begin(1000s + 30min);
    QVERIFY(run.learner().rate());
    const Span later = 1000s + 3h;
    QCOMPARE(run.learner().claim(later, 0, 0ns), later);
    QVERIFY(!run.learner().rate());
    QVERIFY(run.learner().claim(later, 0, 0ns) > later + 100ms); // begins with what was known
}

//! Ten minutes without a token: asked for every two seconds, and up to speed within a minute after.
void TestPaceLearner::goesOnWhenOthersTookAll()
{
    Run run(World { .rate = 8 });
    run.read();
    PaceLearner &learner = run.learner();
    const Span began = 1000s + 1min;
    Span now = began;
    while (now < began + 10min) {
        const Span start = learner.claim(now, 0, 0ns);
        QVERIFY2(start - now <= 2001ms, qPrintable(QString::number((start - now) / 1ms)));
        now = std::max(start, now) + 1ms;
        learner.throttled(start, now, std::nullopt, 0ns);
    }
    Span lastPass {};
    int passes = 0;
    const Span back = now;
    while (now < back + 1min) {
        const Span start = learner.claim(now, 0, 0ns);
        now = start + 1ms;
        if (start - lastPass >= 125ms) {
            lastPass = start;
            ++passes;
            learner.passed(start, now, 0, 0ns);
        } else {
            learner.throttled(start, now, std::nullopt, 0ns);
        }
    }
    QVERIFY2(passes > 240, qPrintable(QString::number(passes)));
    const double rate = learner.rate().value_or(0);
    QVERIFY2(rate > 7 && rate <= 8, qPrintable(QString::number(rate)));
}

void TestPaceLearner::noticesEachChangeInTheEnd_data()
{
    QTest::addColumn<double>("factor");
    QTest::addColumn<double>("mostRatio"); // worst of all moments of change; what a change costs until it is noticed
    QTest::addColumn<int>("mostThrottled");
    QTest::newRow("half") << 0.5 << 1.03 << 5;
    QTest::newRow("double") << 2.0 << 1.40 << 4;
}

//! With a burst of 1, that a quota has doubled shows only in a call that would have been refused before, and fewer than
//! 5 may be. So not every moment of change can be met within 3 %: this tells how bad the worst is.
void TestPaceLearner::noticesEachChangeInTheEnd()
{
    QFETCH(const double, factor);
    QFETCH(const double, mostRatio);
    QFETCH(const int, mostThrottled);
    double worst = 0;
    int worstAt = 0;
    int throttled = 0;
    for (int at = 20; at < 300; ++at) {
        const Outcome outcome = Run(World { .rate = 8, .changes = { { at, 8 * factor } } }).read();
        if (outcome.ratio() > worst)
            worstAt = at;
        worst = std::max(worst, outcome.ratio());
        throttled = std::max(throttled, outcome.lateThrottled);
    }
    qInfo("worst ratio %.3f, changed at page %d; at most %d throttled", worst, worstAt, throttled);
    QVERIFY(worst <= mostRatio);
    QVERIFY(throttled <= mostThrottled);
}

QTEST_GUILESS_MAIN(TestPaceLearner)
#include "tst_pacelearner.moc"
