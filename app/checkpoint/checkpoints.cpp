// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "checkpoint/checkpoints.h"

#include "checkpoint/checkpointfile.h"
#include "checkpoint/checkpointrecorder.h"
#include "checkpoint/filelock.h"
#include "checkpoint/inorder.h"
#include "core/logging.h"

#include <QDateTime>
#include <QDir>
#include <QMetaObject>
#include <QStandardPaths>

#include <algorithm>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

QFileInfoList filesIn(const QString &folder) { return QDir(folder).entryInfoList({ u"*.read"_s }, QDir::Files); }

QList<UnfinishedRead> lookAtAll(const QString &folder, const CheckpointKey &key)
{
    QList<UnfinishedRead> reads;
    for (const QFileInfo &file : filesIn(folder)) {
        const Result<RestoredRead> kept = CheckpointFile::look(file.filePath(), key);
        if (kept)
            reads << kept->read;
        else
            qCWarning(log::secrets) << "A kept read is left out:" << kept.error().code << file.fileName();
    }
    std::stable_sort(reads.begin(), reads.end(),
        [](const UnfinishedRead &a, const UnfinishedRead &b) { return a.lastPage > b.lastPage; });
    return reads;
}

bool isBefore(const QFileInfo &file, Timestamp limit)
{
    return file.lastModified().toMSecsSinceEpoch() < limit.time_since_epoch().count();
}

// A read that waits out a lost network writes nothing for as long, and is not forgotten for that: who keeps it has the
// lock. Once that is taken, the file is looked at again: it may have been written, or made anew, in between.
void removeFilesBefore(const QString &folder, Timestamp limit)
{
    for (const QFileInfo &listed : filesIn(folder)) {
        QFile file(listed.filePath());
        if (isBefore(listed, limit) && file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly)
            && tryLockFile(file.handle(), FileLock::Exclusive) && !isFileDeleted(file.handle())
            && isBefore(QFileInfo(file.fileName()), limit) && !QFile::remove(file.fileName()))
            file.remove(); // where an open file cannot be removed
    }
}

Result<Done> removeFile(const QString &path)
{
    if (QFile::remove(path) || !QFile::exists(path))
        return Done {};
    return Error {
        .kind = Error::Kind::Storage, .code = u"CheckpointFailed"_s, .detail = u"%1 cannot be removed."_s.arg(path)
    };
}

Result<Done> removeAllIn(const QString &folder)
{
    Result<Done> all = Done {};
    for (const QFileInfo &file : filesIn(folder)) {
        if (Result<Done> removed = removeFile(file.filePath()); !removed)
            all = std::move(removed);
    }
    return all;
}

} // namespace

Checkpoints::Checkpoints(Parts parts)
    : m_parts(std::move(parts))
    , m_keys(m_parts.store, m_parts.folder)
{
    m_worker.setMaxThreadCount(1);
    removeOld();
}

Checkpoints::~Checkpoints() = default;

void Checkpoints::setLongestAge(std::chrono::hours age)
{
    m_parts.longestAge = age;
    removeOld();
}

void Checkpoints::removeOld()
{
    m_worker.start([folder = m_parts.folder, limit = m_parts.clock.now() - m_parts.longestAge] {
        removeFilesBefore(folder, limit);
    });
}

QString Checkpoints::defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + "/reads"_L1;
}

void Checkpoints::find(QObject *context, std::function<void(const Result<QList<UnfinishedRead>> &)> done)
{
    const auto lookWith = [this, context, done](const Result<CheckpointKey> &key) {
        if (!key) // files without their key say nothing: they grow old
            return done(key.error().kind == Error::Kind::NotFound
                    ? Result<QList<UnfinishedRead>>(QList<UnfinishedRead>())
                    : Result<QList<UnfinishedRead>>(key.error()));
        inOrder(
            m_worker, context, [folder = m_parts.folder, key = *key] { return lookAtAll(folder, key); },
            [done](const QList<UnfinishedRead> &reads) { done(reads); });
    };
    inOrder(
        m_worker, context,
        [folder = m_parts.folder, limit = m_parts.clock.now() - m_parts.longestAge] {
            removeFilesBefore(folder, limit);
            return !filesIn(folder).isEmpty();
        },
        [this, context, done, lookWith](bool isSomething) {
            if (isSomething)
                m_keys.find(context, lookWith);
            else
                done(QList<UnfinishedRead>());
        });
}

CheckpointRecorder *Checkpoints::record(const ReadAsked &asked, Start start, QObject *parent)
{
    m_recorders.removeIf([](const QPointer<CheckpointRecorder> &recorder) { return !recorder; });
    const auto ending = std::find_if(
        m_recorders.crbegin(), m_recorders.crend(), [&asked](const QPointer<CheckpointRecorder> &recorder) {
            return recorder->m_isEnding && recorder->m_parts.asked.isSameRead(asked);
        });
    auto *recorder = new CheckpointRecorder({ .keys = m_keys,
                                                .worker = m_worker,
                                                .clock = m_parts.clock,
                                                .folder = m_parts.folder,
                                                .asked = asked,
                                                .goesOn = start == Start::GoOn,
                                                .mayReplace = start != Start::IfNoneIsKept,
                                                .longestAge = m_parts.longestAge,
                                                .after = ending == m_recorders.crend() ? nullptr : *ending },
        parent);
    m_recorders += recorder;
    return recorder;
}

void Checkpoints::forget(const ReadAsked &asked, QObject *context, std::function<void(const Result<Done> &)> done)
{
    m_keys.find(context, [this, asked, context, done = std::move(done)](const Result<CheckpointKey> &key) {
        if (!key)
            return done(key.error().kind == Error::Kind::NotFound ? Result<Done>(Done {}) : Result<Done>(key.error()));
        const QString path = CheckpointFile::pathIn(m_parts.folder, *key, asked);
        inOrder(
            m_worker, context, [path] { return removeFile(path); }, done);
    });
}

void Checkpoints::forgetAll(QObject *context, std::function<void(const Result<Done> &)> done)
{
    inOrder(
        m_worker, context, [folder = m_parts.folder] { return removeAllIn(folder); },
        [this, context, done = std::move(done)](const Result<Done> &removed) {
            // The key goes even if a file stays: without it the file says nothing.
            m_keys.forget(
                context, [removed, done](const Result<Done> &forgotten) { done(removed ? forgotten : removed); });
        });
}

} // namespace optout
