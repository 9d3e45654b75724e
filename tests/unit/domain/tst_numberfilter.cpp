// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "domain/numberfilter.h"

#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using Kind = NumberPattern::Kind;

namespace {

Timestamp at(qint64 milliseconds) { return Timestamp(std::chrono::milliseconds(milliseconds)); }

} // namespace

class TestNumberFilter final : public QObject {
    Q_OBJECT

private slots:
    void readsAPattern_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("needle");
        QTest::newRow("nothing") << u""_s << int(Kind::Everything) << u""_s;
        QTest::newRow("only punctuation") << u" ( ) - "_s << int(Kind::Everything) << u""_s;
        QTest::newRow("a lone plus") << u"+"_s << int(Kind::Everything) << u""_s;
        QTest::newRow("prefix") << u"+1416"_s << int(Kind::Prefix) << u"1416"_s;
        QTest::newRow("digits anywhere") << u"5550123"_s << int(Kind::Substring) << u"5550123"_s;
        QTest::newRow("as people write it") << u" +1 (416) 555-0123 "_s << int(Kind::Prefix) << u"14165550123"_s;
        QTest::newRow("with marks a web page adds")
            << u"\u202a+1\u00a0416\u2011555\u202c"_s << int(Kind::Prefix) << u"1416555"_s;
        QTest::newRow("star") << u"+1*99"_s << int(Kind::Wildcard) << u"1*99"_s;
        QTest::newRow("question mark") << u"1416555012?"_s << int(Kind::Wildcard) << u"1416555012?"_s;
        QTest::newRow("letters are text") << u"AcMe"_s << int(Kind::Substring) << u"acme"_s;
    }
    void readsAPattern()
    {
        QFETCH(QString, text);
        const Result<NumberPattern> pattern = NumberPattern::parse(text);
        QVERIFY2(pattern, qPrintable(pattern ? QString() : pattern.error().detail));
        QTEST(int(pattern->kind()), "kind");
        QTEST(QString::fromStdString(std::string(pattern->needle())), "needle");
    }

    void refusesAPattern_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("second plus") << u"+1+4"_s;
        QTest::newRow("plus inside") << u"1+4"_s;
        QTest::newRow("other sign") << u"1#4"_s;
        QTest::newRow("65 characters") << QString(65, u'1');
    }
    void refusesAPattern()
    {
        QFETCH(QString, text);
        const Result<NumberPattern> pattern = NumberPattern::parse(text);
        QVERIFY(!pattern);
        QCOMPARE(pattern.error().kind, Error::Kind::InvalidInput);
        QVERIFY(!pattern.error().detail.isEmpty());
    }

    void matches_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("number");
        QTest::addColumn<bool>("expected");
        QTest::newRow("prefix") << u"+1416"_s << u"+14165550123"_s << true;
        QTest::newRow("prefix, stored without plus") << u"+1416"_s << u"14165550123"_s << true;
        QTest::newRow("prefix is not anywhere") << u"+416"_s << u"+14165550123"_s << false;
        QTest::newRow("substring") << u"5550"_s << u"+14165550123"_s << true;
        QTest::newRow("substring at the end") << u"0123"_s << u"+14165550123"_s << true;
        QTest::newRow("substring absent") << u"9999"_s << u"+14165550123"_s << false;
        QTest::newRow("wildcard is the whole number") << u"416*"_s << u"+14165550123"_s << false;
        QTest::newRow("wildcard") << u"+1416*23"_s << u"+14165550123"_s << true;
        QTest::newRow("wildcard backtracks") << u"*01*0123"_s << u"+14010155510123"_s << true;
        QTest::newRow("question mark is one digit") << u"1416555012?"_s << u"+1416555012"_s << false;
        QTest::newRow("text without regard to case") << u"acme"_s << u"ACME-ALERT"_s << true;
        QTest::newRow("everything takes empty text") << u""_s << u""_s << true;
    }
    void matches()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, number);
        QTEST(NumberPattern::parse(pattern)->matches(number.toStdString()), "expected");
    }

    void tellsWhatMatches_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("number");
        QTest::addColumn<QString>("expected"); // the stretch itself; null: there is none
        QTest::newRow("prefix has the plus") << u"+1416"_s << u"+14165550123"_s << u"+1416"_s;
        QTest::newRow("prefix, stored without plus") << u"+1416"_s << u"14165550123"_s << u"1416"_s;
        QTest::newRow("prefix of another number") << u"+1416"_s << u"+24165550123"_s << QString();
        QTest::newRow("the first of two") << u"55"_s << u"+14165550155"_s << u"55"_s;
        QTest::newRow("at the end") << u"123"_s << u"+14165550123"_s << u"123"_s;
        QTest::newRow("without plus") << u"14"_s << u"14165550123"_s << u"14"_s;
        QTest::newRow("absent") << u"999"_s << u"+14165550123"_s << QString();
        QTest::newRow("wildcard is the whole number") << u"1416*"_s << u"+14165550123"_s << u"+14165550123"_s;
        QTest::newRow("wildcard that does not match") << u"416*"_s << u"+14165550123"_s << QString();
        QTest::newRow("text in its own case") << u"acme"_s << u"My ACME"_s << u"ACME"_s;
        QTest::newRow("nothing of it") << u""_s << u"+14165550123"_s << u""_s;
    }
    void tellsWhatMatches()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, number);
        const auto place = NumberPattern::parse(pattern)->placeIn(number.toStdString());
        const QString found = place ? number.mid(qsizetype(place->first), qsizetype(place->length)) : QString();
        QTEST(found, "expected");
        QCOMPARE(place.has_value(), NumberPattern::parse(pattern)->matches(number.toStdString()));
    }
    void theFirstPlaceIsTold()
    {
        const auto place = NumberPattern::parse(u"55"_s)->placeIn("+14165550155");
        QVERIFY(place);
        QCOMPARE(place->first, std::size_t(5));
    }

    void filtersByWhoAndWhen_data()
    {
        QTest::addColumn<int>("by");
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("until");
        QTest::addColumn<bool>("expected"); // of a row at 1000 ms, opted out by the end user
        QTest::newRow("no bound") << int(OptedOutBy::Anyone) << -1 << -1 << true;
        QTest::newRow("end user") << int(OptedOutBy::EndUser) << -1 << -1 << true;
        QTest::newRow("not end user") << int(OptedOutBy::NotEndUser) << -1 << -1 << false;
        QTest::newRow("from is inclusive") << int(OptedOutBy::Anyone) << 1000 << -1 << true;
        QTest::newRow("before from") << int(OptedOutBy::Anyone) << 1001 << -1 << false;
        QTest::newRow("until is exclusive") << int(OptedOutBy::Anyone) << -1 << 1000 << false;
        QTest::newRow("just before until") << int(OptedOutBy::Anyone) << -1 << 1001 << true;
    }
    void filtersByWhoAndWhen()
    {
        QFETCH(int, by);
        QFETCH(int, from);
        QFETCH(int, until);
        NumberFilter filter { .by = OptedOutBy(by) };
        if (from >= 0)
            filter.from = at(from);
        if (until >= 0)
            filter.until = at(until);
        QTEST(
            filter.matches({ .number = "+14165550123", .optedOutAt = at(1000), .endUserOptedOut = true }), "expected");
        const bool bounded = from >= 0 || until >= 0;
        if (bounded)
            QVERIFY(
                !filter.matches({ .number = "+14165550123", .endUserOptedOut = true })); // no time: outside any range
    }
};

QTEST_GUILESS_MAIN(TestNumberFilter)
#include "tst_numberfilter.moc"
