// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "models/numbertablemodel.h"
#include "presenters/readkeeper.h"
#include "presenters/readpresenter.h"
#include "secrets/memorystore.h"
#include "settings/settings.h"
#include "unit/service/servicefixture.h"

#include <QDateTime>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using State = ReadStatus::State;

namespace {

OptOutList listNamed(const QString &name) { return { .arn = {}, .name = name, .created = {} }; }

} // namespace

class TestReadKeeper final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void nothingIsKeptBeforeTheUserAgreed();
    void aStoppedReadCanBeRestored();
    void aReadThatEndsLeavesNothing();
    void aRestoredReadIsKeptOn();
    void beginningAgainForgetsThePages();
    void anotherListLeavesTheReadForLater();
    void aGapIsNotKept();
    void theEndOfTheProgramKeepsWhatCame();
    void sayingNoForgetsAll();
    void sayingNoElsewhereForgetsAll();
    void sayingNoForgetsWhatCouldNotBeLookedAt();
    void aRestoredReadIsNotKeptAfterANo();
    void restoringIsAnsweredAfterAllIsForgotten();
    void readsOfOtherConnectionsAreTold();
    void aShorterAgeForgetsAtOnce();

private:
    void expectPage(const QStringList &numbers, const QString &token = {})
    {
        f->transport.expect(Action::DescribeOptedOutNumbers).reply(200, numbersPage(numbers, token), answerHeaders());
    }
    ReadAsked asked(const QString &list = u"Default"_s) const
    {
        return { .endpoint = u"https://example.com"_s,
            .region = u"us-east-1"_s,
            .account = u"1"_s,
            .list = list,
            .begun = f->clock.now() };
    }
    //! Two pages and no more: the third is refused.
    void readTwoPages(const QString &list = u"Default"_s)
    {
        expectPage({ u"+14165550100"_s, u"+14165550101"_s }, u"t1"_s);
        expectPage({ u"+14165550102"_s }, u"t2"_s);
        f->transport.expect(Action::DescribeOptedOutNumbers)
            .reply(400, R"({"__type":"AccessDeniedException","Message":"no"})", answerHeaders());
        m_read->start(listNamed(list), list);
        m_keeper->keep(*m_read, asked(list));
        QTRY_COMPARE(m_read->status().state, State::Failed);
        if (m_settings->keepsUnfinishedReads().value_or(false))
            QTRY_VERIFY(files() > 0); // the keychain has answered
    }
    void makeKeeper()
    {
        m_keeper = std::make_unique<ReadKeeper>(ReadKeeper::Parts {
            .store = *m_store, .settings = *m_settings, .clock = f->clock, .folder = m_dir->filePath(u"reads"_s) });
    }
    void find()
    {
        QSignalSpy changed(m_keeper.get(), &ReadKeeper::changed);
        m_keeper->find();
        QTRY_VERIFY(!changed.isEmpty());
    }
    //! As at the next start of the program.
    void startAgain()
    {
        m_keeper.reset();
        m_read.reset();
        m_read = std::make_unique<ReadPresenter>(*m_model, f->clock);
        m_read->setService(std::make_shared<OptOutService>(f->service()));
        makeKeeper();
        find();
    }
    std::optional<Result<RestoredRead>> restored(const UnfinishedRead &read)
    {
        std::optional<Result<RestoredRead>> answer;
        m_keeper->restore(read, this, [&](const Result<RestoredRead> &kept) { answer = kept; });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }))
            return {};
        return answer;
    }
    qint64 bytesKept() const
    {
        const QFileInfoList all = QDir(m_dir->filePath(u"reads"_s)).entryInfoList({ u"*.read"_s });
        return all.isEmpty() ? 0 : all.constFirst().size();
    }
    qsizetype files() const { return QDir(m_dir->filePath(u"reads"_s)).entryList({ u"*.read"_s }).size(); }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<MemoryStore> m_store;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ServiceFixture> f;
    std::unique_ptr<NumberTableModel> m_model;
    std::unique_ptr<ReadPresenter> m_read;
    std::unique_ptr<ReadKeeper> m_keeper;
};

void TestReadKeeper::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<MemoryStore>();
    m_settings = std::make_unique<Settings>(m_dir->filePath(u"settings.ini"_s));
    m_settings->setKeepsUnfinishedReads(true);
    f = std::make_unique<ServiceFixture>();
    m_model = std::make_unique<NumberTableModel>(nullptr, 5);
    m_read = std::make_unique<ReadPresenter>(*m_model, f->clock);
    m_read->setService(std::make_shared<OptOutService>(f->service()));
    makeKeeper();
}

void TestReadKeeper::cleanup()
{
    m_keeper.reset();
    m_read.reset();
    QCOMPARE(f->transport.complaints(), QStringList());
}

void TestReadKeeper::nothingIsKeptBeforeTheUserAgreed()
{
    m_settings->setKeepsUnfinishedReads(std::nullopt);
    QVERIFY(m_keeper->mustAsk());
    readTwoPages();
    startAgain();
    QVERIFY(m_keeper->unfinished().isEmpty());
    QCOMPARE(files(), 0);
    m_keeper->setAgreed(true);
    QVERIFY(!m_keeper->mustAsk());
}

void TestReadKeeper::aStoppedReadCanBeRestored()
{
    readTwoPages();
    startAgain();
    QCOMPARE(m_keeper->unfinished().size(), 1);
    const UnfinishedRead read = m_keeper->unfinished().constFirst();
    QCOMPARE(read.asked, asked());
    QCOMPARE(read.rows, 3);
    QCOMPARE(read.place.chains.value(0).nextToken, std::optional(u"t2"_s));
    const auto kept = restored(read);
    QVERIFY(kept && *kept);
    QCOMPARE((*kept)->rows.size(), 3U);
    QCOMPARE((*kept)->rows.back().number, std::string("+14165550102"));
}

void TestReadKeeper::aReadThatEndsLeavesNothing()
{
    expectPage({ u"+14165550100"_s }, u"t1"_s);
    expectPage({ u"+14165550101"_s });
    m_read->start(listNamed(u"Default"_s), u"Default"_s);
    m_keeper->keep(*m_read, asked());
    QTRY_COMPARE(m_read->status().state, State::Complete);
    QTRY_COMPARE(files(), 0);
    startAgain();
    QVERIFY(m_keeper->unfinished().isEmpty());
}

void TestReadKeeper::aRestoredReadIsKeptOn()
{
    readTwoPages(); // m_model keeps the rows, as if they had been restored into it
    m_keeper.reset();
    makeKeeper();
    find();
    const auto kept = restored(m_keeper->unfinished().value(0));
    QVERIFY(kept && *kept);
    m_keeper->keep(*m_read, asked());
    QVERIFY(m_keeper->unfinished().isEmpty());
    expectPage({ u"+14165550103"_s }, u"t3"_s);
    f->transport.expect(Action::DescribeOptedOutNumbers)
        .reply(400, R"({"__type":"AccessDeniedException","Message":"no"})", answerHeaders());
    m_read->retry();
    QTRY_COMPARE(m_read->status().state, State::Failed);
    startAgain();
    QCOMPARE(m_keeper->unfinished().value(0).rows, 4);
    QCOMPARE(m_keeper->unfinished().value(0).place.chains.value(0).nextToken, std::optional(u"t3"_s));
}

void TestReadKeeper::beginningAgainForgetsThePages()
{
    readTwoPages();
    expectPage({ u"+14165550109"_s }, u"t9"_s);
    f->transport.expect(Action::DescribeOptedOutNumbers)
        .reply(400, R"({"__type":"AccessDeniedException","Message":"no"})", answerHeaders());
    m_read->refresh();
    QTRY_COMPARE(m_read->status().state, State::Failed);
    startAgain();
    QCOMPARE(m_keeper->unfinished().value(0).rows, 1);
}

void TestReadKeeper::anotherListLeavesTheReadForLater()
{
    readTwoPages();
    expectPage({ u"+14165550109"_s });
    m_read->start(listNamed(u"Other"_s), u"Other"_s);
    QTRY_COMPARE(m_read->status().state, State::Complete);
    QTRY_COMPARE(m_keeper->unfinished().size(), 1);
    QCOMPARE(m_keeper->unfinished().value(0).rows, 3);
}

void TestReadKeeper::aGapIsNotKept()
{
    expectPage({ u"+14165550100"_s }, u"t1"_s);
    f->transport.expect(Action::DescribeOptedOutNumbers)
        .reply(400, R"({"__type":"AccessDeniedException","Message":"no"})", answerHeaders());
    m_read->start(listNamed(u"Default"_s), u"Default"_s);
    QTRY_COMPARE(m_read->status().state, State::Failed);
    m_keeper->keep(*m_read, asked()); // too late: a page has arrived
    expectPage({ u"+14165550101"_s });
    m_read->retry();
    QTRY_COMPARE(m_read->status().state, State::Complete);
    startAgain();
    QCOMPARE(files(), 0);
}

void TestReadKeeper::theEndOfTheProgramKeepsWhatCame()
{
    expectPage({ u"+14165550100"_s }, u"t1"_s);
    m_read->start(listNamed(u"Default"_s), u"Default"_s);
    m_keeper->keep(*m_read, asked());
    m_read->pause();
    QTRY_VERIFY(bytesKept() > 300); // what was asked takes 207
    startAgain();
    QCOMPARE(m_keeper->unfinished().value(0).rows, 1);
}

void TestReadKeeper::sayingNoForgetsAll()
{
    readTwoPages();
    QTRY_COMPARE(files(), 1);
    QSignalSpy forgotten(m_keeper.get(), &ReadKeeper::forgotten);
    m_keeper->setAgreed(false);
    QTRY_COMPARE(forgotten.size(), 1);
    QVERIFY(forgotten.first().first().value<Result<Done>>().has_value());
    QCOMPARE(files(), 0);
    QVERIFY(!m_store->contains(CheckpointKeys::entryId()));
    QCOMPARE(m_settings->keepsUnfinishedReads(), std::optional(false));
}

void TestReadKeeper::sayingNoElsewhereForgetsAll()
{
    readTwoPages();
    startAgain();
    QCOMPARE(files(), 1);
    QSignalSpy forgotten(m_keeper.get(), &ReadKeeper::forgotten);
    m_settings->setKeepsUnfinishedReads(false);
    m_keeper->find(); // its answer comes too late
    m_keeper->stopKeeping();
    m_keeper->stopKeeping(); // there is nothing left to forget
    QVERIFY(m_keeper->unfinished().isEmpty());
    QTRY_COMPARE(forgotten.size(), 1);
    QCOMPARE(files(), 0);
    QVERIFY(!m_store->contains(CheckpointKeys::entryId()));
    QVERIFY(m_keeper->unfinished().isEmpty());
    QCOMPARE(forgotten.size(), 1);
}

//! The keychain may be locked, or files be damaged or in use: nothing was found, and yet there is something.
void TestReadKeeper::sayingNoForgetsWhatCouldNotBeLookedAt()
{
    readTwoPages();
    m_keeper.reset();
    makeKeeper();
    QCOMPARE(files(), 1);
    m_settings->setKeepsUnfinishedReads(false);
    m_keeper->stopKeeping();
    QTRY_COMPARE(files(), 0);
}

void TestReadKeeper::aRestoredReadIsNotKeptAfterANo()
{
    readTwoPages(); // m_model keeps the rows, as if they had been restored into it
    m_keeper.reset();
    makeKeeper();
    find();
    const auto kept = restored(m_keeper->unfinished().value(0));
    QVERIFY(kept && *kept);
    m_settings->setKeepsUnfinishedReads(false);
    m_keeper->keep(*m_read, asked());
    QVERIFY(m_keeper->unfinished().isEmpty());
    QTRY_COMPARE(files(), 0);
    expectPage({ u"+14165550103"_s });
    m_read->retry();
    QTRY_COMPARE(m_read->status().state, State::Complete);
    QCOMPARE(m_read->status().rows, 4U);
}

void TestReadKeeper::restoringIsAnsweredAfterAllIsForgotten()
{
    readTwoPages();
    startAgain();
    const UnfinishedRead read = m_keeper->unfinished().value(0);
    // A file where the folder was: it cannot be opened, nor made anew.
    QDir folder(m_dir->filePath(u"reads"_s));
    QVERIFY(folder.removeRecursively());
    QFile inTheWay(folder.path());
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    int answers = 0;
    m_keeper->restore(read, this, [&answers](const Result<RestoredRead> &kept) { answers += kept ? 100 : 1; });
    QSignalSpy forgotten(m_keeper.get(), &ReadKeeper::forgotten);
    m_keeper->forgetAll();
    QTRY_COMPARE(forgotten.size(), 1);
    QTRY_COMPARE(answers, 1);
}

void TestReadKeeper::readsOfOtherConnectionsAreTold()
{
    readTwoPages();
    startAgain();
    QCOMPARE(m_keeper->unfinishedOf(asked(u"Whatever"_s)).size(), 1);
    ReadAsked other = asked();
    other.account = u"2"_s;
    QVERIFY(m_keeper->unfinishedOf(other).isEmpty());
    m_keeper->forget(m_keeper->unfinished().value(0));
    QVERIFY(m_keeper->unfinished().isEmpty());
    QTRY_COMPARE(files(), 0);
}

void TestReadKeeper::aShorterAgeForgetsAtOnce()
{
    f->clock.setNow(Timestamp(std::chrono::milliseconds(QDateTime::currentMSecsSinceEpoch())));
    readTwoPages();
    startAgain();
    f->clock.advance(std::chrono::hours(50));
    m_settings->setKeepReadsForDays(3);
    m_keeper->applyAge();
    QCOMPARE(m_keeper->unfinished().size(), 1);
    QSignalSpy changed(m_keeper.get(), &ReadKeeper::changed);
    m_settings->setKeepReadsForDays(2);
    m_keeper->applyAge();
    QVERIFY(m_keeper->unfinished().isEmpty());
    QCOMPARE(changed.size(), 1);
    QTRY_COMPARE(files(), 0);
}

QTEST_GUILESS_MAIN(TestReadKeeper)
#include "tst_readkeeper.moc"
