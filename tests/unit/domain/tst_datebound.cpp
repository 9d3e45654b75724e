// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "domain/datebound.h"

#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestDateBound final : public QObject {
    Q_OBJECT

private slots:
    void readsAMoment_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("begin"); // milliseconds since 1970
        QTest::addColumn<qint64>("length");
        QTest::newRow("day") << u"2024-03-01"_s << 1'709'251'200'000LL << 86'400'000LL;
        QTest::newRow("minute") << u"2024-03-01 10:02"_s << 1'709'287'320'000LL << 60'000LL;
        QTest::newRow("second") << u"2024-03-01 10:02:33"_s << 1'709'287'353'000LL << 1'000LL;
        QTest::newRow("as a CSV has it") << u" 2024-03-01T10:02:33.858Z "_s << 1'709'287'353'000LL << 1'000LL;
        QTest::newRow("first day") << u"1970-01-01"_s << 0LL << 86'400'000LL;
        QTest::newRow("last day") << u"9999-12-31"_s << 253'402'214'400'000LL << 86'400'000LL;
        QTest::newRow("leap day") << u"2024-02-29"_s << 1'709'164'800'000LL << 86'400'000LL;
    }
    void readsAMoment()
    {
        QFETCH(const QString, text);
        QFETCH(const qint64, begin);
        QFETCH(const qint64, length);
        const std::optional<TypedMoment> moment = parseMoment(text);
        QVERIFY(moment);
        QCOMPARE(qint64(moment->begin.time_since_epoch().count()), begin);
        QCOMPARE(qint64((moment->end - moment->begin).count()), length);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : { "", "2024", "2024-3-1", "01.03.2024", "2023-02-29", "2024-13-01", "2024-03-01 24:00",
                 "2024-03-01 10:60", "2024-03-01 10:02:60", "2024-03-01 10", "2024-03-01 10:02 +01:00", "today" })
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void refuses()
    {
        QFETCH(const QString, text);
        QVERIFY(!parseMoment(text));
    }

    void knowsABeginning()
    {
        for (const QString &text : { u"2"_s, u"2024-"_s, u"2024-03-0"_s, u"2024-03-01 1"_s, u"2024-03-01 10:02:"_s })
            QVERIFY2(couldBecomeMoment(text), qPrintable(text));
        for (const QString &text : { u"a"_s, u"2024/"_s, u"2024-03-01x"_s })
            QVERIFY2(!couldBecomeMoment(text), qPrintable(text));
    }
};

QTEST_APPLESS_MAIN(TestDateBound)
#include "tst_datebound.moc"
