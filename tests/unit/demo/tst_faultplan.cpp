// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/delivery.h"
#include "demo/faultplan.h"
#include "demo/tokenbucket.h"

#include <QtTest>

using namespace optout;
using namespace optout::demo;
using namespace Qt::Literals::StringLiterals;

namespace {

using namespace std::chrono;
using End = Delivery::End;

//! The calls of 1..20 that a plan meets.
QList<int> callsMet(const QString &fault)
{
    const Result<FaultPlan> plan = FaultPlan::parse({ fault });
    QList<int> met;
    for (int call = 1; plan && call <= 20; ++call) {
        if (!plan->at(call).empty())
            met += call;
    }
    return met;
}

const QByteArray &page()
{
    static const QByteArray body =
        R"({"OptedOutNumbers":[{"OptedOutNumber":"+14165550123"}],"Padding":"abcdefghijklmnopqrstuvwxyz"})";
    return body;
}

Delivery delivered(const QStringList &faults, bool keepAlive = true)
{
    return deliver({ .body = page() }, FaultPlan::parse(faults)->at(1),
        sys_days { 1994y / November / 15 } + 8h + 12min + 31s, keepAlive);
}

QByteArray bodyOf(const Delivery &delivery) { return delivery.bytes.mid(delivery.bytes.indexOf("\r\n\r\n") + 4); }

} // namespace

class TestFaultPlan final : public QObject {
    Q_OBJECT

private slots:
    void meetsTheCallsItNames_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QList<int>>("calls");
        QTest::newRow("one call") << u"throttle@3"_s << QList { 3 };
        QTest::newRow("several in a row") << u"internal@3x2"_s << QList { 3, 4 };
        QTest::newRow("each seventh") << u"denied@every7"_s << QList { 7, 14 };
        QTest::newRow("each seventh, with a space") << u"denied@every 7"_s << QList { 7, 14 };
        QTest::newRow("a call far away") << u"reset@999999999999"_s << QList<int> {};
        QTest::newRow("with an argument") << u"cut:100@1x3"_s << QList { 1, 2, 3 };
        QTest::newRow("spaces around it") << u"  stall@20 "_s << QList { 20 };
    }
    void meetsTheCallsItNames()
    {
        QFETCH(QString, fault);
        QFETCH(QList<int>, calls);
        QCOMPARE(callsMet(fault), calls);
        QVERIFY(FaultPlan::parse({ fault }));
    }

    void meetsEveryCallWithoutAnAt()
    {
        QCOMPARE(callsMet(u"slow:20000"_s).size(), 20);
        QCOMPARE(FaultPlan::parse({ u"clock-skew:-900"_s })->at(5).front().argument, -900);
    }

    void meetsSeveralAtOnceInTheOrderGiven()
    {
        const auto plan = FaultPlan::parse({ u"slow:10@2"_s, u"clock-skew:5"_s, u"reset@3"_s });
        QVERIFY(plan);
        QCOMPARE(plan->at(1).size(), std::size_t(1));
        QCOMPARE(plan->at(2).size(), std::size_t(2));
        QCOMPARE(plan->at(2).front().kind, Fault::Kind::Slow);
        QCOMPARE(FaultPlan::parse({})->at(1).size(), std::size_t(0));
    }

    void knowsEveryKind()
    {
        for (const char *text : { "throttle", "internal", "denied", "expired-credentials", "invalid-token",
                 "repeat-token", "empty-page", "overlap", "clock-skew:-600", "html", "redirect", "status:503",
                 "bad-json", "gzip", "retry-after:3", "huge:1000", "reset", "reset-after:10", "reset-at:10",
                 "cut-at:10", "cut:10", "cut-chunked:10", "cut-no-length:10", "stall", "stall-after:10", "slow:100" })
            QVERIFY2(FaultPlan::parse({ QString::fromLatin1(text) }), text);
    }

    void refusesWhatItCannotRead_data()
    {
        QTest::addColumn<QString>("fault");
        for (const char *text :
            { "", "explode", "throttle@", "throttle@0", "throttle@-1", "throttle@1x0", "throttle@x", "throttle@1 x2",
                "throttle@everyone", "throttle@every0", "throttle:5", "cut", "cut:", "cut:-1", "cut:ten", "status:199",
                "status:600", "slow:0", "huge:5", "THROTTLE", "throttle@1;reset@2", "throttle@9999999999999999999999" })
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void refusesWhatItCannotRead()
    {
        QFETCH(QString, fault);
        const auto plan = FaultPlan::parse({ u"reset@1"_s, fault });
        QVERIFY(!plan);
        QCOMPARE(plan.error().kind, Error::Kind::InvalidInput);
        QVERIFY(plan.error().detail.contains(u'"' + fault + u'"'));
    }

    void deliversAWholeAnswer()
    {
        const Delivery delivery = delivered({});
        QCOMPARE(delivery.bytes,
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nDate: Tue, 15 Nov 1994 08:12:31 GMT\r\n"
            "Content-Length: "
                + QByteArray::number(page().size()) + "\r\n\r\n" + page());
        QCOMPARE(delivery.end, End::Next);
        const Delivery last = delivered({}, false);
        QVERIFY(last.bytes.contains("\r\nConnection: close\r\n"));
        QCOMPARE(last.end, End::Close);
    }

    void spoilsTheContent()
    {
        QVERIFY(delivered({ u"html"_s }).bytes.startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/html"));
        const QByteArray redirect = delivered({ u"redirect"_s }).bytes;
        QVERIFY(redirect.startsWith("HTTP/1.1 302 Found\r\nLocation: http://sign-in.guest-network.invalid/\r\n"));
        QVERIFY(delivered({ u"status:503"_s }).bytes.startsWith("HTTP/1.1 503 Service Unavailable\r\n"));
        QVERIFY(delivered({ u"status:503"_s }).bytes.contains("Content-Length: 0\r\n"));
        QVERIFY(delivered({ u"status:555"_s }).bytes.startsWith("HTTP/1.1 555 Unknown\r\n"));
        const Delivery half = delivered({ u"bad-json"_s });
        QCOMPARE(bodyOf(half), page().left(page().size() / 2));
        QVERIFY(half.bytes.contains("Content-Length: " + QByteArray::number(page().size() / 2) + "\r\n"));
        QVERIFY(delivered({ u"clock-skew:-31"_s }).bytes.contains("Date: Tue, 15 Nov 1994 08:12:00 GMT\r\n"));
    }

    void compressesAsGzipDoes()
    {
        const Delivery delivery = delivered({ u"gzip"_s });
        QVERIFY(delivery.bytes.contains("\r\nContent-Encoding: gzip\r\n"));
        QProcess gunzip;
        gunzip.start(u"gzip"_s, { u"-dc"_s });
        QVERIFY(gunzip.waitForStarted());
        gunzip.write(bodyOf(delivery));
        gunzip.closeWriteChannel();
        QVERIFY(gunzip.waitForFinished());
        QCOMPARE(gunzip.exitCode(), 0); // it checks length and CRC
        QCOMPARE(gunzip.readAllStandardOutput(), page());
    }

    void breaksTheConnection()
    {
        const QByteArray length = "Content-Length: " + QByteArray::number(page().size()) + "\r\n";
        QVERIFY(delivered({ u"reset"_s }).bytes.isEmpty());
        QCOMPARE(delivered({ u"reset"_s }).end, End::Reset);
        QVERIFY(delivered({ u"stall"_s }).bytes.isEmpty());
        QCOMPARE(delivered({ u"stall"_s }).end, End::Stall);

        const std::pair<QString, End> partial[] = { { u"cut"_s, End::Close }, { u"reset-after"_s, End::Reset },
            { u"stall-after"_s, End::Stall } };
        for (const auto &[kind, end] : partial) {
            const Delivery delivery = delivered({ kind + u":10"_s });
            QVERIFY(delivery.bytes.contains(length));
            QCOMPARE(bodyOf(delivery), page().left(10));
            QCOMPARE(delivery.end, end);
            QCOMPARE(bodyOf(delivered({ kind + u":99999"_s })), page().chopped(1)); // never the whole
        }
        const Delivery chunked = delivered({ u"cut-chunked:10"_s });
        QVERIFY(chunked.bytes.contains("Transfer-Encoding: chunked\r\n"));
        QCOMPARE(bodyOf(chunked), "a\r\n" + page().left(10) + "\r\n");
        QCOMPARE(chunked.end, End::Close);
        QVERIFY(bodyOf(delivered({ u"cut-chunked:0"_s })).isEmpty());
        const Delivery bare = delivered({ u"cut-no-length:10"_s });
        QVERIFY(!bare.bytes.contains("Content-Length") && !bare.bytes.contains("Transfer-Encoding"));
        QCOMPARE(bodyOf(bare), page().left(10));
        QCOMPARE(bare.end, End::Close);
    }

    void breaksOffAtAnyByteOfTheWholeAnswer()
    {
        const QByteArray whole = delivered({}).bytes;
        const std::pair<QString, End> kinds[] = { { u"reset-at"_s, End::Reset }, { u"cut-at"_s, End::Close } };
        for (const auto &[kind, end] : kinds) {
            for (const qsizetype bytes : { qsizetype(0), qsizetype(1), qsizetype(20), whole.size() - 1 }) {
                const Delivery delivery = delivered({ kind + u':' + QString::number(bytes) });
                QCOMPARE(delivery.bytes, whole.first(bytes));
                QCOMPARE(delivery.end, end);
            }
            QCOMPARE(delivered({ kind + u":99999"_s }).bytes, whole.chopped(1)); // never the whole
        }
    }

    void saysWhenToTryAgain()
    {
        const QByteArray refusal = delivered({ u"status:503"_s, u"retry-after:7"_s }).bytes;
        QVERIFY(refusal.startsWith("HTTP/1.1 503 "));
        QVERIFY(refusal.contains("\r\nRetry-After: 7\r\n"));
    }

    void promisesAHugeBodyWithoutHoldingIt()
    {
        const Delivery delivery = delivered({ u"huge:5000000000"_s });
        QVERIFY(delivery.bytes.contains("Content-Length: 5000000000\r\n"));
        QCOMPARE(bodyOf(delivery).size() + delivery.fillerBytes + delivery.tail.size(), 5'000'000'000);
        QCOMPARE(delivery.end, End::Next);
    }

    void keepsAQuota()
    {
        const TokenBucket::Moment start {};
        TokenBucket bucket(10, 3, start);
        for (int i = 0; i < 3; ++i)
            QVERIFY(bucket.take(start));
        QVERIFY(!bucket.take(start));
        QVERIFY(!bucket.take(start + 99ms)); // asking in vain costs nothing
        QVERIFY(bucket.take(start + 101ms));
        QVERIFY(!bucket.take(start + 101ms));
        QVERIFY(bucket.take(start + 1h));
        QVERIFY(bucket.take(start + 1h));
        QVERIFY(bucket.take(start + 1h));
        QVERIFY(!bucket.take(start + 1h)); // a long rest is worth no more than the burst

        TokenBucket endless(0, 1, start);
        for (int i = 0; i < 1000; ++i)
            QVERIFY(endless.take(start));
    }

    void changesAQuota()
    {
        const TokenBucket::Moment start {};
        TokenBucket bucket(10, 1, start, { { 5, 2 }, { 0, 3 } });
        QVERIFY(bucket.take(start));
        QVERIFY(!bucket.take(start + 99ms)); // one that is refused does not count
        QVERIFY(bucket.take(start + 100ms));
        QVERIFY(!bucket.take(start + 299ms));
        QVERIFY(bucket.take(start + 301ms));
        for (int i = 0; i < 1000; ++i)
            QVERIFY(bucket.take(start + 301ms));
    }
};

QTEST_GUILESS_MAIN(TestFaultPlan)
#include "tst_faultplan.moc"
