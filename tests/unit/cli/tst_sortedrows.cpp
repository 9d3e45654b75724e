// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/sortedrows.h"

#include "export/csvwriter.h"
#include "unit/store/samplerows.h"

#include <QSignalSpy>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <limits>
#include <new>

namespace {

// A larger piece of memory there is not. The store's chunks, an order and the text are large, and little else is.
constexpr std::size_t noLimit = std::numeric_limits<std::size_t>::max();
std::atomic<std::size_t> largestPiece { noLimit };
constexpr std::size_t largeSize = 256 * 1024;
std::atomic<int> largePieces { 0 }; // asked for so far

void *allocatedOrNull(std::size_t size)
{
    largePieces += size >= largeSize ? 1 : 0;
    return size <= largestPiece ? std::malloc(size) : nullptr;
}

void *allocated(std::size_t size)
{
    void *memory = allocatedOrNull(size);
    if (!memory)
        throw std::bad_alloc();
    return memory;
}

} // namespace

void *operator new(std::size_t size) { return allocated(size); }
void *operator new[](std::size_t size) { return allocated(size); }
void *operator new(std::size_t size, const std::nothrow_t &) noexcept { return allocatedOrNull(size); } // stable_sort
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete[](void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void *memory, std::size_t) noexcept { std::free(memory); }

using namespace optout;
using namespace Qt::Literals::StringLiterals;

namespace {

const RowQuery byTime { .sort = { .key = SortSpec::Key::OptedOutAt } };

Result<Done> sorted(SortedRows &rows)
{
    QSignalSpy done(&rows, &SortedRows::sorted);
    rows.sort();
    return done.wait() ? done.at(0).at(0).value<Result<Done>>() : Result<Done>();
}

std::string allLines(SortedRows &rows, quint32 step)
{
    std::string text;
    for (bool more = true; more;)
        more = *rows.appendNextLines(text, step);
    return text;
}

//! Sorted by a comparison of values that knows nothing of packed rows.
std::string expectedByTime(std::vector<OptedOutNumber> rows, const NumberFilter &filter)
{
    std::erase_if(rows, [&](const OptedOutNumber &row) { return !filter.matches(row); });
    std::stable_sort(rows.begin(), rows.end(),
        [](const OptedOutNumber &a, const OptedOutNumber &b) { return a.optedOutAt < b.optedOutAt; });
    std::string text;
    for (const OptedOutNumber &row : rows)
        appendCsvRow(text, row);
    return text;
}

} // namespace

class TestSortedRows final : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanup() { largestPiece = noLimit; }

    void givesTheRowsThatPassInOrder()
    {
        const auto sample = SampleRows(3).rows(20'000);
        const NumberFilter filter { .by = OptedOutBy::EndUser, .number = *NumberPattern::parse(u"+1416") };
        const std::string expected = expectedByTime(sample, filter);
        QVERIFY(!expected.empty());
        for (const quint32 step : { 1U, 333U, 1'000'000U }) {
            SortedRows rows({ .filter = filter, .sort = byTime.sort }, nullptr);
            for (std::size_t i = 0; i < sample.size(); i += 100)
                QVERIFY(rows.append(std::span(sample).subspan(i, 100)));
            QVERIFY(sorted(rows));
            QCOMPARE(allLines(rows, step), expected);
            QCOMPARE(qsizetype(rows.given()), qsizetype(std::count(expected.begin(), expected.end(), '\r')));
        }
    }

    void noRowsAreNoLines()
    {
        SortedRows rows(byTime, nullptr);
        QVERIFY(sorted(rows));
        QCOMPARE(allLines(rows, 10), std::string());
    }

    void beginsAnew()
    {
        SampleRows random(4);
        const auto later = random.rows(10);
        SortedRows rows(byTime, nullptr);
        QVERIFY(rows.append(random.rows(1'000)));
        rows.clear();
        QVERIFY(rows.append(later));
        QVERIFY(sorted(rows));
        QCOMPARE(allLines(rows, 100), expectedByTime(later, {}));
    }

    //! Nobody changes the filter of an export; what is sorted for that case holds up the writing.
    void sortsNoRowThatIsNotWritten()
    {
        const RowQuery few { .filter = { .number = *NumberPattern::parse(u"+1416555999") }, .sort = byTime.sort };
        SortedRows rows(few, nullptr);
        QVERIFY(rows.append(SampleRows(8).rows(quint32(largeSize))));
        largePieces = 0;
        QVERIFY(sorted(rows));
        QTest::qWait(200);
        QCOMPARE(largePieces.load(), 0); // sorting takes 2 bytes a row in one piece
    }

    void cancelMeansNoAnswer()
    {
        SortedRows rows(byTime, nullptr);
        QVERIFY(rows.append(SampleRows(5).rows(300'000)));
        QSignalSpy done(&rows, &SortedRows::sorted);
        rows.sort();
        rows.cancel();
        QTest::qWait(100);
        QCOMPARE(done.size(), 0);
    }

    void memoryIsExhausted_data()
    {
        QTest::addColumn<QString>("when");
        for (const QString &when : { u"reading"_s, u"sorting"_s, u"writing"_s })
            QTest::newRow(qPrintable(when)) << when;
    }
    void memoryIsExhausted()
    {
        QFETCH(const QString, when);
        constexpr quint32 count = StoreSnapshot::chunkRows;
        const auto sample = SampleRows(6).rows(count);
        SortedRows rows(byTime, nullptr);
        QVERIFY(rows.append(sample));
        std::string text;
        std::optional<Error> error;
        if (when == "writing"_L1)
            QVERIFY(sorted(rows));
        largestPiece = 64 * 1024;
        if (when == "reading"_L1)
            error = rows.append(std::span(sample).first(1)).error(); // the first chunk is full
        else if (when == "sorting"_L1)
            error = sorted(rows).error();
        else
            error = rows.appendNextLines(text, count).error();
        largestPiece = noLimit;
        QCOMPARE(error->kind, Error::Kind::Storage);
        QVERIFY2(error->detail.contains(u"memory is exhausted"_s), qPrintable(error->detail));
        QVERIFY2(error->detail.contains(QString::number(count)), qPrintable(error->detail));
        QVERIFY2(error->detail.contains(u"without --sort"_s), qPrintable(error->detail));
    }
};

QTEST_GUILESS_MAIN(TestSortedRows)
#include "tst_sortedrows.moc"
