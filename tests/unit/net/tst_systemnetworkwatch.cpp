// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "fakes/fakeclock.h"
#include "net/systemnetworkwatch.h"

#include <QSignalSpy>
#include <QtTest>

using namespace optout;
using namespace std::chrono_literals;
using Reachability = QNetworkInformation::Reachability;

Q_DECLARE_METATYPE(std::chrono::milliseconds)

class TestSystemNetworkWatch final : public QObject {
    Q_OBJECT

private slots:
    void tellsSleepFromTime_data()
    {
        QTest::addColumn<std::chrono::milliseconds>("byWall");
        QTest::addColumn<std::chrono::milliseconds>("bySteady");
        QTest::addColumn<bool>("slept");
        QTest::newRow("one step") << 5'000ms << 5'000ms << false;
        QTest::newRow("a step on a busy computer") << 14'900ms << 14'900ms << false;
        QTest::newRow("an hour, steady clock stands still") << 3'600'000ms << 3'000ms << true;
        QTest::newRow("an hour, steady clock goes on") << 3'600'000ms << 3'600'000ms << true;
        QTest::newRow("just over the slack") << 15'001ms << 2'000ms << true;
        QTest::newRow("the wall clock is set back meanwhile") << -3'600'000ms << 5'000ms << false;
        QTest::newRow("asleep, and the wall clock is set back") << -3'600'000ms << 60'000ms << true;
    }
    void tellsSleepFromTime()
    {
        QFETCH(const std::chrono::milliseconds, byWall);
        QFETCH(const std::chrono::milliseconds, bySteady);
        QFETCH(const bool, slept);
        FakeClock clock;
        SleepDetector detector(5s);
        QVERIFY(!detector.slept(clock));
        const Timestamp before = clock.now();
        clock.advance(bySteady);
        clock.setNow(before + byWall);
        QCOMPARE(detector.slept(clock), slept);
        // It is told of once.
        clock.advance(5s);
        QVERIFY(!detector.slept(clock));
    }

    void tellsOfEachAwakening()
    {
        FakeClock clock;
        SystemNetworkWatch watch(clock);
        QSignalSpy returned(&watch, &NetworkWatch::returned);
        for (int night = 1; night <= 3; ++night) {
            clock.advance(5s);
            watch.lookAtClocks();
            QCOMPARE(returned.size(), night - 1);
            clock.setNow(clock.now() + 8h);
            watch.lookAtClocks();
            QCOMPARE(returned.size(), night);
        }
    }

    //! Not before it is worth it: what it is asked with is of this process, whoever asks.
    void asksTheSystemWhenItIsAsked()
    {
        FakeClock clock;
        SystemNetworkWatch watch(clock);
        QCoreApplication::processEvents();
        QVERIFY(!QNetworkInformation::instance());
        watch.isReachable();
        const bool isThere = QNetworkInformation::instance();
        QCOMPARE(isThere, QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability));
    }

    void tellsWhenTheNetworkIsBack_data()
    {
        QTest::addColumn<QList<Reachability>>("said");
        QTest::addColumn<bool>("reachable");
        QTest::addColumn<int>("returns");
        QTest::newRow("online") << QList { Reachability::Online } << true << 0;
        QTest::newRow("gone") << QList { Reachability::Disconnected } << false << 0;
        QTest::newRow("gone and back") << QList { Reachability::Disconnected, Reachability::Online } << true << 1;
        QTest::newRow("gone, and said twice")
            << QList { Reachability::Disconnected, Reachability::Disconnected, Reachability::Online } << true << 1;
        QTest::newRow("only hosts near by: a proxy may be one")
            << QList { Reachability::Disconnected, Reachability::Local } << true << 1;
        QTest::newRow("no longer known") << QList { Reachability::Disconnected, Reachability::Unknown } << true << 1;
        QTest::newRow("better, but it was never gone")
            << QList { Reachability::Local, Reachability::Site, Reachability::Online } << true << 0;
        QTest::newRow("twice") << QList { Reachability::Disconnected, Reachability::Online, Reachability::Disconnected,
            Reachability::Online }
                               << true << 2;
    }
    void tellsWhenTheNetworkIsBack()
    {
        QFETCH(const QList<Reachability>, said);
        QFETCH(const bool, reachable);
        QFETCH(const int, returns);
        FakeClock clock;
        SystemNetworkWatch watch(clock);
        watch.isReachable(); // asks the system, once
        watch.setReachability(Reachability::Unknown); // whatever this machine's is
        QSignalSpy returned(&watch, &NetworkWatch::returned);
        for (const Reachability one : said)
            watch.setReachability(one);
        QCOMPARE(watch.isReachable(), reachable);
        QCOMPARE(returned.size(), returns);
    }
};

QTEST_GUILESS_MAIN(TestSystemNetworkWatch)
#include "tst_systemnetworkwatch.moc"
