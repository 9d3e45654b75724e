// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/listoptoutlistsoperation.h"

#include "servicefixture.h"

#include <QRegularExpression>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

using Kind = Error::Kind;
using Owner = DescribeOptOutListsInput::Owner;
Q_DECLARE_METATYPE(std::optional<Owner>)

namespace {
constexpr Action action = Action::DescribeOptOutLists;

QByteArray listsPage(const QStringList &names, const QString &token = {})
{
    QJsonArray items;
    for (const QString &name : names) {
        items +=
            QJsonObject { { u"OptOutListArn"_s, u"arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/"_s + name },
                { u"OptOutListName"_s, name }, { u"CreatedTimestamp"_s, 1655236397.857 } };
    }
    QJsonObject page { { u"OptOutLists"_s, items } };
    if (!token.isNull())
        page.insert(u"NextToken"_s, token);
    return QJsonDocument(page).toJson();
}
} // namespace

class TestListOptOutListsOperation final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void pagesFollowByThemselves();
    void owner_data();
    void owner();
    void emptyPageWithTokenIsNotTheEnd();
    void repeatedToken();
    void startsOnce();
    void failure();
    void cancel();
    void cancelInsidePageArrived();
    void deletionInsideSignals_data();
    void deletionInsideSignals();

private:
    ListOptOutListsOperation *newOperation(std::optional<Owner> owner = {});

    std::unique_ptr<ServiceFixture> f;
    std::unique_ptr<QObject> m_owner;
    QStringList m_events;
};

void TestListOptOutListsOperation::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    f = std::make_unique<ServiceFixture>();
    m_owner = std::make_unique<QObject>();
    m_events.clear();
}

void TestListOptOutListsOperation::cleanup()
{
    m_owner.reset();
    QCOMPARE(f->transport.underWay(), 0);
    QCOMPARE(f->transport.complaints(), QStringList());
}

ListOptOutListsOperation *TestListOptOutListsOperation::newOperation(std::optional<Owner> owner)
{
    ListOptOutListsOperation *operation = f->service().listOptOutLists(owner, m_owner.get());
    connect(operation, &ListOptOutListsOperation::pageArrived, this, [this](const ListsPage &page) {
        QStringList names;
        for (const OptOutList &list : page.lists)
            names += list.name;
        m_events += u"page "_s + names.join(u' ');
    });
    connect(operation, &ListOptOutListsOperation::waiting, this, [this] { m_events += u"waiting"_s; });
    connect(operation, &ListOptOutListsOperation::finished, this,
        [this](const Result<Done> &outcome) { m_events += outcome ? u"done"_s : u"failed "_s + outcome.error().code; });
    return operation;
}

void TestListOptOutListsOperation::pagesFollowByThemselves()
{
    f->transport.expect(action, R"({"MaxResults":100})").reply(200, listsPage({ u"Default"_s, u"News"_s }, u"one"_s));
    f->transport.expect(action, R"({"MaxResults":100,"NextToken":"one"})").reply(400, throttled(), againAtOnce());
    f->transport.expect(action, R"({"MaxResults":100,"NextToken":"one"})").reply(200, listsPage({ u"Sales"_s }));
    ListOptOutListsOperation *operation = newOperation();
    operation->start();
    QCOMPARE(m_events, QStringList());
    QTRY_COMPARE(m_events, (QStringList { u"page Default News"_s, u"waiting"_s, u"page Sales"_s, u"done"_s }));
    QCOMPARE(operation->calls(), 3);
}

void TestListOptOutListsOperation::owner_data()
{
    QTest::addColumn<std::optional<Owner>>("owner");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("any") << std::optional<Owner>() << QByteArray(R"({"MaxResults":100})");
    QTest::newRow("self") << std::optional(Owner::Self) << QByteArray(R"({"MaxResults":100,"Owner":"SELF"})");
    QTest::newRow("shared") << std::optional(Owner::Shared) << QByteArray(R"({"MaxResults":100,"Owner":"SHARED"})");
}

void TestListOptOutListsOperation::owner()
{
    QFETCH(std::optional<Owner>, owner);
    QFETCH(QByteArray, body);
    f->transport.expect(action, body).reply(200, listsPage({}));
    newOperation(owner)->start();
    QTRY_COMPARE(m_events, (QStringList { u"page "_s, u"done"_s }));
}

void TestListOptOutListsOperation::emptyPageWithTokenIsNotTheEnd()
{
    f->transport.expect(action).reply(200, listsPage({}, u"one"_s));
    f->transport.expect(action).reply(200, listsPage({ u"Default"_s }, u""_s));
    newOperation()->start();
    QTRY_COMPARE(m_events, (QStringList { u"page "_s, u"page Default"_s, u"done"_s }));
}

void TestListOptOutListsOperation::repeatedToken()
{
    f->transport.expect(action).reply(200, listsPage({ u"A"_s }, u"one"_s));
    f->transport.expect(action).reply(200, listsPage({ u"B"_s }, u"two"_s));
    f->transport.expect(action).reply(200, listsPage({ u"C"_s }, u"one"_s));
    newOperation()->start();
    QTRY_COMPARE(m_events, (QStringList { u"page A"_s, u"page B"_s, u"page C"_s, u"failed RepeatedToken"_s }));
}

void TestListOptOutListsOperation::startsOnce()
{
    f->transport.expect(action).reply(200, listsPage({}));
    ListOptOutListsOperation *operation = newOperation();
    operation->start();
    operation->start();
    QTRY_COMPARE(m_events.size(), 2);
    operation->start();
    QTest::qWait(5);
    QCOMPARE(f->transport.requests().size(), 1);
}

void TestListOptOutListsOperation::failure()
{
    f->transport.expect(action).reply(400, R"({"__type":"AccessDeniedException"})", answerHeaders());
    newOperation()->start();
    QTRY_COMPARE(m_events, QStringList { u"failed AccessDeniedException"_s });
}

void TestListOptOutListsOperation::cancel()
{
    f->transport.expect(action).stall();
    ListOptOutListsOperation *operation = newOperation();
    QSignalSpy finished(operation, &ListOptOutListsOperation::finished);
    operation->start();
    QTRY_COMPARE(f->transport.underWay(), 1);
    operation->cancel();
    operation->cancel();
    QVERIFY(finished.wait());
    QTest::qWait(5);
    QCOMPARE(onlyOutcome(finished).error().kind, Kind::Cancelled);
}

void TestListOptOutListsOperation::cancelInsidePageArrived()
{
    f->transport.expect(action).reply(200, listsPage({ u"A"_s }, u"one"_s));
    ListOptOutListsOperation *operation = newOperation();
    QSignalSpy finished(operation, &ListOptOutListsOperation::finished);
    connect(operation, &ListOptOutListsOperation::pageArrived, operation, &ListOptOutListsOperation::cancel);
    operation->start();
    QVERIFY(finished.wait());
    QTest::qWait(5);
    QCOMPARE(onlyOutcome(finished).error().kind, Kind::Cancelled);
    QCOMPARE(f->transport.requests().size(), 1);
}

void TestListOptOutListsOperation::deletionInsideSignals_data()
{
    QTest::addColumn<QString>("event");
    QTest::newRow("a page in the middle") << u"page A"_s;
    QTest::newRow("the last page") << u"page B"_s;
    QTest::newRow("finished") << u"done"_s;
}

void TestListOptOutListsOperation::deletionInsideSignals()
{
    QFETCH(QString, event);
    f->transport.expect(action).reply(200, listsPage({ u"A"_s }, u"one"_s));
    f->transport.expect(action).reply(200, listsPage({ u"B"_s }));
    ListOptOutListsOperation *operation = newOperation();
    const auto deleteAt = [this, operation, event] {
        if (m_events.last() == event)
            delete operation;
    };
    connect(operation, &ListOptOutListsOperation::pageArrived, this, deleteAt);
    connect(operation, &ListOptOutListsOperation::finished, this, deleteAt);
    operation->start();
    QTRY_VERIFY(m_events.contains(event));
    QTest::qWait(5);
    QCOMPARE(m_events.last(), event);
    f->transport.clear();
}

QTEST_GUILESS_MAIN(TestListOptOutListsOperation)
#include "tst_listoptoutlistsoperation.moc"
