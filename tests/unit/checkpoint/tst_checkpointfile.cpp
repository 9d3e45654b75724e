// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "checkpoint/checkpointfile.h"

#include "samplepages.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <unistd.h>
#endif

using namespace optout;
using namespace optout::test;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr Timestamp moment { std::chrono::milliseconds(1'709'290'000'000) };

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void setContent(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

class TestCheckpointFile : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = m_dir->filePath(u"below/reads"_s);
        m_path = CheckpointFile::pathIn(m_folder, m_key, sampleRead());
    }

    void keyGoesThroughText();
    void keepsWhatWasAskedAndEachPage();
    void isForThisUserOnly();
    void holdsNothingReadable();
    void goesOnInSeveralRuns();
    void restartForgetsThePages();
    void oneProcessAtATime();
    void otherReadsHaveOtherFiles();
    void fileUnderAnotherNameIsRefused();
    void anotherKeyReadsNothing();
    void cutAnywhereItIsAnEarlierState();
    void aChangeAnywhereIsNoticed_data();
    void aChangeAnywhereIsNoticed();
    void recordsCannotBeLeftOutOrMoved();
    void zerosAtTheEndAreCutOff();
    void zerosFromWithinARecordAreCutOff();
    void fullDiskLeavesWhatWasThere();
    void whatCannotBeRemovedIsEmptied();
    void whatCannotBeEmptiedIsToldApart();

private:
    std::unique_ptr<CheckpointFile> begun()
    {
        auto file = CheckpointFile::create(m_folder, m_key, sampleRead());
        return file ? *std::move(file) : nullptr;
    }
    //! A run that opens, appends pages first..last and ends.
    void write(int first, int last)
    {
        RestoredRead kept;
        auto file = first == 1 ? CheckpointFile::create(m_folder, m_key, sampleRead())
                               : CheckpointFile::open(m_path, m_key, kept);
        QVERIFY(file.has_value());
        m_ends << QFile(m_path).size();
        for (int page = first; page <= last; ++page) {
            QVERIFY((*file)->append(samplePage(page), placeAfter(page), moment));
            m_ends << QFile(m_path).size();
        }
    }
    //! How many pages the file holds; -1 refused, -2 nothing kept. Fails if they are not exactly the first of all.
    int pagesKept(const QString &path)
    {
        const Result<RestoredRead> kept = CheckpointFile::look(path, m_key);
        if (!kept)
            return kept.error().kind == Error::Kind::NotFound ? -2
                : kept.error().code == "CheckpointDamaged"_L1 ? -1
                                                              : -3;
        const int pages = int(kept->rows.size()) / 2;
        const bool right = kept->read.asked == sampleRead() && kept->rows == samplePages(pages)
            && kept->read.rows == qint64(kept->rows.size())
            && kept->read.place == (pages == 0 ? ReadPlace() : placeAfter(pages));
        return right ? pages : -4;
    }

    CheckpointKey m_key = *CheckpointKey::make();
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_folder;
    QString m_path;
    QList<qint64> m_ends; // where records end, as far as write() saw
};

void TestCheckpointFile::keyGoesThroughText()
{
    const std::optional<CheckpointKey> back = CheckpointKey::ofText(m_key.toText());
    QVERIFY(back == m_key);
    QCOMPARE(m_key.toText().expose().size(), 64);
    QVERIFY(*CheckpointKey::make() != m_key);
    QVERIFY(!CheckpointKey::ofText(Secret(QByteArrayView("00ff"))));
    QVERIFY(!CheckpointKey::ofText(Secret(QByteArray(64, 'x'))));
    QVERIFY(!CheckpointKey::ofText({}));
}

void TestCheckpointFile::keepsWhatWasAskedAndEachPage()
{
    QVERIFY(CheckpointFile::look(m_path, m_key).error().kind == Error::Kind::NotFound);
    auto file = begun();
    QVERIFY(file);
    QVERIFY(file->append({}, placeAfter(7), moment)); // a page may be empty
    QVERIFY(file->append(samplePage(1), placeAfter(1), moment));
    file.reset();
    const Result<RestoredRead> kept = CheckpointFile::look(m_path, m_key);
    QVERIFY(kept.has_value());
    QCOMPARE(kept->read.asked, sampleRead());
    QCOMPARE(kept->read.lastPage, moment);
    QCOMPARE(pagesKept(m_path), 1);

    RestoredRead again;
    auto opened = CheckpointFile::open(m_path, m_key, again);
    QVERIFY(opened.has_value());
    QVERIFY((*opened)->remove());
    QVERIFY(!QFile::exists(m_path));
}

void TestCheckpointFile::isForThisUserOnly()
{
#ifdef Q_OS_UNIX
    write(1, 1);
    const auto others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(m_path) & others));
    QVERIFY(!(QFile::permissions(m_folder) & others));
    // Also if the folder was there, for all to see.
    QVERIFY(QFile::setPermissions(m_folder, QFile::permissions(m_folder) | QFile::ReadOther | QFile::ExeOther));
    write(1, 1);
    QVERIFY(!(QFile::permissions(m_folder) & others));
#endif
}

void TestCheckpointFile::holdsNothingReadable()
{
    write(1, 20);
    write(21, 30);
    const QByteArray content = contentOf(m_path);
    QVERIFY(content.size() > 30 * 50);
    const QList<QByteArray> words { "416555", "Marketing", "token", "eu-west", "amazonaws", "111122223333" };
    for (const QByteArray &word : words) {
        const QString wide = QString::fromLatin1(word);
        QByteArray bigEndian;
        for (const QChar c : wide)
            bigEndian.append('\0').append(c.toLatin1());
        QVERIFY(!content.contains(word));
        QVERIFY(!content.contains(bigEndian));
        QVERIFY(!content.contains(QByteArray(reinterpret_cast<const char *>(wide.utf16()), wide.size() * 2)));
        QVERIFY(!m_path.section(u'/', -1).contains(wide));
    }
    QVERIFY(!content.contains(QByteArray(m_key.toText().expose().toByteArray())));
}

void TestCheckpointFile::goesOnInSeveralRuns()
{
    write(1, 3);
    write(4, 4);
    write(5, 4); // a run that came to nothing
    write(5, 9);
    QCOMPARE(pagesKept(m_path), 9);
}

void TestCheckpointFile::restartForgetsThePages()
{
    auto file = begun();
    QVERIFY(file->append(samplePage(5), placeAfter(5), moment));
    QVERIFY(file->append(samplePage(6), placeAfter(6), moment));
    QVERIFY(file->restart());
    QCOMPARE(pagesKept(m_path), -3); // in use
    QVERIFY(file->append(samplePage(1), placeAfter(1), moment));
    file.reset();
    QCOMPARE(pagesKept(m_path), 1);

    RestoredRead kept;
    auto opened = CheckpointFile::open(m_path, m_key, kept);
    QVERIFY((*opened)->restart());
    opened->reset();
    QCOMPARE(pagesKept(m_path), 0);
    write(2, 1);
    QCOMPARE(pagesKept(m_path), 0);
}

void TestCheckpointFile::oneProcessAtATime()
{
    auto file = begun();
    QVERIFY(file->append(samplePage(1), placeAfter(1), moment));
    RestoredRead kept;
    QCOMPARE(CheckpointFile::open(m_path, m_key, kept).error().code, u"CheckpointInUse"_s);
    QCOMPARE(CheckpointFile::create(m_folder, m_key, sampleRead()).error().code, u"CheckpointInUse"_s);
    file.reset();
    QCOMPARE(pagesKept(m_path), 1);
}

void TestCheckpointFile::otherReadsHaveOtherFiles()
{
    QList<ReadAsked> reads(7, sampleRead());
    reads[1].endpoint = u"http://127.0.0.1:1"_s;
    reads[2].region = u"eu-west-2"_s;
    reads[3].account = u"444455556666"_s;
    reads[4].list = u"marketing"_s;
    reads[5].endUserOptedOut = false;
    reads[6].endUserOptedOut.reset();
    QSet<QString> paths;
    for (const ReadAsked &read : reads)
        paths << CheckpointFile::pathIn(m_folder, m_key, read);
    QCOMPARE(paths.size(), reads.size());
    ReadAsked later = sampleRead();
    later.begun += std::chrono::hours(1);
    later.pageSize = 100;
    QCOMPARE(CheckpointFile::pathIn(m_folder, m_key, later), m_path);
    QVERIFY(CheckpointFile::pathIn(m_folder, *CheckpointKey::make(), later) != m_path);
}

void TestCheckpointFile::fileUnderAnotherNameIsRefused()
{
    write(1, 2);
    ReadAsked other = sampleRead();
    other.list = u"Other"_s;
    const QString otherPath = CheckpointFile::pathIn(m_folder, m_key, other);
    QVERIFY(QFile::copy(m_path, otherPath));
    QCOMPARE(CheckpointFile::look(otherPath, m_key).error().code, u"CheckpointDamaged"_s);
    RestoredRead kept;
    QCOMPARE(CheckpointFile::open(otherPath, m_key, kept).error().code, u"CheckpointDamaged"_s);
}

void TestCheckpointFile::anotherKeyReadsNothing()
{
    write(1, 2);
    QCOMPARE(CheckpointFile::look(m_path, *CheckpointKey::make()).error().code, u"CheckpointDamaged"_s);
}

void TestCheckpointFile::cutAnywhereItIsAnEarlierState()
{
    m_ends.clear();
    write(1, 3);
    write(4, 5);
    const QByteArray whole = contentOf(m_path);
    int last = -2;
    for (qsizetype length = 0; length <= whole.size(); ++length) {
        setContent(m_path, whole.first(length));
        const int pages = pagesKept(m_path);
        QVERIFY2(pages == last || pages == last + 1 || (last == -2 && pages == 0), qPrintable(QString::number(length)));
        last = pages;
        if (pages < 0 || length % 29 != 0) // going on is tried at some of the places
            continue;
        write(pages + 1 == 1 ? 2 : pages + 1, pages == 0 ? 0 : 6);
        QCOMPARE(pagesKept(m_path), pages == 0 ? 0 : 6);
    }
    QCOMPARE(last, 5);
}

void TestCheckpointFile::aChangeAnywhereIsNoticed_data()
{
    QTest::addColumn<int>("mask");
    QTest::newRow("lowest bit") << 0x01;
    QTest::newRow("highest bit") << 0x80;
    QTest::newRow("all bits") << 0xff;
}

void TestCheckpointFile::aChangeAnywhereIsNoticed()
{
    QFETCH(int, mask);
    m_ends.clear();
    write(1, 2);
    write(3, 4);
    const QByteArray whole = contentOf(m_path);
    const qint64 lastBegins = m_ends.at(m_ends.size() - 2);
    for (qsizetype at = 0; at < whole.size(); ++at) {
        QByteArray changed = whole;
        changed[at] = char(changed[at] ^ mask);
        setContent(m_path, changed);
        const int pages = pagesKept(m_path);
        // The last frame may have been torn; nothing else may.
        const bool right = pages == -1 || (pages == 3 && at >= lastBegins);
        QVERIFY2(right, qPrintable(u"byte %1 of %2: %3"_s.arg(at).arg(whole.size()).arg(pages)));
    }
}

void TestCheckpointFile::recordsCannotBeLeftOutOrMoved()
{
    m_ends.clear();
    write(1, 3);
    const QByteArray first = contentOf(m_path);
    const QList<qint64> ends = m_ends;
    write(4, 5);
    const QByteArray whole = contentOf(m_path);
    const auto part = [&](qsizetype a, qsizetype b) { return whole.sliced(ends[a], ends[b] - ends[a]); };
    const QByteArray rest = whole.sliced(ends[3]);

    setContent(m_path, whole.first(ends[1]) + part(2, 3) + rest);
    QCOMPARE(pagesKept(m_path), -1);
    setContent(m_path, whole.first(ends[1]) + part(2, 3) + part(1, 2) + rest);
    QCOMPARE(pagesKept(m_path), -1);
    setContent(m_path, whole + part(2, 3));
    QCOMPARE(pagesKept(m_path), -1);
    setContent(m_path, whole.first(ends[2]) + rest); // a page, and the second run goes on after it
    QCOMPARE(pagesKept(m_path), -1);
    setContent(m_path, whole + rest);
    QCOMPARE(pagesKept(m_path), -1);

    write(1, 3); // the same again, but another file
    const QByteArray other = contentOf(m_path);
    QCOMPARE(other.size(), first.size());
    setContent(m_path, other + rest);
    QCOMPARE(pagesKept(m_path), -1);
    setContent(m_path, other.first(ends[2]) + whole.sliced(ends[2]));
    QCOMPARE(pagesKept(m_path), -1);
    setContent(m_path, whole);
    QCOMPARE(pagesKept(m_path), 5);
}

void TestCheckpointFile::zerosAtTheEndAreCutOff()
{
    write(1, 3);
    const QByteArray whole = contentOf(m_path);
    for (const int zeros : { 1, 19, 20, 21, 500, 5000 }) {
        setContent(m_path, whole + QByteArray(zeros, '\0'));
        QCOMPARE(pagesKept(m_path), 3);
    }
    setContent(m_path, whole + QByteArray(500, '\0') + 'x');
    QCOMPARE(pagesKept(m_path), -1);
    setContent(m_path, whole + QByteArray(500, '\0'));
    write(4, 4);
    QCOMPARE(pagesKept(m_path), 4);
}

void TestCheckpointFile::zerosFromWithinARecordAreCutOff()
{
    m_ends.clear();
    write(1, 2);
    write(3, 4);
    m_ends.removeAt(3); // where the second run began the first had ended
    const QByteArray whole = contentOf(m_path);
    constexpr qsizetype firstBytes = 24; // a block is longer
    for (qsizetype at = firstBytes; at < whole.size(); ++at) {
        qsizetype alike = at;
        while (alike < whole.size() && whole.at(alike) == '\0')
            ++alike;
        const auto ends = std::upper_bound(m_ends.cbegin(), m_ends.cend(), alike) - m_ends.cbegin();
        const qsizetype zeros = at % 2 == 0 ? whole.size() - at : 4096;
        setContent(m_path, whole.first(at) + QByteArray(zeros, '\0'));
        QVERIFY2(pagesKept(m_path) == (ends == 0 ? -2 : int(ends) - 1), qPrintable(QString::number(at)));
        // Something behind them was written later: that is another thing than a lost end.
        setContent(m_path, whole.first(at) + QByteArray(4096, '\0') + 'x');
        QVERIFY2(pagesKept(m_path) == -1, qPrintable(QString::number(at)));
    }
    setContent(m_path, whole.chopped(30) + QByteArray(4096, '\0'));
    write(4, 6);
    QCOMPARE(pagesKept(m_path), 6);
}

void TestCheckpointFile::fullDiskLeavesWhatWasThere()
{
#ifdef Q_OS_UNIX
    auto file = begun();
    QVERIFY(file->append(samplePage(1), placeAfter(1), moment));
    rlimit before {};
    getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit tight { .rlim_cur = rlim_t(QFile(m_path).size() + 40), .rlim_max = before.rlim_max };
    setrlimit(RLIMIT_FSIZE, &tight);
    const Result<Done> full = file->append(samplePage(2), placeAfter(2), moment);
    setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(!full);
    QVERIFY(full.error().kind == Error::Kind::Storage);
    QCOMPARE(full.error().code, u"CheckpointFailed"_s);
    // A page that follows one that is missing must not be taken.
    QVERIFY(!file->append(samplePage(3), placeAfter(3), moment));
    file.reset();
    QCOMPARE(pagesKept(m_path), 1);
    write(2, 4);
    QCOMPARE(pagesKept(m_path), 4);
#endif
}

void TestCheckpointFile::whatCannotBeRemovedIsEmptied()
{
#ifdef Q_OS_UNIX
    auto file = begun();
    QVERIFY(file->append(samplePage(1), placeAfter(1), moment));
    const QString aside = m_dir->filePath(u"aside"_s);
    QVERIFY(QFile::rename(m_path, aside));
    QVERIFY(QDir().mkpath(m_path + u"/inside"_s)); // not even root removes that as a file
    const Result<Done> removed = file->remove();
    QVERIFY(!removed);
    QCOMPARE(removed.error().code, u"CheckpointFailed"_s);
    QVERIFY2(removed.error().detail.contains(m_path), qPrintable(removed.error().detail));
    QCOMPARE(QFile(aside).size(), 0);
    QVERIFY(QDir(m_path).removeRecursively());
    QVERIFY(QFile::rename(aside, m_path));
    QCOMPARE(pagesKept(m_path), -2);
#endif
}

//! Something else takes the place of the open file: it cannot be cut to nothing.
void TestCheckpointFile::whatCannotBeEmptiedIsToldApart()
{
#ifdef Q_OS_LINUX
    auto file = begun();
    QVERIFY(file->append(samplePage(1), placeAfter(1), moment));
    const QString opened = QFileInfo(m_path).canonicalFilePath();
    int handle = -1;
    for (const QFileInfo &one : QDir(u"/proc/self/fd"_s).entryInfoList(QDir::Files | QDir::System)) {
        if (one.symLinkTarget() == opened)
            handle = one.fileName().toInt();
    }
    QVERIFY(handle >= 0);
    QFile other(u"/dev/null"_s);
    QVERIFY(other.open(QIODevice::ReadOnly));
    QCOMPARE(dup2(other.handle(), handle), handle);
    QVERIFY(QFile::remove(m_path));
    QVERIFY(QDir().mkpath(m_path + u"/inside"_s));
    const Result<Done> removed = file->remove();
    QVERIFY(!removed);
    QCOMPARE(removed.error().code, u"CheckpointStays"_s);
    QVERIFY(QDir(m_path).removeRecursively());
#endif
}

QTEST_GUILESS_MAIN(TestCheckpointFile)
#include "tst_checkpointfile.moc"
