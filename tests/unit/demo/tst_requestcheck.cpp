// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "servicecaller.h"

#include <QJsonArray>
#include <QtTest>

using namespace optout;
using namespace optout::demo;
using namespace optout::test;
using namespace Qt::Literals::StringLiterals;

namespace {

QJsonArray repeated(const QJsonValue &value, int count)
{
    QJsonArray array;
    for (int i = 0; i < count; ++i)
        array.append(value);
    return array;
}

} // namespace

class TestRequestCheck final : public QObject {
    Q_OBJECT

private:
    Answer ask(const char *operation, const QByteArray &body) { return ServiceCaller().ask(operation, body); }

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void refusesWhatTheModelForbids_data()
    {
        QTest::addColumn<QByteArray>("operation");
        QTest::addColumn<QJsonObject>("change"); // of {"OptOutListName":"Default"} for numbers, of {} for lists
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("field");
        const QByteArray numbers = numbersCall, lists = listsCall;
        const QString failed = u"FIELD_VALIDATION_FAILED"_s, bad = u"INVALID_PARAMETER"_s,
                      missing = u"MISSING_PARAMETER"_s;
        const auto row = [](const char *name, const QByteArray &operation, const QString &member,
                             const QJsonValue &value, const QString &reason, const QString &field) {
            QTest::newRow(name) << operation << QJsonObject { { member, value } } << reason << field;
        };
        const auto filter = [](const QJsonValue &name, const QJsonValue &values) {
            return QJsonArray { QJsonObject { { "Name"_L1, name }, { "Values"_L1, values } } };
        };
        const QString byWhom = u"end-user-opted-out"_s, tooLong = QString(257, u'x');
        row("no list", numbers, u"OptOutListName"_s, QJsonValue(), missing, u"OptOutListName"_s);
        row("empty list name", numbers, u"OptOutListName"_s, QString(), failed, u"OptOutListName"_s);
        row("long list name", numbers, u"OptOutListName"_s, tooLong, failed, u"OptOutListName"_s);
        row("list name with a space", numbers, u"OptOutListName"_s, u"a b"_s, failed, u"OptOutListName"_s);
        row("list name with an end of line", numbers, u"OptOutListName"_s, u"Default\n"_s, failed, u"OptOutListName"_s);
        row("ARN of something else", numbers, u"OptOutListName"_s, u"arn:aws:sms-voice:us-east-1:111122223333:pool/x"_s,
            u"INVALID_ARN"_s, u"OptOutListName"_s);
        row("ARN cut short", numbers, u"OptOutListName"_s, u"arn:aws:sms-voice"_s, u"INVALID_ARN"_s,
            u"OptOutListName"_s);
        row("six numbers", numbers, u"OptedOutNumbers"_s, repeated(u"+14165550123"_s, 6), failed, u"OptedOutNumbers"_s);
        row("empty number", numbers, u"OptedOutNumbers"_s, repeated(QString(), 1), failed, u"OptedOutNumbers[0]"_s);
        row("number of one digit", numbers, u"OptedOutNumbers"_s, repeated(u"+1"_s, 1), failed,
            u"OptedOutNumbers[0]"_s);
        row("number of twenty digits", numbers, u"OptedOutNumbers"_s, repeated(QString(20, u'1'), 1), failed,
            u"OptedOutNumbers[0]"_s);
        row("number that is none", numbers, u"OptedOutNumbers"_s, QJsonArray { u"+14165550123"_s, u"+0416"_s }, failed,
            u"OptedOutNumbers[1]"_s);
        row("21 filters", numbers, u"Filters"_s, repeated(filter(byWhom, QJsonArray { u"true"_s }).first(), 21), failed,
            u"Filters"_s);
        row("unknown filter", numbers, u"Filters"_s, filter(u"country"_s, QJsonArray { u"true"_s }), bad,
            u"Filters[0].Name"_s);
        row("filter without name", numbers, u"Filters"_s, filter(QJsonValue(), QJsonArray { u"true"_s }), missing,
            u"Filters[0].Name"_s);
        row("filter without values", numbers, u"Filters"_s, filter(byWhom, QJsonValue()), missing,
            u"Filters[0].Values"_s);
        row("filter with no value", numbers, u"Filters"_s, filter(byWhom, QJsonArray()), failed,
            u"Filters[0].Values"_s);
        row("filter with 21 values", numbers, u"Filters"_s, filter(byWhom, repeated(u"true"_s, 21)), failed,
            u"Filters[0].Values"_s);
        row("filter value spelt otherwise", numbers, u"Filters"_s, filter(byWhom, QJsonArray { u"true"_s, u"True"_s }),
            u"INVALID_FILTER_VALUES"_s, u"Filters[0].Values[1]"_s);
        row("long filter value", numbers, u"Filters"_s, filter(byWhom, QJsonArray { QString(129, u'x') }), failed,
            u"Filters[0].Values[0]"_s);
        row("no results", numbers, u"MaxResults"_s, 0, failed, u"MaxResults"_s);
        row("101 results", numbers, u"MaxResults"_s, 101, failed, u"MaxResults"_s);
        row("negative results", lists, u"MaxResults"_s, -1, failed, u"MaxResults"_s);
        row("empty token", numbers, u"NextToken"_s, QString(), failed, u"NextToken"_s);
        row("long token", lists, u"NextToken"_s, QString(1025, u'x'), failed, u"NextToken"_s);
        row("forged token", numbers, u"NextToken"_s, u"Zm9yZ2Vk"_s, u"INVALID_NEXT_TOKEN"_s, u"NextToken"_s);
        row("six names", lists, u"OptOutListNames"_s, repeated(u"Default"_s, 6), failed, u"OptOutListNames"_s);
        row("bad name", lists, u"OptOutListNames"_s, repeated(u"a b"_s, 1), failed, u"OptOutListNames[0]"_s);
        row("unknown owner", lists, u"Owner"_s, u"self"_s, bad, u"Owner"_s);
        QTest::newRow("owner and names") << lists
                                         << QJsonObject { { "Owner"_L1, "SELF"_L1 },
                                                { "OptOutListNames"_L1, QJsonArray { u"Default"_s } } }
                                         << u"PARAMETERS_CANNOT_BE_USED_TOGETHER"_s << u"Owner"_s;
    }
    void refusesWhatTheModelForbids()
    {
        QFETCH(QByteArray, operation);
        QFETCH(QJsonObject, change);
        QFETCH(QString, reason);
        QFETCH(QString, field);
        QJsonObject query;
        if (operation == numbersCall)
            query["OptOutListName"_L1] = u"Default"_s;
        for (auto member = change.begin(); member != change.end(); ++member)
            query[member.key()] = member.value();
        const Answer refused = ask(operation.constData(), json(query));
        QCOMPARE(refused.status, 400);
        QCOMPARE(refused.text("__type"_L1), u"com.amazonaws.pinpointsmsvoicev2#ValidationException"_s);
        QCOMPARE(refused.text("Reason"_L1), reason);
        QVERIFY(refused.text("Message"_L1).contains(reason == u"INVALID_NEXT_TOKEN"_s ? u"NextToken"_s : field));
        const QJsonArray fields = refused.body.value("Fields"_L1).toArray();
        QCOMPARE(fields.size(), 1);
        QCOMPARE(fields.first()["Name"_L1].toString(), field);
        QVERIFY(!fields.first()["Message"_L1].toString().isEmpty());
    }

    void acceptsWhatIsJustAllowed_data()
    {
        QTest::addColumn<QByteArray>("operation");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("numbers at their ends") << QByteArray(numbersCall)
                                               << quoted("{'OptOutListName':'Default','OptedOutNumbers':['12','+"
                                                         "1234567890123456789','+14165550123'],'MaxResults':1}");
        QTest::newRow("no numbers") << QByteArray(
            numbersCall) << quoted("{'OptOutListName':'Default','OptedOutNumbers':[],'Filters':[],'MaxResults':100}");
        QTest::newRow("a whole number as a fraction") << QByteArray(listsCall) << quoted("{'MaxResults':5.0}");
    }
    void acceptsWhatIsJustAllowed()
    {
        QFETCH(QByteArray, operation);
        QFETCH(QByteArray, body);
        QCOMPARE(ask(operation.constData(), body).status, 200);
    }

    void namesAllMembersAtFault()
    {
        const Answer refused = ask(numbersCall, quoted("{'MaxResults':0,'OptedOutNumbers':['x']}"));
        QCOMPARE(refused.text("Reason"_L1), u"MISSING_PARAMETER"_s);
        QCOMPARE(refused.body.value("Fields"_L1).toArray().size(), 3);
    }

    void cannotReadWrongTypes_data()
    {
        QTest::addColumn<QByteArray>("body");
        for (const char *body : { "", "x", "[]", "'text'", "{", "{'OptOutListName':1}",
                 "{'OptOutListName':['Default']}", "{'OptOutListName':'Default','MaxResults':'5'}",
                 "{'OptOutListName':'Default','MaxResults':1.5}", "{'OptOutListName':'Default','OptedOutNumbers':'+1'}",
                 "{'OptOutListName':'Default','OptedOutNumbers':[1]}",
                 "{'OptOutListName':'Default','OptedOutNumbers':[null]}", "{'OptOutListName':'Default','Filters':{}}",
                 "{'OptOutListName':'Default','Filters':['x']}", "{'OptOutListName':'Default','NextToken':true}" })
            QTest::newRow(body) << quoted(body);
    }
    void cannotReadWrongTypes()
    {
        QFETCH(QByteArray, body);
        const Answer refused = ask(numbersCall, body);
        QCOMPARE(refused.status, 400);
        QCOMPARE(refused.text("__type"_L1), u"com.amazon.coral.service#SerializationException"_s);
        QVERIFY(!refused.text("message"_L1).isEmpty());
    }

    void doesNotFindLists_data()
    {
        QTest::addColumn<QString>("list");
        QTest::newRow("unknown") << u"Nowhere"_s;
        QTest::newRow("in other letters") << u"default"_s;
        QTest::newRow("shared, by name") << u"PartnerNetwork"_s;
        QTest::newRow("ARN of another region") << u"arn:aws:sms-voice:eu-west-1:111122223333:opt-out-list/Default"_s;
        QTest::newRow("ARN of another account") << u"arn:aws:sms-voice:us-east-1:444455556666:opt-out-list/Default"_s;
        QTest::newRow("a path") << u"opt-out-list/Default"_s;
    }
    void doesNotFindLists()
    {
        QFETCH(QString, list);
        for (const Answer &refused : { ask(numbersCall, json({ { "OptOutListName"_L1, list } })),
                 ask(listsCall, json({ { "OptOutListNames"_L1, QJsonArray { u"Default"_s, list } } })) }) {
            QCOMPARE(refused.status, 400);
            QCOMPARE(refused.code(), u"ResourceNotFoundException"_s);
            QCOMPARE(refused.text("ResourceType"_L1), u"opt-out-list"_s);
            QCOMPARE(refused.text("ResourceId"_L1), list);
        }
    }

    void knowsNoOtherOperation()
    {
        for (const char *operation : { "PutOptedOutNumber", "DeleteOptOutList", "describeoptoutlists", "" }) {
            const Answer refused = ask(operation, "{}");
            QCOMPARE(refused.status, 400);
            QCOMPARE(refused.code(), u"ValidationException"_s);
            QCOMPARE(refused.text("Reason"_L1), u"UNKNOWN_OPERATION"_s);
        }
    }
};

QTEST_GUILESS_MAIN(TestRequestCheck)
#include "tst_requestcheck.moc"
