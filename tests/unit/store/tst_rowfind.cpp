// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/rowfind.h"

#include "unit/store/samplerows.h"

#include <QtTest>

#include <algorithm>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestRowFind final : public QObject {
    Q_OBJECT

private slots:
    //! Against a walk over the rows of the view, one by one.
    void findsWhatThePatternMatches_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("filtered");
        QTest::addColumn<bool>("sorted");
        QTest::addColumn<int>("rowCount");
        for (const char *pattern : { "+1416", "55", "5", "*9", "1*", "+1?16*", "*0?", "call", "00000", "7777777",
                 "*1?????????4*", "0??5*", "1???????????5" }) {
            for (const bool filtered : { false, true }) {
                for (const bool sorted : { false, true })
                    QTest::addRow("%s%s%s", pattern, filtered ? ", filtered" : "", sorted ? ", sorted" : "")
                        << QString::fromLatin1(pattern) << filtered << sorted << 9'000;
            }
        }
        for (const int rows : { 0, 1, 63, 64, 65, 4'096 })
            QTest::addRow("%d rows", rows) << u"5"_s << false << true << rows;
    }
    void findsWhatThePatternMatches()
    {
        QFETCH(QString, pattern);
        QFETCH(bool, filtered);
        QFETCH(bool, sorted);
        QFETCH(int, rowCount);
        const std::vector<OptedOutNumber> rows = SampleRows(3).rows(std::size_t(rowCount));
        NumberStore store;
        QVERIFY(store.append(rows));
        RowQuery query;
        if (filtered)
            query.filter.by = OptedOutBy::EndUser;
        if (sorted)
            query.sort.key = SortSpec::Key::Number;
        const auto order = buildOrder(store.snapshot(), query);
        const NumberPattern looked = *NumberPattern::parse(pattern);
        const auto hits = findHits(store.snapshot(), *order, looked);

        std::vector<quint32> expected;
        for (quint32 row = 0; row < order->size(); ++row) {
            if (looked.matches(rows[order->storeRow(row)].number))
                expected.push_back(row);
        }
        QCOMPARE(hits->count(), quint32(expected.size()));
        std::vector<quint32> walked;
        for (std::optional<quint32> row; walked.size() < expected.size(); walked.push_back(*row)) {
            row = row ? hits->next(*row) : hits->isHit(0) ? std::optional(0U) : hits->next(0);
            QVERIFY(row);
        }
        QVERIFY(walked == expected);
        for (quint32 row = 0; row < order->size() + 70; ++row) {
            const auto at = std::lower_bound(expected.begin(), expected.end(), row);
            QCOMPARE(hits->isHit(row), at != expected.end() && *at == row);
            QCOMPARE(hits->countUpTo(row),
                quint32(std::upper_bound(expected.begin(), expected.end(), row) - expected.begin()));
            if (expected.empty()) {
                QVERIFY(!hits->next(row) && !hits->previous(row));
                continue;
            }
            const auto below = std::upper_bound(expected.begin(), expected.end(), row);
            QCOMPARE(*hits->next(row), below == expected.end() ? expected.front() : *below);
            QCOMPARE(*hits->previous(row), at == expected.begin() ? expected.back() : *(at - 1));
        }
    }

    void rowsThatCameAfterTheViewAreNoHits()
    {
        NumberStore store;
        QVERIFY(store.append(SampleRows(5).rows(1'000)));
        const auto order = buildOrder(store.snapshot(), {});
        const auto before = findHits(store.snapshot(), *order, *NumberPattern::parse(u"5"_s));
        QVERIFY(store.append(SampleRows(6).rows(1'000)));
        const auto after = findHits(store.snapshot(), *order, *NumberPattern::parse(u"5"_s));
        QCOMPARE(after->count(), before->count());
    }

    void stops()
    {
        NumberStore store;
        QVERIFY(store.append(SampleRows(5).rows(10'000)));
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!findHits(
            store.snapshot(), *buildOrder(store.snapshot(), {}), *NumberPattern::parse(u"5"_s), stop.get_token()));
    }
};

QTEST_GUILESS_MAIN(TestRowFind)
#include "tst_rowfind.moc"
