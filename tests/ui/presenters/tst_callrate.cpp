// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/callrate.h"

#include <QTest>

using namespace optout;
using namespace std::chrono_literals;

class TestCallRate final : public QObject {
    Q_OBJECT
private slots:
    void saysNothingAtFirst();
    void countsPerSecond();
    void forgetsWhatIsLongAgo();
    void survivesStandingStill();
};

void TestCallRate::saysNothingAtFirst()
{
    CallRate rate;
    QCOMPARE(rate.perSecond(), 0.0);
    rate.note(0ms, 1);
    QCOMPARE(rate.perSecond(), 0.0);
}

void TestCallRate::countsPerSecond()
{
    CallRate rate;
    for (int i = 0; i <= 50; ++i)
        rate.note(i * 100ms, i);
    QCOMPARE(rate.perSecond(), 10.0);
}

void TestCallRate::forgetsWhatIsLongAgo()
{
    CallRate rate;
    for (int i = 0; i <= 100; ++i) // 100 calls a second
        rate.note(i * 10ms, i);
    for (int i = 1; i <= 30; ++i) // then one
        rate.note(1s + i * 1s, 100 + i);
    QCOMPARE(rate.perSecond(), 1.0);
    rate.reset();
    QCOMPARE(rate.perSecond(), 0.0);
}

void TestCallRate::survivesStandingStill()
{
    CallRate rate;
    rate.note(5s, 1);
    rate.note(5s, 2);
    QCOMPARE(rate.perSecond(), 0.0); // and not infinity
}

QTEST_GUILESS_MAIN(TestCallRate)
#include "tst_callrate.moc"
