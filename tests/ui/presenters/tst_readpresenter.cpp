// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "models/numbertablemodel.h"
#include "presenters/readpresenter.h"
#include "unit/service/servicefixture.h"

#include <QRegularExpression>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using State = ReadStatus::State;

namespace {

constexpr Action action = Action::DescribeOptedOutNumbers;

OptOutList defaultList()
{
    return {
        .arn = u"arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/Default"_s, .name = u"Default"_s, .created = {}
    };
}

QByteArray denied() { return R"({"__type":"AccessDeniedException","Message":"is not authorized to perform: x:Y"})"; }
QByteArray expired() { return R"({"__type":"ExpiredTokenException","message":"The security token has expired"})"; }

} // namespace

class TestReadPresenter final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void readsToTheEnd();
    void asksForTheServiceFilter();
    void pauseLetsThePageArrive();
    void lastPageWhilePausedCompletes();
    void stopKeepsTheRows();
    void resumeAfterStopGoesOn();
    void failureKeepsRowsAndPlace();
    void expiredKeysNeedSignIn();
    void repeatedTokenBeginsAgain();
    void fullStoreLeavesNoGap();
    void throttlingIsToldAndPasses();
    void refreshBeginsAgain();
    void otherFilterBeginsAgain();
    void withoutServiceItNeedsSignIn();
    void resetForgets();
    void watchStandsStillWhilePaused();
    void callsOfAllOperationsAreCounted();
    void restartForgetsTheRowsAndGoesOn();
    void restartWhilePausedStaysPaused();
    void waitingForQuotaStaysReading();
    void restoredReadGoesOn();
    void restoredWholeReadIsComplete();
    void restoredRowsThatDoNotFitBeginAgain();

private:
    FakeTransport::Expectation &expectPage(
        const QStringList &numbers, const QString &token = {}, const QByteArray &request = {});
    void start(std::optional<bool> endUserOnly = {});
    State state() const { return m_read->status().state; }

    std::unique_ptr<ServiceFixture> f;
    std::unique_ptr<NumberTableModel> m_model;
    std::unique_ptr<ReadPresenter> m_read;
};

void TestReadPresenter::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    f = std::make_unique<ServiceFixture>();
    m_model = std::make_unique<NumberTableModel>(nullptr, 5);
    m_read = std::make_unique<ReadPresenter>(*m_model, f->clock);
    m_read->setService(std::make_shared<OptOutService>(f->service()));
}

void TestReadPresenter::cleanup()
{
    m_read.reset();
    QCOMPARE(f->transport.complaints(), QStringList());
    QCOMPARE(f->transport.underWay(), 0);
}

FakeTransport::Expectation &TestReadPresenter::expectPage(
    const QStringList &numbers, const QString &token, const QByteArray &request)
{
    return f->transport.expect(action, request).reply(200, numbersPage(numbers, token), answerHeaders());
}

void TestReadPresenter::start(std::optional<bool> endUserOnly)
{
    m_read->start(defaultList(), u"Default"_s, endUserOnly);
}

void TestReadPresenter::readsToTheEnd()
{
    expectPage({ u"+14165550100"_s, u"+14165550101"_s }, u"t1"_s, R"({"OptOutListName":"Default","MaxResults":100})");
    expectPage({ u"+14165550102"_s }, {}, R"({"OptOutListName":"Default","MaxResults":100,"NextToken":"t1"})");
    QCOMPARE(state(), State::Idle);
    start();
    QCOMPARE(state(), State::Reading);
    QCOMPARE(m_read->status().beganAt, f->clock.now());
    f->clock.advance(2s);
    QTRY_COMPARE(state(), State::Complete);
    const ReadStatus status = m_read->status();
    QCOMPARE(status.rows, 3U);
    QCOMPARE(status.calls, 2);
    QCOMPARE(status.elapsed, 2s);
    QCOMPARE(status.callsPerSecond, 1.0);
    QCOMPARE(status.endedAt, f->clock.now());
    QVERIFY(!status.error);
    QCOMPARE(m_model->rowCount(), 3); // shown at once at the end
}

void TestReadPresenter::asksForTheServiceFilter()
{
    expectPage({}, {},
        R"({"OptOutListName":"Default","MaxResults":100,"Filters":[{"Name":"end-user-opted-out","Values":["true"]}]})");
    start(true);
    QTRY_COMPARE(state(), State::Complete);
    QCOMPARE(m_read->status().endUserOnly, std::optional(true));
}

void TestReadPresenter::pauseLetsThePageArrive()
{
    expectPage({ u"+14165550100"_s }, u"t1"_s);
    start();
    m_read->pause();
    QCOMPARE(state(), State::Paused);
    QTRY_COMPARE(m_read->status().rows, 1U);
    QCOMPARE(state(), State::Paused);
    QTest::qWait(20);
    QCOMPARE(f->transport.requests().size(), 1); // and no more are asked for

    expectPage({ u"+14165550101"_s });
    m_read->resume();
    QCOMPARE(state(), State::Reading);
    QTRY_COMPARE(state(), State::Complete);
    QCOMPARE(m_read->status().rows, 2U);
}

void TestReadPresenter::lastPageWhilePausedCompletes()
{
    expectPage({ u"+14165550100"_s });
    start();
    m_read->pause();
    QTRY_COMPARE(state(), State::Complete);
}

void TestReadPresenter::stopKeepsTheRows()
{
    expectPage({ u"+14165550100"_s }, u"t1"_s);
    f->transport.expect(action).stall();
    start();
    QTRY_COMPARE(m_read->status().rows, 1U);
    QTRY_COMPARE(f->transport.requests().size(), 2); // the next page is asked for a few turns later
    m_read->stop();
    QCOMPARE(state(), State::Stopped);
    QCOMPARE(m_model->rowCount(), 1);
    QVERIFY(m_read->status().endedAt);
    QTRY_COMPARE(f->transport.underWay(), 0);
}

void TestReadPresenter::resumeAfterStopGoesOn()
{
    expectPage({ u"+14165550100"_s }, u"t1"_s);
    f->transport.expect(action).stall();
    start();
    QTRY_COMPARE(m_read->status().rows, 1U);
    QTRY_COMPARE(f->transport.requests().size(), 2); // the next page is asked for a few turns later
    m_read->stop();
    expectPage({ u"+14165550101"_s }, {}, R"({"OptOutListName":"Default","MaxResults":100,"NextToken":"t1"})");
    m_read->resume();
    QVERIFY(!m_read->status().endedAt);
    QTRY_COMPARE(state(), State::Complete);
    QCOMPARE(m_read->status().rows, 2U);
}

void TestReadPresenter::failureKeepsRowsAndPlace()
{
    expectPage({ u"+14165550100"_s }, u"t1"_s);
    f->transport.expect(action).reply(400, denied(), answerHeaders());
    start();
    QTRY_COMPARE(state(), State::Failed);
    QCOMPARE(m_read->status().rows, 1U);
    QCOMPARE(m_read->status().error->requestId, QString::fromLatin1(requestId));
    QVERIFY(m_read->canGoOn());

    expectPage({ u"+14165550101"_s }, {}, R"({"OptOutListName":"Default","MaxResults":100,"NextToken":"t1"})");
    m_read->retry();
    QTRY_COMPARE(state(), State::Complete);
    QCOMPARE(m_read->status().rows, 2U);
    QVERIFY(!m_read->status().error);
}

void TestReadPresenter::expiredKeysNeedSignIn()
{
    expectPage({ u"+14165550100"_s }, u"t1"_s);
    f->transport.expect(action).reply(400, expired(), answerHeaders());
    start();
    QTRY_COMPARE(state(), State::SignInNeeded);

    m_read->setService(std::make_shared<OptOutService>(f->service())); // with new keys
    expectPage({ u"+14165550101"_s }, {}, R"({"OptOutListName":"Default","MaxResults":100,"NextToken":"t1"})");
    m_read->retry();
    QTRY_COMPARE(state(), State::Complete);
    QCOMPARE(m_read->status().rows, 2U);
}

void TestReadPresenter::repeatedTokenBeginsAgain()
{
    for (int i = 0; i < 2; ++i) { // the read itself begins again once
        expectPage({ u"+14165550100"_s }, u"t1"_s);
        expectPage({ u"+14165550101"_s }, u"t1"_s);
    }
    start();
    QTRY_COMPARE(state(), State::Failed);
    QVERIFY(m_read->status().restartedBecause);
    QVERIFY(!m_read->canGoOn());
    QCOMPARE(m_read->status().rows, 1U); // those of the page that gave the token again would come again with it

    expectPage({ u"+14165550100"_s }, {}, R"({"OptOutListName":"Default","MaxResults":100})");
    m_read->retry();
    QTRY_COMPARE(state(), State::Complete);
    QCOMPARE(m_read->status().rows, 1U);
}

void TestReadPresenter::fullStoreLeavesNoGap()
{
    expectPage({ u"+14165550100"_s, u"+14165550101"_s, u"+14165550102"_s }, u"t1"_s);
    expectPage({ u"+14165550103"_s, u"+14165550104"_s, u"+14165550105"_s }, u"t2"_s);
    start();
    QTRY_COMPARE(state(), State::Failed);
    QCOMPARE(m_read->status().rows, 3U);
    QCOMPARE(m_read->status().error->kind, Error::Kind::Storage);

    // The page that did not fit is asked for again, not the one after it.
    expectPage({ u"+14165550103"_s }, {}, R"({"OptOutListName":"Default","MaxResults":100,"NextToken":"t1"})");
    m_read->retry();
    QTRY_COMPARE(state(), State::Complete);
    QCOMPARE(m_read->status().rows, 4U);
}

void TestReadPresenter::throttlingIsToldAndPasses()
{
    f->transport.expect(action).reply(400, throttled(), answerHeaders());
    expectPage({ u"+14165550100"_s });
    QList<State> states;
    std::optional<Error> reason;
    connect(m_read.get(), &ReadPresenter::stateChanged, this, [&] {
        states += state();
        if (state() == State::Waiting) {
            reason = m_read->status().error;
            QVERIFY(m_read->status().waitingUntil);
        }
    });
    start();
    QTRY_COMPARE(state(), State::Complete);
    QCOMPARE(states, QList<State>({ State::Reading, State::Waiting, State::Reading, State::Complete }));
    QCOMPARE(reason->kind, Error::Kind::Throttled);
    QVERIFY(!m_read->status().error);
    QVERIFY(!m_read->status().waitingUntil);
}

void TestReadPresenter::refreshBeginsAgain()
{
    expectPage({ u"+14165550100"_s });
    start(false);
    QTRY_COMPARE(state(), State::Complete);
    const int generation = m_read->generation();
    expectPage({ u"+14165550101"_s }, {},
        R"({"OptOutListName":"Default","MaxResults":100,"Filters":[{"Name":"end-user-opted-out","Values":["false"]}]})");
    m_read->refresh();
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(m_read->generation() != generation);
    QTRY_COMPARE(state(), State::Complete);
    QCOMPARE(m_model->index(0, 0).data().toString(), u"+14165550101"_s);
    QCOMPARE(m_read->status().calls, 1);
}

void TestReadPresenter::otherFilterBeginsAgain()
{
    expectPage({ u"+14165550100"_s });
    start();
    QTRY_COMPARE(state(), State::Complete);
    m_read->setEndUserOnly({});
    QCOMPARE(state(), State::Complete); // it is the same one
    expectPage({});
    m_read->setEndUserOnly(true);
    QCOMPARE(state(), State::Reading);
    QTRY_COMPARE(state(), State::Complete);
}

void TestReadPresenter::withoutServiceItNeedsSignIn()
{
    m_read->setService(nullptr);
    start();
    QCOMPARE(state(), State::SignInNeeded);
}

void TestReadPresenter::resetForgets()
{
    f->transport.expect(action).stall();
    start();
    QTRY_COMPARE(f->transport.underWay(), 1);
    m_read->reset();
    QCOMPARE(state(), State::Idle);
    QCOMPARE(m_read->status().list, OptOutList {});
    m_read->refresh();
    QCOMPARE(state(), State::Idle);
    QTRY_COMPARE(f->transport.underWay(), 0);
}

void TestReadPresenter::watchStandsStillWhilePaused()
{
    f->transport.expect(action).stall();
    start();
    QTRY_COMPARE(f->transport.underWay(), 1);
    f->clock.advance(3s);
    QCOMPARE(m_read->status().elapsed, 3s);
    m_read->pause();
    f->clock.advance(1h);
    QCOMPARE(m_read->status().elapsed, 3s);
    m_read->resume();
    f->clock.advance(2s);
    QCOMPARE(m_read->status().elapsed, 5s);
    m_read->stop();
    f->clock.advance(1h);
    QCOMPARE(m_read->status().elapsed, 5s);
}

void TestReadPresenter::callsOfAllOperationsAreCounted()
{
    expectPage({ u"+14165550100"_s }, u"t1"_s);
    f->transport.expect(action).reply(400, denied(), answerHeaders());
    start();
    QTRY_COMPARE(state(), State::Failed);
    QCOMPARE(m_read->status().calls, 2);
    expectPage({ u"+14165550101"_s });
    m_read->retry();
    QTRY_COMPARE(state(), State::Complete);
    QCOMPARE(m_read->status().calls, 3);
}

void TestReadPresenter::restartForgetsTheRowsAndGoesOn()
{
    expectPage({ u"+14165550100"_s, u"+14165550101"_s }, u"t1"_s);
    expectPage({ u"+14165550102"_s });
    const Error why { .kind = Error::Kind::InvalidInput, .code = u"ValidationException"_s };
    int pages = 0;
    connect(m_read.get(), &ReadPresenter::pageTaken, this, [&] {
        if (++pages == 1) {
            f->clock.advance(1s);
            emit m_read->findChild<ReadOperation *>()->restarted(why);
        }
    });
    start();
    const int generation = m_read->generation();
    QTRY_COMPARE(state(), State::Complete);
    QCOMPARE(pages, 2);
    QCOMPARE(m_read->status().rows, 1U);
    QCOMPARE(m_read->generation(), generation + 1);
    QCOMPARE(m_read->status().beganAt, f->clock.now());
    QVERIFY(m_read->status().restartedBecause);
    QCOMPARE(m_read->status().restartedBecause->code, why.code);

    expectPage({});
    m_read->refresh();
    QVERIFY(!m_read->status().restartedBecause); // it told of the read before
    QTRY_COMPARE(state(), State::Complete);
}

void TestReadPresenter::restartWhilePausedStaysPaused()
{
    expectPage({ u"+14165550100"_s }, u"t1"_s);
    start();
    m_read->pause();
    QTRY_COMPARE(m_read->status().rows, 1U);
    emit m_read->findChild<ReadOperation *>()->restarted({ .kind = Error::Kind::InvalidInput });
    QCOMPARE(state(), State::Paused);
    QCOMPARE(m_read->status().rows, 0U);
    QCOMPARE(f->transport.requests().size(), 1);
}

void TestReadPresenter::waitingForQuotaStaysReading()
{
    expectPage({ u"+14165550100"_s });
    start();
    emit m_read->findChild<ReadOperation *>()->waitingForQuota(800ms);
    QCOMPARE(state(), State::Reading);
    QCOMPARE(m_read->status().waitingForQuotaUntil, f->clock.now() + 800ms);
    f->clock.advance(800ms);
    QVERIFY(!m_read->status().waitingForQuotaUntil);
    QTRY_COMPARE(state(), State::Complete);
}

void TestReadPresenter::restoredReadGoesOn()
{
    const ReadPlace place { .chains = { { .nextToken = u"t1"_s } } };
    const Timestamp beganAt = f->clock.now() - 1h;
    m_read->restore(defaultList(), u"Default"_s, {}, { OptedOutNumber { .number = "+14165550100" } }, place, beganAt);
    QCOMPARE(state(), State::Stopped);
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_read->status().beganAt, beganAt);

    expectPage({ u"+14165550101"_s }, {}, R"({"OptOutListName":"Default","MaxResults":100,"NextToken":"t1"})");
    m_read->resume();
    QTRY_COMPARE(state(), State::Complete);
    QCOMPARE(m_read->status().rows, 2U);
}

void TestReadPresenter::restoredWholeReadIsComplete()
{
    const ReadPlace place { .chains = { { .isAtEnd = true } } };
    m_read->restore(defaultList(), u"Default"_s, {}, { OptedOutNumber { .number = "+14165550100" } }, place);
    QCOMPARE(state(), State::Complete);
    QCOMPARE(m_read->status().rows, 1U);
}

void TestReadPresenter::restoredRowsThatDoNotFitBeginAgain()
{
    const ReadPlace place { .chains = { { .nextToken = u"t1"_s } } };
    m_read->restore(defaultList(), u"Default"_s, {}, std::vector<OptedOutNumber>(6), place); // the model takes 5
    QCOMPARE(state(), State::Failed);
    QVERIFY(!m_read->canGoOn());
    QCOMPARE(m_read->status().rows, 0U);
    expectPage({ u"+14165550100"_s }, {}, R"({"OptOutListName":"Default","MaxResults":100})");
    m_read->resume();
    QTRY_COMPARE(state(), State::Complete);
}

QTEST_GUILESS_MAIN(TestReadPresenter)
#include "tst_readpresenter.moc"
