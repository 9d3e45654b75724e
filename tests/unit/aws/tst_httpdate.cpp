// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/httpdate.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

class TestHttpDate final : public QObject {
    Q_OBJECT

private slots:
    void readsDates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("usual form") << "Sun, 06 Nov 1994 08:49:37 GMT"_ba << qint64(784111777);
        QTest::newRow("RFC 850") << "Sunday, 06-Nov-94 08:49:37 GMT"_ba << qint64(784111777);
        QTest::newRow("asctime") << "Sun Nov  6 08:49:37 1994"_ba << qint64(784111777);
        QTest::newRow("two digits, after 2000") << "Friday, 01-Mar-24 00:00:00 GMT"_ba << qint64(1709251200);
        QTest::newRow("spaces around") << "  Sun, 06 Nov 1994 08:49:37 GMT "_ba << qint64(784111777);
        QTest::newRow("other letter case") << "sun, 06 NOV 1994 08:49:37 gmt"_ba << qint64(784111777);
        QTest::newRow("leap second") << "Sat, 31 Dec 2016 23:59:60 GMT"_ba << qint64(1483228800);
        QTest::newRow("leap day") << "Thu, 29 Feb 2024 23:59:59 GMT"_ba << qint64(1709251199);
        QTest::newRow("before 1970") << "Wed, 31 Dec 1969 23:59:59 GMT"_ba << qint64(-1);
    }
    void readsDates()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, seconds);
        const std::optional<Timestamp> read = httpDate(text);
        QVERIFY(read.has_value());
        QCOMPARE(read->time_since_epoch().count(), seconds * 1000);
    }

    void refusesOthers_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("seconds") << "120"_ba;
        QTest::newRow("ISO 8601") << "1994-11-06T08:49:37Z"_ba;
        QTest::newRow("other zone") << "Sun, 06 Nov 1994 08:49:37 CET"_ba;
        QTest::newRow("offset") << "Sun, 06 Nov 1994 08:49:37 +0100"_ba;
        QTest::newRow("no such day") << "Fri, 30 Feb 2024 00:00:00 GMT"_ba;
        QTest::newRow("no such month") << "Sun, 06 Foo 1994 08:49:37 GMT"_ba;
        QTest::newRow("no such hour") << "Sun, 06 Nov 1994 24:00:00 GMT"_ba;
        QTest::newRow("no such minute") << "Sun, 06 Nov 1994 08:60:00 GMT"_ba;
        QTest::newRow("no such second") << "Sun, 06 Nov 1994 08:49:61 GMT"_ba;
        QTest::newRow("no seconds") << "Sun, 06 Nov 1994 08:49 GMT"_ba;
        QTest::newRow("signed day") << "Sun, +6 Nov 1994 08:49:37 GMT"_ba;
        QTest::newRow("cut") << "Sun, 06 Nov 1994"_ba;
        QTest::newRow("binary") << QByteArray("\0\xff\xfe, : - GMT", 13);
        QTest::newRow("endless") << QByteArray(100'000, ' ');
    }
    void refusesOthers()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!httpDate(text));
    }
};

QTEST_GUILESS_MAIN(TestHttpDate)
#include "tst_httpdate.moc"
