// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "domain/optedoutnumber.h"
#include "domain/optoutlist.h"

#include <QtTest>

#include <random>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestValues final : public QObject {
    Q_OBJECT

private slots:
    void tellsPhoneNumbers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("expected");
        QTest::newRow("E.164") << u"+14165550123"_s << true;
        QTest::newRow("no plus") << u"14165550123"_s << true;
        QTest::newRow("two digits") << u"12"_s << true;
        QTest::newRow("one digit") << u"1"_s << false;
        QTest::newRow("19 digits") << u"+1234567890123456789"_s << true;
        QTest::newRow("20 digits") << u"12345678901234567890"_s << false;
        QTest::newRow("leading zero") << u"+0123456"_s << false;
        QTest::newRow("letters") << u"+1416555CALL"_s << false;
        QTest::newRow("Arabic digits") << u"+١٢٣٤٥"_s << false;
        QTest::newRow("only a plus") << u"+"_s << false;
        QTest::newRow("nothing") << u""_s << false;
    }
    void tellsPhoneNumbers()
    {
        QFETCH(QString, text);
        QTEST(isPhoneNumber(text), "expected");
    }

    void writesTimes_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("expected");
        QTest::newRow("the epoch") << 0LL << u"1970-01-01T00:00:00.000Z"_s;
        QTest::newRow("milliseconds count") << 1672876438858LL << u"2023-01-04T23:53:58.858Z"_s;
        QTest::newRow("before the epoch") << -1LL << u"1969-12-31T23:59:59.999Z"_s;
        QTest::newRow("a leap day") << 1709164800000LL << u"2024-02-29T00:00:00.000Z"_s;
        QTest::newRow("the last moment") << 253402300799999LL << u"9999-12-31T23:59:59.999Z"_s;
    }
    void writesTimes()
    {
        QFETCH(qint64, milliseconds);
        QTEST(QString::fromStdString(toIso8601(Timestamp(std::chrono::milliseconds(milliseconds)))), "expected");
    }

    void writesTimesAsTheCalendarSays()
    {
        using namespace std::chrono;
        std::mt19937_64 random(1);
        for (int i = 0; i < 20'000; ++i) {
            // Most in this century, some thousands of years away, beyond the years of four digits too.
            const qint64 reach = i % 3 == 0 ? 300'000'000'000'000 : 2'500'000'000'000;
            const Timestamp time { milliseconds { qint64(random() % quint64(2 * reach)) - reach } };
            const auto day = floor<days>(time);
            const year_month_day date(day);
            const hh_mm_ss clock(time - day);
            const QByteArray expected = QString::asprintf("%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()),
                unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()), int(clock.minutes().count()),
                int(clock.seconds().count()), int(clock.subseconds().count()))
                                            .toLatin1();
            QCOMPARE(QByteArray::fromStdString(toIso8601(time)), expected);
        }
    }

    void namesAListForARequest_data()
    {
        QTest::addColumn<QString>("arn");
        QTest::addColumn<QString>("ownAccount");
        QTest::addColumn<QString>("expected");
        const QString arn = u"arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/Default"_s;
        QTest::newRow("own list") << arn << u"111122223333"_s << u"Default"_s;
        QTest::newRow("shared list") << arn << u"444455556666"_s << arn;
        QTest::newRow("own account not known") << arn << u""_s << arn;
        QTest::newRow("no ARN") << u""_s << u"111122223333"_s << u"Default"_s;
    }
    void namesAListForARequest()
    {
        QFETCH(QString, arn);
        QFETCH(QString, ownAccount);
        QTEST(requestNameOf({ .arn = arn, .name = u"Default"_s, .created = {} }, ownAccount), "expected");
    }

    void readsAnArn()
    {
        const QString arn = u"arn:aws-us-gov:sms-voice:us-gov-west-1:111122223333:opt-out-list/A"_s;
        QCOMPARE(accountIdOfArn(arn), u"111122223333"_s);
        QCOMPARE(regionOfArn(arn), u"us-gov-west-1"_s);
        QCOMPARE(accountIdOfArn(u"Default"), QString());
        QCOMPARE(accountIdOfArn(u"arn:aws:x"), QString());
    }
};

QTEST_GUILESS_MAIN(TestValues)
#include "tst_values.moc"
