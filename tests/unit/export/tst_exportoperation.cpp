// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "export/exportoperation.h"

#include "export/csvwriter.h"
#include "unit/store/samplerows.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QtTest>

#include <thread>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <unistd.h>
#endif

using namespace optout;
using namespace Qt::Literals::StringLiterals;

namespace {

using Outcome = Result<Done>;

ExportSource everything(const NumberStore &store)
{
    return { .rows = store.snapshot(), .order = buildOrder(store.snapshot(), {}) };
}

QByteArray contentOf(const QString &fileName)
{
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &fileName, const QByteArray &content)
{
    QFile file(fileName);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray expectedCsv(const ExportSource &source)
{
    std::string text = csvHeader();
    for (quint32 i = 0; i < source.order->size(); ++i)
        appendCsvRow(text, source.rows.unpacked(source.order->storeRow(i)));
    return QByteArray::fromStdString(text);
}

} // namespace

class TestExportOperation final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        SampleRows random(1);
        QVERIFY(m_store.append(random.rows(5'000)));
        QVERIFY(m_big.append(random.rows(400'000)));
    }

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void writesTheView_data()
    {
        QTest::addColumn<int>("by");
        QTest::addColumn<int>("key");
        QTest::newRow("every row as read") << int(OptedOutBy::Anyone) << int(SortSpec::Key::AsRead);
        QTest::newRow("filtered") << int(OptedOutBy::EndUser) << int(SortSpec::Key::AsRead);
        QTest::newRow("sorted") << int(OptedOutBy::Anyone) << int(SortSpec::Key::Number);
        QTest::newRow("filtered and sorted") << int(OptedOutBy::NotEndUser) << int(SortSpec::Key::OptedOutAt);
    }
    void writesTheView()
    {
        QFETCH(int, by);
        QFETCH(int, key);
        const RowQuery query { .filter = { .by = OptedOutBy(by) }, .sort = { .key = SortSpec::Key(key) } };
        const ExportSource source { .rows = m_store.snapshot(), .order = buildOrder(m_store.snapshot(), query) };
        ExportOperation operation(source, target(), nullptr);
        QSignalSpy progressed(&operation, &ExportOperation::progressed);
        const Outcome outcome = run(operation);
        QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().detail));
        QCOMPARE(contentOf(target()), expectedCsv(source));
        QCOMPARE(onlyFiles(), QStringList { u"out.csv"_s });
        QVERIFY(!progressed.isEmpty());
        QCOMPARE(progressed.last().at(0).toLongLong(), qint64(source.order->size()));
        QCOMPARE(progressed.last().at(1).toLongLong(), qint64(source.order->size()));
    }

    void writesAnEmptyView()
    {
        ExportOperation operation(everything(NumberStore()), target(), nullptr);
        QVERIFY(run(operation));
        QCOMPARE(contentOf(target()), QByteArray::fromStdString(csvHeader()));
    }

    void replacesWhatWasThere()
    {
        put(target(), "old");
        ExportOperation operation(everything(m_store), target(), nullptr);
        QVERIFY(run(operation));
        QCOMPARE(contentOf(target()), expectedCsv(everything(m_store)));
    }

    void reportsProgressAtMostTenTimesASecond()
    {
        ExportOperation operation(everything(m_big), target(), nullptr);
        QSignalSpy progressed(&operation, &ExportOperation::progressed);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(run(operation));
        QVERIFY2(progressed.size() <= timer.elapsed() / 100 + 1, qPrintable(QString::number(progressed.size())));
        qint64 before = -1;
        for (const auto &call : progressed) {
            QVERIFY(call.at(0).toLongLong() >= before);
            before = call.at(0).toLongLong();
        }
    }

    void cancelLeavesWhatWasThere_data()
    {
        QTest::addColumn<int>("delay"); // milliseconds; -1: before the start
        for (const int delay : { -1, 0, 1, 5 })
            QTest::addRow("after %d ms", delay) << delay;
    }
    void cancelLeavesWhatWasThere()
    {
        QFETCH(int, delay);
        put(target(), "old");
        ExportOperation operation(everything(m_big), target(), nullptr);
        QSignalSpy finished(&operation, &ExportOperation::finished);
        if (delay >= 0) {
            operation.start();
            std::this_thread::sleep_for(std::chrono::milliseconds(delay));
        }
        operation.cancel();
        operation.cancel();
        QCOMPARE(finished.size(), 0);
        QVERIFY(finished.wait());
        const auto outcome = finished.at(0).at(0).value<Outcome>();
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Cancelled);
        QCOMPARE(contentOf(target()), QByteArray("old"));
        QCOMPARE(onlyFiles(), QStringList { u"out.csv"_s });
        QTest::qWait(10);
        QCOMPARE(finished.size(), 1);
    }

    void deletingWritesNothingAndDoesNotWait_data()
    {
        QTest::addColumn<int>("delay");
        for (const int delay : { 0, 1, 5 })
            QTest::addRow("after %d ms", delay) << delay;
    }
    void deletingWritesNothingAndDoesNotWait()
    {
        QFETCH(int, delay);
        auto operation = std::make_unique<ExportOperation>(everything(m_big), target(), nullptr);
        QSignalSpy finished(operation.get(), &ExportOperation::finished);
        operation->start();
        std::this_thread::sleep_for(std::chrono::milliseconds(delay));
        QElapsedTimer timer;
        timer.start();
        operation.reset();
        QVERIFY(timer.elapsed() < 500); // the machine may be busy
        QTRY_COMPARE(onlyFiles(), QStringList()); // the temporary file goes, too
        QTest::qWait(20);
        QCOMPARE(onlyFiles(), QStringList());
        QCOMPARE(finished.size(), 0);
    }

    //! Also while the file is being put in place: then it is there as a whole, or not at all.
    void deletingAtAnyMomentLeavesNoHalf()
    {
        const QString whole = m_folder->filePath(u"whole.csv"_s);
        QElapsedTimer timer;
        timer.start();
        {
            ExportOperation operation(everything(m_big), whole, nullptr);
            QVERIFY(run(operation));
        }
        const auto all = std::chrono::microseconds(timer.nsecsElapsed() / 1000);
        const QByteArray expected = contentOf(whole);
        QVERIFY(QFile::remove(whole));
        constexpr int steps = 24;
        for (int step = 0; step < steps; ++step) {
            auto operation = std::make_unique<ExportOperation>(everything(m_big), target(), nullptr);
            operation->start();
            std::this_thread::sleep_for(all * (steps / 2 + step) / steps);
            operation.reset();
            QVERIFY(QThreadPool::globalInstance()->waitForDone(30'000));
            if (!onlyFiles().isEmpty()) {
                QCOMPARE(onlyFiles(), QStringList { u"out.csv"_s });
                QCOMPARE(contentOf(target()), expected);
                QVERIFY(QFile::remove(target()));
            }
        }
    }

    void mayBeDeletedByItsOwnSignals()
    {
        for (const bool atProgress : { true, false }) {
            auto *operation = new ExportOperation(everything(m_store), target(), this);
            int finished = 0;
            if (atProgress)
                connect(operation, &ExportOperation::progressed, this, [operation] { delete operation; });
            connect(operation, &ExportOperation::finished, this, [&finished, operation] {
                ++finished;
                delete operation;
            });
            QSignalSpy destroyed(operation, &QObject::destroyed);
            operation->start();
            QVERIFY(destroyed.wait());
            QCOMPARE(finished, atProgress ? 0 : 1);
        }
    }

    void saysWhyAFileCannotBeWritten_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("no such folder") << u"missing/out.csv"_s;
        QTest::newRow("below a file") << u"file/out.csv"_s;
        QTest::newRow("a folder has the name") << u"folder"_s;
        QTest::newRow("a device has the name") << u"/dev/full"_s;
    }
    void saysWhyAFileCannotBeWritten()
    {
        QFETCH(QString, path);
        put(m_folder->filePath(u"file"_s), "old");
        QVERIFY(QDir(m_folder->path()).mkdir(u"folder"_s));
        const QString fileName = QDir(m_folder->path()).absoluteFilePath(path);
        ExportOperation operation(everything(m_store), fileName, nullptr);
        const Outcome outcome = run(operation);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Storage);
        QVERIFY2(outcome.error().detail.contains(fileName), qPrintable(outcome.error().detail));
        QCOMPARE(contentOf(m_folder->filePath(u"file"_s)), QByteArray("old"));
        QCOMPARE(onlyFiles(), QStringList { u"file"_s });
        if (QFileInfo::exists(u"/dev/full"_s))
            QVERIFY(!QFileInfo(u"/dev/full"_s).isFile());
    }

#ifdef Q_OS_UNIX
    void aFullDiskLeavesWhatWasThere()
    {
        put(target(), "old");
        // The system refuses to let a file grow past this, as it does when the disk is full.
        const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
        rlimit before {};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        const rlimit small { .rlim_cur = 3'000'000, .rlim_max = before.rlim_max };
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        ExportOperation operation(everything(m_big), target(), nullptr);
        const Outcome outcome = run(operation);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, ignored);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Storage);
        QVERIFY2(outcome.error().detail.contains(target()), qPrintable(outcome.error().detail));
        QVERIFY2(outcome.error().detail.contains(qt_error_string(EFBIG)), qPrintable(outcome.error().detail));
        QCOMPARE(contentOf(target()), QByteArray("old"));
        QCOMPARE(onlyFiles(), QStringList { u"out.csv"_s });
    }

    void aFolderWithoutPermissionIsAnError()
    {
        if (::geteuid() == 0)
            QSKIP("The super-user may write anywhere.");
        QVERIFY(QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::ExeOwner));
        ExportOperation operation(everything(m_store), target(), nullptr);
        const Outcome outcome = run(operation);
        QVERIFY(QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Storage);
    }
#endif

private:
    QString target() const { return m_folder->filePath(u"out.csv"_s); }
    QStringList onlyFiles() const { return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden); }

    static Outcome run(ExportOperation &operation)
    {
        QSignalSpy finished(&operation, &ExportOperation::finished);
        operation.start();
        return finished.wait(60'000) ? finished.at(0).at(0).value<Outcome>() : Outcome();
    }

    NumberStore m_store;
    NumberStore m_big;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestExportOperation)
#include "tst_exportoperation.moc"
