// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "faultscene.h"

#include <QtTest>

using namespace optout;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using Kind = Error::Kind;

namespace {

//! 250 rows in pages of 20: thirteen calls, of which the fourth and later ones are in the middle.
constexpr int pageSize = 20;

HttpLimits shortLimits()
{
    // A gigantic body need not be eight million bytes here, and a stalled one is given up soon.
    return { .readTimeout = 400ms, .replyLimitBytes = 256 * 1024 };
}

//! Each kind of fault: how it is written, without the call it meets, and what a lasting one ends with.
struct Row {
    const char *name;
    QStringList faults;
    Kind kind;
    bool isSlow = false; //!< takes the read timeout each time
};

const QList<Row> &transientFaults()
{
    static const QList<Row> rows {
        { "reset instead of an answer", { u"reset"_s }, Kind::Network },
        { "reset in the head", { u"reset-at:40"_s }, Kind::Network },
        { "reset in the body", { u"reset-after:300"_s }, Kind::BadResponse },
        { "closed instead of an answer", { u"cut-at:0"_s }, Kind::Network },
        { "closed in the head", { u"cut-at:60"_s }, Kind::Network },
        { "cut, with a length", { u"cut:700"_s }, Kind::BadResponse },
        { "cut, without a length", { u"cut-no-length:700"_s }, Kind::BadResponse },
        { "cut between chunks", { u"cut-chunked:700"_s }, Kind::BadResponse },
        { "stalled before the head", { u"stall"_s }, Kind::Timeout, true },
        { "stalled in the body", { u"stall-after:500"_s }, Kind::Timeout, true },
        { "captive portal, status 200", { u"html"_s }, Kind::BadResponse },
        { "captive portal, redirect", { u"redirect"_s }, Kind::BadResponse },
        { "status 500", { u"status:500"_s }, Kind::ServiceFault },
        { "status 500 of the service", { u"internal"_s }, Kind::ServiceFault },
        { "status 503", { u"status:503"_s }, Kind::ServiceFault },
        { "status 503 with a time to wait", { u"status:503"_s, u"retry-after:0"_s }, Kind::ServiceFault },
        { "wrong JSON", { u"bad-json"_s }, Kind::BadResponse },
        { "a gigantic body", { u"huge:50000000"_s }, Kind::BadResponse },
        { "gzip", { u"gzip"_s }, Kind::BadResponse },
    };
    return rows;
}

QStringList at(const QStringList &faults, const QString &calls)
{
    QStringList out;
    for (const QString &fault : faults)
        out += fault + u'@' + calls;
    return out;
}

} // namespace

class TestReadFaults final : public QObject {
    Q_OBJECT

private slots:
    void waitsOut_data()
    {
        QTest::addColumn<QStringList>("faults");
        QTest::addColumn<bool>("inHalves");
        for (const Row &row : transientFaults()) {
            QTest::addRow("%s, once", row.name) << at(row.faults, u"5"_s) << false;
            QTest::addRow("%s, at first", row.name) << at(row.faults, u"1"_s) << false;
            QTest::addRow("%s, again and again, in halves", row.name)
                << at(row.faults, row.isSlow ? u"every7"_s : u"every3"_s) << true;
        }
        QTest::newRow("status 429") << at({ u"status:429"_s, u"retry-after:0"_s }, u"5x30"_s) << false;
        QTest::newRow("status 429, nothing else said") << QStringList { u"status:429@5"_s } << false;
        QTest::newRow("throttled for long") << at({ u"throttle"_s, u"retry-after:0"_s }, u"5x150"_s) << false;
        QTest::newRow("throttled at once, in halves") << at({ u"throttle"_s, u"retry-after:0"_s }, u"1x20"_s) << true;
        QTest::newRow("all sorts") << QStringList { u"reset@3"_s, u"internal@4x2"_s, u"html@6"_s, u"cut:9@7"_s,
            u"bad-json@8"_s, u"overlap@10"_s, u"empty-page@12x3"_s, u"gzip@every9"_s }
                                   << false;
    }
    void waitsOut()
    {
        QFETCH(const QStringList, faults);
        QFETCH(const bool, inHalves);
        FaultScene scene({ .latency = inHalves ? 10ms : 0ms, .limits = shortLimits() });
        scene.endpoint.setPlan(FaultyEndpoint::planOf(faults));
        WholeRead read(scene.service, scene.query(pageSize, inHalves));
        read.goOn();
        QVERIFY(hasEnded(read));
        QVERIFY2(
            *read.outcome(), qUtf8Printable(read.outcome()->has_value() ? QString() : read.outcome()->error().detail));
        QCOMPARE(read.difference(scene.endpoint.rows()), QString());
        QCOMPARE(read.restarts().size(), 0);
        QCOMPARE(read.broken(), QStringList());
    }

    void goesOnAfterALastingOne_data()
    {
        QTest::addColumn<QStringList>("faults");
        QTest::addColumn<Error::Kind>("kind");
        for (const Row &row : transientFaults())
            QTest::newRow(row.name) << at(row.faults, u"6x1000"_s) << row.kind;
        // What no time mends: the read ends at once, and goes on when a person has seen to it.
        QTest::newRow("denied") << QStringList { u"denied@6x1000"_s } << Kind::AccessDenied;
        QTest::newRow("expired keys, and the new ones too")
            << QStringList { u"expired-credentials@6x1000"_s } << Kind::NoCredentials;
        QTest::newRow("a clock that is wrong whatever is done")
            << QStringList { u"clock-skew:-4000@6"_s, u"clock-skew:4000@7x1000"_s } << Kind::NoCredentials;
    }
    void goesOnAfterALastingOne()
    {
        QFETCH(const QStringList, faults);
        QFETCH(const Error::Kind, kind);
        FaultScene scene({ .limits = shortLimits(), .retry = { .maxAttempts = 3, .firstDelay = 20ms } });
        scene.endpoint.setPlan(FaultyEndpoint::planOf(faults));
        WholeRead read(scene.service, scene.query(pageSize));
        read.goOn();
        QVERIFY(hasEnded(read));
        QVERIFY(!*read.outcome());
        QCOMPARE(read.outcome()->error().kind, kind);
        QVERIFY(!read.outcome()->error().detail.isEmpty());
        QCOMPARE(read.rows().size(), std::size_t(5 * pageSize)); // what came before is kept

        scene.endpoint.setPlan(FaultyEndpoint::noFaults());
        read.goOn();
        QVERIFY(hasEnded(read));
        QVERIFY(*read.outcome());
        QCOMPARE(read.difference(scene.endpoint.rows()), QString());
        QCOMPARE(read.restarts().size(), 0);
        QCOMPARE(read.broken(), QStringList());
    }

    void takesPagesAsTheyCome_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::newRow("empty pages with tokens") << u"empty-page@4x6"_s;
        QTest::newRow("an empty page now and then") << u"empty-page@every2"_s;
        QTest::newRow("empty at first") << u"empty-page@1x3"_s;
        QTest::newRow("pages that overlap") << u"overlap"_s;
        QTest::newRow("slowly, but within the time") << u"slow:4000@5x2"_s;
    }
    void takesPagesAsTheyCome()
    {
        QFETCH(const QString, fault);
        for (const bool inHalves : { false, true }) {
            FaultScene scene({ .latency = inHalves ? 10ms : 0ms, .limits = { .readTimeout = 5s } });
            scene.endpoint.setPlan(FaultyEndpoint::planOf({ fault }));
            WholeRead read(scene.service, scene.query(pageSize, inHalves));
            read.goOn();
            QVERIFY(hasEnded(read));
            QVERIFY(*read.outcome());
            QCOMPARE(read.difference(scene.endpoint.rows()), QString());
            QCOMPARE(read.waits().size(), 0);
            QCOMPARE(read.restarts().size(), 0);
            QCOMPARE(read.broken(), QStringList());
        }
    }

    void beginsAgain_data()
    {
        QTest::addColumn<QStringList>("faults");
        QTest::addColumn<int>("restarts");
        QTest::newRow("token refused") << QStringList { u"invalid-token@6"_s } << 1;
        QTest::newRow("token refused twice") << QStringList { u"invalid-token@6"_s, u"invalid-token@12"_s } << 2;
        QTest::newRow("token repeated") << QStringList { u"repeat-token@6"_s } << 1;
        QTest::newRow("token refused after another fault")
            << QStringList { u"internal@5"_s, u"invalid-token@6"_s } << 1;
    }
    void beginsAgain()
    {
        QFETCH(const QStringList, faults);
        QFETCH(const int, restarts);
        FaultScene scene;
        scene.endpoint.setPlan(FaultyEndpoint::planOf(faults));
        WholeRead read(scene.service, scene.query(pageSize));
        read.goOn();
        QVERIFY(hasEnded(read));
        QVERIFY(*read.outcome());
        QCOMPARE(read.restarts().size(), restarts);
        QVERIFY(!read.restarts().constFirst().detail.isEmpty());
        QCOMPARE(read.difference(scene.endpoint.rows()), QString());
        QCOMPARE(read.broken(), QStringList());
    }

    void waitsForARefusedConnection()
    {
        FaultScene scene;
        scene.endpoint.leave();
        WholeRead read(scene.service, scene.query(pageSize));
        read.goOn();
        QTRY_VERIFY(read.waits().size() >= 3);
        QCOMPARE(read.waits().constFirst().reason.kind, Kind::Network);
        scene.endpoint.comeBack();
        QVERIFY(hasEnded(read));
        QVERIFY(*read.outcome());
        QCOMPARE(read.difference(scene.endpoint.rows()), QString());
    }
};

QTEST_GUILESS_MAIN(TestReadFaults)
#include "tst_readfaults.moc"
