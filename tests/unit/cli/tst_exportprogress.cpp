// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/exportprogress.h"
#include "cli/writtennumbers.h"

#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr ExportProgress::SteadyTime start { 1000h };

ExportProgress begun()
{
    ExportProgress progress;
    progress.begin(start);
    return progress;
}

} // namespace

class TestExportProgress : public QObject {
    Q_OBJECT
private slots:
    void summaryCountsFromTheBeginning()
    {
        QCOMPARE(begun().summary(12'300, 123, start + 61500ms), u"12,300 numbers, 123 calls, 2.0/s, 00:01:01"_s);
        QCOMPARE(begun().summary(0, 0, start), u"0 numbers, 0 calls, 0.0/s, 00:00:00"_s);
    }

    void timeLeftIsToldOnlyWhenItCanBeKnown()
    {
        ExportProgress progress = begun();
        QVERIFY(!progress.line(1000, 10, start + 10s).contains(u"left"_s)); // nothing is known of the list
        progress.setExpectedRows(4000);
        QVERIFY(progress.line(1000, 10, start + 10s).endsWith(u", about 00:00:30 left"_s));
        QVERIFY(!progress.line(1000, 10, start + 4s).contains(u"left"_s)); // too early
        QVERIFY(!progress.line(0, 1, start + 10s).contains(u"left"_s));
        QVERIFY(!progress.line(4000, 40, start + 40s).contains(u"left"_s)); // the list has grown
        progress.setRowsFromBefore(900); // the pace is that of this run: 100 rows in 10 s
        QVERIFY(progress.line(1000, 1, start + 10s).endsWith(u", about 00:05:00 left"_s));
    }

    void stageTakesThePlaceOfWhatIsToCome()
    {
        ExportProgress progress = begun();
        progress.setExpectedRows(4000);
        progress.setStage(u"sorting"_s);
        QCOMPARE(progress.line(1000, 10, start + 10s), u"1,000 numbers, 10 calls, 1.0/s, 00:00:10, sorting"_s);
    }

    void waitingForTheQuotaIsTold()
    {
        ExportProgress progress = begun();
        progress.noteWaitingForQuota(1000ms, start + 2s);
        QVERIFY(progress.line(1, 1, start + 2200ms).endsWith(u", waiting for the quota, next call in 0.8 s"_s));
        QVERIFY(!progress.line(1, 1, start + 2950ms).contains(u"waiting"_s));
        progress.noteAnswer(); // the next call has been asked for before the page is told of
        QVERIFY(progress.line(1, 1, start + 2200ms).endsWith(u"next call in 0.8 s"_s));
        progress.noteWaiting(
            { .reason = { .kind = Error::Kind::Throttled, .code = u"ThrottlingException"_s }, .delay = 4s }, start);
        QVERIFY(progress.line(1, 1, start).endsWith(u", waiting for the quota, next call in 4.0 s"_s));
    }

    void waitingForAnotherReasonIsToldWithIt()
    {
        ExportProgress progress = begun();
        progress.noteWaiting(
            { .reason = { .kind = Error::Kind::ServiceFault, .code = u"Internal\nError"_s }, .delay = 3s }, start);
        QVERIFY(progress.line(1, 1, start).endsWith(u", waiting 3 s: Internal Error"_s));
        progress.noteAnswer();
        QVERIFY(!progress.line(1, 1, start).contains(u"waiting"_s));
        progress.noteWaitingForQuota(1s, start);
        QVERIFY(progress.line(1, 1, start).endsWith(u"next call in 1.0 s"_s));
    }

    void howOftenAndHowLongItWasTriedIsTold()
    {
        const auto failed = [](int attempts) {
            return Waiting { .reason = { .kind = Error::Kind::Network }, .failedAttempts = attempts, .delay = 20s };
        };
        ExportProgress progress = begun();
        QCOMPARE(progress.triedWords(start), QString());
        for (int attempt = 1; attempt <= 13; ++attempt)
            progress.noteWaiting(failed(attempt), start + 1h + attempt * 1s);
        QCOMPARE(progress.triedWords(start + 1h + 10min + 1s), u"tried 14 times in 10 minutes"_s);
        progress.noteAnswer();
        QCOMPARE(progress.triedWords(start + 2h), QString());
        // The other half of the list has had an answer.
        progress.noteWaiting(failed(14), start + 2h);
        QCOMPARE(progress.triedWords(start + 2h), u"tried 15 times in 60 minutes"_s);
        progress.noteAnswer();
        progress.noteWaiting(failed(1), start + 3h);
        QCOMPARE(progress.triedWords(start + 3h + 900ms), u"tried 2 times in 1 second"_s);
        QCOMPARE(progress.triedWords(start + 3h + 90s), u"tried 2 times in 90 seconds"_s);
        progress.noteWaiting(failed(1'999), start + 3h + 1s);
        QCOMPARE(progress.triedWords(start + 27h), u"tried 2,000 times in 24 hours"_s);
    }

    void writtenNumbersAreKnownAgain()
    {
        WrittenNumbers written;
        QVERIFY(!written.contains("+14165550100"));
        // Each round adds more, as each start of a list may.
        for (int round = 1; round <= 3; ++round) {
            for (int i = 0; i < 1000; ++i) {
                if (i % 4 == round)
                    written.add("+1416555" + QByteArray::number(1000 + i));
            }
            for (int i = 0; i < 1000; ++i)
                QCOMPARE(written.contains("+1416555" + QByteArray::number(1000 + i)), i % 4 > 0 && i % 4 < round);
            written.settle();
            for (int i = 0; i < 1000; ++i)
                QCOMPARE(written.contains("+1416555" + QByteArray::number(1000 + i)), i % 4 > 0 && i % 4 <= round);
        }
        written.add("");
        written.settle();
        QVERIFY(written.contains(""));
    }
};

QTEST_GUILESS_MAIN(TestExportProgress)
#include "tst_exportprogress.moc"
