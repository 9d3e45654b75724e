// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/halves.h"

#include <QtTest>

#include <algorithm>
#include <new>
#include <vector>

using namespace optout;

class TestHalves final : public QObject {
    Q_OBJECT

private slots:
    void coverEachPlaceOnce_data()
    {
        QTest::addColumn<quint32>("count");
        QTest::addColumn<bool>("twoCores");
        for (const quint32 count : { 0U, 1U, 262'143U, 262'144U, 400'001U }) {
            QTest::addRow("%u", count) << count << true;
            QTest::addRow("%u, one core", count) << count << false;
        }
    }
    void coverEachPlaceOnce()
    {
        QFETCH(const quint32, count);
        QFETCH(const bool, twoCores);
        const Cores cores = twoCores ? Cores::Two : Cores::One;
        std::vector<int> visits(count);
        const quint32 middle = inHalves(cores, count, [&](quint32 first, quint32 last) {
            for (quint32 i = first; i < last; ++i)
                ++visits[i];
        });
        QCOMPARE(middle < count, twoCores && count >= 262'144);
        QCOMPARE(quint32(std::count(visits.begin(), visits.end(), 1)), count);
    }

    //! Also what the second thread throws reaches the caller, when both are through.
    void throwWhatOneOfThemThrows_data()
    {
        QTest::addColumn<bool>("inFirst");
        QTest::newRow("the first") << true;
        QTest::newRow("the second") << false;
    }
    void throwWhatOneOfThemThrows()
    {
        QFETCH(const bool, inFirst);
        bool otherIsThrough = false;
        const auto work = [&](quint32 first, quint32) {
            if ((first == 0) == inFirst)
                throw std::bad_alloc();
            otherIsThrough = true;
        };
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, inHalves(Cores::Two, 400'000, work));
        QVERIFY(otherIsThrough);
    }
};

QTEST_GUILESS_MAIN(TestHalves)
#include "tst_halves.moc"
