// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/rowfind.h"
#include "store/roworder.h"

#include "unit/store/oddvalues.h"
#include "unit/store/plainview.h"

#include <QtTest>

#include <algorithm>
#include <random>

using namespace optout;

namespace {

using Key = SortSpec::Key;

//! Odd rows strewn among ordinary ones.
class MixedRows {
public:
    explicit MixedRows(quint32 seed)
        : m_random(seed)
    {
    }

    quint32 below(quint32 bound) { return std::uniform_int_distribution<quint32>(0, bound - 1)(m_random); }
    bool oneIn(quint32 bound) { return below(bound) == 0; }

    std::vector<OptedOutNumber> rows(std::size_t count, quint32 oddOneIn)
    {
        std::vector<OptedOutNumber> out;
        out.reserve(count);
        for (std::size_t i = 0; i < count; ++i)
            out.push_back({ .number = oneIn(oddOneIn) ? anyOf(oddNumbersInOrder()) : ordinaryNumber(),
                .optedOutAt = oneIn(oddOneIn) ? anyOf(oddTimesInOrder()).time : ordinaryTime(),
                .endUserOptedOut = oneIn(2) });
        return out;
    }

private:
    template <typename T> T anyOf(const std::vector<T> &values) { return values[below(quint32(values.size()))]; }

    std::optional<Timestamp> ordinaryTime()
    {
        return Timestamp(std::chrono::milliseconds(1'600'000'000'000 + below(200'000'000)));
    }

    std::string ordinaryNumber()
    {
        const std::string four = std::to_string(1'000 + below(9'000));
        switch (below(8)) {
        case 0:
            return "447700900" + std::to_string(below(1'000)); // without the plus sign, of 10 to 12 digits
        case 1:
            return "+336199" + four + four;
        default:
            return "+1416555" + four;
        }
    }

    std::mt19937 m_random;
};

std::string described(const PlainView &view, const Looked &looked)
{
    return "sorted by " + std::to_string(int(view.sort.key)) + (view.sort.descending ? " down" : " up")
        + ", looked for " + looked.typed;
}

} // namespace

//! Rows such as a list seldom has: what is shown of them, and where, against a reckoning on the texts and times that
//! the service gave.
class TestOddRows final : public QObject {
    Q_OBJECT

private slots:
    //! Whatever the order read, they come to stand as the list of them was written down.
    void standInTheirOrder()
    {
        std::mt19937 random(1);
        for (int round = 0; round < 20; ++round) {
            std::vector<OptedOutNumber> rows;
            for (const std::string &number : oddNumbersInOrder())
                rows.push_back({ .number = number });
            std::shuffle(rows.begin(), rows.end(), random);
            std::vector<std::string> shown;
            for (const OptedOutNumber &row : rowsShown(rows, { .sort = { .key = Key::Number } }))
                shown.push_back(row.number);
            QCOMPARE(shown, oddNumbersInOrder());
            shown.clear();
            for (const OptedOutNumber &row : rowsShown(rows, { .sort = { .key = Key::Number, .descending = true } }))
                shown.insert(shown.begin(), row.number);
            QCOMPARE(shown, oddNumbersInOrder());
        }
    }

    void timesStandInTheirOrder()
    {
        std::mt19937 random(2);
        for (int round = 0; round < 20; ++round) {
            std::vector<OptedOutNumber> rows;
            for (const OddTime &time : oddTimesInOrder())
                rows.push_back({ .number = "+12", .optedOutAt = time.time, .endUserOptedOut = round % 2 == 0 });
            std::shuffle(rows.begin(), rows.end(), random);
            const auto up = rowsShown(rows, { .sort = { .key = Key::OptedOutAt } });
            const auto down = rowsShown(rows, { .sort = { .key = Key::OptedOutAt, .descending = true } });
            QCOMPARE(up.size(), oddTimesInOrder().size());
            QCOMPARE(down.size(), oddTimesInOrder().size());
            for (std::size_t i = 0; i < up.size(); ++i) {
                QCOMPARE(up[i].optedOutAt, oddTimesInOrder()[i].time);
                QCOMPARE(down[up.size() - 1 - i].optedOutAt, oddTimesInOrder()[i].time);
            }
        }
    }

    //! "From" takes its moment in, "until" leaves it out; what has no time passes neither.
    void bordersOfTime()
    {
        std::vector<OptedOutNumber> rows;
        for (const OddTime &time : oddTimesInOrder()) {
            for (const bool endUser : { false, true }) // the bits that share a word with the time
                rows.push_back(
                    { .number = endUser ? "12" : "+12", .optedOutAt = time.time, .endUserOptedOut = endUser });
        }
        const std::size_t all = oddTimesInOrder().size();
        for (std::size_t from = 0; from < all; ++from) { // 0, no time: no bound
            for (std::size_t until = 0; until < all; ++until) {
                const RowQuery query { .filter = { .from = oddTimesInOrder()[from].time,
                                           .until = oddTimesInOrder()[until].time } };
                const std::size_t first = from == 0 && until > 0 ? 1 : from;
                const std::size_t end = until == 0 ? all : std::max(first, until);
                const std::vector<OptedOutNumber> expected(
                    rows.begin() + std::ptrdiff_t(2 * first), rows.begin() + std::ptrdiff_t(2 * end));
                QCOMPARE(rowsShown(rows, query), expected);
            }
        }
    }

    void agreeWithAPlainReckoning_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("oddOneIn");
        QTest::addColumn<int>("patternsAnOrder");
        QTest::newRow("all odd") << 2'000 << 1 << int(patterns().size());
        QTest::newRow("more than one chunk") << 66'000 << 20 << 7;
        QTest::newRow("enough for two threads") << 600'000 << 200 << 2;
    }
    void agreeWithAPlainReckoning()
    {
        QFETCH(int, count);
        QFETCH(int, oddOneIn);
        QFETCH(int, patternsAnOrder);
        MixedRows random { quint32(count) };
        const auto rows = random.rows(std::size_t(count), quint32(oddOneIn));
        NumberStore store;
        QVERIFY(store.append(rows));
        const StoreSnapshot snapshot = store.snapshot();
        for (quint32 row = 0; row < snapshot.size(); ++row)
            QVERIFY(snapshot.unpacked(row) == rows[row]);

        std::size_t next = 0; // of the patterns: they take turns
        for (const Key key : { Key::AsRead, Key::Number, Key::OptedOutAt, Key::OptedOutBy }) {
            for (const bool descending : { false, true }) {
                const PlainView every(rows, { .key = key, .descending = descending });
                const auto everyRow = buildOrder(snapshot, { .sort = every.sort });
                QVERIFY(every.isShownBy(*everyRow));
                for (int turn = 0; turn < patternsAnOrder; ++turn) {
                    const Looked &looked = patterns()[next++ % patterns().size()];
                    NumberFilter filter { .by = OptedOutBy(random.below(3)), .number = parsed(looked.typed) };
                    if (random.oneIn(3))
                        filter.from = rows[random.below(quint32(count))].optedOutAt;
                    if (random.oneIn(3))
                        filter.until = rows[random.below(quint32(count))].optedOutAt;
                    const PlainView kept = every.filtered(filter, looked);
                    const RowQuery query { .filter = filter, .sort = every.sort };
                    const auto order = buildOrder(snapshot, query);
                    QVERIFY2(kept.isShownBy(*order), described(every, looked).c_str());
                    if (key != Key::AsRead)
                        QVERIFY2(kept.isShownBy(*filterOrder(*everyRow, snapshot, filter)),
                            described(every, looked).c_str());
                    const Looked &found = patterns()[random.below(quint32(patterns().size()))];
                    QVERIFY2(finds(snapshot, *everyRow, every, looked), described(every, looked).c_str());
                    QVERIFY2(finds(snapshot, *order, kept, found), described(kept, found).c_str());
                }
            }
        }
    }

    //! A view that grows as rows arrive: few at a time, and more at once than one thread is for.
    void agreeWhileRowsArrive_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<bool>("descending");
        QTest::newRow("as read") << int(Key::AsRead) << false;
        QTest::newRow("number") << int(Key::Number) << false;
        QTest::newRow("number, down") << int(Key::Number) << true;
        QTest::newRow("time") << int(Key::OptedOutAt) << false;
        QTest::newRow("time, down") << int(Key::OptedOutAt) << true;
        QTest::newRow("who") << int(Key::OptedOutBy) << false;
        QTest::newRow("who, down") << int(Key::OptedOutBy) << true;
    }
    void agreeWhileRowsArrive()
    {
        QFETCH(int, key);
        QFETCH(bool, descending);
        const SortSpec sort { .key = Key(key), .descending = descending };
        MixedRows random(quint32(key) + 7);
        const Looked &looked = patterns()[1 + random.below(quint32(patterns().size() - 1))];
        const NumberFilter filter { .by = OptedOutBy(random.below(3)), .number = parsed(looked.typed) };
        NumberStore store;
        std::vector<OptedOutNumber> rows;
        auto every = buildOrder(store.snapshot(), { .sort = sort });
        auto order = buildOrder(store.snapshot(), { .filter = filter, .sort = sort });
        for (const std::size_t arriving : { 1, 63, 100, 5'000, 1, 270'000, 1 }) {
            const auto added = random.rows(arriving, arriving > 10'000 ? 50 : 2);
            rows.insert(rows.end(), added.begin(), added.end());
            QVERIFY(store.append(added));
            every = extendOrder(*every, store.snapshot());
            order = extendOrder(*order, store.snapshot());
            if (arriving > 10'000)
                continue; // looked at with the next one: the reckoning takes long
            const PlainView expected(rows, sort);
            QVERIFY(expected.isShownBy(*every));
            const PlainView kept = expected.filtered(filter, looked);
            QVERIFY2(kept.isShownBy(*order), described(kept, looked).c_str());
            QVERIFY2(finds(store.snapshot(), *every, expected, looked), described(expected, looked).c_str());
        }
    }

private:
    static std::vector<OptedOutNumber> rowsShown(const std::vector<OptedOutNumber> &rows, const RowQuery &query)
    {
        NumberStore store;
        std::vector<OptedOutNumber> shown;
        if (!store.append(rows))
            return shown;
        const auto order = buildOrder(store.snapshot(), query);
        for (quint32 row = 0; row < order->size(); ++row)
            shown.push_back(store.row(order->storeRow(row)));
        return shown;
    }

    //! Walks down and up through all that is found, and counts.
    static bool finds(const StoreSnapshot &rows, const RowOrder &order, const PlainView &view, const Looked &looked)
    {
        const auto hits = findHits(rows, order, parsed(looked.typed));
        const std::vector<quint32> expected = view.places(looked);
        if (hits->count() != expected.size())
            return false;
        if (expected.empty())
            return !hits->next(0) && !hits->previous(0);
        quint32 below = expected.back(); // goes on at the top
        quint32 above = expected.front();
        for (std::size_t i = 0; i < expected.size(); ++i) {
            below = hits->next(below).value_or(order.size());
            above = hits->previous(above).value_or(order.size());
            if (below != expected[i] || above != expected[expected.size() - 1 - i])
                return false;
        }
        for (std::size_t i = 0; i < expected.size(); i += 1 + expected.size() / 50) {
            if (hits->countUpTo(expected[i]) != i + 1 || !hits->isHit(expected[i]))
                return false;
        }
        return hits->countUpTo(order.size() - 1) == expected.size();
    }
};

QTEST_GUILESS_MAIN(TestOddRows)
#include "tst_oddrows.moc"
