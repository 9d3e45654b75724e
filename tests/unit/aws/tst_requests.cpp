// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/requests.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

Q_DECLARE_METATYPE(optout::DescribeOptedOutNumbersInput)
Q_DECLARE_METATYPE(optout::DescribeOptOutListsInput)

using NumbersInput = DescribeOptedOutNumbersInput;
using ListsInput = DescribeOptOutListsInput;

class TestRequests final : public QObject {
    Q_OBJECT

private:
    static constexpr auto filterName = "end-user-opted-out";

    static QByteArray json(const char *withSingleQuotes) { return QByteArray(withSingleQuotes).replace('\'', '"'); }

    static NumbersInput filtered(const QString &name, const QStringList &values)
    {
        return { .optOutListName = u"Default"_s, .filters = { { .name = name, .values = values } } };
    }
    static NumbersInput lookingUp(const QStringList &numbers)
    {
        return { .optOutListName = u"Default"_s, .optedOutNumbers = numbers };
    }

private slots:
    void writesNumbersRequests_data()
    {
        QTest::addColumn<NumbersInput>("input");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("list alone") << NumbersInput { .optOutListName = u"Default"_s }
                                    << json("{'OptOutListName':'Default'}");
        QTest::newRow("ARN") << NumbersInput {
            .optOutListName = u"arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/Shared_1"_s
        } << json("{'OptOutListName':'arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/Shared_1'}");
        QTest::newRow("everything")
            << NumbersInput { .optOutListName = u"Default"_s,
                   .optedOutNumbers = { u"+14165550123"_s, u"14165550124"_s },
                   .filters = { { .name = u"end-user-opted-out"_s, .values = { u"true"_s } } },
                   .nextToken = u"abc=="_s,
                   .maxResults = 100 }
            << json(
                   "{'OptOutListName':'Default','OptedOutNumbers':['+14165550123','14165550124'],"
                   "'Filters':[{'Name':'end-user-opted-out','Values':['true']}],'NextToken':'abc==','MaxResults':100}");
        QTest::newRow("two filters, two values")
            << NumbersInput { .optOutListName = u"Default"_s,
                   .filters = { { .name = u"end-user-opted-out"_s, .values = { u"true"_s, u"false"_s } },
                       { .name = u"end-user-opted-out"_s, .values = { u"true"_s } } } }
            << json("{'OptOutListName':'Default','Filters':[{'Name':'end-user-opted-out','Values':['true','false']},"
                    "{'Name':'end-user-opted-out','Values':['true']}]}");
        QTest::newRow("token that has to be escaped")
            << NumbersInput { .optOutListName = u"Default"_s, .nextToken = u"\"\\\n\u0001/é😀"_s }
            << "{\"OptOutListName\":\"Default\",\"NextToken\":\"\\\"\\\\\\u000a\\u0001/é😀\"}"_ba;
    }
    void writesNumbersRequests()
    {
        QFETCH(NumbersInput, input);
        const Result<QByteArray> body = writeRequest(input);
        QVERIFY(body.has_value());
        QTEST(*body, "body");
    }

    //! All characters up to U+0300 and one in some of the others, read back by another's parser.
    void tokensArriveAsTheyAre()
    {
        QString token;
        for (char32_t c = 0; c <= 0x10FFFF; c = c < 0x300 ? c + 1 : c + 97) {
            if (c >= 0xD800 && c < 0xE000)
                continue;
            token += QString::fromUcs4(&c, 1);
            if (token.size() < 500 && c < 0x10FFFF - 97)
                continue;
            const Result<QByteArray> body =
                writeRequest(NumbersInput { .optOutListName = u"Default"_s, .nextToken = token });
            QVERIFY(body.has_value());
            QCOMPARE(QJsonDocument::fromJson(*body).object(),
                (QJsonObject { { u"OptOutListName"_s, u"Default"_s }, { u"NextToken"_s, token } }));
            token.clear();
        }
    }

    void writesListsRequests_data()
    {
        QTest::addColumn<ListsInput>("input");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("nothing set") << ListsInput {} << "{}"_ba;
        QTest::newRow("names") << ListsInput { .optOutListNames = { u"A"_s, u"B"_s } }
                               << json("{'OptOutListNames':['A','B']}");
        QTest::newRow("own") << ListsInput { .owner = ListsInput::Owner::Self } << json("{'Owner':'SELF'}");
        QTest::newRow("shared, second page")
            << ListsInput { .owner = ListsInput::Owner::Shared, .nextToken = u"t"_s, .maxResults = 1 }
            << json("{'Owner':'SHARED','NextToken':'t','MaxResults':1}");
    }
    void writesListsRequests()
    {
        QFETCH(ListsInput, input);
        const Result<QByteArray> body = writeRequest(input);
        QVERIFY(body.has_value());
        QTEST(*body, "body");
    }

    void takesTheLimitsThemselves_data()
    {
        QTest::addColumn<NumbersInput>("input");
        QTest::newRow("name of 1") << NumbersInput { .optOutListName = u"a"_s };
        QTest::newRow("name of 256") << NumbersInput { .optOutListName = QString(256, u'a') };
        QTest::newRow("every kind of character") << NumbersInput { .optOutListName = u"azAZ09_:/-"_s };
        QTest::newRow("5 numbers") << lookingUp(QStringList(5, u"+14165550123"_s));
        QTest::newRow("shortest number") << lookingUp({ u"12"_s });
        QTest::newRow("longest number") << lookingUp({ u"+1234567890123456789"_s });
        QTest::newRow("20 filters") << NumbersInput { .optOutListName = u"a"_s,
            .filters = QList<NumbersInput::Filter>(20, { QString::fromLatin1(filterName), { u"x"_s } }) };
        QTest::newRow("20 values") << filtered(QString::fromLatin1(filterName), QStringList(20, u"true"_s));
        QTest::newRow("value of 128") << filtered(QString::fromLatin1(filterName), { QString(128, u'x') });
        QTest::newRow("every kind of value character")
            << filtered(QString::fromLatin1(filterName), { u"azAZ09/.:+_-"_s });
        QTest::newRow("token of 1024") << NumbersInput { .optOutListName = u"a"_s, .nextToken = QString(1024, u't') };
        QTest::newRow("token of 1024 characters outside the BMP")
            << NumbersInput { .optOutListName = u"a"_s, .nextToken = u"😀"_s.repeated(1024) };
        QTest::newRow("1 result") << NumbersInput { .optOutListName = u"a"_s, .maxResults = 1 };
        QTest::newRow("100 results") << NumbersInput { .optOutListName = u"a"_s, .maxResults = 100 };
    }
    void takesTheLimitsThemselves()
    {
        QFETCH(NumbersInput, input);
        const Result<QByteArray> body = writeRequest(input);
        QVERIFY2(body.has_value(), body ? "" : qPrintable(body.error().detail));
    }

    void refusesNumbersRequests_data()
    {
        QTest::addColumn<NumbersInput>("input");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char *name, const NumbersInput &input, const QString &detail) {
            QTest::newRow(name) << input << detail;
        };
        const QString filter = QString::fromLatin1(filterName);
        row("no name", {}, u"OptOutListName must be 1 to 256 characters, but has 0."_s);
        row("name of 300", { .optOutListName = QString(300, u'a') },
            u"OptOutListName must be 1 to 256 characters, but has 300."_s);
        row("name with a star", { .optOutListName = u"a*b"_s },
            u"OptOutListName may hold only letters A-Z, digits and _ : / -, but holds \"*\"."_s);
        row("name with a letter of another script", { .optOutListName = u"Größe"_s },
            u"OptOutListName may hold only letters A-Z, digits and _ : / -, but holds \"ö\"."_s);
        row("name with an emoji", { .optOutListName = u"a😀"_s },
            u"OptOutListName may hold only letters A-Z, digits and _ : / -, but holds \"😀\"."_s);
        row("name with a line end", { .optOutListName = u"a\n"_s },
            u"OptOutListName may hold only letters A-Z, digits and _ : / -, but holds \"U+000a\"."_s);
        row("6 numbers", lookingUp(QStringList(6, u"+14165550123"_s)),
            u"OptedOutNumbers must hold 0 to 5 items, but holds 6."_s);
        row("empty number", lookingUp({ u"+14165550123"_s, QString() }),
            u"OptedOutNumbers[1] must be 1 to 20 characters, but has 0."_s);
        row("number of 21", lookingUp({ u"+12345678901234567890"_s }),
            u"OptedOutNumbers[0] must be 1 to 20 characters, but has 21."_s);
        row("number of 20 digits", lookingUp({ u"12345678901234567890"_s }),
            u"OptedOutNumbers[0] must be 2 to 19 digits after an optional +, the first of them not 0."_s);
        row("number that begins with 0", lookingUp({ u"+0416555"_s }),
            u"OptedOutNumbers[0] must be 2 to 19 digits after an optional +, the first of them not 0."_s);
        row("one digit", lookingUp({ u"+1"_s }),
            u"OptedOutNumbers[0] must be 2 to 19 digits after an optional +, the first of them not 0."_s);
        row("punctuation in a number", lookingUp({ u"+1 416 555"_s }),
            u"OptedOutNumbers[0] must be 2 to 19 digits after an optional +, the first of them not 0."_s);
        row("21 filters",
            { .optOutListName = u"a"_s, .filters = QList<NumbersInput::Filter>(21, { filter, { u"x"_s } }) },
            u"Filters must hold 0 to 20 items, but holds 21."_s);
        row("unknown filter", filtered(u"status"_s, { u"x"_s }), u"Filters[0].Name must be \"end-user-opted-out\"."_s);
        row("filter without values", filtered(filter, {}),
            u"Filters[0].Values must hold 1 to 20 items, but holds 0."_s);
        row("21 values", filtered(filter, QStringList(21, u"x"_s)),
            u"Filters[0].Values must hold 1 to 20 items, but holds 21."_s);
        row("empty value", filtered(filter, { u"true"_s, QString() }),
            u"Filters[0].Values[1] must be 1 to 128 characters, but has 0."_s);
        row("value of 129", filtered(filter, { QString(129, u'x') }),
            u"Filters[0].Values[0] must be 1 to 128 characters, but has 129."_s);
        row("value with a space", filtered(filter, { u"a b"_s }),
            u"Filters[0].Values[0] may hold only letters A-Z, digits and / . : + _ -, but holds \" \"."_s);
        row("empty token", { .optOutListName = u"a"_s, .nextToken = QString() },
            u"NextToken must be 1 to 1024 characters, but has 0."_s);
        row("token of 1025", { .optOutListName = u"a"_s, .nextToken = QString(1025, u't') },
            u"NextToken must be 1 to 1024 characters, but has 1025."_s);
        row("half a character in a token", { .optOutListName = u"a"_s, .nextToken = QString(QChar(0xd83d)) },
            u"NextToken holds half a character (an unpaired surrogate)."_s);
        row("0 results", { .optOutListName = u"a"_s, .maxResults = 0 }, u"MaxResults must be 1 to 100, but is 0."_s);
        row("101 results", { .optOutListName = u"a"_s, .maxResults = 101 },
            u"MaxResults must be 1 to 100, but is 101."_s);
        row("negative results", { .optOutListName = u"a"_s, .maxResults = -1 },
            u"MaxResults must be 1 to 100, but is -1."_s);
    }
    void refusesNumbersRequests()
    {
        QFETCH(NumbersInput, input);
        const Result<QByteArray> body = writeRequest(input);
        QVERIFY(!body.has_value());
        QCOMPARE(body.error().kind, Error::Kind::InvalidInput);
        QTEST(body.error().detail, "detail");
    }

    void refusesListsRequests_data()
    {
        QTest::addColumn<ListsInput>("input");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char *name, const ListsInput &input, const QString &detail) {
            QTest::newRow(name) << input << detail;
        };
        row("6 names", { .optOutListNames = QStringList(6, u"a"_s) },
            u"OptOutListNames must hold 0 to 5 items, but holds 6."_s);
        row("empty name", { .optOutListNames = { u"a"_s, QString() } },
            u"OptOutListNames[1] must be 1 to 256 characters, but has 0."_s);
        row("name of 257", { .optOutListNames = { QString(257, u'a') } },
            u"OptOutListNames[0] must be 1 to 256 characters, but has 257."_s);
        row("dot in a name", { .optOutListNames = { u"a.b"_s } },
            u"OptOutListNames[0] may hold only letters A-Z, digits and _ : / -, but holds \".\"."_s);
        row("names and owner", { .optOutListNames = { u"a"_s }, .owner = ListsInput::Owner::Self },
            u"Owner cannot be used together with OptOutListNames."_s);
        row("empty token", { .nextToken = QString() }, u"NextToken must be 1 to 1024 characters, but has 0."_s);
        row("101 results", { .maxResults = 101 }, u"MaxResults must be 1 to 100, but is 101."_s);
    }
    void refusesListsRequests()
    {
        QFETCH(ListsInput, input);
        const Result<QByteArray> body = writeRequest(input);
        QVERIFY(!body.has_value());
        QCOMPARE(body.error().kind, Error::Kind::InvalidInput);
        QTEST(body.error().detail, "detail");
    }

    void keepsNumbersOutOfItsWords()
    {
        for (const QString &number : { u"+04165550123"_s, u"+1416555012345678901234"_s, u"+1 4165550123"_s }) {
            const Result<QByteArray> body = writeRequest(lookingUp({ number }));
            QVERIFY(!body.has_value());
            QVERIFY2(!body.error().detail.contains(u"416555"_s), qPrintable(body.error().detail));
        }
    }
};

QTEST_GUILESS_MAIN(TestRequests)
#include "tst_requests.moc"
