// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/listnumbersoperation.h"

#include "servicefixture.h"

#include <QRegularExpression>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

namespace {
constexpr Action action = Action::DescribeOptedOutNumbers;
}

class TestListNumbersOperation final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void nothingIsSentUnasked();
    void pagesAreDeliveredInOrder();
    void endOfTheList_data();
    void endOfTheList();
    void emptyPageWithTokenIsNotTheEnd();
    void onePageAtATime();
    void limitsAreChecked_data();
    void limitsAreChecked();
    void filter_data();
    void filter();
    void goesOnFromAToken();

    void repeatedToken_data();
    void repeatedToken();
    void startTokenThatComesBack();

    void failureKeepsThePlace();
    void throttlingIsTold();
    void callsAreCounted();

    void cancelBeforeAnything();
    void cancelWhileCalling();
    void cancelWhileWaiting();
    void cancelInsidePageArrived_data();
    void cancelInsidePageArrived();
    void cancelInsideWaiting();
    void cancelAfterTheEnd();

    void deletionWhileCalling();
    void deletionInsideSignals_data();
    void deletionInsideSignals();
    void outlivesTheService();

private:
    ListNumbersOperation *newOperation(const NumbersQuery &query = { .optOutListName = u"Default"_s });

    std::unique_ptr<ServiceFixture> f;
    std::unique_ptr<QObject> m_owner;
    QStringList m_events; // what was emitted, in order
};

void TestListNumbersOperation::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    f = std::make_unique<ServiceFixture>();
    m_owner = std::make_unique<QObject>();
    m_events.clear();
}

void TestListNumbersOperation::cleanup()
{
    m_owner.reset();
    QCOMPARE(f->transport.underWay(), 0);
    QCOMPARE(f->transport.complaints(), QStringList());
}

ListNumbersOperation *TestListNumbersOperation::newOperation(const NumbersQuery &query)
{
    ListNumbersOperation *operation = f->service().listNumbers(query, m_owner.get());
    connect(operation, &ListNumbersOperation::pageArrived, this, [this](const NumbersPage &page) {
        QStringList numbers;
        for (const OptedOutNumber &row : page.numbers)
            numbers += QString::fromStdString(row.number);
        m_events += u"page "_s + numbers.join(u' ');
    });
    connect(operation, &ListNumbersOperation::waiting, this, [this] { m_events += u"waiting"_s; });
    connect(operation, &ListNumbersOperation::finished, this, [this](const Result<Done> &outcome) {
        if (outcome)
            m_events += u"done"_s;
        else if (outcome.error().kind == Kind::Cancelled)
            m_events += u"cancelled"_s;
        else
            m_events += u"failed "_s + outcome.error().code;
    });
    return operation;
}

void TestListNumbersOperation::nothingIsSentUnasked()
{
    newOperation();
    QTest::qWait(5);
    QCOMPARE(f->transport.requests().size(), 0);
    QCOMPARE(m_events, QStringList());
}

void TestListNumbersOperation::pagesAreDeliveredInOrder()
{
    f->transport.expect(action, R"({"OptOutListName":"Default","MaxResults":2})")
        .reply(200, numbersPage({ u"+1"_s, u"+2"_s }, u"one"_s));
    f->transport.expect(action, R"({"OptOutListName":"Default","MaxResults":100,"NextToken":"one"})")
        .reply(200, numbersPage({ u"+3"_s }, u"two"_s));
    f->transport.expect(action, R"({"OptOutListName":"Default","MaxResults":7,"NextToken":"two"})")
        .reply(200, numbersPage({ u"+4"_s }));

    ListNumbersOperation *operation = newOperation();
    QCOMPARE(operation->nextToken(), std::nullopt);
    operation->requestMore(2);
    QCOMPARE(m_events, QStringList()); // never before the call returns
    QTRY_COMPARE(m_events.size(), 1);
    QCOMPARE(operation->nextToken(), u"one"_s);
    QTest::qWait(5);
    QCOMPARE(f->transport.requests().size(), 1); // pulled, not pushed

    operation->requestMore();
    QTRY_COMPARE(m_events.size(), 2);
    QCOMPARE(operation->nextToken(), u"two"_s);
    operation->requestMore(7);
    QTRY_COMPARE(m_events.size(), 4);
    QCOMPARE(m_events, (QStringList { u"page +1 +2"_s, u"page +3"_s, u"page +4"_s, u"done"_s }));
    QCOMPARE(operation->nextToken(), std::nullopt);
    operation->requestMore(); // does nothing after the end
    QTest::qWait(5);
    QCOMPARE(m_events.size(), 4);
}

void TestListNumbersOperation::endOfTheList_data()
{
    QTest::addColumn<QByteArray>("page");
    QTest::newRow("token absent") << QByteArray(R"({"OptedOutNumbers":[]})");
    QTest::newRow("token null") << QByteArray(R"({"OptedOutNumbers":[],"NextToken":null})");
    QTest::newRow("token empty") << QByteArray(R"({"OptedOutNumbers":[],"NextToken":""})");
    QTest::newRow("no members at all") << QByteArray("{}");
}

void TestListNumbersOperation::endOfTheList()
{
    QFETCH(QByteArray, page);
    f->transport.expect(action).reply(200, page);
    newOperation()->requestMore();
    QTRY_COMPARE(m_events, (QStringList { u"page "_s, u"done"_s }));
}

void TestListNumbersOperation::emptyPageWithTokenIsNotTheEnd()
{
    f->transport.expect(action).reply(200, numbersPage({}, u"one"_s));
    f->transport.expect(action).reply(200, numbersPage({}, u"two"_s));
    f->transport.expect(action).reply(200, numbersPage({ u"+1"_s }));
    ListNumbersOperation *operation = newOperation();
    connect(operation, &ListNumbersOperation::pageArrived, operation, [operation] { operation->requestMore(); });
    operation->requestMore();
    QTRY_COMPARE(m_events, (QStringList { u"page "_s, u"page "_s, u"page +1"_s, u"done"_s }));
}

void TestListNumbersOperation::onePageAtATime()
{
    f->transport.expect(action).reply(200, numbersPage({ u"+1"_s }, u"one"_s));
    ListNumbersOperation *operation = newOperation();
    for (int i = 0; i < 5; ++i)
        operation->requestMore();
    QTRY_COMPARE(m_events.size(), 1);
    QTest::qWait(5);
    QCOMPARE(f->transport.requests().size(), 1);
}

void TestListNumbersOperation::limitsAreChecked_data()
{
    QTest::addColumn<NumbersQuery>("query");
    QTest::addColumn<int>("limit");
    QTest::addColumn<QString>("word");
    QTest::newRow("no rows") << NumbersQuery { .optOutListName = u"Default"_s } << 0 << u"MaxResults"_s;
    QTest::newRow("too many rows") << NumbersQuery { .optOutListName = u"Default"_s } << 101 << u"MaxResults"_s;
    QTest::newRow("no list") << NumbersQuery {} << 100 << u"OptOutListName"_s;
    QTest::newRow("list with a space") << NumbersQuery { .optOutListName = u"My list"_s } << 100 << u"OptOutListName"_s;
}

void TestListNumbersOperation::limitsAreChecked()
{
    QFETCH(NumbersQuery, query);
    QFETCH(int, limit);
    QFETCH(QString, word);
    ListNumbersOperation *operation = newOperation(query);
    QSignalSpy finished(operation, &ListNumbersOperation::finished);
    operation->requestMore(limit);
    operation->requestMore(limit); // nor twice
    QCOMPARE(finished.size(), 0);
    QVERIFY(finished.wait());
    const Result<Done> outcome = onlyOutcome(finished);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Kind::InvalidInput);
    QVERIFY2(outcome.error().detail.contains(word), qPrintable(outcome.error().detail));
    QCOMPARE(f->transport.requests().size(), 0);
}

void TestListNumbersOperation::filter_data()
{
    QTest::addColumn<bool>("byEndUser");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("by end user") << true
                                 << QByteArray(R"({"OptOutListName":"Default","MaxResults":100,)"
                                               R"("Filters":[{"Name":"end-user-opted-out","Values":["true"]}]})");
    QTest::newRow("not by end user") << false
                                     << QByteArray(R"({"OptOutListName":"Default","MaxResults":100,)"
                                                   R"("Filters":[{"Name":"end-user-opted-out","Values":["false"]}]})");
}

void TestListNumbersOperation::filter()
{
    QFETCH(bool, byEndUser);
    QFETCH(QByteArray, body);
    f->transport.expect(action, body).reply(200, numbersPage({}));
    newOperation({ .optOutListName = u"Default"_s, .endUserOptedOut = byEndUser })->requestMore();
    QTRY_COMPARE(m_events.size(), 2);
}

void TestListNumbersOperation::goesOnFromAToken()
{
    f->transport.expect(action, R"({"OptOutListName":"Default","MaxResults":100,"NextToken":"middle"})")
        .reply(200, numbersPage({ u"+9"_s }));
    ListNumbersOperation *operation = newOperation({ .optOutListName = u"Default"_s, .startToken = u"middle"_s });
    QCOMPARE(operation->nextToken(), u"middle"_s);
    operation->requestMore();
    QTRY_COMPARE(m_events, (QStringList { u"page +9"_s, u"done"_s }));
}

void TestListNumbersOperation::repeatedToken_data()
{
    QTest::addColumn<QStringList>("tokens");
    QTest::newRow("twice in a row") << QStringList { u"one"_s, u"one"_s };
    QTest::newRow("in a circle of three") << QStringList { u"one"_s, u"two"_s, u"three"_s, u"one"_s };
    QTest::newRow("late") << QStringList { u"one"_s, u"two"_s, u"three"_s, u"three"_s };
}

void TestListNumbersOperation::repeatedToken()
{
    QFETCH(QStringList, tokens);
    QStringList expected;
    for (const QString &token : tokens) {
        f->transport.expect(action).reply(200, numbersPage({ u"+%1"_s.arg(expected.size() + 10) }, token));
        expected += u"page +%1"_s.arg(expected.size() + 10);
    }
    expected += u"failed RepeatedToken"_s; // after its page was delivered
    ListNumbersOperation *operation = newOperation();
    QSignalSpy finished(operation, &ListNumbersOperation::finished);
    connect(operation, &ListNumbersOperation::pageArrived, operation, [operation] { operation->requestMore(); });
    operation->requestMore();
    QTRY_COMPARE(m_events, expected);
    QCOMPARE(onlyOutcome(finished).error().kind, Kind::BadResponse);
    QCOMPARE(operation->nextToken(), std::nullopt);
}

void TestListNumbersOperation::startTokenThatComesBack()
{
    f->transport.expect(action).reply(200, numbersPage({ u"+1"_s }, u"middle"_s));
    newOperation({ .optOutListName = u"Default"_s, .startToken = u"middle"_s })->requestMore();
    QTRY_COMPARE(m_events, (QStringList { u"page +1"_s, u"failed RepeatedToken"_s }));
}

void TestListNumbersOperation::failureKeepsThePlace()
{
    f->transport.expect(action).reply(200, numbersPage({ u"+1"_s }, u"one"_s));
    f->transport.expect(action).reply(400, R"({"__type":"AccessDeniedException"})", answerHeaders());
    ListNumbersOperation *operation = newOperation();
    QSignalSpy finished(operation, &ListNumbersOperation::finished);
    operation->requestMore();
    QTRY_COMPARE(m_events.size(), 1);
    operation->requestMore();
    QTRY_COMPARE(m_events, (QStringList { u"page +1"_s, u"failed AccessDeniedException"_s }));
    QCOMPARE(onlyOutcome(finished).error().requestId, QString::fromLatin1(requestId));
    QCOMPARE(operation->nextToken(), u"one"_s);
    operation->requestMore();
    operation->cancel();
    QTest::qWait(5);
    QCOMPARE(m_events.size(), 2);
}

void TestListNumbersOperation::throttlingIsTold()
{
    f->transport.expect(action).reply(400, throttled(), againAtOnce());
    f->transport.expect(action).reply(400, throttled(), againAtOnce());
    f->transport.expect(action).reply(200, numbersPage({ u"+1"_s }));
    newOperation()->requestMore();
    QTRY_COMPARE(m_events, (QStringList { u"waiting"_s, u"waiting"_s, u"page +1"_s, u"done"_s }));
}

void TestListNumbersOperation::callsAreCounted()
{
    f->transport.expect(action).reply(400, throttled(), againAtOnce());
    f->transport.expect(action).reply(200, numbersPage({ u"+1"_s }, u"one"_s));
    f->transport.expect(action).reply(200, numbersPage({ u"+2"_s }));
    ListNumbersOperation *operation = newOperation();
    QCOMPARE(operation->calls(), 0);
    connect(operation, &ListNumbersOperation::pageArrived, operation, [operation] { operation->requestMore(); });
    operation->requestMore();
    QTRY_VERIFY(m_events.contains(u"done"_s));
    QCOMPARE(operation->calls(), 3);
}

void TestListNumbersOperation::cancelBeforeAnything()
{
    ListNumbersOperation *operation = newOperation();
    operation->cancel();
    operation->cancel();
    QCOMPARE(m_events, QStringList());
    QTRY_COMPARE(m_events, QStringList { u"cancelled"_s });
    operation->requestMore();
    operation->cancel();
    QTest::qWait(5);
    QCOMPARE(m_events.size(), 1);
}

void TestListNumbersOperation::cancelWhileCalling()
{
    f->transport.expect(action).stall();
    ListNumbersOperation *operation = newOperation();
    operation->requestMore();
    QTRY_COMPARE(f->transport.underWay(), 1);
    operation->cancel();
    QCOMPARE(f->transport.underWay(), 0); // at once
    QTRY_COMPARE(m_events, QStringList { u"cancelled"_s });
}

void TestListNumbersOperation::cancelWhileWaiting()
{
    f->jitter = 1;
    f->retry.firstDelay = 300ms;
    f->transport.expect(action).reply(400, throttled(), againAtOnce());
    ListNumbersOperation *operation = newOperation();
    operation->requestMore();
    QTRY_COMPARE(m_events.size(), 1);
    operation->cancel();
    f->clock.advance(1s);
    QTest::qWait(400);
    QCOMPARE(m_events, (QStringList { u"waiting"_s, u"cancelled"_s }));
    QCOMPARE(f->transport.requests().size(), 1);
}

void TestListNumbersOperation::cancelInsidePageArrived_data()
{
    QTest::addColumn<QString>("token");
    QTest::newRow("of a page in the middle") << u"one"_s;
    QTest::newRow("of the last page") << QString();
}

void TestListNumbersOperation::cancelInsidePageArrived()
{
    QFETCH(QString, token);
    f->transport.expect(action).reply(200, numbersPage({ u"+1"_s }, token));
    ListNumbersOperation *operation = newOperation();
    connect(operation, &ListNumbersOperation::pageArrived, operation, [operation] {
        operation->cancel();
        operation->requestMore();
    });
    operation->requestMore();
    QTRY_COMPARE(m_events, (QStringList { u"page +1"_s, u"cancelled"_s }));
    QTest::qWait(5);
    QCOMPARE(m_events.size(), 2);
}

void TestListNumbersOperation::cancelInsideWaiting()
{
    f->transport.expect(action).reply(400, throttled(), againAtOnce());
    ListNumbersOperation *operation = newOperation();
    connect(operation, &ListNumbersOperation::waiting, operation, &ListNumbersOperation::cancel);
    operation->requestMore();
    QTRY_COMPARE(m_events, (QStringList { u"waiting"_s, u"cancelled"_s }));
    QTest::qWait(5);
    QCOMPARE(f->transport.requests().size(), 1);
}

void TestListNumbersOperation::cancelAfterTheEnd()
{
    f->transport.expect(action).reply(200, numbersPage({}));
    ListNumbersOperation *operation = newOperation();
    connect(operation, &ListNumbersOperation::finished, operation, &ListNumbersOperation::cancel);
    operation->requestMore();
    QTRY_COMPARE(m_events, (QStringList { u"page "_s, u"done"_s }));
    operation->cancel();
    QTest::qWait(5);
    QCOMPARE(m_events.size(), 2);
}

void TestListNumbersOperation::deletionWhileCalling()
{
    f->transport.expect(action).stall();
    newOperation()->requestMore();
    QTRY_COMPARE(f->transport.underWay(), 1);
    m_owner.reset();
    QCOMPARE(f->transport.underWay(), 0);
    QTest::qWait(5);
    QCOMPARE(m_events, QStringList());
}

void TestListNumbersOperation::deletionInsideSignals_data()
{
    QTest::addColumn<QString>("event");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("waiting") << u"waiting"_s << QStringList { u"waiting"_s };
    QTest::newRow("a page in the middle") << u"page +1"_s << QStringList { u"waiting"_s, u"page +1"_s };
    QTest::newRow("the last page") << u"page +2"_s << QStringList { u"waiting"_s, u"page +1"_s, u"page +2"_s };
    QTest::newRow("finished") << u"done"_s << QStringList { u"waiting"_s, u"page +1"_s, u"page +2"_s, u"done"_s };
}

void TestListNumbersOperation::deletionInsideSignals()
{
    QFETCH(QString, event);
    QFETCH(QStringList, expected);
    f->transport.expect(action).reply(400, throttled(), againAtOnce());
    f->transport.expect(action).reply(200, numbersPage({ u"+1"_s }, u"one"_s));
    f->transport.expect(action).reply(200, numbersPage({ u"+2"_s }));
    ListNumbersOperation *operation = newOperation();
    const auto deleteAt = [this, operation, event] {
        if (m_events.last() == event)
            delete operation;
        else
            operation->requestMore();
    };
    connect(operation, &ListNumbersOperation::waiting, this, deleteAt);
    connect(operation, &ListNumbersOperation::pageArrived, this, deleteAt);
    connect(operation, &ListNumbersOperation::finished, this, deleteAt);
    operation->requestMore();
    QTRY_COMPARE(m_events, expected);
    QTest::qWait(5);
    QCOMPARE(m_events, expected);
    f->transport.clear();
}

void TestListNumbersOperation::outlivesTheService()
{
    auto service = std::make_unique<OptOutService>(f->service());
    f->transport.expect(action).reply(200, numbersPage({}));
    ListNumbersOperation *operation = service->listNumbers({ .optOutListName = u"Default"_s }, m_owner.get());
    QSignalSpy finished(operation, &ListNumbersOperation::finished);
    operation->requestMore();
    service.reset();
    f->credentials.reset();
    QVERIFY(finished.wait());
    QVERIFY(onlyOutcome(finished));
}

QTEST_GUILESS_MAIN(TestListNumbersOperation)
#include "tst_listnumbersoperation.moc"
