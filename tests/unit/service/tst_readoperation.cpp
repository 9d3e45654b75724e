// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "readfixture.h"

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

namespace {
ReadQuery oneChain(const ReadPlace &place = {})
{
    return { .optOutListName = u"Default"_s, .place = place, .mayReadInHalves = false };
}
} // namespace

class TestReadOperation final : public ReadFixture {
    Q_OBJECT
private slots:
    void allRowsInOrder_data();
    void allRowsInOrder();
    void oddPages_data();
    void oddPages();
    void throttlingIsWaitedOut();

    void goesOnFromEveryPage_data();
    void goesOnFromEveryPage();
    void placeAtTheEndIsDone();
    void aPlaceOfAnotherAccountIsNotGoneOnFrom();

    void refusedTokenBeginsAgain();
    void tokenRefusedAtTheStart();
    void tokenRefusedForEver();
    void repeatedTokenBeginsAgain();
    void repeatedTokenForEver();
    void otherRefusalsEndTheRead();

    void pagesArePulled();
    void readsAhead();
    void readsAheadThroughOddPages_data() { oddPages_data(); }
    void readsAheadThroughOddPages();
    void cancelAtAnyTime_data();
    void cancelAtAnyTime();
    void deletionAtAnyTime_data();
    void deletionAtAnyTime();
    void deletionInSlots_data();
    void deletionInSlots();
};

void TestReadOperation::allRowsInOrder_data()
{
    QTest::addColumn<int>("rows");
    QTest::newRow("none") << 0;
    QTest::newRow("one page") << 100;
    QTest::newRow("one more") << 101;
    QTest::newRow("many") << 2345;
}

void TestReadOperation::allRowsInOrder()
{
    QFETCH(int, rows);
    m_list->fill(rows, 0.5);
    const Reader reader = readAll(oneChain());
    QVERIFY(*reader.outcome);
    QCOMPARE(reader.numbers, allNumbers());
    QVERIFY(reader.places.last().isAtEnd());
    QCOMPARE(m_list->calls, std::max(1, (rows + 99) / 100));
}

void TestReadOperation::oddPages_data()
{
    QTest::addColumn<double>("overlap");
    QTest::addColumn<double>("empty");
    QTest::newRow("overlapping") << 1.0 << 0.0;
    QTest::newRow("empty, with tokens") << 0.0 << 0.7;
    QTest::newRow("both") << 0.5 << 0.5;
}

void TestReadOperation::oddPages()
{
    QFETCH(double, overlap);
    QFETCH(double, empty);
    m_list->fill(700, 0.5);
    m_list->mostRows = 20;
    m_list->overlap = overlap;
    m_list->empty = empty;
    const Reader reader = readAll(oneChain());
    QVERIFY(*reader.outcome);
    QCOMPARE(reader.numbers, allNumbers());
    QVERIFY(reader.restarts.isEmpty());
}

void TestReadOperation::throttlingIsWaitedOut()
{
    f->retry.maxAttempts = 1;
    m_list->fill(1000, 0.5);
    m_list->throttle = -2;
    const Reader reader = readAll(oneChain());
    QVERIFY(*reader.outcome);
    QCOMPARE(reader.numbers, allNumbers());
    QVERIFY(reader.waits > 5);
}

void TestReadOperation::goesOnFromEveryPage_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 20; ++seed)
        QTest::addRow("list %u", seed) << seed;
}

void TestReadOperation::goesOnFromEveryPage()
{
    QFETCH(unsigned, seed);
    m_list->random.seed(seed);
    m_list->fill(int(m_list->random() % 300), 0.5);
    m_list->mostRows = 10 + int(m_list->random() % 30);
    m_list->overlap = 0.3;
    m_list->empty = 0.2;
    m_latency = 0ms;
    const Reader whole = readAll();
    QVERIFY(*whole.outcome);
    for (qsizetype page = 0; page < whole.places.size(); ++page) {
        const Reader rest = readAll({ .optOutListName = u"Default"_s, .place = whole.places.at(page) });
        QVERIFY(*rest.outcome);
        QCOMPARE(whole.numbers.first(whole.counts.at(page)) + rest.numbers, allNumbers());
    }
}

void TestReadOperation::placeAtTheEndIsDone()
{
    const Reader reader = readAll(oneChain({ .chains = { { .isAtEnd = true } } }));
    QVERIFY(*reader.outcome);
    QCOMPARE(m_list->calls, 0);
}

//! The service is a new one: it has had no keys before.
void TestReadOperation::aPlaceOfAnotherAccountIsNotGoneOnFrom()
{
    m_list->fill(300, 0);
    ReadQuery query = oneChain({ .chains = { { .nextToken = u"100.1"_s } } });
    query.account = accountKeyOf(u"ASIAY34FZKBOKMUTVV7A"_s);
    f->credentials->replace(FakeCredentialsProvider::credentials(u"ASIAY34FZKBO27777777"_s));
    const Reader refused = readAll(query);
    QVERIFY(refused.outcome && !*refused.outcome);
    QCOMPARE(refused.outcome->error().code, errorcode::accountChanged);
    QCOMPARE(m_list->calls, 0);
    f->credentials->replace(FakeCredentialsProvider::credentials(u"AKIAY34FZKBOKAAAAAAA"_s));
    const Reader reader = readAll(query);
    QVERIFY(reader.outcome && *reader.outcome);
    QCOMPARE(reader.numbers, allNumbers().sliced(100));
}

void TestReadOperation::refusedTokenBeginsAgain()
{
    m_list->fill(1000, 0.5);
    m_list->refuseToken = 6;
    const Reader reader = readAll(oneChain());
    QVERIFY(*reader.outcome);
    QCOMPARE(reader.numbers, allNumbers());
    QCOMPARE(reader.restarts.size(), 1);
    QCOMPARE(reader.restarts.first().member(u"Reason"), u"INVALID_NEXT_TOKEN"_s);
    QCOMPARE(m_list->calls, 6 + 10);
}

void TestReadOperation::tokenRefusedAtTheStart()
{
    m_list->fill(300, 0.5);
    m_list->refuseToken = 1;
    const Reader reader = readAll(oneChain({ .chains = { { .nextToken = u"200.7"_s, .lastGiven = { "+1" } } } }));
    QVERIFY(*reader.outcome);
    QCOMPARE(reader.numbers, allNumbers());
    QCOMPARE(reader.restarts.size(), 1);
}

void TestReadOperation::tokenRefusedForEver()
{
    m_list->fill(1000, 0.5);
    m_list->refuseToken = -1;
    const Reader reader = readAll(oneChain());
    QVERIFY(!*reader.outcome);
    QCOMPARE(reader.outcome->error().member(u"Reason"), u"INVALID_NEXT_TOKEN"_s);
    QCOMPARE(reader.restarts.size(), 3);
    QCOMPARE(reader.numbers, allNumbers().first(100));
    QCOMPARE(m_list->calls, 4 * 2);
}

void TestReadOperation::repeatedTokenBeginsAgain()
{
    m_list->fill(1000, 0.5);
    m_list->repeatToken = 6;
    const Reader reader = readAll(oneChain());
    QVERIFY(*reader.outcome);
    QCOMPARE(reader.numbers, allNumbers());
    QCOMPARE(reader.restarts.size(), 1);
    QCOMPARE(reader.restarts.first().code, u"RepeatedToken"_s);
}

void TestReadOperation::repeatedTokenForEver()
{
    m_list->fill(1000, 0.5);
    m_list->repeatToken = -1;
    const Reader reader = readAll(oneChain());
    QVERIFY(!*reader.outcome);
    QCOMPARE(reader.outcome->error().kind, Kind::BadResponse);
    QCOMPARE(reader.outcome->error().code, u"RepeatedToken"_s);
    QCOMPARE(reader.restarts.size(), 1);
}

void TestReadOperation::otherRefusalsEndTheRead()
{
    f->transport.expect(Action::DescribeOptedOutNumbers).reply(200, numbersPage({ u"+1"_s }, u"one"_s));
    f->transport.expect(Action::DescribeOptedOutNumbers)
        .reply(400, R"({"__type":"AccessDeniedException","Message":"No","Reason":"ACCOUNT_DISABLED"})");
    const Reader reader = readAll();
    QVERIFY(!*reader.outcome);
    QCOMPARE(reader.outcome->error().kind, Kind::AccessDenied);
    QCOMPARE(reader.places.last().chains.first().nextToken, u"one"_s);
}

void TestReadOperation::pagesArePulled()
{
    m_list->fill(1000, 0.5);
    ReadOperation *read = f->service().read({ .optOutListName = u"Default"_s }, m_owner.get());
    int pages = 0;
    connect(read, &ReadOperation::pageArrived, this, [&pages] { ++pages; });
    QTest::qWait(5);
    QCOMPARE(m_list->calls, 0);
    for (int i = 1; i <= 3; ++i) {
        read->requestMore();
        read->requestMore();
        QTRY_COMPARE(pages, i);
        QTest::qWait(5);
        QCOMPARE(m_list->calls, i);
    }
    read->requestMore(); // both halves
    QTRY_COMPARE(pages, 5);
    QTest::qWait(5);
    QCOMPARE(m_list->calls, 5);
    QCOMPARE(read->calls(), 5);
}

void TestReadOperation::readsAhead()
{
    f->credentials->isAtHand = true; // else a call goes out a little after it is asked for
    m_list->fill(1000, 0.5);
    ReadOperation *read = f->service().read(
        { .optOutListName = u"Default"_s, .mayReadInHalves = false, .readsAhead = true }, m_owner.get());
    QList<int> callsAtPages;
    connect(read, &ReadOperation::pageArrived, this, [&] { callsAtPages += read->calls(); });
    QSignalSpy finished(read, &ReadOperation::finished);
    read->requestMore();
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(finished.at(0).at(0).value<Result<Done>>());
    QCOMPARE(callsAtPages, (QList<int> { 2, 3, 4, 5, 6, 7, 8, 9, 10, 10 })); // with each page, the next is asked for
    QCOMPARE(m_list->calls, 10);
}

void TestReadOperation::readsAheadThroughOddPages()
{
    QFETCH(double, overlap);
    QFETCH(double, empty);
    m_list->fill(700, 0.5);
    m_list->mostRows = 20;
    m_list->overlap = overlap;
    m_list->empty = empty;
    m_list->throttle = -7;
    m_list->repeatToken = 12;
    const Reader reader = readAll({ .optOutListName = u"Default"_s, .mayReadInHalves = false, .readsAhead = true });
    QVERIFY(*reader.outcome);
    QCOMPARE(reader.numbers, allNumbers());
    QCOMPARE(reader.restarts.size(), 1);
}

void TestReadOperation::cancelAtAnyTime_data() { deletionAtAnyTime_data(); }

void TestReadOperation::cancelAtAnyTime()
{
    QFETCH(int, turns);
    m_list->fill(1500, 0.5);
    Reader reader;
    ReadOperation *read = newRead(reader);
    read->requestMore();
    for (int i = 0; i < turns; ++i)
        QCoreApplication::processEvents();
    const qsizetype pages = reader.places.size();
    read->cancel();
    read->cancel();
    read->requestMore();
    QVERIFY(!reader.outcome);
    QTRY_VERIFY(reader.outcome);
    QCOMPARE(reader.outcome->error().kind, Kind::Cancelled);
    QTest::qWait(2);
    QCOMPARE(reader.places.size(), pages);
    QCOMPARE(f->transport.underWay(), 0);
}

void TestReadOperation::deletionAtAnyTime_data()
{
    QTest::addColumn<int>("turns");
    for (int turns = 0; turns < 25; ++turns)
        QTest::addRow("%d turns of the event loop", turns) << turns;
}

void TestReadOperation::deletionAtAnyTime()
{
    QFETCH(int, turns);
    m_list->fill(1500, 0.5);
    Reader reader;
    newRead(reader)->requestMore();
    for (int i = 0; i < turns; ++i)
        QCoreApplication::processEvents();
    m_owner.reset();
    const qsizetype pages = reader.places.size();
    QTest::qWait(2);
    QCOMPARE(reader.places.size(), pages);
    QVERIFY(!reader.outcome);
    QCOMPARE(f->transport.underWay(), 0);
}

void TestReadOperation::deletionInSlots_data()
{
    QTest::addColumn<QByteArray>("signal");
    QTest::addColumn<int>("time");
    for (int time = 1; time <= 8; ++time)
        QTest::addRow("page %d", time) << QByteArray(SIGNAL(pageArrived(optout::ReadPage))) << time;
    QTest::newRow("restarted") << QByteArray(SIGNAL(restarted(optout::Error))) << 1;
    QTest::newRow("waiting") << QByteArray(SIGNAL(waiting(optout::Waiting))) << 1;
    QTest::newRow("finished") << QByteArray(SIGNAL(finished(optout::Result<optout::Done>))) << 1;
}

void TestReadOperation::deletionInSlots()
{
    QFETCH(QByteArray, signal);
    QFETCH(int, time);
    m_list->fill(600, 0.5);
    m_list->refuseToken = signal.contains("restarted") ? 7 : 0;
    m_list->throttle = signal.contains("waiting") ? 5 : 0;
    Reader reader;
    ReadOperation *read = newRead(reader);
    QSignalSpy spy(read, signal.constData());
    bool isGone = false;
    const auto deleteIt = [&] {
        if (spy.size() != time || isGone)
            return;
        isGone = true;
        delete read;
    };
    connect(read, &ReadOperation::pageArrived, this, deleteIt);
    connect(read, &ReadOperation::restarted, this, deleteIt);
    connect(read, &ReadOperation::waiting, this, deleteIt);
    connect(read, &ReadOperation::finished, this, deleteIt);
    read->requestMore();
    QTRY_VERIFY(isGone);
    QTest::qWait(2);
    QCOMPARE(spy.size(), time);
    QCOMPARE(f->transport.underWay(), 0);
}

QTEST_GUILESS_MAIN(TestReadOperation)
#include "tst_readoperation.moc"
