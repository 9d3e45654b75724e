// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/timeleft.h"

#include <QtTest>

using namespace optout;
using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::seconds;

//! On a watch that the test sets: a read of pages of 100 rows.
class TestTimeLeft final : public QObject {
    Q_OBJECT

    TimeLeft m_left;
    milliseconds m_elapsed {};
    quint32 m_rows = 0;

    void pages(int count, milliseconds each)
    {
        for (int i = 0; i < count; ++i) {
            m_elapsed += each;
            m_rows += 100;
            m_left.note(m_elapsed, m_rows);
        }
    }
    void standStill(milliseconds duration)
    {
        for (milliseconds gone {}; gone < duration; gone += 100ms) {
            m_elapsed += 100ms;
            m_left.note(m_elapsed, m_rows);
        }
    }
    qint64 leftTo(quint32 size) const { return m_left.to(size).value_or(-1s).count(); }

private slots:
    void init()
    {
        m_left.reset();
        m_elapsed = {};
        m_rows = 0;
        m_left.note(m_elapsed, m_rows);
    }

    void saysNothingAtFirst()
    {
        QCOMPARE(leftTo(100'000), -1);
        pages(48, 100ms); // 4.8 seconds
        QCOMPARE(leftTo(100'000), -1);
        pages(2, 100ms);
        QCOMPARE(leftTo(100'000), 95);
    }

    void tellsAtASteadyRate_data()
    {
        QTest::addColumn<int>("pages");
        QTest::addColumn<int>("eachMs");
        QTest::addColumn<int>("left");
        QTest::newRow("a page a second") << 100 << 1000 << 900;
        QTest::newRow("eight a second") << 400 << 125 << 75; // of 100,000 rows
        QTest::newRow("a page in twenty seconds") << 10 << 20'000 << 19'800;
    }
    void tellsAtASteadyRate()
    {
        QFETCH(int, pages);
        QFETCH(int, eachMs);
        this->pages(pages, milliseconds(eachMs));
        QTEST(int(leftTo(100'000)), "left");
    }

    void followsARateThatChanges()
    {
        pages(100, 1s);
        pages(120, 500ms); // the quota is doubled: after a window only that counts
        QCOMPARE(leftTo(m_rows + 10'000), 50);
        pages(30, 2s); // and then a quarter of it
        QCOMPARE(leftTo(m_rows + 10'000), 200);
    }

    void growsWhileStandingStill()
    {
        pages(100, 1s);
        QCOMPARE(leftTo(m_rows + 6000), 60);
        standStill(30s); // throttled: half the rows in the window
        const qint64 throttled = leftTo(m_rows + 6000);
        QVERIFY2(throttled >= 115 && throttled <= 125, qPrintable(QString::number(throttled)));
        standStill(31s);
        QCOMPARE(leftTo(m_rows + 6000), -1); // nothing came for a whole window: nobody knows
        pages(120, 500ms);
        QCOMPARE(leftTo(m_rows + 6000), 30);
    }

    void aPauseDoesNotCount()
    {
        pages(100, 1s);
        const qint64 before = leftTo(m_rows + 6000);
        m_left.note(m_elapsed, m_rows); // an hour later; the watch stood
        QCOMPARE(leftTo(m_rows + 6000), before);
        m_rows += 100; // the page that was under way
        m_left.note(m_elapsed, m_rows);
        QVERIFY(leftTo(m_rows + 6000) <= before);
    }

    void saysNothingBeyondTheSize()
    {
        pages(100, 1s);
        QCOMPARE(leftTo(m_rows), 0);
        QCOMPARE(leftTo(m_rows - 1), -1);
    }

    void beginsAnewWithFewerRows()
    {
        pages(100, 1s);
        m_rows = 0;
        pages(3, 1s); // the read began again from the start
        QCOMPARE(leftTo(100'000), -1);
        pages(5, 2s);
        QVERIFY(leftTo(100'000) > 1000);
    }

    void roundsAsPeopleDo_data()
    {
        QTest::addColumn<int>("estimate");
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("said");
        QTest::newRow("nothing") << 0 << -1 << 0;
        QTest::newRow("tens of seconds") << 37 << -1 << 40;
        QTest::newRow("a minute") << 61 << -1 << 60;
        QTest::newRow("minutes") << 200 << -1 << 180;
        QTest::newRow("five minutes") << 23 * 60 << -1 << 25 * 60;
        QTest::newRow("quarters of an hour") << 165 * 60 + 90 << -1 << 165 * 60;
        QTest::newRow("hours") << 20 * 3600 + 900 << -1 << 20 * 3600;
        QTest::newRow("days") << 80 * 3600 << -1 << 72 * 3600;
        QTest::newRow("stays near what was said") << 140 << 180 << 180;
        QTest::newRow("stays when it rises a little") << 225 << 180 << 180;
        QTest::newRow("goes on when it is far") << 131 << 180 << 120;
        QTest::newRow("jumps when the rate falls") << 3000 << 180 << 3000;
    }
    void roundsAsPeopleDo()
    {
        QFETCH(int, estimate);
        QFETCH(int, before);
        const std::optional<seconds> shown = before < 0 ? std::nullopt : std::optional(seconds(before));
        QTEST(int(roundedTimeLeft(seconds(estimate), shown).count()), "said");
    }

    void countsDownWithoutFlicker()
    {
        std::optional<seconds> shown;
        int changes = 0;
        for (int i = 0; i < 3000; ++i) { // ten minutes, the estimate sways by 3 %
            const int left = 600 - i / 5;
            const seconds sway(left * (i % 7 - 3) / 100);
            const seconds now = roundedTimeLeft(seconds(left) + sway, shown);
            changes += shown && now != *shown ? 1 : 0;
            shown = now;
        }
        QVERIFY2(changes < 25, qPrintable(QString::number(changes)));
    }
};

QTEST_GUILESS_MAIN(TestTimeLeft)
#include "tst_timeleft.moc"
