// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "checkpoint/checkpointkeys.h"

#include <QDir>
#include <QLockFile>
#include <QTimer>

#include <memory>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto lockPause = 100ms;

Error unusable()
{
    return { .kind = Error::Kind::Storage,
        .code = u"KeychainFailed"_s,
        .detail = u"The keychain's entry for unfinished reads is damaged. “Forget all reads” removes it."_s };
}

Result<CheckpointKey> keyOf(const Result<Credentials> &entry)
{
    if (!entry)
        return entry.error();
    const std::optional<CheckpointKey> key = CheckpointKey::ofText(entry->secretAccessKey);
    return key ? Result<CheckpointKey>(*key) : unusable();
}

} // namespace

CheckpointKeys::CheckpointKeys(CredentialStore &store, const QString &folder)
    : m_store(store)
    , m_folder(folder)
{
}

QString CheckpointKeys::entryId() { return u"unfinished-reads"_s; }

void CheckpointKeys::find(QObject *context, Answer answer) { load(context, std::move(answer)); }

void CheckpointKeys::load(QObject *context, Answer answer)
{
    CredentialJob *job = m_store.load(entryId(), context);
    QObject::connect(
        job, &CredentialJob::finished, context, [job, answer = std::move(answer)](const Result<Credentials> &entry) {
            job->deleteLater();
            answer(keyOf(entry));
        });
}

void CheckpointKeys::findOrMake(QObject *context, Answer answer)
{
    load(context, [this, context, answer = std::move(answer)](const Result<CheckpointKey> &key) {
        if (key || key.error().kind != Error::Kind::NotFound)
            answer(key);
        else
            make(context, answer);
    });
}

void CheckpointKeys::make(QObject *context, const Answer &answer)
{
    QDir().mkpath(m_folder); // if that fails, so does the file, and says why
    const auto lock = std::make_shared<QLockFile>(m_folder + "/key.lock"_L1);
    if (!lock->tryLock(0) && lock->error() == QLockFile::LockFailedError) {
        // Somebody else is making it.
        QTimer::singleShot(lockPause, context, [this, context, answer] { findOrMake(context, answer); });
        return;
    }
    // Another process may have made one before the lock was ours.
    load(context, [this, context, answer, lock](const Result<CheckpointKey> &there) {
        if (there || there.error().kind != Error::Kind::NotFound)
            return answer(there);
        const std::optional<CheckpointKey> key = CheckpointKey::make();
        if (!key)
            return answer(Error { .kind = Error::Kind::Internal, .detail = u"There are no random bytes."_s });
        CredentialJob *job = m_store.save(entryId(),
            { .accessKeyId = u"checkpoint-key"_s, .secretAccessKey = key->toText(), .sessionToken = {} }, context);
        QObject::connect(
            job, &CredentialJob::finished, context, [job, key = *key, answer, lock](const Result<Credentials> &saved) {
                job->deleteLater();
                lock->unlock();
                answer(saved ? Result<CheckpointKey>(key) : Result<CheckpointKey>(saved.error()));
            });
    });
}

void CheckpointKeys::forget(QObject *context, std::function<void(const Result<Done> &)> answer)
{
    CredentialJob *job = m_store.remove(entryId(), context);
    QObject::connect(
        job, &CredentialJob::finished, context, [job, answer = std::move(answer)](const Result<Credentials> &removed) {
            job->deleteLater();
            answer(removed ? Result<Done>(Done {}) : Result<Done>(removed.error()));
        });
}

} // namespace optout
