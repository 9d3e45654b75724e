// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/demoendpoint.h"
#include "demo/demoservice.h"

#include "servicecaller.h"

#include <QJsonArray>
#include <QtTest>

using namespace optout;
using namespace optout::demo;
using namespace optout::test;
using namespace Qt::Literals::StringLiterals;

namespace {

using namespace std::chrono;

constexpr auto sharedArn = "arn:aws:sms-voice:us-east-1:444455556666:opt-out-list/PartnerNetwork";

} // namespace

class TestDemoService final : public QObject {
    Q_OBJECT

private:
    ServiceCaller m_caller;

    Answer ask(DemoService &service, const char *operation, const QByteArray &body, const QStringList &faults = {},
        const Credentials &keys = DemoEndpoint::credentials())
    {
        return m_caller.ask(service, operation, body, faults, keys);
    }
    Answer ask(const char *operation, const QByteArray &body) { return m_caller.ask(operation, body); }

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void pagesThroughAListWithoutLossOrRepeat_data()
    {
        QTest::addColumn<QString>("list");
        QTest::addColumn<QString>("filter"); // "" for none
        QTest::addColumn<int>("maxResults");
        QTest::newRow("whole") << u"Default"_s << QString() << 100;
        QTest::newRow("odd pages") << u"Default"_s << QString() << 37;
        QTest::newRow("by end users") << u"Default"_s << u"true"_s << 100;
        QTest::newRow("by others") << u"Default"_s << u"false"_s << 99;
        QTest::newRow("shared") << QString::fromLatin1(sharedArn) << QString() << 100;
        QTest::newRow("without plus here and there") << u"OneTimePasswords"_s << QString() << 10;
        QTest::newRow("empty") << u"Pilot-2026"_s << QString() << 100;
    }
    void pagesThroughAListWithoutLossOrRepeat()
    {
        QFETCH(QString, list);
        QFETCH(QString, filter);
        QFETCH(int, maxResults);
        DemoService service({ .rows = 1000 }, m_caller.clock);
        const DemoList &expected = *service.lists().find(list);
        QJsonObject query { { "OptOutListName"_L1, list }, { "MaxResults"_L1, maxResults } };
        if (!filter.isEmpty())
            query["Filters"_L1] = QJsonArray { QJsonObject {
                { "Name"_L1, "end-user-opted-out"_L1 }, { "Values"_L1, QJsonArray { filter } } } };
        quint32 next = 0;
        for (;;) {
            const Answer page = ask(service, numbersCall, json(query));
            QCOMPARE(page.status, 200);
            QCOMPARE(page.text("OptOutListArn"_L1), expected.about().arn);
            QCOMPARE(page.text("OptOutListName"_L1), expected.about().name);
            const QJsonArray items = page.body.value("OptedOutNumbers"_L1).toArray();
            QVERIFY(items.size() <= maxResults);
            for (const QJsonValue &item : items) {
                while (!filter.isEmpty() && expected.isEndUser(next) != (filter == u"true"_s))
                    ++next;
                const OptedOutNumber row = DemoList::toNumber(expected.row(next++));
                QCOMPARE(item["OptedOutNumber"_L1].toString(), QString::fromStdString(row.number));
                QCOMPARE(item["EndUserOptedOut"_L1].toBool(), row.endUserOptedOut);
                QCOMPARE(qint64(std::llround(item["OptedOutTimestamp"_L1].toDouble() * 1000)),
                    qint64(row.optedOutAt->time_since_epoch().count()));
            }
            const QString token = page.text("NextToken"_L1);
            if (token.isEmpty())
                break;
            query["NextToken"_L1] = token;
        }
        while (next < expected.size() && !filter.isEmpty() && expected.isEndUser(next) != (filter == u"true"_s))
            ++next;
        QCOMPARE(next, expected.size());
    }

    void takesOneHundredUnlessToldOtherwise()
    {
        QCOMPARE(
            ask(numbersCall, quoted("{'OptOutListName':'Default'}")).body.value("OptedOutNumbers"_L1).toArray().size(),
            100);
        QCOMPARE(ask(numbersCall, quoted("{'OptOutListName':'Default','MaxResults':null,'Unheard':{}}"))
                     .body.value("OptedOutNumbers"_L1)
                     .toArray()
                     .size(),
            100);
    }

    void writesAsLiberallyAsTheService()
    {
        DemoService service({ .rows = 1000 }, m_caller.clock);
        QByteArray all;
        QString token;
        do {
            const QByteArray body = json({ { "OptOutListName"_L1, "Default"_L1 },
                { "NextToken"_L1, token.isEmpty() ? QJsonValue() : QJsonValue(token) } });
            const auto reply =
                service.answer(signedRequest(numbersCall, body, DemoEndpoint::credentials(), m_caller.clock.now()), {});
            all += reply.answer.body;
            token = QJsonDocument::fromJson(reply.answer.body).object().value("NextToken"_L1).toString();
        } while (!token.isEmpty());
        static const QRegularExpression scientific(u"\"OptedOutTimestamp\":1\\.\\d+E9[,}]"_s),
            plain(u"\"OptedOutTimestamp\":1\\d{9}(\\.\\d{1,3})?[,}]"_s);
        const QString text = QString::fromUtf8(all);
        QVERIFY(text.count(scientific) > 300);
        QVERIFY(text.count(plain) > 300);
        QCOMPARE(text.count(scientific) + text.count(plain), 1000);
        QVERIFY(text.contains("\\u002b"_L1));
        QVERIFY(text.contains("\\/"_L1));
        QVERIFY(text.contains("\"Channel\""_L1));
        QVERIFY(text.contains("{\"EndUserOptedOut\""_L1));
        QVERIFY(text.contains("{\"OptedOutTimestamp\""_L1));
    }

    void looksNumbersUp()
    {
        DemoService service({ .rows = 1000 }, m_caller.clock);
        const DemoList &list = *service.lists().find(u"Default"_s);
        const QString one = QString::number(list.row(7).digits), two = u'+' + QString::number(list.row(900).digits);
        const QByteArray body = json({ { "OptOutListName"_L1, "Default"_L1 },
            { "OptedOutNumbers"_L1, QJsonArray { two, u"+14165550199999"_s, one, u'+' + one } } });
        const Answer found = ask(service, numbersCall, body);
        const QJsonArray items = found.body.value("OptedOutNumbers"_L1).toArray();
        QCOMPARE(items.size(), 2);
        QCOMPARE(items.at(0)["OptedOutNumber"_L1].toString(), two);
        QCOMPARE(items.at(1)["OptedOutNumber"_L1].toString(), u'+' + one);
        QVERIFY(found.text("NextToken"_L1).isEmpty());

        DemoService strict({ .rows = 1000, .absentNumberIsError = true }, m_caller.clock);
        const Answer refused = ask(strict, numbersCall, body);
        QCOMPARE(refused.code(), u"ResourceNotFoundException"_s);
        QCOMPARE(refused.text("ResourceType"_L1), u"opted-out-number"_s);
        QCOMPARE(refused.text("ResourceId"_L1), u"+14165550199999"_s);
    }

    void pagesAndFiltersLookedUpNumbers()
    {
        DemoService service({ .rows = 1000 }, m_caller.clock);
        const DemoList &list = *service.lists().find(u"Default"_s);
        QJsonArray numbers;
        int byEndUser = 0;
        for (quint32 i = 0; i < 5; ++i) {
            numbers.append(u'+' + QString::number(list.row(i).digits));
            byEndUser += list.isEndUser(i);
        }
        QJsonObject query { { "OptOutListName"_L1, "Default"_L1 }, { "OptedOutNumbers"_L1, numbers },
            { "MaxResults"_L1, 2 } };
        int seen = 0, pages = 0;
        QString token;
        do {
            const Answer page = ask(service, numbersCall, json(query));
            seen += int(page.body.value("OptedOutNumbers"_L1).toArray().size());
            token = page.text("NextToken"_L1);
            query["NextToken"_L1] = token;
            ++pages;
        } while (!token.isEmpty());
        QCOMPARE(seen, 5);
        QCOMPARE(pages, 3);
        const Answer filtered = ask(service, numbersCall,
            json({ { "OptOutListName"_L1, "Default"_L1 }, { "OptedOutNumbers"_L1, numbers },
                { "Filters"_L1,
                    QJsonArray { QJsonObject {
                        { "Name"_L1, "end-user-opted-out"_L1 }, { "Values"_L1, QJsonArray { "true"_L1 } } } } } }));
        QCOMPARE(filtered.body.value("OptedOutNumbers"_L1).toArray().size(), byEndUser);
    }

    void addsValuesUpAndNarrowsByFilters()
    {
        const QByteArray name = quoted("{'Name':'end-user-opted-out','Values':");
        const auto count = [&](const QByteArray &filters) {
            return ask(numbersCall, quoted("{'OptOutListName':'Default','Filters':[") + filters + "]}")
                .body.value("OptedOutNumbers"_L1)
                .toArray()
                .size();
        };
        QCOMPARE(count(name + quoted("['true','false']}")), 100);
        QCOMPARE(count(name + quoted("['true']},") + name + quoted("['false']}")), 0);
        QCOMPARE(count(""), 100);
    }

    void listsTheLists_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QStringList>("names");
        const QString longest = u"Appointment-reminders_of_all_clinics_in_the_North-East_and_Wales"_s;
        const QStringList own { u"OneTimePasswords"_s, u"Default"_s, longest, u"Marketing"_s, u"Pilot-2026"_s };
        QStringList all = own;
        all.insert(3, u"PartnerNetwork"_s);
        QTest::newRow("all") << "{}"_ba << all;
        QTest::newRow("own") << quoted("{'Owner':'SELF'}") << own;
        QTest::newRow("shared") << quoted("{'Owner':'SHARED'}") << QStringList { u"PartnerNetwork"_s };
        QTest::newRow("by name and ARN, each once") << quoted("{'OptOutListNames':['Marketing','Default','Marketing','")
                + sharedArn + quoted("']}") << QStringList { u"Marketing"_s, u"Default"_s, u"PartnerNetwork"_s };
        QTest::newRow("no names") << quoted("{'OptOutListNames':[]}") << all;
        QTest::newRow("no names and an owner") << quoted("{'OptOutListNames':[],'Owner':'SELF'}") << own;
    }
    void listsTheLists()
    {
        QFETCH(QByteArray, body);
        QFETCH(QStringList, names);
        DemoService service({ .rows = 1000 }, m_caller.clock);
        QJsonObject query = QJsonDocument::fromJson(body).object();
        for (const int maxResults : { 100, 2 }) {
            query.remove("NextToken"_L1);
            query["MaxResults"_L1] = maxResults;
            QStringList seen;
            QString token;
            do {
                const Answer page = ask(service, listsCall, json(query));
                QCOMPARE(page.status, 200);
                for (const QJsonValue &item : page.body.value("OptOutLists"_L1).toArray()) {
                    seen += item["OptOutListName"_L1].toString();
                    QVERIFY(item["OptOutListArn"_L1].toString().endsWith(u":opt-out-list/"_s + seen.last()));
                    QVERIFY(item["CreatedTimestamp"_L1].toDouble() > 1.6e9);
                }
                token = page.text("NextToken"_L1);
                query["NextToken"_L1] = token;
            } while (!token.isEmpty());
            QCOMPARE(seen, names);
        }
    }

    void bindsATokenToItsQuery()
    {
        DemoService service({ .rows = 1000 }, m_caller.clock);
        const QString token = ask(service, numbersCall, quoted("{'OptOutListName':'Default'}")).text("NextToken"_L1);
        QVERIFY(!token.isEmpty());
        const auto with = [&](const QByteArray &members) {
            return ask(service, numbersCall, members + quoted(",'NextToken':'") + token.toLatin1() + "\"}");
        };
        QCOMPARE(with(quoted("{'OptOutListName':'Default'")).status, 200);
        QCOMPARE(with(quoted("{'OptOutListName':'Default','MaxResults':3")).status, 200); // the page size may change
        QCOMPARE(
            with(quoted("{'OptOutListName':'arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/Default'")).status,
            200);
        for (const char *other :
            { "{'OptOutListName':'Marketing'", "{'OptOutListName':'Default','OptedOutNumbers':['+12']",
                "{'OptOutListName':'Default','Filters':[{'Name':'end-user-opted-out','Values':['true']}]" })
            QCOMPARE(with(quoted(other)).text("Reason"_L1), u"INVALID_NEXT_TOKEN"_s);
    }

    void refusesOtherPathsMethodsAndTypes()
    {
        // Signed wrongly on purpose where the change comes after signing: the signature is judged first.
        DemoService service({ .rows = 10 }, m_caller.clock);
        HttpRequest request = signedRequest(listsCall, "{}", DemoEndpoint::credentials(), m_caller.clock.now());
        request.method = "GET";
        QVERIFY(service.answer(request, {}).answer.body.contains("InvalidSignatureException"));
        request.headers.clear();
        const auto anonymous = service.answer(request, {});
        QCOMPARE(anonymous.answer.status, 400);
        QVERIFY(anonymous.answer.body.contains("MissingAuthenticationTokenException"));
    }

    void deniesWhomIamDenies()
    {
        DemoService service({ .rows = 10 }, m_caller.clock);
        const Answer refused = ask(service, numbersCall, "{}", {}, DemoEndpoint::deniedCredentials());
        QCOMPARE(refused.status, 400);
        QCOMPARE(refused.code(), u"AccessDeniedException"_s);
        QVERIFY(refused.text("message"_L1)
                    .startsWith("User: arn:aws:iam::111122223333:user/demo-denied is not authorized to perform: "
                                "sms-voice:DescribeOptedOutNumbers on "
                                "resource: arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/*"_L1));
        QVERIFY(!refused.body.contains("Reason"_L1));
        QCOMPARE(ask(service, listsCall, "{}", {}, DemoEndpoint::temporaryCredentials()).status, 200);
    }

    void keepsOneQuotaPerOperation()
    {
        DemoService service({ .rows = 10, .callsPerSecond = 1, .burst = 2 }, m_caller.clock);
        QCOMPARE(ask(service, listsCall, "{}").status, 200);
        QCOMPARE(ask(service, listsCall, "{}").status, 200);
        const Answer refused = ask(service, listsCall, "{}");
        QCOMPARE(refused.status, 400);
        QCOMPARE(refused.code(), u"ThrottlingException"_s);
        QCOMPARE(ask(service, numbersCall, quoted("{'OptOutListName':'Default'}")).status, 200);
        m_caller.clock.advance(1s);
        QCOMPARE(ask(service, listsCall, "{}").status, 200);
        QCOMPARE(ask(service, listsCall, "{}").status, 400);
    }

    void readsChangesOfAQuota()
    {
        const auto changes = readQuotaChanges({ u"4@150"_s, u"0.5@3"_s });
        QVERIFY(changes.has_value());
        QCOMPARE(changes->size(), size_t(2));
        QCOMPARE(changes->front().perSecond, 4.0);
        QCOMPARE(changes->front().passed, 150u);
        for (const QString &wrong :
            { u"4"_s, u"@3"_s, u"4@"_s, u"4@0"_s, u"-1@3"_s, u"nan@3"_s, u"1@2@3"_s, QString() })
            QVERIFY2(!readQuotaChanges({ wrong }), qPrintable(wrong));

        DemoService service({ .rows = 10, .callsPerSecond = 0, .quotaChanges = { u"1@2"_s } }, m_caller.clock);
        QCOMPARE(ask(service, listsCall, "{}").status, 200);
        QCOMPARE(ask(service, listsCall, "{}").status, 200);
        m_caller.clock.advance(1s);
        QCOMPARE(ask(service, listsCall, "{}").status, 200);
        QCOMPARE(ask(service, listsCall, "{}").status, 400);
    }

    void failsAsOrdered()
    {
        DemoService service({ .rows = 1000 }, m_caller.clock);
        const auto with = [&](const QString &fault) { return ask(service, listsCall, "{}", { fault }); };
        QCOMPARE(with(u"throttle"_s).code(), u"ThrottlingException"_s);
        QCOMPARE(with(u"internal"_s).status, 500);
        QCOMPARE(with(u"internal"_s).code(), u"InternalServerException"_s);
        QVERIFY(!with(u"internal"_s).text("RequestId"_L1).isEmpty());
        QCOMPARE(with(u"denied"_s).text("Reason"_L1), u"ACCOUNT_DISABLED"_s);
        QCOMPARE(with(u"expired-credentials"_s).code(), u"ExpiredTokenException"_s);
        QCOMPARE(with(u"invalid-token"_s).text("Reason"_L1), u"INVALID_NEXT_TOKEN"_s);
        QVERIFY(with(u"clock-skew:301"_s).text("message"_L1).startsWith("Signature expired"_L1));
        QVERIFY(with(u"clock-skew:-301"_s).text("message"_L1).startsWith("Signature not yet current"_L1));
        QCOMPARE(with(u"clock-skew:299"_s).status, 200);
        QCOMPARE(with(u"reset"_s).status, 200); // the connection's business
    }

    void spoilsPagesAsOrdered()
    {
        DemoService service({ .rows = 1000 }, m_caller.clock);
        QJsonObject query { { "OptOutListName"_L1, "Default"_L1 }, { "MaxResults"_L1, 10 } };
        const auto number = [](const Answer &page, qsizetype i) {
            return page.body.value("OptedOutNumbers"_L1).toArray().at(i)["OptedOutNumber"_L1].toString();
        };
        const Answer first = ask(service, numbersCall, json(query));
        query["NextToken"_L1] = first.body.value("NextToken"_L1);
        const Answer second = ask(service, numbersCall, json(query));

        const Answer repeated = ask(service, numbersCall, json(query), { u"repeat-token"_s });
        QCOMPARE(repeated.body.value("NextToken"_L1), first.body.value("NextToken"_L1));
        QCOMPARE(number(repeated, 0), number(second, 0));

        const Answer overlapping = ask(service, numbersCall, json(query), { u"overlap"_s });
        QCOMPARE(number(overlapping, 0), number(first, 9));
        QCOMPARE(number(overlapping, 1), number(second, 0));
        QCOMPARE(overlapping.body.value("OptedOutNumbers"_L1).toArray().size(), 10);

        const Answer empty = ask(service, numbersCall, json(query), { u"empty-page"_s });
        QCOMPARE(empty.body.value("OptedOutNumbers"_L1).toArray().size(), 0);
        const QJsonValue onward = empty.body.value("NextToken"_L1);
        QVERIFY(onward.isString() && onward != first.body.value("NextToken"_L1));
        query["NextToken"_L1] = onward;
        const Answer again = ask(service, numbersCall, json(query), { u"empty-page"_s });
        QVERIFY(again.body.value("NextToken"_L1) != onward);
        QCOMPARE(number(ask(service, numbersCall, json(query)), 0), number(second, 0));
    }

    void namesEachRequest()
    {
        DemoService service({ .rows = 10 }, m_caller.clock);
        QSet<QByteArray> ids;
        for (int i = 0; i < 5; ++i) {
            const auto reply =
                service.answer(signedRequest(listsCall, "{}", DemoEndpoint::credentials(), m_caller.clock.now()), {});
            QCOMPARE(reply.answer.headers.size(), 1);
            QCOMPARE(reply.answer.headers.first().first, "x-amzn-RequestId"_ba);
            QVERIFY(!QUuid::fromString(QLatin1StringView(reply.answer.headers.first().second)).isNull());
            ids += reply.answer.headers.first().second;
        }
        QCOMPARE(ids.size(), 5);
    }

    void writesAPageInTime()
    {
        // A page of 100 rows costs a few dozen microseconds when optimised; the bound only catches a slip into linear
        // time.
        DemoService service({ .rows = 10'000'000 }, m_caller.clock);
        QJsonObject query { { "OptOutListName"_L1, "Default"_L1 } };
        const auto begin = steady_clock::now();
        constexpr int pages = 200;
        for (int i = 0; i < pages; ++i) {
            const HttpRequest request =
                signedRequest(numbersCall, json(query), DemoEndpoint::credentials(), m_caller.clock.now());
            const auto reply = service.answer(request, {});
            QCOMPARE(reply.answer.status, 200);
            query["NextToken"_L1] = QJsonDocument::fromJson(reply.answer.body).object().value("NextToken"_L1);
        }
        const auto perPage = duration<double, std::micro>(steady_clock::now() - begin).count() / pages;
        qInfo("%.0f microseconds a page, with signing and reading it in the test", perPage);
        QVERIFY(perPage < 20'000);
    }
};

QTEST_GUILESS_MAIN(TestDemoService)
#include "tst_demoservice.moc"
