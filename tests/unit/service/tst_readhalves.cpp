// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "readfixture.h"

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;
using Filter = FakeList::Filter;
Q_DECLARE_METATYPE(optout::FakeList::Filter)

//! ReadOperation, where it reads the two halves of a list at once.
class TestReadHalves final : public ReadFixture {
    Q_OBJECT
private slots:
    void bothHalvesAreReadAtOnce_data();
    void bothHalvesAreReadAtOnce();
    void readsAheadInBothHalves();
    void oneListWhateverItsShares_data();
    void oneListWhateverItsShares();
    void staysOneChain_data();
    void staysOneChain();
    void staysOneChainUnderAKnownQuota();

    void filterThatCannotBeTrusted_data();
    void filterThatCannotBeTrusted();
    void refusedFilterLosesNothing();
    void refusedTokenOfAHalf();
    void faultOfAHalfKeepsThePlace();

    void goesOnFromEveryPage_data();
    void goesOnFromEveryPage();
    void filterRefusedAfterGoingOn();
};

void TestReadHalves::bothHalvesAreReadAtOnce_data()
{
    QTest::addColumn<int>("latencyMs");
    for (const int latency : { 1, 50, 2'000 })
        QTest::addRow("%d ms an answer", latency) << latency;
}

void TestReadHalves::bothHalvesAreReadAtOnce()
{
    QFETCH(int, latencyMs);
    m_latency = std::chrono::milliseconds(latencyMs);
    m_list->fill(2000, 0.5);
    const Reader reader = readAll();
    QVERIFY(*reader.outcome);
    QCOMPARE(m_mostUnderWay, 2);
    QCOMPARE(sorted(reader.numbers), sorted(allNumbers()));
    QVERIFY(reader.restarts.isEmpty());
    QCOMPARE(reader.places.last().chains.size(), 2);
    QVERIFY(reader.places.last().isAtEnd());
    QVERIFY(m_list->calls <= 3 + 22);
    for (int i = 0; i < 3; ++i)
        QVERIFY(!m_list->requests.at(i).contains("Filters"_L1));
    for (int i = 3; i < m_list->requests.size(); ++i)
        QVERIFY(m_list->requests.at(i).contains("Filters"_L1));
}

//! Once both have answered, the next page of a half is asked for before the rows of this one are looked at.
void TestReadHalves::readsAheadInBothHalves()
{
    f->credentials->isAtHand = true; // else a call goes out a little after it is asked for
    m_list->fill(2000, 0.5);
    ReadOperation *read = f->service().read({ .optOutListName = u"Default"_s, .readsAhead = true }, m_owner.get());
    int pages = 0;
    int pagesAhead = 0;
    connect(read, &ReadOperation::pageArrived, this, [&](const ReadPage &page) {
        if (++pages <= 5) {
            read->requestMore(); // it is open yet whether there will be halves
            return;
        }
        const auto &halves = page.place.chains;
        const auto goOn = std::count_if(halves.cbegin(), halves.cend(), [](const auto &half) { return !half.isAtEnd; });
        QCOMPARE(read->calls() - pages, int(goOn));
        pagesAhead += goOn == 2 ? 1 : 0;
    });
    QSignalSpy finished(read, &ReadOperation::finished);
    read->requestMore();
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(finished.at(0).at(0).value<Result<Done>>());
    QCOMPARE(pages, read->calls());
    QVERIFY(pagesAhead > 10);
}

void TestReadHalves::oneListWhateverItsShares_data()
{
    QTest::addColumn<double>("endUsers");
    QTest::addColumn<int>("rows");
    QTest::addColumn<bool>("readsAhead");
    for (const double endUsers : { 0.1, 0.2, 0.5, 0.8, 0.9 }) {
        for (const int rows : { 299, 301, 450, 1234 }) {
            for (const bool readsAhead : { false, true })
                QTest::addRow("%d rows, %.1f by end users%s", rows, endUsers, readsAhead ? ", ahead" : "")
                    << endUsers << rows << readsAhead;
        }
    }
}

void TestReadHalves::oneListWhateverItsShares()
{
    QFETCH(double, endUsers);
    QFETCH(int, rows);
    QFETCH(bool, readsAhead);
    m_list->fill(rows, endUsers);
    m_list->overlap = 0.3;
    m_list->empty = 0.1;
    m_list->throttle = 9;
    const Reader reader = readAll({ .optOutListName = u"Default"_s, .readsAhead = readsAhead });
    QVERIFY(*reader.outcome);
    QCOMPARE(sorted(reader.numbers), sorted(allNumbers()));
    QVERIFY(reader.restarts.isEmpty());
}

void TestReadHalves::staysOneChain_data()
{
    QTest::addColumn<double>("endUsers");
    QTest::addColumn<int>("latencyMs");
    QTest::addColumn<int>("throttle");
    QTest::addColumn<ReadQuery>("query");
    const ReadQuery any { .optOutListName = u"Default"_s };
    QTest::newRow("answers in no time") << 0.5 << 0 << 0 << any;
    QTest::newRow("throttled at first") << 0.5 << 50 << 2 << any;
    QTest::newRow("hardly any of the other kind") << 0.97 << 50 << 0 << any;
    QTest::newRow("all of one kind") << 1.0 << 50 << 0 << any;
    QTest::newRow("not allowed") << 0.5 << 50 << 0
                                 << ReadQuery { .optOutListName = u"Default"_s, .mayReadInHalves = false };
    QTest::newRow("a filter is asked for")
        << 0.5 << 50 << 0 << ReadQuery { .optOutListName = u"Default"_s, .endUserOptedOut = true };
    QTest::newRow("in the middle") << 0.5 << 50 << 0
                                   << ReadQuery { .optOutListName = u"Default"_s,
                                          .place = { .chains = { { .nextToken = u"100.1"_s } } } };
}

void TestReadHalves::staysOneChain()
{
    QFETCH(double, endUsers);
    QFETCH(int, latencyMs);
    QFETCH(int, throttle);
    QFETCH(ReadQuery, query);
    m_list->fill(1500, endUsers);
    m_list->throttle = throttle;
    m_latency = std::chrono::milliseconds(latencyMs);
    const Reader reader = readAll(query);
    QVERIFY(*reader.outcome);
    QCOMPARE(m_mostUnderWay, 1);
    QCOMPARE(reader.places.last().chains.size(), 1);
}

//! At 50 ms an answer, one chain makes 20 calls a second.
void TestReadHalves::staysOneChainUnderAKnownQuota()
{
    m_list->fill(500, 0.5);
    f->pacers.setLimits({ .headroom = 0, .fixedRate = 19 });
    QVERIFY(*readAll().outcome);
    QCOMPARE(m_mostUnderWay, 1);
}

void TestReadHalves::filterThatCannotBeTrusted_data()
{
    QTest::addColumn<Filter>("filter");
    QTest::addColumn<int>("restarts");
    QTest::addColumn<bool>("readsAhead");
    const auto add = [](const char *name, Filter filter, int restarts) {
        QTest::addRow("%s", name) << filter << restarts << false;
        QTest::addRow("%s, ahead", name) << filter << restarts << true;
    };
    add("refused", Filter::Refused, 0);
    add("refused for one value", Filter::RefusedForFalse, 0);
    add("ignored", Filter::Ignored, 0);
    add("gives nothing", Filter::FalseGivesNothing, 1);
    add("leaves a row out", Filter::FalseLeavesOneOut, 1);
}

void TestReadHalves::filterThatCannotBeTrusted()
{
    QFETCH(Filter, filter);
    QFETCH(int, restarts);
    QFETCH(bool, readsAhead);
    m_list->fill(1500, 0.5);
    m_list->filter = filter;
    const Reader reader = readAll({ .optOutListName = u"Default"_s, .readsAhead = readsAhead });
    QVERIFY(*reader.outcome);
    QCOMPARE(sorted(reader.numbers), sorted(allNumbers()));
    QCOMPARE(reader.restarts.size(), restarts);
    QCOMPARE(reader.places.last().chains.size(), 1);
    if (restarts > 0)
        QCOMPARE(reader.restarts.first().code, u"FilterNotKept"_s);
}

void TestReadHalves::refusedFilterLosesNothing()
{
    m_list->fill(1500, 0.5);
    m_list->filter = Filter::Refused;
    const Reader reader = readAll();
    QVERIFY(*reader.outcome);
    QCOMPARE(reader.numbers, allNumbers()); // the one chain went on from where it was
    QVERIFY(m_list->calls <= 15 + 2);
}

void TestReadHalves::refusedTokenOfAHalf()
{
    m_list->fill(1500, 0.5);
    m_list->refuseToken = 9;
    const Reader reader = readAll();
    QVERIFY(*reader.outcome);
    QCOMPARE(sorted(reader.numbers), sorted(allNumbers()));
    QCOMPARE(reader.restarts.size(), 1);
    QCOMPARE(reader.places.last().chains.size(), 2); // the start over may be split as well
}

void TestReadHalves::faultOfAHalfKeepsThePlace()
{
    m_list->fill(1500, 0.5);
    f->retry.maxAttempts = 1;
    f->transport.answerOthers([this](const HttpRequest &request) -> Result<HttpReply> {
        f->clock.advance(50ms);
        if (m_list->calls == 9)
            return Error { .kind = Kind::Network };
        return m_list->answer(request);
    });
    const Reader first = readAll();
    QVERIFY(!*first.outcome);
    QCOMPARE(first.outcome->error().kind, Kind::Network);
    m_list->calls = 100;
    const Reader rest = readAll({ .optOutListName = u"Default"_s, .place = first.places.last() });
    QVERIFY(*rest.outcome);
    QCOMPARE(sorted(first.numbers + rest.numbers), sorted(allNumbers()));
}

void TestReadHalves::goesOnFromEveryPage_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 30; ++seed)
        QTest::addRow("list %u", seed) << seed;
}

void TestReadHalves::goesOnFromEveryPage()
{
    QFETCH(unsigned, seed);
    m_list->random.seed(seed);
    m_list->fill(60 + int(m_list->random() % 300), 0.2 + 0.01 * double(m_list->random() % 60));
    m_list->mostRows = 10 + int(m_list->random() % 30);
    m_list->overlap = seed % 2 == 0 ? 0.3 : 0;
    m_list->empty = seed % 3 == 0 ? 0.2 : 0;
    const Reader whole = readAll();
    QVERIFY(*whole.outcome);
    QCOMPARE(sorted(whole.numbers), sorted(allNumbers()));
    for (qsizetype page = 0; page < whole.places.size(); ++page) {
        const Reader rest = readAll({ .optOutListName = u"Default"_s, .place = whole.places.at(page) });
        QVERIFY(*rest.outcome);
        QVERIFY(rest.restarts.isEmpty());
        QCOMPARE(sorted(whole.numbers.first(whole.counts.at(page)) + rest.numbers), sorted(allNumbers()));
    }
}

void TestReadHalves::filterRefusedAfterGoingOn()
{
    m_list->fill(1500, 0.5);
    const ReadPlace start = readAll().places.at(2); // the one after which the list was split
    QCOMPARE(start.chains.size(), 2);
    m_list->filter = Filter::Refused;
    const Reader reader = readAll({ .optOutListName = u"Default"_s, .place = start });
    QVERIFY(*reader.outcome);
    QCOMPARE(reader.restarts.size(), 1);
    QCOMPARE(reader.numbers, allNumbers());
}

QTEST_GUILESS_MAIN(TestReadHalves)
#include "tst_readhalves.moc"
