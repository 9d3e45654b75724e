// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "checkpoint/checkpointfile.h"

#include "checkpoint/filelock.h"
#include "checkpoint/framestream.h"
#include "checkpoint/frametext.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <thread>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr char magic[] = "OOBREAD1";
constexpr qsizetype magicBytes = sizeof magic - 1;
constexpr qsizetype firstBytes = magicBytes + 16;
constexpr qint64 chunkBytes = 64 * 1024;
constexpr auto syncEvery = 5s;
// Another process may be looking at what is kept; that takes it a moment.
constexpr auto lockPatience = 2s;
constexpr auto lockPause = 20ms;

Error storage(const QString &code, const QString &detail)
{
    return { .kind = Error::Kind::Storage, .code = code, .detail = detail };
}

Error nothingKept() { return { .kind = Error::Kind::NotFound, .detail = u"Nothing is kept of that read."_s }; }

bool makeFolder(const QString &folder)
{
    constexpr auto owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    const QFileInfo place(folder);
    return QDir().mkpath(place.absolutePath())
        && (place.isDir() || QDir().mkdir(folder, owner) || QFileInfo(folder).isDir())
        && QFile::setPermissions(folder, owner);
}

QByteArray newFirstBytes()
{
    QByteArray bytes(firstBytes, Qt::Uninitialized);
    std::copy_n(magic, magicBytes, bytes.begin());
    randombytes_buf(bytes.data() + magicBytes, size_t(firstBytes - magicBytes));
    return bytes;
}

bool isAllZero(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\0'; });
}

} // namespace

CheckpointFile::CheckpointFile(const QString &path, const CheckpointKey &key)
    : m_path(path)
    , m_file(path)
    , m_stream(std::make_unique<FrameStream>(key))
{
}

CheckpointFile::~CheckpointFile() = default;

QString CheckpointFile::pathIn(const QString &folder, const CheckpointKey &key, const ReadAsked &asked)
{
    const QByteArray what = writeAskedFrame({ .endpoint = asked.endpoint,
        .region = asked.region,
        .account = asked.account,
        .list = asked.list,
        .endUserOptedOut = asked.endUserOptedOut });
    const Secret nameKey = key.derive(CheckpointKey::Purpose::FileNames);
    QByteArray digest(crypto_generichash_BYTES_MIN, Qt::Uninitialized);
    crypto_generichash(reinterpret_cast<unsigned char *>(digest.data()), size_t(digest.size()),
        reinterpret_cast<const unsigned char *>(what.constData()), quint64(what.size()),
        reinterpret_cast<const unsigned char *>(nameKey.expose().data()), size_t(nameKey.expose().size()));
    return folder + u'/' + QLatin1StringView(digest.toHex()) + u".read"_s;
}

Result<std::unique_ptr<CheckpointFile>> CheckpointFile::create(
    const QString &folder, const CheckpointKey &key, const ReadAsked &asked)
{
    std::unique_ptr<CheckpointFile> file(new CheckpointFile(pathIn(folder, key, asked), key));
    if (!makeFolder(folder))
        return storage(u"CheckpointFailed"_s, u"The folder %1 cannot be made."_s.arg(folder));
    if (const Result<Done> opened = file->openLocked(FileLock::Exclusive, true); !opened)
        return opened.error();
    if (!file->m_file.resize(0))
        return file->failed(u"emptied"_s);
    file->m_file.seek(0);
    const QByteArray first = newFirstBytes();
    file->m_stream->begin(first);
    if (const Result<Done> written = file->write(first + file->m_stream->write(writeAskedFrame(asked))); !written)
        return written.error();
    file->m_endOfAsked = file->m_end;
    file->m_chainOfAsked = file->m_stream->chain();
    return file;
}

Result<std::unique_ptr<CheckpointFile>> CheckpointFile::open(
    const QString &path, const CheckpointKey &key, RestoredRead &read)
{
    std::unique_ptr<CheckpointFile> file(new CheckpointFile(path, key));
    if (const Result<Done> opened = file->openLocked(FileLock::Exclusive, false); !opened)
        return opened.error();
    Result<RestoredRead> kept = file->readAll();
    if (!kept)
        return kept.error();
    if (path != pathIn(QFileInfo(path).path(), key, kept->read.asked))
        return file->damaged();
    if (file->m_file.size() != file->m_end && !file->m_file.resize(file->m_end))
        return file->failed(u"written"_s);
    file->m_file.seek(file->m_end);
    read = *std::move(kept);
    return file;
}

Result<RestoredRead> CheckpointFile::look(const QString &path, const CheckpointKey &key)
{
    CheckpointFile file(path, key);
    if (const Result<Done> opened = file.openLocked(FileLock::Shared, false); !opened)
        return opened.error();
    Result<RestoredRead> kept = file.readAll();
    if (kept && path != pathIn(QFileInfo(path).path(), key, kept->read.asked))
        return file.damaged();
    return kept;
}

Result<Done> CheckpointFile::openLocked(FileLock lock, bool mayMake)
{
    const auto begun = std::chrono::steady_clock::now();
    const QIODevice::OpenMode mode = lock == FileLock::Shared ? QIODevice::ReadOnly : QIODevice::ReadWrite;
    for (;;) {
        if (!mayMake && !m_file.exists())
            return nothingKept();
        const QIODevice::OpenMode flags = mode | QIODevice::Unbuffered | (mayMake ? mode : QIODevice::ExistingOnly);
        if (!m_file.open(flags, QFile::ReadOwner | QFile::WriteOwner))
            return m_file.exists() ? Result<Done>(failed(u"opened"_s)) : nothingKept();
        if (tryLockFile(m_file.handle(), lock) && !isFileDeleted(m_file.handle()))
            return Done {};
        m_file.close();
        // Who only looks passes over what is being written.
        if (lock == FileLock::Shared || std::chrono::steady_clock::now() - begun > lockPatience)
            return storage(u"CheckpointInUse"_s, u"Another process is keeping its place in the same read."_s);
        std::this_thread::sleep_for(lockPause);
    }
}

Result<RestoredRead> CheckpointFile::readAll()
{
    const QByteArray first = m_file.read(firstBytes);
    if (first.size() < firstBytes || isAllZero(first))
        return nothingKept();
    if (!first.startsWith(QByteArrayView(magic)))
        return damaged();
    m_stream->begin(first);

    const qint64 size = m_file.size();
    RestoredRead kept;
    QByteArray chain;
    while (m_file.pos() < size) {
        const QByteArray head = m_file.read(FrameStream::headBytes);
        if (head.size() < FrameStream::headBytes)
            break;
        const std::optional<FrameStream::Head> told = m_stream->readHead(head);
        if (!told) {
            if (head.endsWith('\0') && isRestZero())
                break;
            return damaged();
        }
        const QByteArray body = m_file.read(told->bodyBytes);
        if (body.size() < qsizetype(told->bodyBytes))
            break;
        if (told->beginsSegment) {
            if (!m_stream->readSegment(head, body))
                return damaged();
            continue;
        }
        const std::optional<QByteArray> frame = m_stream->readFrame(head, body);
        if (!frame && isRestZero())
            break;
        const bool isFirst = m_endOfAsked == 0;
        const std::optional<ReadAsked> asked = frame && isFirst ? readAskedFrame(*frame) : std::nullopt;
        if (!frame || !(isFirst ? asked.has_value() : readPageFrame(*frame, kept)))
            return damaged();
        m_end = m_file.pos();
        chain = m_stream->chain();
        if (asked) {
            kept.read = { .asked = *asked, .lastPage = asked->begun };
            m_endOfAsked = m_end;
            m_chainOfAsked = chain;
        }
    }
    if (m_file.error() != QFile::NoError)
        return failed(u"read"_s);
    if (m_endOfAsked == 0)
        return nothingKept();
    m_stream->goBackTo(chain);
    return kept;
}

// The file grew, and then the power was gone: the blocks that did not reach the disk read as zeros, from somewhere in a
// record on. To zero a file from there on is no more than to cut it off, so nothing is believed that should not be.
bool CheckpointFile::isRestZero()
{
    for (;;) {
        const QByteArray bytes = m_file.read(chunkBytes);
        if (bytes.isEmpty())
            return true;
        if (!isAllZero(bytes))
            return false;
    }
}

Result<Done> CheckpointFile::append(std::span<const OptedOutNumber> rows, const ReadPlace &place, Timestamp arrived)
{
    if (m_isBroken) // a page is missing: what follows it must not be taken for its successor
        return storage(u"CheckpointFailed"_s, u"A page before this one could not be written to %1."_s.arg(m_path));
    return write(m_stream->write(writePageFrame(rows, place, arrived)));
}

Result<Done> CheckpointFile::restart()
{
    m_isBroken = !m_file.resize(m_endOfAsked);
    if (m_isBroken)
        return failed(u"written"_s);
    m_end = m_endOfAsked;
    m_file.seek(m_end);
    m_stream->goBackTo(m_chainOfAsked);
    return Done {};
}

Result<Done> CheckpointFile::remove()
{
    // While it is open and locked, where the system allows it, so that nobody begins to write into it in between.
    if (QFile::remove(m_path))
        return Done {};
    const bool isEmptied = m_file.resize(0); // what stays must not be taken for an unfinished read
    if (m_file.remove() || !QFile::exists(m_path))
        return Done {};
    Error error = failed(u"removed"_s);
    if (!isEmptied)
        error.code = u"CheckpointStays"_s;
    return error;
}

Result<Done> CheckpointFile::write(const QByteArray &bytes)
{
    qint64 done = 0;
    while (done < bytes.size()) { // a write may be cut short, by a disk that is nearly full; the next one says why
        const qint64 written = m_file.write(bytes.constData() + done, bytes.size() - done);
        if (written <= 0) {
            const Error error = failed(u"written"_s);
            m_isBroken = true;
            m_file.resize(m_end);
            return error;
        }
        done += written;
    }
    m_end += bytes.size();
    const auto now = std::chrono::steady_clock::now();
    if (now - m_synced > syncEvery) {
        m_synced = now;
        m_isBroken = !syncFile(m_file.handle());
        if (m_isBroken)
            return storage(u"CheckpointFailed"_s, u"%1 does not reach the disk."_s.arg(m_path));
    }
    return Done {};
}

Error CheckpointFile::failed(const QString &what) const
{
    return storage(u"CheckpointFailed"_s, u"%1 cannot be %2: %3"_s.arg(m_path, what, m_file.errorString()));
}

Error CheckpointFile::damaged() const
{
    return storage(u"CheckpointDamaged"_s,
        u"%1 is not as it was written, or under another key. None of it is used."_s.arg(m_path));
}

} // namespace optout
