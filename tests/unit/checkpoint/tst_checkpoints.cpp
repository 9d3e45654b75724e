// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "checkpoint/checkpointfile.h"
#include "checkpoint/checkpointrecorder.h"
#include "checkpoint/checkpoints.h"
#include "fakes/fakeclock.h"
#include "samplepages.h"
#include "secrets/memorystore.h"
#include "secrets/readyjob.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace optout;
using namespace optout::test;
using namespace Qt::Literals::StringLiterals;

namespace {

//! A system without a keychain.
class NoStore final : public CredentialStore {
public:
    CredentialJob *load(const QString &, QObject *parent) override { return refuse(parent); }
    CredentialJob *save(const QString &, const Credentials &, QObject *parent) override { return refuse(parent); }
    CredentialJob *remove(const QString &, QObject *parent) override { return refuse(parent); }
    int asked = 0;

private:
    CredentialJob *refuse(QObject *parent)
    {
        ++asked;
        return makeReadyJob(Error { .kind = Error::Kind::Storage, .code = u"NoKeychain"_s }, parent);
    }
};

} // namespace

class TestCheckpoints : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = m_dir->filePath(u"reads"_s);
        m_store = std::make_unique<MemoryStore>();
        m_clock = std::make_unique<FakeClock>();
        m_clock->setNow(Timestamp(std::chrono::milliseconds(QDateTime::currentMSecsSinceEpoch())));
        m_checkpoints = std::make_unique<Checkpoints>(
            Checkpoints::Parts { .store = *m_store, .clock = *m_clock, .folder = m_folder });
    }

    void anEndedRunIsFoundAndGoneOnWith();
    void pagesBeforeTheKeychainAnswersAreKept();
    void aFinishedReadLeavesNothing();
    void oneThatEndsDoesNotKeepTheNextFromBeginning();
    void beginningAnewForgetsWhatWasThere();
    void withoutAKeychainNothingIsKept();
    void anEmptyFolderAsksNoKeychain();
    void oldReadsAreForgotten();
    void anotherAgeHoldsAtOnce();
    void aReadInUseIsNotOld();
    void forgettingAllRemovesFilesAndKey();
    void forgettingOneLeavesTheOthers();
    void aDamagedFileIsToldAndLeftAlone();
    void whatAnotherHasInHandIsNotReplaced();
    void twoAtOnceMakeOneKey();
    void deletingItWritesWhatWasHandedOver();

private:
    QList<UnfinishedRead> found()
    {
        std::optional<Result<QList<UnfinishedRead>>> answer;
        m_checkpoints->find(this, [&](const Result<QList<UnfinishedRead>> &reads) { answer = reads; });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }) || !*answer)
            qFatal("no answer");
        return **answer;
    }
    //! A recorder that is open, with what it found.
    std::unique_ptr<CheckpointRecorder> opened(
        const ReadAsked &asked, Checkpoints::Start start, RestoredRead *kept = {})
    {
        std::unique_ptr<CheckpointRecorder> recorder(m_checkpoints->record(asked, start, nullptr));
        QSignalSpy spy(recorder.get(), &CheckpointRecorder::opened);
        if (!spy.wait())
            return {};
        if (kept)
            *kept = spy.first().first().value<RestoredRead>();
        return recorder;
    }
    void close(CheckpointRecorder &recorder)
    {
        QSignalSpy closed(&recorder, &CheckpointRecorder::closed);
        recorder.close();
        QVERIFY(closed.wait());
    }
    void keepPages(const ReadAsked &asked, int count)
    {
        const auto recorder = opened(asked, Checkpoints::Start::Anew);
        QVERIFY(recorder);
        for (int page = 1; page <= count; ++page)
            recorder->append(samplePage(page), placeAfter(page));
        close(*recorder);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_folder;
    std::unique_ptr<MemoryStore> m_store;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<Checkpoints> m_checkpoints;
};

void TestCheckpoints::anEndedRunIsFoundAndGoneOnWith()
{
    keepPages(sampleRead(), 3);
    QCOMPARE(found(),
        (QList<UnfinishedRead> {
            { .asked = sampleRead(), .rows = 6, .place = placeAfter(3), .lastPage = m_clock->now() } }));

    m_clock->advance(std::chrono::hours(5));
    RestoredRead kept;
    const auto recorder = opened(sampleRead(), Checkpoints::Start::GoOn, &kept);
    QVERIFY(recorder && recorder->isKeeping());
    QCOMPARE(kept.rows, samplePages(3));
    QCOMPARE(kept.read.place, placeAfter(3));
    recorder->append(samplePage(4), placeAfter(4));
    close(*recorder);
    QCOMPARE(found().value(0).rows, 8);
    QCOMPARE(found().value(0).lastPage, m_clock->now());
}

void TestCheckpoints::pagesBeforeTheKeychainAnswersAreKept()
{
    const std::unique_ptr<CheckpointRecorder> recorder(
        m_checkpoints->record(sampleRead(), Checkpoints::Start::Anew, nullptr));
    recorder->append(samplePage(9), placeAfter(9));
    recorder->restart();
    recorder->append(samplePage(1), placeAfter(1));
    QVERIFY(!recorder->isKeeping());
    close(*recorder);
    QCOMPARE(found().value(0).rows, 2);
}

void TestCheckpoints::aFinishedReadLeavesNothing()
{
    keepPages(sampleRead(), 3);
    const auto recorder = opened(sampleRead(), Checkpoints::Start::GoOn);
    QSignalSpy closed(recorder.get(), &CheckpointRecorder::closed);
    recorder->remove();
    QVERIFY(closed.wait());
    QVERIFY(!recorder->isKeeping());
    QCOMPARE(found(), QList<UnfinishedRead>());
    QVERIFY(QDir(m_folder).entryList({ u"*.read"_s }).isEmpty());
}

//! As when a list of one page is read again at once: the first time may still be waiting for the keychain or the disk.
void TestCheckpoints::oneThatEndsDoesNotKeepTheNextFromBeginning()
{
    for (int microseconds = 0; microseconds < 3'000; microseconds += 50) {
        const std::unique_ptr<CheckpointRecorder> first(
            m_checkpoints->record(sampleRead(), Checkpoints::Start::Anew, nullptr));
        first->append(samplePage(1), placeAfter(1));
        QElapsedTimer timer;
        for (timer.start(); timer.nsecsElapsed() < microseconds * 1'000;)
            QCoreApplication::processEvents();
        first->remove();
        const std::unique_ptr<CheckpointRecorder> second(
            m_checkpoints->record(sampleRead(), Checkpoints::Start::IfNoneIsKept, nullptr));
        QSignalSpy failed(second.get(), &CheckpointRecorder::failed);
        second->append(samplePage(2), placeAfter(2));
        close(*second);
        QVERIFY2(failed.isEmpty(), qPrintable(failed.value(0).value(0).value<Error>().code));
        QCOMPARE(found().value(0).rows, 2);
        const auto emptied = opened(sampleRead(), Checkpoints::Start::Anew);
        QSignalSpy closed(emptied.get(), &CheckpointRecorder::closed);
        emptied->remove();
        QVERIFY(closed.wait());
    }
}

void TestCheckpoints::beginningAnewForgetsWhatWasThere()
{
    keepPages(sampleRead(), 3);
    keepPages(sampleRead(), 1);
    QCOMPARE(found().value(0).rows, 2);
}

void TestCheckpoints::withoutAKeychainNothingIsKept()
{
    NoStore store;
    Checkpoints checkpoints({ .store = store, .clock = *m_clock, .folder = m_folder });
    const std::unique_ptr<CheckpointRecorder> recorder(
        checkpoints.record(sampleRead(), Checkpoints::Start::GoOn, nullptr));
    QSignalSpy failed(recorder.get(), &CheckpointRecorder::failed);
    QSignalSpy opened(recorder.get(), &CheckpointRecorder::opened);
    recorder->append(samplePage(1), placeAfter(1));
    QVERIFY(failed.wait());
    QCOMPARE(failed.first().first().value<Error>().code, u"NoKeychain"_s);
    recorder->append(samplePage(2), placeAfter(2));
    close(*recorder);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(opened.size(), 0);
    QVERIFY(QDir(m_folder).entryList(QDir::Files).isEmpty());
}

void TestCheckpoints::anEmptyFolderAsksNoKeychain()
{
    NoStore store;
    Checkpoints checkpoints({ .store = store, .clock = *m_clock, .folder = m_folder });
    std::optional<Result<QList<UnfinishedRead>>> answer;
    checkpoints.find(this, [&](const Result<QList<UnfinishedRead>> &reads) { answer = reads; });
    QTRY_VERIFY(answer.has_value());
    QVERIFY(answer->has_value());
    QCOMPARE(store.asked, 0);

    keepPages(sampleRead(), 1);
    answer.reset();
    checkpoints.find(this, [&](const Result<QList<UnfinishedRead>> &reads) { answer = reads; });
    QTRY_VERIFY(answer.has_value());
    QCOMPARE(answer->error().code, u"NoKeychain"_s);
}

void TestCheckpoints::oldReadsAreForgotten()
{
    keepPages(sampleRead(), 3);
    m_clock->advance(std::chrono::hours(7 * 24 - 1));
    QCOMPARE(found().size(), 1);
    m_clock->advance(std::chrono::hours(2));
    RestoredRead kept;
    const auto recorder = opened(sampleRead(), Checkpoints::Start::GoOn, &kept);
    QVERIFY(kept.rows.empty()); // begun anew
    close(*recorder);

    m_clock->advance(std::chrono::hours(7 * 24));
    QCOMPARE(found(), QList<UnfinishedRead>());
    QVERIFY(QDir(m_folder).entryList({ u"*.read"_s }).isEmpty());
}

void TestCheckpoints::anotherAgeHoldsAtOnce()
{
    const auto files = [this] { return QDir(m_folder).entryList({ u"*.read"_s }).size(); };
    keepPages(sampleRead(), 3);
    ReadAsked other = sampleRead();
    other.list = u"Other"_s;
    const auto paused = opened(other, Checkpoints::Start::Anew);
    QVERIFY(paused);
    QCOMPARE(files(), 2);
    m_clock->advance(std::chrono::hours(3));
    m_checkpoints->setLongestAge(std::chrono::hours(4));
    QCOMPARE(found().size(), 1); // the other one is in use
    m_checkpoints->setLongestAge(std::chrono::hours(2));
    QTRY_COMPARE(files(), 1);
    close(*paused);
    QCOMPARE(files(), 1);
    m_checkpoints->setLongestAge(std::chrono::hours(2));
    QTRY_COMPARE(files(), 0);
}

void TestCheckpoints::aReadInUseIsNotOld()
{
    auto recorder = opened(sampleRead(), Checkpoints::Start::Anew);
    QVERIFY(recorder);
    recorder->append(samplePage(1), placeAfter(1));
    FakeClock late; // or one that was set forward
    late.setNow(m_clock->now() + std::chrono::hours(30 * 24));
    {
        const Checkpoints other({ .store = *m_store, .clock = late, .folder = m_folder });
    } // has looked at what is too old
    recorder->append(samplePage(2), placeAfter(2));
    close(*recorder);
    QCOMPARE(found().value(0).rows, 4);

    recorder.reset();
    {
        const Checkpoints other({ .store = *m_store, .clock = late, .folder = m_folder });
    }
    QCOMPARE(found(), QList<UnfinishedRead>());
}

void TestCheckpoints::forgettingAllRemovesFilesAndKey()
{
    keepPages(sampleRead(), 3);
    ReadAsked other = sampleRead();
    other.list = u"Other"_s;
    keepPages(other, 2);
    QCOMPARE(found().size(), 2);
    QVERIFY(m_store->contains(CheckpointKeys::entryId()));
    std::optional<Result<Done>> done;
    m_checkpoints->forgetAll(this, [&](const Result<Done> &outcome) { done = outcome; });
    QTRY_VERIFY(done.has_value());
    QVERIFY(done->has_value());
    QVERIFY(!m_store->contains(CheckpointKeys::entryId()));
    QVERIFY(QDir(m_folder).entryList({ u"*.read"_s }).isEmpty());
    keepPages(sampleRead(), 1); // under a new key
    QCOMPARE(found().size(), 1);
}

void TestCheckpoints::forgettingOneLeavesTheOthers()
{
    keepPages(sampleRead(), 3);
    ReadAsked other = sampleRead();
    other.list = u"Other"_s;
    keepPages(other, 2);
    std::optional<Result<Done>> done;
    m_checkpoints->forget(sampleRead(), this, [&](const Result<Done> &outcome) { done = outcome; });
    QTRY_VERIFY(done.has_value());
    QVERIFY(done->has_value());
    QCOMPARE(found().size(), 1);
    QCOMPARE(found().value(0).asked, other);
}

void TestCheckpoints::aDamagedFileIsToldAndLeftAlone()
{
    keepPages(sampleRead(), 3);
    const QString path = m_folder + u'/' + QDir(m_folder).entryList({ u"*.read"_s }).value(0);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(60));
    QVERIFY(file.putChar('x') && file.putChar('y'));
    file.close();
    QCOMPARE(found(), QList<UnfinishedRead>());
    const std::unique_ptr<CheckpointRecorder> recorder(
        m_checkpoints->record(sampleRead(), Checkpoints::Start::GoOn, nullptr));
    QSignalSpy failed(recorder.get(), &CheckpointRecorder::failed);
    QVERIFY(failed.wait());
    QCOMPARE(failed.first().first().value<Error>().code, u"CheckpointDamaged"_s);
    QVERIFY(QFile::exists(path));
    keepPages(sampleRead(), 2); // anew is possible
    QCOMPARE(found().size(), 1);
}

//! Opening it for writing would wait two seconds for it: the other one ends within them.
void TestCheckpoints::whatAnotherHasInHandIsNotReplaced()
{
    keepPages(sampleRead(), 3);
    Checkpoints second({ .store = *m_store, .clock = *m_clock, .folder = m_folder });
    const auto other = opened(sampleRead(), Checkpoints::Start::GoOn);
    QVERIFY(other);
    const std::unique_ptr<CheckpointRecorder> recorder(
        second.record(sampleRead(), Checkpoints::Start::IfNoneIsKept, nullptr));
    QSignalSpy failed(recorder.get(), &CheckpointRecorder::failed);
    QTimer::singleShot(std::chrono::milliseconds(500), other.get(), [&other] { other->close(); });
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<Error>().code, u"CheckpointInUse"_s);
    QTRY_COMPARE(found().value(0).rows, 6);
}

void TestCheckpoints::twoAtOnceMakeOneKey()
{
    Checkpoints second({ .store = *m_store, .clock = *m_clock, .folder = m_folder });
    ReadAsked other = sampleRead();
    other.list = u"Other"_s;
    const std::unique_ptr<CheckpointRecorder> one(
        m_checkpoints->record(sampleRead(), Checkpoints::Start::Anew, nullptr));
    const std::unique_ptr<CheckpointRecorder> two(second.record(other, Checkpoints::Start::Anew, nullptr));
    QTRY_VERIFY(one->isKeeping() && two->isKeeping());
    close(*one);
    close(*two);
    QCOMPARE(found().size(), 2);
}

void TestCheckpoints::deletingItWritesWhatWasHandedOver()
{
    auto recorder = opened(sampleRead(), Checkpoints::Start::Anew);
    for (int page = 1; page <= 50; ++page)
        recorder->append(samplePage(page), placeAfter(page));
    recorder.reset();
    QCOMPARE(found().value(0).rows, 100);
}

QTEST_GUILESS_MAIN(TestCheckpoints)
#include "tst_checkpoints.moc"
