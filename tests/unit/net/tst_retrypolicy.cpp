// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/retrypolicy.h"

#include "net/httptransport.h"

#include <QTest>

using namespace optout;
using namespace std::chrono_literals;

using Kind = Error::Kind;
Q_DECLARE_METATYPE(optout::Error::Kind)

class TestRetryPolicy final : public QObject {
    Q_OBJECT
private slots:
    void delay_data();
    void delay();
    void transient_data();
    void transient();
    void whatTakesAPersonIsFinal();
    void lastAttemptIsFinal();
    void totalTimeIsKept();
    void retryAfter_data();
    void retryAfter();
    void delayNeverLeavesItsBounds();

    void readIsNeverEndedByThrottling();
    void readWaitsForAsLongAsTheFaultMayLast();
    void readCountsAttemptsOnlyIfTold();
    void readGivesUpWhatTakesAPerson();
    void readWithoutQuotaAsksSeldom();

    void quotaIsSpentAndGivenBack();
    void quotaIsNeverMoreThanFull();
};

void TestRetryPolicy::delay_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("attempt");
    QTest::addColumn<double>("jitter");
    QTest::addColumn<int>("expectedMs");
    QTest::newRow("first retry after throttling is short") << Kind::Throttled << 1 << 1.0 << 1000;
    QTest::newRow("the second one doubles") << Kind::Throttled << 2 << 1.0 << 2000;
    QTest::newRow("growth goes on") << Kind::Throttled << 5 << 1.0 << 16000;
    QTest::newRow("growth stops at the cap") << Kind::Throttled << 6 << 1.0 << 20000;
    QTest::newRow("and stays there") << Kind::Throttled << 9 << 1.0 << 20000;
    QTest::newRow("half the jitter is half the delay") << Kind::Throttled << 2 << 0.5 << 1000;
    QTest::newRow("no jitter is no delay") << Kind::Throttled << 9 << 0.0 << 0;
    QTest::newRow("jitter above one is one") << Kind::Throttled << 1 << 7.0 << 1000;
    QTest::newRow("jitter below zero is zero") << Kind::Throttled << 1 << -7.0 << 0;
    QTest::newRow("a fault starts at a tenth") << Kind::ServiceFault << 1 << 1.0 << 100;
    QTest::newRow("a lost connection too") << Kind::Network << 3 << 1.0 << 400;
    QTest::newRow("faults reach the same cap") << Kind::Timeout << 9 << 1.0 << 20000;
}

void TestRetryPolicy::delay()
{
    QFETCH(Kind, kind);
    QFETCH(int, attempt);
    QFETCH(double, jitter);
    QFETCH(int, expectedMs);
    const auto delay = RetryPolicy {}.delayAfter(attempt, Error { .kind = kind }, 0ms, jitter);
    QVERIFY(delay);
    QCOMPARE(delay->count(), expectedMs);
}

void TestRetryPolicy::transient_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<bool>("expected");
    QTest::newRow("Internal") << Kind::Internal << false;
    QTest::newRow("InvalidInput") << Kind::InvalidInput << false;
    QTest::newRow("NoCredentials") << Kind::NoCredentials << false;
    QTest::newRow("AccessDenied") << Kind::AccessDenied << false;
    QTest::newRow("NotFound") << Kind::NotFound << false;
    QTest::newRow("Throttled") << Kind::Throttled << true;
    QTest::newRow("ServiceFault") << Kind::ServiceFault << true;
    QTest::newRow("Network") << Kind::Network << true;
    QTest::newRow("Timeout") << Kind::Timeout << true;
    QTest::newRow("BadResponse") << Kind::BadResponse << true;
    QTest::newRow("Storage") << Kind::Storage << false;
    QTest::newRow("Cancelled") << Kind::Cancelled << false;
}

void TestRetryPolicy::transient()
{
    QFETCH(Kind, kind);
    QFETCH(bool, expected);
    const Error error { .kind = kind };
    QCOMPARE(RetryPolicy::isTransient(error), expected);
    QCOMPARE(RetryPolicy {}.delayAfter(1, error, 0ms, 1).has_value(), expected);
}

void TestRetryPolicy::whatTakesAPersonIsFinal()
{
    for (const QLatin1StringView code :
        { errorcode::tlsUntrusted, errorcode::proxyAuthenticationRequired, errorcode::proxyRefused })
        QVERIFY2(!RetryPolicy::isTransient(Error { .kind = Kind::Network, .code = code }), code.data());
    QVERIFY(!RetryPolicy::isTransient(Error { .kind = Kind::Timeout, .code = errorcode::credentialProcess }));
    QVERIFY(!RetryPolicy::isTransient(Error { .kind = Kind::Timeout, .isFinal = true }));
}

void TestRetryPolicy::lastAttemptIsFinal()
{
    const Error error { .kind = Kind::Throttled };
    const RetryPolicy policy { .maxAttempts = 3 };
    QVERIFY(policy.delayAfter(2, error, 0ms, 1));
    QVERIFY(!policy.delayAfter(3, error, 0ms, 1));
    QVERIFY(!RetryPolicy { .maxAttempts = 1 }.delayAfter(1, error, 0ms, 1));
}

void TestRetryPolicy::totalTimeIsKept()
{
    const Error error { .kind = Kind::Throttled };
    const RetryPolicy policy { .longestTotal = 10s };
    QCOMPARE(policy.delayAfter(1, error, 9000ms, 1), 1000ms);
    QVERIFY(!policy.delayAfter(1, error, 9001ms, 1)); // the delay itself would go past the end
    QVERIFY(!policy.delayAfter(1, error, 11s, 0));
}

void TestRetryPolicy::retryAfter_data()
{
    QTest::addColumn<int>("retryAfterMs");
    QTest::addColumn<int>("expectedMs");
    QTest::newRow("kept to") << 3000 << 3000;
    QTest::newRow("zero is at once") << 0 << 0;
    QTest::newRow("as long as the cap") << 20000 << 20000;
    QTest::newRow("longer than the cap is not believed") << 20001 << 500;
    QTest::newRow("a time in the past is not believed") << -1 << 500;
}

void TestRetryPolicy::retryAfter()
{
    QFETCH(int, retryAfterMs);
    QFETCH(int, expectedMs);
    const Error error { .kind = Kind::Throttled, .retryAfter = std::chrono::milliseconds(retryAfterMs) };
    const auto delay = RetryPolicy {}.delayAfter(1, error, 0ms, 0.5);
    QVERIFY(delay);
    QCOMPARE(delay->count(), expectedMs);
}

void TestRetryPolicy::delayNeverLeavesItsBounds()
{
    const RetryPolicy policy { .maxAttempts = 2'000'000'000, .longestTotal = std::chrono::hours(24) };
    for (const int attempt : { 1, 2, 30, 31, 32, 33, 63, 64, 65, 1'999'999'999 }) {
        const auto delay = policy.delayAfter(attempt, Error { .kind = Kind::Throttled }, 0ms, 1);
        QVERIFY(delay);
        QVERIFY(*delay > 0ms && *delay <= policy.longestDelay);
    }
    const RetryPolicy odd { .firstDelay = 50s, .longestDelay = 2s };
    QCOMPARE(odd.delayAfter(1, Error { .kind = Kind::Throttled }, 0ms, 1), 2000ms);
}

void TestRetryPolicy::readIsNeverEndedByThrottling()
{
    const RetryPolicy policy { .maxAttempts = 1 };
    const Error error { .kind = Kind::Throttled };
    QVERIFY(policy.delayInRead({ .attempts = 1000, .backoffStep = 1000, .lasted = 24h }, error, 1) <= 20s);
    QVERIFY(policy.delayInRead({ .attempts = 1000, .backoffStep = 1000, .lasted = 24h }, error, 1));
}

void TestRetryPolicy::readWaitsForAsLongAsTheFaultMayLast()
{
    const RetryPolicy policy;
    const Error error { .kind = Kind::Network };
    const auto delayAt = [&](std::chrono::milliseconds lasted) {
        return policy.delayInRead({ .attempts = 50, .backoffStep = 50, .lasted = lasted }, error, 1);
    };
    QCOMPARE(delayAt(0ms), 20'000ms);
    QCOMPARE(delayAt(9min), 20'000ms);
    QCOMPARE(delayAt(10min - 3s), 3'000ms); // the last attempt is made at the very end
    QCOMPARE(delayAt(10min), std::nullopt);
    QCOMPARE(RetryPolicy { .longestFault = 0ms }.delayInRead({}, error, 1), std::nullopt);
    QCOMPARE(policy.delayInRead({ .attempts = 50, .backoffStep = 2 }, error, 1), 200ms); // there is reason to hope
}

void TestRetryPolicy::readCountsAttemptsOnlyIfTold()
{
    const Error error { .kind = Kind::ServiceFault };
    QVERIFY(RetryPolicy {}.delayInRead({ .attempts = 100'000 }, error, 1));
    const RetryPolicy policy { .maxAttempts = 3 };
    QVERIFY(policy.delayInRead({ .attempts = 2 }, error, 1));
    QVERIFY(!policy.delayInRead({ .attempts = 3 }, error, 1));
}

void TestRetryPolicy::readGivesUpWhatTakesAPerson()
{
    for (const Kind kind : { Kind::AccessDenied, Kind::NoCredentials, Kind::NotFound, Kind::InvalidInput })
        QVERIFY(!RetryPolicy {}.delayInRead({}, Error { .kind = kind }, 1));
    QVERIFY(!RetryPolicy {}.delayInRead({}, Error { .kind = Kind::Timeout, .isFinal = true }, 1));
}

void TestRetryPolicy::readWithoutQuotaAsksSeldom()
{
    const Error error { .kind = Kind::ServiceFault };
    QCOMPARE(RetryPolicy {}.delayInRead({ .isQuotaSpent = true }, error, 0), 20'000ms);
    QCOMPARE(RetryPolicy {}.delayInRead({ .lasted = 599s, .isQuotaSpent = true }, error, 0), 1'000ms);
}

void TestRetryPolicy::quotaIsSpentAndGivenBack()
{
    const Error fault { .kind = Kind::ServiceFault };
    const Error timeout { .kind = Kind::Timeout };
    RetryQuota quota;
    QCOMPARE(quota.take(fault), 5);
    QCOMPARE(quota.take(timeout), 10);
    QCOMPARE(quota.left(), 485);
    quota.giveBack(10);
    quota.giveBack(0);
    QCOMPARE(quota.left(), 496);
    int paid = 0;
    while (quota.take(timeout))
        ++paid;
    QCOMPARE(paid, 49);
    QCOMPARE(quota.take(fault), 5); // 6 were left: enough for the cheaper one
    QCOMPARE(quota.take(fault), std::nullopt);
    QCOMPARE(quota.left(), 1); // and a refusal takes nothing
}

void TestRetryPolicy::quotaIsNeverMoreThanFull()
{
    RetryQuota quota;
    quota.giveBack(0);
    quota.giveBack(10);
    QCOMPARE(quota.left(), RetryQuota::capacity);
}

QTEST_GUILESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
