// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "browserfixture.h"
#include "unit/store/samplerows.h"
#include "unit/store/scarcememory.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using State = ExportPresenter::State;

class TestExportPresenter final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void nothingToExport();
    void completeViewIsNotAskedAbout();
    void partIsAskedAbout();
    void partThatIsWantedSaysSo();
    void readThatEndsAnswersTheQuestion();
    void filteredViewSaysSo();
    void finishesReadingFirst();
    void waitsForTheFilteredView();
    void failedReadCanBeFinished();
    void cancelWhileFinishing();
    void refreshCancels();
    void readThatBeginsAgainIsStillFinished();
    void readThatBeginsAgainCancelsAPart();
    void emptyListIsExported();
    void folderThatIsGone();
    void viewThatCannotBeBuilt();
#ifdef Q_OS_UNIX
    void fullDisk();
#endif

private:
    void openList();
    ExportPresenter &exporter() { return f->browser->exporter(); }
    QString target() const { return f->folder.filePath(u"out.csv"_s); }
    QByteArrayList lines() const;

    std::unique_ptr<BrowserFixture> f;
};

void TestExportPresenter::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    f = std::make_unique<BrowserFixture>();
    f->expectLists();
    f->browser->session().connectTo(u"a"_s);
    QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
}

void TestExportPresenter::cleanup()
{
    f->browser.reset();
    QCOMPARE(f->transport().complaints(), QStringList());
}

void TestExportPresenter::openList() { f->browser->open(f->browser->lists().lists().first()); }

QByteArrayList TestExportPresenter::lines() const
{
    QFile file(target());
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split('\n') : QByteArrayList();
}

void TestExportPresenter::nothingToExport()
{
    QVERIFY(!exporter().canBegin());
    exporter().begin();
    QCOMPARE(exporter().state(), State::Idle);
}

void TestExportPresenter::completeViewIsNotAskedAbout()
{
    f->expectNumbers({ u"+14165550100"_s, u"+14165550101"_s });
    openList();
    QTRY_VERIFY(f->browser->read().status().isComplete());
    exporter().begin();
    QCOMPARE(exporter().state(), State::ChoosingFile);
    QVERIFY(!exporter().isPartial());
    const QString name = exporter().suggestedFileName();
    QVERIFY2(name.startsWith("Default-us-east-1-202403"_L1) && name.endsWith(".csv"_L1), qPrintable(name));
    exporter().writeTo(target());
    QTRY_COMPARE(exporter().state(), State::Done);
    QCOMPARE(exporter().rowsWritten(), 2);
    QCOMPARE(lines().size(), 3);
    exporter().dismiss();
    QCOMPARE(exporter().state(), State::Idle);
}

void TestExportPresenter::partIsAskedAbout()
{
    f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
    f->transport().expect(Action::DescribeOptedOutNumbers).stall();
    openList();
    QTRY_COMPARE(f->browser->read().status().rows, 1U);
    QTRY_COMPARE(f->transport().requests().size(), 4); // the next page is asked for a few turns later
    exporter().begin();
    QCOMPARE(exporter().state(), State::Asking);
    exporter().cancel();
    QCOMPARE(exporter().state(), State::Idle);
    QVERIFY(f->browser->read().status().isActive()); // the read is not touched
}

void TestExportPresenter::partThatIsWantedSaysSo()
{
    f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
    f->transport().expect(Action::DescribeOptedOutNumbers).stall();
    openList();
    QTRY_COMPARE(f->browser->read().status().rows, 1U);
    QTRY_COMPARE(f->transport().requests().size(), 4); // the next page is asked for a few turns later
    exporter().begin();
    exporter().exportLoaded();
    QVERIFY(exporter().suggestedFileName().contains("partial"_L1));
    exporter().writeTo(target());
    QTRY_COMPARE(exporter().state(), State::Done);
    QVERIFY(exporter().isPartial());
    QCOMPARE(lines().size(), 2);
}

void TestExportPresenter::readThatEndsAnswersTheQuestion()
{
    f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
    openList();
    f->browser->read().pause();
    QTRY_COMPARE(f->browser->read().status().rows, 1U);
    exporter().begin();
    QCOMPARE(exporter().state(), State::Asking);
    f->expectNumbers({ u"+14165550101"_s });
    f->browser->read().resume();
    QTRY_COMPARE(exporter().state(), State::ChoosingFile);
    QVERIFY(!exporter().suggestedFileName().contains("partial"_L1));
}

void TestExportPresenter::filteredViewSaysSo()
{
    f->browser->model().setFilter({ .by = OptedOutBy::EndUser });
    f->expectNumbers({ u"+14165550100"_s });
    openList();
    QTRY_VERIFY(f->browser->read().status().isComplete());
    exporter().begin();
    QVERIFY(exporter().isFiltered());
    QVERIFY(exporter().suggestedFileName().endsWith("-filtered.csv"_L1));
    f->browser->model().setFilter({});
    QVERIFY(!exporter().isFiltered());
    QVERIFY(!exporter().suggestedFileName().contains("filtered"_L1));
}

void TestExportPresenter::finishesReadingFirst()
{
    f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
    openList();
    f->browser->read().pause();
    QTRY_COMPARE(f->browser->read().status().rows, 1U);
    exporter().begin();
    exporter().finishReading();
    QCOMPARE(exporter().state(), State::ChoosingFile);
    f->expectNumbers({ u"+14165550101"_s });
    exporter().writeTo(target());
    QCOMPARE(exporter().state(), State::FinishingRead);
    QTRY_COMPARE(exporter().state(), State::Done);
    QVERIFY(!exporter().isPartial());
    QCOMPARE(lines().size(), 3);
}

// With a filter on, the last rows come through a worker after the read has ended.
void TestExportPresenter::waitsForTheFilteredView()
{
    f->browser->model().setFilter({ .by = OptedOutBy::EndUser });
    f->browser->model().setSort({ .key = SortSpec::Key::Number, .descending = true });
    f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
    openList();
    f->browser->read().pause();
    QTRY_COMPARE(f->browser->read().status().rows, 1U);
    exporter().begin();
    exporter().finishReading();
    f->expectNumbers({ u"+14165550101"_s, u"+14165550102"_s });
    exporter().writeTo(target());
    QTRY_COMPARE(exporter().state(), State::Done);
    const QByteArrayList written = lines();
    QCOMPARE(written.size(), 4);
    QVERIFY(written[1].startsWith("+14165550102,"));
    QVERIFY(written[3].startsWith("+14165550100,"));
}

void TestExportPresenter::failedReadCanBeFinished()
{
    f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
    f->transport()
        .expect(Action::DescribeOptedOutNumbers)
        .reply(400, R"({"__type":"AccessDeniedException","Message":"no"})", answerHeaders());
    openList();
    QTRY_COMPARE(f->browser->read().status().state, ReadStatus::State::Failed);
    exporter().begin();
    QCOMPARE(exporter().state(), State::Asking);
    exporter().finishReading();
    f->expectNumbers({ u"+14165550101"_s });
    exporter().writeTo(target());
    QTRY_COMPARE(exporter().state(), State::Done);
    QCOMPARE(lines().size(), 3);
}

void TestExportPresenter::cancelWhileFinishing()
{
    f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
    f->transport().expect(Action::DescribeOptedOutNumbers).stall();
    openList();
    QTRY_COMPARE(f->browser->read().status().rows, 1U);
    QTRY_COMPARE(f->transport().requests().size(), 4); // the next page is asked for a few turns later
    exporter().begin();
    exporter().finishReading();
    exporter().writeTo(target());
    QCOMPARE(exporter().state(), State::FinishingRead);
    exporter().cancel();
    QCOMPARE(exporter().state(), State::Idle);
    QVERIFY(!QFile::exists(target()));
}

void TestExportPresenter::refreshCancels()
{
    f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
    f->transport().expect(Action::DescribeOptedOutNumbers).stall();
    openList();
    QTRY_COMPARE(f->browser->read().status().rows, 1U);
    QTRY_COMPARE(f->transport().requests().size(), 4); // the next page is asked for a few turns later
    exporter().begin();
    exporter().exportLoaded();
    f->transport().expect(Action::DescribeOptedOutNumbers).stall();
    f->browser->read().refresh();
    QCOMPARE(exporter().state(), State::Idle);
    exporter().writeTo(target()); // the answer of a dialog that was still open
    QCOMPARE(exporter().state(), State::Idle);
    QTRY_COMPARE(f->transport().requests().size(), 5);
}

void TestExportPresenter::readThatBeginsAgainIsStillFinished()
{
    f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
    openList();
    f->browser->read().pause();
    QTRY_COMPARE(f->browser->read().status().rows, 1U);
    exporter().begin();
    exporter().finishReading();
    f->expectNumbers({ u"+14165550101"_s });
    exporter().writeTo(target());
    QCOMPARE(exporter().state(), State::FinishingRead);
    emit f->browser->read().findChild<ReadOperation *>()->restarted({ .kind = Error::Kind::InvalidInput });
    QCOMPARE(exporter().state(), State::FinishingRead);
    QTRY_COMPARE(exporter().state(), State::Done);
    QVERIFY(!exporter().isPartial());
    QCOMPARE(lines().size(), 2); // the rows from before are not in it
}

void TestExportPresenter::readThatBeginsAgainCancelsAPart()
{
    f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
    openList();
    f->browser->read().pause();
    QTRY_COMPARE(f->browser->read().status().rows, 1U);
    exporter().begin();
    QCOMPARE(exporter().state(), State::Asking);
    emit f->browser->read().findChild<ReadOperation *>()->restarted({ .kind = Error::Kind::InvalidInput });
    QCOMPARE(exporter().state(), State::Idle);
}

void TestExportPresenter::emptyListIsExported()
{
    f->expectNumbers({});
    openList();
    QTRY_VERIFY(f->browser->read().status().isComplete());
    exporter().begin();
    exporter().writeTo(target());
    QTRY_COMPARE(exporter().state(), State::Done);
    QCOMPARE(lines().size(), 1); // the header alone says that the list is empty
}

void TestExportPresenter::folderThatIsGone()
{
    f->expectNumbers({ u"+14165550100"_s });
    openList();
    QTRY_VERIFY(f->browser->read().status().isComplete());
    exporter().begin();
    exporter().writeTo(f->folder.filePath(u"nowhere/out.csv"_s));
    QTRY_COMPARE(exporter().state(), State::Failed);
    QCOMPARE(exporter().error().kind, Error::Kind::Storage);
}

//! For lack of memory; the one before it is not written in its place.
void TestExportPresenter::viewThatCannotBeBuilt()
{
    f->expectNumbers({ u"+14165550100"_s, u"+14165550101"_s });
    openList();
    QTRY_VERIFY(f->browser->read().status().isComplete());
    NumberTableModel &model = f->browser->model();
    model.append(SampleRows(1).rows(60'000)); // more than are sorted without memory of their own
    model.flush();
    exporter().begin();
    {
        const ScarceMemory scarce(20'000); // an order of those rows takes 2 bytes for each
        model.setSort({ .key = SortSpec::Key::Number });
        exporter().writeTo(target());
        QCOMPARE(exporter().state(), State::Settling);
        QTRY_COMPARE(exporter().state(), State::Failed);
    }
    QCOMPARE(exporter().error().kind, Error::Kind::Storage);
    QVERIFY2(
        exporter().error().detail.contains(u"memory"_s, Qt::CaseInsensitive), qPrintable(exporter().error().detail));
    QVERIFY(!QFile::exists(target()));

    model.setSort({ .key = SortSpec::Key::Number }); // there is memory again
    QTRY_VERIFY(!model.isUpdating());
    QCOMPARE(exporter().state(), State::Failed); // what is shown later is not written by itself
    QVERIFY(!QFile::exists(target()));
}

#ifdef Q_OS_UNIX
void TestExportPresenter::fullDisk()
{
    f->expectNumbers({ u"+14165550100"_s, u"+14165550101"_s });
    openList();
    QTRY_VERIFY(f->browser->read().status().isComplete());
    exporter().begin();
    // The system refuses to let a file grow past the header, as it does when the disk is full.
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    rlimit before {};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small { .rlim_cur = 60, .rlim_max = before.rlim_max };
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    exporter().writeTo(target());
    const bool ended = QTest::qWaitFor([this] { return exporter().state() != State::Writing; });
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, ignored);
    QVERIFY(ended);
    QCOMPARE(exporter().state(), State::Failed);
    const QString detail = exporter().error().detail;
    QVERIFY2(detail.contains(target()) && detail.contains(u"free some space"_s), qPrintable(detail));
    QVERIFY(QDir(f->folder.path()).entryList({ u"out*"_s }, QDir::Files | QDir::Hidden).isEmpty());
    QCOMPARE(f->browser->read().status().rows, 2U);

    exporter().begin(); // there is space again
    exporter().writeTo(target());
    QTRY_COMPARE(exporter().state(), State::Done);
    QCOMPARE(lines().size(), 3);
}
#endif

QTEST_GUILESS_MAIN(TestExportPresenter)
#include "tst_exportpresenter.moc"
