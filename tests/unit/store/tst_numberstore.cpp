// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/numberstore.h"

#include "unit/store/samplerows.h"

#include <QtTest>

#include <atomic>
#include <cstdlib>
#include <new>
#include <thread>

namespace {

// Allocations left until one fails; negative for never. Real ones: everything the store allocates goes through here.
std::atomic<int> allocationsLeft { -1 };

void *allocated(std::size_t size)
{
    if (allocationsLeft >= 0 && allocationsLeft-- == 0)
        throw std::bad_alloc();
    if (void *memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}

} // namespace

void *operator new(std::size_t size) { return allocated(size); }
void *operator new[](std::size_t size) { return allocated(size); }
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete[](void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void *memory, std::size_t) noexcept { std::free(memory); }

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestNumberStore final : public QObject {
    Q_OBJECT

private slots:
    void givesBackWhatItGot_data()
    {
        QTest::addColumn<QString>("number");
        QTest::newRow("E.164") << u"+14165550123"_s;
        QTest::newRow("no plus") << u"14165550123"_s;
        QTest::newRow("one digit") << u"7"_s;
        QTest::newRow("19 digits") << u"+9999999999999999999"_s;
        QTest::newRow("19 digits without plus") << u"9999999999999999999"_s;
        QTest::newRow("20 digits") << u"10000000000000000000"_s;
        QTest::newRow("20 digits that overflow") << u"+18446744073709551617"_s;
        QTest::newRow("leading zero") << u"+0441632960123"_s;
        QTest::newRow("only zero") << u"0"_s;
        QTest::newRow("letters") << u"ACME-ALERTS"_s;
        QTest::newRow("letters after digits") << u"+1416555CALL"_s;
        QTest::newRow("only a plus") << u"+"_s;
        QTest::newRow("two pluses") << u"++1"_s;
        QTest::newRow("minus") << u"-1"_s;
        QTest::newRow("nothing") << u""_s;
        QTest::newRow("not ASCII") << u"+١٢٣ Ω"_s;
        QTest::newRow("longer than a block of texts") << QString(100'000, u'x');
    }
    void givesBackWhatItGot()
    {
        QFETCH(QString, number);
        const auto time = SampleRows::at(1'709'287'353'858);
        NumberStore store;
        std::vector<OptedOutNumber> rows;
        for (const bool endUser : { false, true }) {
            for (const auto &when : { std::optional<Timestamp>(), std::optional(time), std::optional(SampleRows::at(0)),
                     std::optional(SampleRows::at(-1)), std::optional(SampleRows::at(253'402'300'799'999)) })
                rows.push_back({ .number = number.toStdString(), .optedOutAt = when, .endUserOptedOut = endUser });
        }
        QVERIFY(store.append(rows));
        QCOMPARE(store.size(), quint32(rows.size()));
        for (quint32 i = 0; i < store.size(); ++i)
            QCOMPARE(store.row(i), rows[i]);
    }

    void growsByChunksThatDoNotMove()
    {
        SampleRows sample(1);
        const auto rows = sample.rows(3 * StoreSnapshot::chunkRows + 17);
        NumberStore store;
        const std::span all(rows);
        QVERIFY(store.append(all.first(10)));
        const PackedRow *const first = store.snapshot().chunk(0).data();
        for (std::size_t i = 10; i < rows.size(); i += 997)
            QVERIFY(store.append(all.subspan(i, std::min<std::size_t>(997, rows.size() - i))));
        QCOMPARE(store.size(), quint32(rows.size()));
        const StoreSnapshot snapshot = store.snapshot();
        QCOMPARE(snapshot.chunk(0).data(), first);
        QCOMPARE(snapshot.chunk(3).size(), std::size_t(17));
        for (quint32 i = 0; i < snapshot.size(); ++i)
            QCOMPARE(snapshot.unpacked(i), rows[i]);
    }

    void aSnapshotOutlivesItsStore()
    {
        SampleRows sample(2);
        const auto rows = sample.rows(1'000);
        StoreSnapshot snapshot;
        QCOMPARE(snapshot.size(), 0U);
        {
            NumberStore store;
            QVERIFY(store.append(rows));
            snapshot = store.snapshot();
            QVERIFY(store.append(sample.rows(100'000)));
        }
        QCOMPARE(snapshot.size(), 1'000U);
        for (quint32 i = 0; i < snapshot.size(); ++i)
            QCOMPARE(snapshot.unpacked(i), rows[i]);
    }

    void aWorkerReadsWhileTheStoreGrows()
    {
        SampleRows sample(3);
        const auto rows = sample.rows(200'000);
        NumberStore store;
        const std::span all(rows);
        QVERIFY(store.append(all.first(1'000)));
        std::vector<std::thread> readers;
        std::atomic<int> wrong { 0 };
        for (std::size_t i = 1'000; i < rows.size(); i += 1'000) {
            QVERIFY(store.append(all.subspan(i, 1'000)));
            if (i % 20'000 == 0) {
                readers.emplace_back([snapshot = store.snapshot(), &rows, &wrong] {
                    for (quint32 row = 0; row < snapshot.size(); ++row)
                        wrong += snapshot.unpacked(row) == rows[row] ? 0 : 1;
                });
            }
        }
        for (std::thread &reader : readers)
            reader.join();
        QCOMPARE(wrong.load(), 0);
    }

    void comparesTimesByWords()
    {
        NumberStore store;
        QVERIFY(store.append(std::vector<OptedOutNumber> {
            { .number = "+12", .endUserOptedOut = true },
            { .number = "12", .optedOutAt = SampleRows::at(-5) },
            { .number = "+12", .optedOutAt = SampleRows::at(-5), .endUserOptedOut = true },
            { .number = "12", .optedOutAt = SampleRows::at(-4) },
            { .number = "12", .optedOutAt = SampleRows::at(0) },
            { .number = "12", .optedOutAt = SampleRows::at(253'402'300'799'999) },
        }));
        for (quint32 i = 1; i < store.size(); ++i)
            QVERIFY(store.at(i - 1).time < store.at(i).time);
        QVERIFY(!store.at(0).hasTime());
    }

    void keepsTheEarlierRowsWhenFull()
    {
        NumberStore store(1'000);
        SampleRows sample(4);
        const auto rows = sample.rows(1'001);
        const std::span all(rows);
        QVERIFY(store.append(all.first(600)));
        const Result<Done> refused = store.append(all.subspan(600));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Storage);
        QVERIFY(refused.error().detail.contains(u"1000"_s));
        QCOMPARE(store.size(), 600U);
        QVERIFY(store.append(all.subspan(600, 400)));
        for (quint32 i = 0; i < store.size(); ++i)
            QCOMPARE(store.row(i), rows[i]);
    }

    void keepsTheEarlierRowsWhenMemoryIsExhausted()
    {
        // Each allocation of an append that crosses two chunks and many blocks of texts fails in its turn.
        SampleRows sample(5);
        const auto first = sample.rows(StoreSnapshot::chunkRows - 100);
        const auto second = sample.rows(StoreSnapshot::chunkRows + 200);
        int failures = 0;
        for (bool failed = true; failed; ++failures) {
            NumberStore store;
            QVERIFY(store.append(first));
            const StoreSnapshot before = store.snapshot();
            allocationsLeft = failures;
            const Result<Done> outcome = store.append(second);
            failed = allocationsLeft.exchange(-1) < 0;
            QCOMPARE(outcome.has_value(), !failed);
            if (failed) {
                QCOMPARE(outcome.error().kind, Error::Kind::Storage);
                QVERIFY(!outcome.error().detail.isEmpty());
                QCOMPARE(store.size(), before.size());
                QVERIFY(store.append(second)); // memory is there again
            }
            QCOMPARE(store.size(), quint32(first.size() + second.size()));
            for (quint32 i = 0; i < store.size(); i += 7)
                QCOMPARE(store.row(i), i < first.size() ? first[i] : second[i - first.size()]);
            for (quint32 i = 0; i < before.size(); i += 7)
                QCOMPARE(before.unpacked(i), first[i]);
        }
        QVERIFY(failures > 10);
    }

    void knowsWhichSnapshotsAreOfOneStore()
    {
        SampleRows sample(6);
        NumberStore store;
        NumberStore other;
        const StoreSnapshot none = store.snapshot();
        QVERIFY(store.append(sample.rows(10)));
        QVERIFY(other.append(sample.rows(StoreSnapshot::chunkRows + 10)));
        const StoreSnapshot some = store.snapshot();
        QVERIFY(store.append(sample.rows(2 * StoreSnapshot::chunkRows)));
        const StoreSnapshot more = store.snapshot();
        QVERIFY(more.continues(some));
        QVERIFY(more.continues(more));
        QVERIFY(more.continues(none));
        QVERIFY(none.continues(other.snapshot()) == false);
        QVERIFY(none.continues(none));
        QVERIFY(!some.continues(more));
        QVERIFY(!more.continues(other.snapshot()));
        QVERIFY(!other.snapshot().continues(some));
    }

    void aSnapshotKnowsItsOwnTextsOnly()
    {
        NumberStore store;
        QVERIFY(store.append(std::vector<OptedOutNumber> { { .number = "+14165550123" } }));
        const StoreSnapshot before = store.snapshot();
        QVERIFY(store.append(std::vector<OptedOutNumber> { { .number = "007" }, { .number = "+14165550124" } }));
        QVERIFY(!before.hasTexts());
        QVERIFY(store.snapshot().hasTexts());
    }

    void tellsItsMemory()
    {
        NumberStore store;
        QCOMPARE(store.memoryBytes(), 0);
        std::vector<OptedOutNumber> rows(StoreSnapshot::chunkRows, { .number = "+14165550123" });
        QVERIFY(store.append(rows));
        QCOMPARE(store.memoryBytes(), qint64(StoreSnapshot::chunkRows) * 16);
        QVERIFY(!store.snapshot().hasTexts());
    }
};

QTEST_GUILESS_MAIN(TestNumberStore)
#include "tst_numberstore.moc"
