// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/recentnumbers.h"

#include <QTest>

#include <algorithm>
#include <deque>
#include <random>
#include <set>

using namespace optout;

class TestRecentNumbers final : public QObject {
    Q_OBJECT
private slots:
    void forgetsTheFirst();
    void removedOnesMayComeAgain();
    void sameAsASet();
    void survivesBeingMoved();
};

void TestRecentNumbers::forgetsTheFirst()
{
    RecentNumbers recent;
    QVERIFY(recent.add("+1"));
    QVERIFY(recent.add("+2"));
    QVERIFY(!recent.add("+1"));
    recent.forgetFirst(1);
    QVERIFY(!recent.add("+2"));
    QVERIFY(recent.add("+1"));
    recent.forgetFirst(10);
    QVERIFY(recent.add("+2"));
    QVERIFY(recent.add("+1"));
}

void TestRecentNumbers::removedOnesMayComeAgain()
{
    RecentNumbers recent;
    QVERIFY(recent.add("+1"));
    recent.remove("+1");
    recent.remove("+9");
    QVERIFY(recent.add("+1"));
    recent.forgetFirst(1); // the turn of the one that was removed
    QVERIFY(!recent.add("+1"));
    recent.forgetFirst(1);
    QVERIFY(recent.add("+1"));
}

//! Against a set and a queue, with so many numbers that they meet in the same places, and texts longer than any number.
void TestRecentNumbers::sameAsASet()
{
    std::mt19937 random(1);
    RecentNumbers recent;
    std::set<std::string> set;
    std::deque<std::pair<std::string, bool>> order; // and whether it has been removed
    for (int step = 0; step < 100'000; ++step) {
        const int kind = int(random() % 10);
        const std::string number =
            (kind % 2 == 0 ? "+1416555" : "a text that is no number ") + std::to_string(random() % 9'000);
        if (kind == 0 && order.size() > 6'000) {
            const std::size_t count = random() % 20;
            recent.forgetFirst(count);
            for (std::size_t i = 0; i < count; ++i) {
                if (!order.front().second)
                    set.erase(order.front().first);
                order.pop_front();
            }
        } else if (kind == 1) {
            recent.remove(number);
            if (set.erase(number) > 0) {
                const auto last = std::find_if(order.rbegin(), order.rend(),
                    [&](const auto &entry) { return entry.first == number && !entry.second; });
                last->second = true;
            }
        } else {
            const bool isNew = set.insert(number).second;
            QCOMPARE(recent.add(number), isNew);
            if (isNew)
                order.emplace_back(number, false);
        }
    }
    QVERIFY(set.size() > 5'000);
    for (const std::string &number : set)
        QVERIFY(!recent.add(number));
}

void TestRecentNumbers::survivesBeingMoved()
{
    RecentNumbers first;
    QVERIFY(first.add("+1"));
    RecentNumbers second = std::move(first);
    QVERIFY(!second.add("+1"));
    QVERIFY(second.add("+2"));
    second = RecentNumbers();
    QVERIFY(second.add("+1"));
}

QTEST_GUILESS_MAIN(TestRecentNumbers)
#include "tst_recentnumbers.moc"
