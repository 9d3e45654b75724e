// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/lookupoperation.h"

#include "servicefixture.h"

#include <QRegularExpression>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

using Kind = Error::Kind;
using State = LookupAnswer::State;

namespace {
constexpr Action action = Action::DescribeOptedOutNumbers;

QByteArray question(const QStringList &numbers, const QString &token = {})
{
    QJsonObject body { { u"OptOutListName"_s, u"Default"_s },
        { u"OptedOutNumbers"_s, QJsonArray::fromStringList(numbers) } };
    if (!token.isNull())
        body.insert(u"NextToken"_s, token);
    return QJsonDocument(body).toJson();
}

QByteArray notFound(const char *resourceType)
{
    return QByteArray(R"({"__type":"ResourceNotFoundException","Message":"Gone","ResourceType":")") + resourceType
        + R"("})";
}

const QByteArray invalidNumbers =
    R"({"__type":"ValidationException","Message":"Bad","Reason":"FIELD_VALIDATION_FAILED",)"
    R"("Fields":[{"Name":"OptedOutNumbers","Message":"not a number"}]})";

//! Numbers nobody can own: 555-01xx is kept for fiction.
QStringList someNumbers(int count)
{
    QStringList out;
    for (int i = 0; i < count; ++i)
        out += u"+141655501%1"_s.arg(i, 2, 10, QChar(u'0'));
    return out;
}
} // namespace

class TestLookupOperation final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void nothingAsked();
    void foundAndNotFound();
    void chunksOfFive();
    void plusSignIsOptional_data();
    void plusSignIsOptional();
    void duplicatesAreAskedOnce();
    void invalidNumbersAreNotSent();
    void onlyInvalidNumbers();
    void wrongListNameIsAnError();
    void answerInPages();
    void answerInPagesThatNeverEnds();
    void numbersNotAskedForAreNotAnswered();

    void singleNumberThatDoesNotExist();
    void severalAreAskedOneByOne();
    void refusedNumberAmongSeveral();
    void refusalWithoutResourceType();
    void noSuchList();
    void refusalThatIsFinal_data();
    void refusalThatIsFinal();
    void throttledThenFine();

    void cancelBeforeStart();
    void cancelInsideAnswered();
    void deletionInsideSignals_data();
    void deletionInsideSignals();
    void deletionBeforeTheFirstCall();

private:
    LookupOperation *newOperation(const QStringList &numbers, const QString &list = u"Default"_s);

    std::unique_ptr<ServiceFixture> f;
    std::unique_ptr<QObject> m_owner;
    QStringList m_events; // the numbers answered, with +: opted out, -: not, ?: unknown; and the end
    QList<LookupAnswer> m_answers;
    Error m_error;
};

void TestLookupOperation::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    f = std::make_unique<ServiceFixture>();
    m_owner = std::make_unique<QObject>();
    m_events.clear();
    m_answers.clear();
    m_error = {};
}

void TestLookupOperation::cleanup()
{
    m_owner.reset();
    QCOMPARE(f->transport.underWay(), 0);
    QCOMPARE(f->transport.complaints(), QStringList());
}

LookupOperation *TestLookupOperation::newOperation(const QStringList &numbers, const QString &list)
{
    LookupOperation *operation = f->service().lookUp(list, numbers, m_owner.get());
    connect(operation, &LookupOperation::answered, this, [this](const LookupAnswer &answer) {
        const QString sign = answer.state == State::OptedOut ? u"yes"_s
            : answer.state == State::NotOptedOut             ? u"no"_s
                                                             : u"unknown"_s;
        m_events += answer.number + u' ' + sign;
        m_answers += answer;
    });
    connect(operation, &LookupOperation::finished, this, [this](const Result<Done> &outcome) {
        m_events += outcome ? u"done"_s : u"failed"_s;
        if (!outcome)
            m_error = outcome.error();
    });
    return operation;
}

void TestLookupOperation::nothingAsked()
{
    LookupOperation *operation = newOperation({});
    operation->start();
    QCOMPARE(m_events, QStringList());
    QTRY_COMPARE(m_events, QStringList { u"done"_s });
}

void TestLookupOperation::foundAndNotFound()
{
    const QStringList numbers = someNumbers(2);
    f->transport.expect(action, question(numbers)).reply(200, numbersPage({ numbers.at(1) }));
    newOperation(numbers)->start();
    QTRY_COMPARE(m_events, (QStringList { numbers.at(0) + u" no"_s, numbers.at(1) + u" yes"_s, u"done"_s }));
    QVERIFY(!m_answers.at(0).found);
    QVERIFY(!m_answers.at(0).error);
    QVERIFY(m_answers.at(1).found);
    QCOMPARE(QString::fromStdString(m_answers.at(1).found->number), numbers.at(1));
    QVERIFY(m_answers.at(1).found->endUserOptedOut);
    QVERIFY(m_answers.at(1).found->optedOutAt);
}

void TestLookupOperation::chunksOfFive()
{
    const QStringList numbers = someNumbers(12);
    f->transport.expect(action, question(numbers.sliced(0, 5))).reply(200, numbersPage({ numbers.at(4) }));
    f->transport.expect(action, question(numbers.sliced(5, 5))).reply(200, numbersPage({ numbers.at(5) }));
    f->transport.expect(action, question(numbers.sliced(10))).reply(200, numbersPage({}));
    LookupOperation *operation = newOperation(numbers);
    operation->start();
    operation->start(); // at most once
    QTRY_COMPARE(m_events.size(), 13);
    for (int i = 0; i < 12; ++i)
        QCOMPARE(m_events.at(i), numbers.at(i) + (i == 4 || i == 5 ? u" yes"_s : u" no"_s));
    QCOMPARE(m_events.at(12), u"done"_s);
    QCOMPARE(operation->calls(), 3);
}

void TestLookupOperation::plusSignIsOptional_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("answered");
    QTest::newRow("asked with, answered without") << u"+14165550100"_s << u"14165550100"_s;
    QTest::newRow("asked without, answered with") << u"14165550100"_s << u"+14165550100"_s;
    QTest::newRow("both without") << u"14165550100"_s << u"14165550100"_s;
}

void TestLookupOperation::plusSignIsOptional()
{
    QFETCH(QString, asked);
    QFETCH(QString, answered);
    f->transport.expect(action, question({ asked })).reply(200, numbersPage({ answered }));
    newOperation({ asked })->start();
    QTRY_COMPARE(m_events, (QStringList { asked + u" yes"_s, u"done"_s }));
    QCOMPARE(QString::fromStdString(m_answers.at(0).found->number), answered);
}

void TestLookupOperation::duplicatesAreAskedOnce()
{
    const QString number = u"+14165550100"_s;
    const QString bare = u"14165550100"_s;
    const QString other = u"+14165550101"_s;
    f->transport.expect(action, question({ number, other })).reply(200, numbersPage({ number }));
    newOperation({ number, other, number, bare, other })->start();
    QTRY_COMPARE(m_events,
        (QStringList {
            number + u" yes"_s, other + u" no"_s, number + u" yes"_s, bare + u" yes"_s, other + u" no"_s, u"done"_s }));
}

void TestLookupOperation::invalidNumbersAreNotSent()
{
    const QStringList numbers = someNumbers(2);
    const QStringList asked { u"hello"_s, numbers.at(0), u"+0123"_s, u"+1 416 555 0100"_s, numbers.at(1), QString() };
    f->transport.expect(action, question(numbers)).reply(200, numbersPage({}));
    newOperation(asked)->start();
    QTRY_COMPARE(m_events,
        (QStringList { u"hello unknown"_s, numbers.at(0) + u" no"_s, u"+0123 unknown"_s, u"+1 416 555 0100 unknown"_s,
            numbers.at(1) + u" no"_s, u" unknown"_s, u"done"_s }));
    QVERIFY(m_answers.at(0).error);
    QCOMPARE(m_answers.at(0).error->kind, Kind::InvalidInput);
}

void TestLookupOperation::onlyInvalidNumbers()
{
    newOperation({ u"x"_s, u"y"_s })->start();
    QTRY_COMPARE(m_events, (QStringList { u"x unknown"_s, u"y unknown"_s, u"done"_s }));
}

void TestLookupOperation::wrongListNameIsAnError()
{
    newOperation(someNumbers(1), u"not a name!"_s)->start();
    QTRY_COMPARE(m_events, QStringList { u"failed"_s });
    QCOMPARE(m_error.kind, Kind::InvalidInput);
}

void TestLookupOperation::answerInPages()
{
    const QStringList numbers = someNumbers(3);
    f->transport.expect(action, question(numbers)).reply(200, numbersPage({}, u"one"_s));
    f->transport.expect(action, question(numbers, u"one"_s)).reply(200, numbersPage({ numbers.at(2) }, u"two"_s));
    f->transport.expect(action, question(numbers, u"two"_s)).reply(200, numbersPage({ numbers.at(0) }));
    newOperation(numbers)->start();
    QTRY_COMPARE(m_events,
        (QStringList { numbers.at(0) + u" yes"_s, numbers.at(1) + u" no"_s, numbers.at(2) + u" yes"_s, u"done"_s }));
}

void TestLookupOperation::answerInPagesThatNeverEnds()
{
    const QStringList numbers = someNumbers(2);
    f->transport.expect(action, question(numbers)).reply(200, numbersPage({ numbers.at(1) }, u"one"_s));
    f->transport.expect(action, question(numbers, u"one"_s)).reply(200, numbersPage({}, u"one"_s));
    newOperation(numbers)->start();
    QTRY_COMPARE(m_events, (QStringList { numbers.at(0) + u" unknown"_s, numbers.at(1) + u" yes"_s, u"done"_s }));
    QCOMPARE(m_answers.at(0).error->code, u"RepeatedToken"_s);
}

void TestLookupOperation::numbersNotAskedForAreNotAnswered()
{
    const QStringList numbers = someNumbers(3);
    f->transport.expect(action).reply(200, numbersPage({ numbers.at(2) }));
    newOperation({ numbers.at(0) })->start();
    QTRY_COMPARE(m_events, (QStringList { numbers.at(0) + u" no"_s, u"done"_s }));
}

void TestLookupOperation::singleNumberThatDoesNotExist()
{
    const QStringList numbers = someNumbers(1);
    f->transport.expect(action).reply(400, notFound("opted-out-number"));
    newOperation(numbers)->start();
    QTRY_COMPARE(m_events, (QStringList { numbers.at(0) + u" no"_s, u"done"_s }));
}

void TestLookupOperation::severalAreAskedOneByOne()
{
    const QStringList numbers = someNumbers(7);
    f->transport.expect(action, question(numbers.sliced(0, 5))).reply(400, notFound("opted-out-number"));
    for (int i = 0; i < 5; ++i) {
        auto &single = f->transport.expect(action, question({ numbers.at(i) }));
        if (i == 2)
            single.reply(200, numbersPage({ numbers.at(i) }));
        else
            single.reply(400, notFound("opted-out-number"));
    }
    f->transport.expect(action, question(numbers.sliced(5))).reply(200, numbersPage({}));
    newOperation(numbers)->start();
    QTRY_COMPARE(m_events.size(), 8);
    for (int i = 0; i < 7; ++i)
        QCOMPARE(m_events.at(i), numbers.at(i) + (i == 2 ? u" yes"_s : u" no"_s));
    QCOMPARE(m_events.last(), u"done"_s);
}

void TestLookupOperation::refusedNumberAmongSeveral()
{
    const QStringList numbers = someNumbers(2);
    f->transport.expect(action, question(numbers)).reply(400, invalidNumbers, answerHeaders());
    f->transport.expect(action, question({ numbers.at(0) })).reply(400, invalidNumbers, answerHeaders());
    f->transport.expect(action, question({ numbers.at(1) })).reply(200, numbersPage({ numbers.at(1) }));
    newOperation(numbers)->start();
    QTRY_COMPARE(m_events, (QStringList { numbers.at(0) + u" unknown"_s, numbers.at(1) + u" yes"_s, u"done"_s }));
    QCOMPARE(m_answers.at(0).error->code, u"ValidationException"_s);
    QCOMPARE(m_answers.at(0).error->requestId, QString::fromLatin1(requestId));
}

void TestLookupOperation::refusalWithoutResourceType()
{
    const QStringList numbers = someNumbers(1);
    f->transport.expect(action).reply(400, R"({"__type":"ResourceNotFoundException"})");
    newOperation(numbers)->start();
    // It may be the list that is missing: "not opted out" would be a guess.
    QTRY_COMPARE(m_events, (QStringList { numbers.at(0) + u" unknown"_s, u"done"_s }));
}

void TestLookupOperation::noSuchList()
{
    const QStringList numbers = someNumbers(7);
    f->transport.expect(action).reply(200, numbersPage({}));
    f->transport.expect(action).reply(400, notFound("opt-out-list"), answerHeaders());
    newOperation(numbers)->start();
    QTRY_COMPARE(m_events.size(), 6);
    QCOMPARE(m_events.last(), u"failed"_s);
    QCOMPARE(m_error.kind, Kind::NotFound);
    QCOMPARE(m_error.member(u"ResourceType"), u"opt-out-list"_s);
}

void TestLookupOperation::refusalThatIsFinal_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("access denied") << QByteArray(R"({"__type":"AccessDeniedException"})");
    QTest::newRow("unknown keys") << QByteArray(R"({"__type":"UnrecognizedClientException"})");
    QTest::newRow("bad ARN") << QByteArray(R"({"__type":"ValidationException","Reason":"INVALID_ARN"})");
    QTest::newRow("not accessible") << QByteArray(
        R"({"__type":"ValidationException","Reason":"RESOURCE_NOT_ACCESSIBLE"})");
    QTest::newRow("another field") << QByteArray(
        R"({"__type":"ValidationException","Fields":[{"Name":"OptOutListName","Message":"bad"}]})");
}

void TestLookupOperation::refusalThatIsFinal()
{
    QFETCH(QByteArray, body);
    f->transport.expect(action).reply(400, body);
    newOperation(someNumbers(7))->start();
    QTRY_COMPARE(m_events, QStringList { u"failed"_s });
    QCOMPARE(f->transport.requests().size(), 1);
}

void TestLookupOperation::throttledThenFine()
{
    const QStringList numbers = someNumbers(1);
    f->transport.expect(action).reply(400, throttled(), againAtOnce());
    f->transport.expect(action).reply(200, numbersPage(numbers));
    LookupOperation *operation = newOperation(numbers);
    QSignalSpy waiting(operation, &LookupOperation::waiting);
    operation->start();
    QTRY_COMPARE(m_events, (QStringList { numbers.at(0) + u" yes"_s, u"done"_s }));
    QCOMPARE(waiting.size(), 1);
}

void TestLookupOperation::cancelBeforeStart()
{
    LookupOperation *operation = newOperation(someNumbers(1));
    operation->cancel();
    operation->start();
    QTRY_COMPARE(m_events, QStringList { u"failed"_s });
    QCOMPARE(m_error.kind, Kind::Cancelled);
    QTest::qWait(5);
    QCOMPARE(m_events.size(), 1);
}

void TestLookupOperation::cancelInsideAnswered()
{
    const QStringList numbers = someNumbers(7);
    f->transport.expect(action).reply(200, numbersPage({}));
    LookupOperation *operation = newOperation(numbers);
    connect(operation, &LookupOperation::answered, operation, [this, operation] {
        if (m_events.size() == 3)
            operation->cancel();
    });
    operation->start();
    QTRY_COMPARE(m_events.size(), 4);
    QTest::qWait(5);
    QCOMPARE(m_events.size(), 4);
    QCOMPARE(m_error.kind, Kind::Cancelled);
}

void TestLookupOperation::deletionInsideSignals_data()
{
    QTest::addColumn<int>("at");
    QTest::newRow("the answer to what was not sent") << 1;
    QTest::newRow("an answer in the middle") << 3;
    QTest::newRow("the last answer") << 8;
    QTest::newRow("finished") << 9;
}

void TestLookupOperation::deletionInsideSignals()
{
    QFETCH(int, at);
    f->transport.expect(action).reply(200, numbersPage({}));
    f->transport.expect(action).reply(200, numbersPage({}));
    LookupOperation *operation = newOperation(QStringList { u"invalid"_s } + someNumbers(7));
    const auto deleteAt = [this, operation, at] {
        if (m_events.size() == at)
            delete operation;
    };
    connect(operation, &LookupOperation::answered, this, deleteAt);
    connect(operation, &LookupOperation::finished, this, deleteAt);
    operation->start();
    QTRY_COMPARE(m_events.size(), at);
    QTest::qWait(5);
    QCOMPARE(m_events.size(), at);
    f->transport.clear();
}

void TestLookupOperation::deletionBeforeTheFirstCall()
{
    newOperation(someNumbers(1))->start();
    m_owner.reset();
    QTest::qWait(5);
    QCOMPARE(m_events, QStringList());
}

QTEST_GUILESS_MAIN(TestLookupOperation)
#include "tst_lookupoperation.moc"
