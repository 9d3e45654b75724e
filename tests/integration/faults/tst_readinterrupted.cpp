// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "faultscene.h"

#include "fakes/fakeclock.h"

#include <QSet>
#include <QtTest>

using namespace optout;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using demo::Fault;

namespace {

//! Cut short at one byte more with each page that is asked for, and whole when that page is asked for again; with
//! either end. \a most grows to the size in bytes of the largest answer that was cut.
FaultyEndpoint::Plan everyByteInTurn(Fault::Kind kind, qint64 from, qint64 &next)
{
    next = from;
    return [kind, &next, cut = QSet<QByteArray>()](qint64, const demo::HttpRequest &request) mutable {
        if (cut.contains(request.body))
            return std::vector<Fault> {};
        cut.insert(request.body);
        return std::vector { Fault { kind, next++ } };
    };
}

} // namespace

class TestReadInterrupted final : public QObject {
    Q_OBJECT

private slots:
    void comesThroughABreakAtEachByte_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("from");
        // An answer with one row has 400 to 560 bytes, head and all: the two halves overlap.
        QTest::newRow("reset, bytes 0 to 299") << int(Fault::Kind::ResetAt) << 0;
        QTest::newRow("reset, bytes 300 to 599") << int(Fault::Kind::ResetAt) << 300;
        QTest::newRow("closed, bytes 0 to 299") << int(Fault::Kind::CutAt) << 0;
        QTest::newRow("closed, bytes 300 to 599") << int(Fault::Kind::CutAt) << 300;
    }
    void comesThroughABreakAtEachByte()
    {
        QFETCH(const int, kind);
        QFETCH(const int, from);
        constexpr int pages = 300;
        FaultScene scene({ .rows = pages, .retry = { .firstDelay = 10ms } });
        qint64 next = 0;
        scene.endpoint.setPlan(everyByteInTurn(Fault::Kind(kind), from, next));
        WholeRead read(scene.service, scene.query(1));
        read.goOn();
        QVERIFY(hasEnded(read));
        QVERIFY(*read.outcome());
        QVERIFY(next >= from + pages);
        QCOMPARE(read.difference(scene.endpoint.rows()), QString());
        QCOMPARE(read.restarts().size(), 0);
        QCOMPARE(read.broken(), QStringList());
    }

    void renewsKeys_data()
    {
        QTest::addColumn<QStringList>("faults");
        QTest::addColumn<int>("renewed");
        QTest::newRow("expired in mid-read") << QStringList { u"expired-credentials@6"_s } << 1;
        QTest::newRow("expired again and again") << QStringList { u"expired-credentials@every4"_s } << 4;
        QTest::newRow("expired after another fault") << QStringList { u"reset@5"_s, u"expired-credentials@6"_s } << 1;
    }
    void renewsKeys()
    {
        QFETCH(const QStringList, faults);
        QFETCH(const int, renewed);
        FaultScene scene;
        scene.endpoint.setPlan(FaultyEndpoint::planOf(faults));
        WholeRead read(scene.service, scene.query());
        read.goOn();
        QVERIFY(hasEnded(read));
        QVERIFY(*read.outcome());
        QVERIFY(scene.provider->renewed() >= renewed); // Qt may send a reset request once more by itself
        QCOMPARE(read.difference(scene.endpoint.rows()), QString());
        QCOMPARE(read.restarts().size(), 0);
    }

    void goesOnWithReplacedKeys()
    {
        FaultScene scene;
        WholeRead read(scene.service, scene.query());
        connect(&read, &WholeRead::pageTaken, &read, [&] {
            if (read.pages() % 3 == 0)
                scene.provider->replace();
        });
        read.goOn();
        QVERIFY(hasEnded(read));
        QVERIFY(*read.outcome());
        QCOMPARE(scene.provider->renewed(), 4);
        QCOMPARE(read.difference(scene.endpoint.rows()), QString());
    }

    void correctsTheClock_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::newRow("an hour behind from the start") << u"clock-skew:3600"_s;
        QTest::newRow("a day ahead from the start") << u"clock-skew:-86400"_s;
        QTest::newRow("set in mid-read") << u"clock-skew:1200@6x1000"_s;
        QTest::newRow("set and set back") << u"clock-skew:-1200@6x4"_s;
    }
    void correctsTheClock()
    {
        QFETCH(const QString, fault);
        FaultScene scene;
        scene.endpoint.setPlan(FaultyEndpoint::planOf({ fault }));
        WholeRead read(scene.service, scene.query());
        read.goOn();
        QVERIFY(hasEnded(read));
        QVERIFY(*read.outcome());
        QCOMPARE(read.difference(scene.endpoint.rows()), QString());
        QCOMPARE(read.waits().size(), 0);
    }

    void goesOnWhenTheNetworkIsBack_data()
    {
        QTest::addColumn<bool>("watched");
        QTest::addColumn<int>("firstDelayMs");
        QTest::newRow("told of by the system: at once, whatever the delay") << true << 36'000'000;
        QTest::newRow("nobody tells: after the delay") << false << 300;
    }
    void goesOnWhenTheNetworkIsBack()
    {
        QFETCH(const bool, watched);
        QFETCH(const int, firstDelayMs);
        const std::chrono::milliseconds delay(firstDelayMs);
        FaultScene scene({ .retry = { .firstDelay = delay, .longestDelay = delay } });
        WholeRead read(scene.service, scene.query());
        connect(&read, &WholeRead::pageTaken, &read, [&] {
            if (read.pages() == 5) {
                scene.network.reachable = !watched;
                scene.endpoint.leave();
            }
        });
        read.goOn();
        QTRY_COMPARE(read.waits().size(), watched ? 1 : 3);
        QCOMPARE(read.waits().constFirst().reason.kind, Error::Kind::Network);
        QCOMPARE(read.pages(), 5);
        scene.endpoint.comeBack();
        if (watched)
            scene.network.comeBack();
        QVERIFY(hasEnded(read));
        QVERIFY(*read.outcome());
        QCOMPARE(read.difference(scene.endpoint.rows()), QString());
    }

    //! Whatever the clocks say of the time asleep, it is not counted as a fault that lasts.
    void goesOnAfterSleep_data()
    {
        QTest::addColumn<bool>("steadyGoesOn");
        QTest::addColumn<bool>("isTold");
        QTest::newRow("the steady clock stands still, as on Linux") << false << true;
        QTest::newRow("the steady clock goes on, as elsewhere") << true << true;
        QTest::newRow("the steady clock goes on, and nobody tells") << true << false;
    }
    void goesOnAfterSleep()
    {
        QFETCH(const bool, steadyGoesOn);
        QFETCH(const bool, isTold);
        FakeClock clock;
        FaultScene scene(
            { .retry = { .firstDelay = 500ms, .longestDelay = 500ms, .longestFault = 60s }, .clock = &clock });
        WholeRead read(scene.service, scene.query());
        int sleeps = 0;
        connect(&read, &WholeRead::pageTaken, &read, [&] {
            if (read.pages() == 5)
                scene.endpoint.leave(); // connections do not survive the sleep
        });
        connect(&read, &WholeRead::waited, &read, [&] {
            if (++sleeps > 1)
                return;
            if (steadyGoesOn)
                clock.advance(8h);
            else
                clock.setNow(clock.now() + 8h);
            QMetaObject::invokeMethod(
                &read,
                [&] {
                    scene.endpoint.comeBack();
                    if (isTold)
                        scene.network.comeBack();
                },
                Qt::QueuedConnection);
        });
        read.goOn();
        QVERIFY(hasEnded(read));
        QVERIFY(*read.outcome());
        QVERIFY(sleeps >= 1);
        QCOMPARE(read.difference(scene.endpoint.rows()), QString());
    }

    //! Ended at each page in turn, by whatever way, and gone on with from there.
    void goesOnFromEachPage_data()
    {
        QTest::addColumn<bool>("inHalves");
        QTest::addColumn<QString>("fault");
        for (const bool inHalves : { false, true }) {
            const char *const how = inHalves ? "halves" : "one chain";
            QTest::addRow("%s", how) << inHalves << QString();
            QTest::addRow("%s, pages overlap", how) << inHalves << u"overlap"_s;
            // Not every second: the same half would be given all of them, and a round that ends with one gets nowhere.
            QTest::addRow("%s, empty pages", how) << inHalves << u"empty-page@every3"_s;
        }
    }
    void goesOnFromEachPage()
    {
        QFETCH(const bool, inHalves);
        QFETCH(const QString, fault);
        for (const bool isKilled : { false, true }) {
            FaultScene scene;
            if (!fault.isEmpty())
                scene.endpoint.setPlan(FaultyEndpoint::planOf({ fault }));
            ReadQuery query = scene.query(20, inHalves);
            if (inHalves)
                query.place = FaultScene::halves();
            WholeRead read(scene.service, query);
            connect(&read, &WholeRead::pageTaken, &read, [&] {
                if (isKilled) {
                    read.drop();
                } else {
                    read.cancel();
                }
            });
            int rounds = 0;
            while (!read.place().isAtEnd() && ++rounds < 100) {
                read.goOn();
                QVERIFY(hasEnded(read));
            }
            QVERIFY(read.place().isAtEnd());
            QVERIFY(rounds >= 13);
            QCOMPARE(read.difference(scene.endpoint.rows()), QString());
            QCOMPARE(read.broken(), QStringList());
        }
    }
};

QTEST_GUILESS_MAIN(TestReadInterrupted)
#include "tst_readinterrupted.moc"
