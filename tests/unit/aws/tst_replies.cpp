// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/replies.h"

#include <QFile>
#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

class TestReplies final : public QObject {
    Q_OBJECT

private:
    static QByteArray sample(const QString &name)
    {
        QFile file(QStringLiteral(OPTOUT_TEST_DATA "/aws/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    //! JSON is easier to read here with single quotes.
    static QByteArray json(const char *withSingleQuotes) { return QByteArray(withSingleQuotes).replace('\'', '"'); }
    static QByteArray withTime(const QByteArray &number)
    {
        return json("{'OptedOutNumbers':[{'OptedOutNumber':'+14165550123','OptedOutTimestamp':") + number + "}]}";
    }
    static std::optional<Timestamp> ms(qint64 count) { return Timestamp(std::chrono::milliseconds(count)); }

private slots:
    void readsAPage()
    {
        const Result<NumbersPage> page = readNumbersPage(sample(u"numbers-page.json"_s));
        QVERIFY2(page.has_value(), page ? "" : qPrintable(page.error().detail));
        QCOMPARE(page->listArn, u"arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/Marketing"_s);
        QCOMPARE(page->listName, u"Marketing"_s);
        QCOMPARE(page->nextToken, std::optional(u"eyJ2IjoxLCJwIjoiXC8iLCJ6Ijoiw6kifQ==/é😀"_s));
        const std::vector<OptedOutNumber> expected {
            { .number = "+14165550123", .optedOutAt = ms(1655236397857), .endUserOptedOut = true },
            { .number = "+447700900123", .optedOutAt = ms(1672876384858), .endUserOptedOut = false },
            { .number = "14165550124", .optedOutAt = ms(1700000000000), .endUserOptedOut = true },
            { .number = "+33199000123", .optedOutAt = {}, .endUserOptedOut = false },
        };
        QVERIFY(page->numbers == expected);
    }

    void readsTheLastPage()
    {
        const Result<NumbersPage> page = readNumbersPage(sample(u"numbers-last-page.json"_s));
        QVERIFY(page.has_value());
        QVERIFY(page->numbers.empty());
        QVERIFY(!page->nextToken);
    }

    void readsLists()
    {
        const Result<ListsPage> page = readListsPage(sample(u"lists-page.json"_s));
        QVERIFY(page.has_value());
        const QList<OptOutList> expected {
            { .arn = u"arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/Default"_s,
                .name = u"Default"_s,
                .created = ms(1600000000000) },
            { .arn = u"arn:aws:sms-voice:us-east-1:444455556666:opt-out-list/Shared_1"_s,
                .name = u"Shared_1"_s,
                .created = ms(1655236397857) },
        };
        QCOMPARE(page->lists, expected);
        QCOMPARE(page->nextToken, std::optional(u"bGlzdHM="_s));
    }

    void readsManyPagesOneAfterTheOther()
    {
        // The parser is used again and again: nothing of a page may be left in the next, whatever their sizes.
        const QByteArray small = sample(u"numbers-last-page.json"_s);
        QByteArray large = json("{'OptedOutNumbers':[");
        for (int i = 0; i < 20'000; ++i)
            large += (i ? "," : "") + json("{'OptedOutNumber':'+1416555") + QByteArray::number(i + 10'000) + "\"}";
        large += "]}";
        for (int round = 0; round < 3; ++round) {
            QCOMPARE(readNumbersPage(large)->numbers.size(), std::size_t(20'000));
            QCOMPARE(readNumbersPage(large)->numbers.back().number, "+141655529999");
            QVERIFY(readNumbersPage(small)->numbers.empty());
            QVERIFY(!readNumbersPage(small.trimmed().chopped(1)));
            QCOMPARE(readNumbersPage(sample(u"numbers-page.json"_s))->numbers.size(), std::size_t(4));
        }
    }

    void tokensSayWhetherThereIsMore_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("token"); // null: none
        QTest::newRow("absent") << json("{}") << QString();
        QTest::newRow("null") << json("{'NextToken':null}") << QString();
        QTest::newRow("empty") << json("{'NextToken':''}") << QString();
        QTest::newRow("set") << json("{'NextToken':'x'}") << u"x"_s;
        QTest::newRow("before the numbers") << json("{'NextToken':'x','OptedOutNumbers':[]}") << u"x"_s;
        QTest::newRow("a space is a token") << json("{'NextToken':' '}") << u" "_s;
        QTest::newRow("byte order mark at its start") << json("{'NextToken':'\\ufeff\\ufeffx'}") << u"\ufeff\ufeffx"_s;
        QTest::newRow("one of an unknown member's") << json("{'Other':{'NextToken':'x'}}") << QString();
    }
    void tokensSayWhetherThereIsMore()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, token);
        const std::optional<QString> expected = token.isNull() ? std::nullopt : std::optional(token);
        QCOMPARE(readNumbersPage(body)->nextToken, expected);
        QCOMPARE(readListsPage(body)->nextToken, expected);
    }

    void readsTimesToTheMillisecond_data()
    {
        QTest::addColumn<QByteArray>("number");
        QTest::addColumn<qint64>("expected");
        QTest::newRow("fraction") << "1655236397.857"_ba << qint64(1655236397857);
        QTest::newRow("scientific") << "1.655236397857E9"_ba << qint64(1655236397857);
        QTest::newRow("scientific, small e, plus") << "1.655236397857e+9"_ba << qint64(1655236397857);
        QTest::newRow("negative exponent") << "1655236397857e-3"_ba << qint64(1655236397857);
        QTest::newRow("integer") << "1655236397"_ba << qint64(1655236397000);
        QTest::newRow("zero") << "0"_ba << qint64(0);
        QTest::newRow("negative zero") << "-0.0"_ba << qint64(0);
        QTest::newRow("one millisecond") << "0.001"_ba << qint64(1);
        QTest::newRow("binary fraction below the decimal") << "1700000000.129"_ba << qint64(1700000000129);
        QTest::newRow("binary fraction above the decimal") << "1700000000.999"_ba << qint64(1700000000999);
        QTest::newRow("rounded down") << "1655236397.8574"_ba << qint64(1655236397857);
        QTest::newRow("rounded up") << "1655236397.8576"_ba << qint64(1655236397858);
        QTest::newRow("rounded up into the next second") << "1655236397.9996"_ba << qint64(1655236398000);
        QTest::newRow("nanoseconds") << "1655236397.857123456"_ba << qint64(1655236397857);
        QTest::newRow("before 1970") << "-1.5"_ba << qint64(-1500);
        QTest::newRow("before 1970, rounded") << "-0.0004"_ba << qint64(0);
        QTest::newRow("first moment") << "-62167219200"_ba << qint64(-62167219200000);
        QTest::newRow("last moment") << "253402300799.999"_ba << qint64(253402300799999);
    }
    void readsTimesToTheMillisecond()
    {
        QFETCH(QByteArray, number);
        QFETCH(qint64, expected);
        const Result<NumbersPage> page = readNumbersPage(withTime(number));
        QVERIFY2(page.has_value(), page ? "" : qPrintable(page.error().detail));
        QCOMPARE(page->numbers[0].optedOutAt, ms(expected));
    }

    void everyMillisecondSurvivesTheWire()
    {
        for (int i = 0; i < 20'000; ++i) {
            const qint64 time = 1'400'000'000'000 + qint64(i) * 37'123'457;
            const QByteArray text =
                QByteArray::number(time / 1000) + '.' + QByteArray::number(time % 1000).rightJustified(3, '0');
            const Result<NumbersPage> page = readNumbersPage(withTime(text));
            QVERIFY(page.has_value());
            QCOMPARE(page->numbers[0].optedOutAt, ms(time));
        }
    }

    void namesThePlace_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("place");
        QTest::newRow("time as text") << withTime("\"2022-06-14T19:53:17.857Z\"")
                                      << u"OptedOutNumbers[0].OptedOutTimestamp is no number"_s;
        QTest::newRow("number as text") << withTime("\"1655236397\"")
                                        << u"OptedOutNumbers[0].OptedOutTimestamp is no number"_s;
        QTest::newRow("time as true") << withTime("true") << u"OptedOutNumbers[0].OptedOutTimestamp is no number"_s;
        QTest::newRow("time before year 0")
            << withTime("-62167219200.001") << u"OptedOutNumbers[0].OptedOutTimestamp is outside the years 0 to 9999"_s;
        QTest::newRow("time after year 9999")
            << withTime("253402300800") << u"OptedOutNumbers[0].OptedOutTimestamp is outside the years 0 to 9999"_s;
        QTest::newRow("time that rounds to year 10000") << withTime(
            "253402300799.9997") << u"OptedOutNumbers[0].OptedOutTimestamp is outside the years 0 to 9999"_s;
        QTest::newRow("time in milliseconds")
            << withTime("1655236397857") << u"OptedOutNumbers[0].OptedOutTimestamp is outside the years 0 to 9999"_s;
        QTest::newRow("huge time") << withTime("1e300")
                                   << u"OptedOutNumbers[0].OptedOutTimestamp is outside the years 0 to 9999"_s;
        QTest::newRow("largest integer") << withTime("18446744073709551615")
                                         << u"OptedOutNumbers[0].OptedOutTimestamp is outside the years 0 to 9999"_s;
        QTest::newRow("second item lacks its number")
            << json("{'OptedOutNumbers':[{'OptedOutNumber':'+12'},{'EndUserOptedOut':true}]}")
            << u"OptedOutNumbers[1].OptedOutNumber is missing"_s;
        QTest::newRow("empty number") << json("{'OptedOutNumbers':[{'OptedOutNumber':''}]}")
                                      << u"OptedOutNumbers[0].OptedOutNumber is missing"_s;
        QTest::newRow("null number") << json("{'OptedOutNumbers':[{'OptedOutNumber':null}]}")
                                     << u"OptedOutNumbers[0].OptedOutNumber is missing"_s;
        QTest::newRow("number as a number") << json("{'OptedOutNumbers':[{'OptedOutNumber':14165550123}]}")
                                            << u"OptedOutNumbers[0].OptedOutNumber is no text"_s;
        QTest::newRow("boolean as text") << json(
            "{'OptedOutNumbers':[{'OptedOutNumber':'+12','EndUserOptedOut':'true'}]}")
                                         << u"OptedOutNumbers[0].EndUserOptedOut is neither true nor false"_s;
        QTest::newRow("boolean as number") << json("{'OptedOutNumbers':[{'OptedOutNumber':'+12','EndUserOptedOut':1}]}")
                                           << u"OptedOutNumbers[0].EndUserOptedOut is neither true nor false"_s;
        QTest::newRow("item is text") << json("{'OptedOutNumbers':['+12']}") << u"OptedOutNumbers[0] is no object"_s;
        QTest::newRow("item is null") << json("{'OptedOutNumbers':[null]}") << u"OptedOutNumbers[0] is no object"_s;
        QTest::newRow("numbers are an object") << json("{'OptedOutNumbers':{}}") << u"OptedOutNumbers is no list"_s;
        QTest::newRow("name is a number") << json("{'OptOutListName':7}") << u"OptOutListName is no text"_s;
        QTest::newRow("ARN is a list") << json("{'OptOutListArn':[]}") << u"OptOutListArn is no text"_s;
        QTest::newRow("token is a number") << json("{'NextToken':7}") << u"NextToken is no text"_s;
        QTest::newRow("token twice") << json("{'NextToken':'a','NextToken':'b'}") << u"NextToken is there twice"_s;
        QTest::newRow("token and null") << json("{'NextToken':'a','NextToken':null}") << u"NextToken is there twice"_s;
        QTest::newRow("numbers twice") << json("{'OptedOutNumbers':[],'OptedOutNumbers':[]}")
                                       << u"OptedOutNumbers is there twice"_s;
        QTest::newRow("time twice") << json(
            "{'OptedOutNumbers':[{'OptedOutNumber':'+12','OptedOutTimestamp':1,'OptedOutTimestamp':2}]}")
                                    << u"OptedOutNumbers[0].OptedOutTimestamp is there twice"_s;
        QTest::newRow("root is a list") << "[]"_ba << u"it is no JSON object"_s;
        QTest::newRow("root is text") << "\"x\""_ba << u"it is no JSON object"_s;
        QTest::newRow("root is null") << "null"_ba << u"it is no JSON object"_s;
    }
    void namesThePlace()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, place);
        const Result<NumbersPage> page = readNumbersPage(body);
        QVERIFY(!page.has_value());
        QCOMPARE(page.error().kind, Error::Kind::BadResponse);
        QCOMPARE(page.error().detail, u"The answer cannot be read: %1."_s.arg(place));
    }

    void namesThePlaceInLists_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("place");
        QTest::newRow("no ARN") << json("{'OptOutLists':[{'OptOutListName':'a'}]}")
                                << u"OptOutLists[0].OptOutListArn is missing"_s;
        QTest::newRow("no name") << json(
            "{'OptOutLists':[{'OptOutListName':'a','OptOutListArn':'b'},{'OptOutListArn':'b'}]}")
                                 << u"OptOutLists[1].OptOutListName is missing"_s;
        QTest::newRow("time as text") << json("{'OptOutLists':[{'CreatedTimestamp':'x'}]}")
                                      << u"OptOutLists[0].CreatedTimestamp is no number"_s;
        QTest::newRow("lists are text") << json("{'OptOutLists':'x'}") << u"OptOutLists is no list"_s;
        QTest::newRow("lists twice") << json("{'OptOutLists':[],'OptOutLists':[]}") << u"OptOutLists is there twice"_s;
    }
    void namesThePlaceInLists()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, place);
        const Result<ListsPage> page = readListsPage(body);
        QVERIFY(!page.has_value());
        QCOMPARE(page.error().kind, Error::Kind::BadResponse);
        QCOMPARE(page.error().detail, u"The answer cannot be read: %1."_s.arg(place));
    }

    void refusesWhatIsNoJson_data()
    {
        QTest::addColumn<QByteArray>("body");
        const QByteArray whole = json("{'OptedOutNumbers':[]}");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("only spaces") << "  \n"_ba;
        QTest::newRow("HTML") << sample(u"proxy-page.html"_s);
        QTest::newRow("text after the end") << whole + " x";
        QTest::newRow("brace after the end") << whole + '}';
        QTest::newRow("two documents") << whole + whole;
        QTest::newRow("NUL after the end") << whole + '\0';
        QTest::newRow("byte order mark") << "\xef\xbb\xbf" + whole;
        QTest::newRow("comma at the end") << json("{'OptedOutNumbers':[],}");
        QTest::newRow("comment") << json("{'OptedOutNumbers':[]/*x*/}");
        QTest::newRow("NaN") << withTime("NaN");
        QTest::newRow("infinity") << withTime("Infinity");
        QTest::newRow("overflow") << withTime("1e400");
        QTest::newRow("leading zero") << withTime("01");
        QTest::newRow("plus sign") << withTime("+1");
        QTest::newRow("no digit after the point") << withTime("1.");
        QTest::newRow("wrong UTF-8 in a token") << json("{'NextToken':'\xff'}");
        QTest::newRow("overlong UTF-8") << json("{'NextToken':'\xc0\xaf'}");
        QTest::newRow("surrogate in UTF-8") << json("{'NextToken':'\xed\xa0\x80'}");
        QTest::newRow("wrong UTF-8 in an unknown member") << json("{'Other':{'x':'\xff'}}");
        QTest::newRow("wrong UTF-8 in an unknown name") << json("{'\xff':1}");
        QTest::newRow("half a surrogate pair, escaped") << json("{'NextToken':'\\ud83d'}");
        QTest::newRow("second half alone, escaped") << json("{'NextToken':'\\ude00'}");
        QTest::newRow("control character in text") << json("{'NextToken':'\n'}");
        QTest::newRow("unknown escape") << json("{'NextToken':'\\q'}");
        QTest::newRow("wrong word in an unknown member") << json("{'Other':[tru]}");
        QTest::newRow("wrong number in an unknown member") << json("{'Other':[1.2.3]}");
        QTest::newRow("unknown member not closed") << json("{'Other':[{]}");
        QTest::newRow("too deep") << "{\"Other\":" + QByteArray(5000, '[') + QByteArray(5000, ']') + '}';
        QTest::newRow("endlessly deep") << QByteArray(200'000, '[');
    }
    void refusesWhatIsNoJson()
    {
        QFETCH(QByteArray, body);
        const Result<NumbersPage> numbers = readNumbersPage(body);
        QVERIFY(!numbers.has_value());
        QCOMPARE(numbers.error().kind, Error::Kind::BadResponse);
        QVERIFY(numbers.error().detail.startsWith(u"The answer cannot be read: it is no whole JSON ("_s));
        const Result<ListsPage> lists = readListsPage(body);
        QVERIFY(!lists.has_value());
        QCOMPARE(lists.error(), numbers.error());
    }

    void refusesAnErrorWithAGoodStatus()
    {
        // It would read as an empty last page, because all members of a page may be absent.
        const QByteArray body = json("{'__type':'com.amazon.coral.service#ExpiredTokenException','message':'x'}");
        for (const Error &error : { readNumbersPage(body).error(), readListsPage(body).error() }) {
            QCOMPARE(error.kind, Error::Kind::BadResponse);
            QVERIFY(error.detail.contains(u"it is an error"_s));
        }
    }

    void refusesEveryCut()
    {
        for (const QString &name : { u"numbers-page.json"_s, u"numbers-last-page.json"_s, u"lists-page.json"_s }) {
            const QByteArray body = sample(name).trimmed();
            QVERIFY(!body.isEmpty());
            for (qsizetype size = 0; size < body.size(); ++size) {
                // Exactly as large as its text, so that reading past the end would be noticed by a sanitizer.
                const auto cut = std::make_unique<char[]>(std::size_t(size));
                std::copy_n(body.constData(), size, cut.get());
                const QByteArray bytes = QByteArray::fromRawData(cut.get(), size);
                QVERIFY(!readNumbersPage(bytes));
                QVERIFY(!readListsPage(bytes));
            }
        }
    }

    void keepsAnyText()
    {
        const Result<NumbersPage> page =
            readNumbersPage(json("{'OptedOutNumbers':[{'OptedOutNumber':'a\\u0000\\u00e9 \\ud83d\\ude00'}]}"));
        QVERIFY(page.has_value());
        QCOMPARE(page->numbers[0].number, std::string("a\0\xc3\xa9 \xf0\x9f\x98\x80", 9));
    }
};

QTEST_GUILESS_MAIN(TestReplies)
#include "tst_replies.moc"
