// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "secrets/keychainworker.h"

#include "core/logging.h"
#include "secrets/keyrecord.h"
#include "secrets/secretserviceprobe.h"

#include <qt6keychain/keychain.h>

#include <utility>

namespace optout {

namespace {

KeychainOutcome outcomeOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::NoError:
        return KeychainOutcome::Done;
    case QKeychain::EntryNotFound:
        return KeychainOutcome::EntryNotFound;
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return KeychainOutcome::AccessDenied;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return KeychainOutcome::NoBackend;
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        break;
    }
    return KeychainOutcome::Other;
}

// Overwrites a text that held a secret, as well as a QString allows: the buffer must not be shared.
void wipeText(QString &text)
{
    text.fill(QChar(u'\0'));
    text.clear();
}

QKeychain::Job *makeWriteJob(const QString &keychainService, const Credentials &credentials)
{
    auto *job = new QKeychain::WritePasswordJob(keychainService);
    QByteArray record = writeKeyRecord(credentials);
    QString text = QString::fromUtf8(record);
    // As text, not as bytes: a lookup asks for texts first, and for bytes only in a second call.
    job->setTextData(text);
    wipeText(text);
    wipe(record);
    return job;
}

} // namespace

KeychainWorker::KeychainWorker(const QString &keychainService)
    : m_keychainService(keychainService)
{
}

void KeychainWorker::run(const KeychainRequest &request)
{
    QKeychain::Job *job = makeJob(request);
    job->setKey(request.id);
    job->setInsecureFallback(false);
    // The record can be wiped only after the job, which shares it, is gone.
    job->setAutoDelete(false);
    // No parent until it has finished: libsecret calls back into a job that was deleted on its way. Queued, because the
    // job is still used by its library when the signal comes.
    connect(
        job, &QKeychain::Job::finished, this, [this, request, job] { takeAnswer(request, job); }, Qt::QueuedConnection);
    job->start();
}

QKeychain::Job *KeychainWorker::makeJob(const KeychainRequest &request) const
{
    switch (request.operation) {
    case KeychainOperation::Load:
        return new QKeychain::ReadPasswordJob(m_keychainService);
    case KeychainOperation::Save:
        return makeWriteJob(m_keychainService, request.credentials);
    case KeychainOperation::Remove:
        return new QKeychain::DeletePasswordJob(m_keychainService);
    }
    Q_UNREACHABLE();
}

void KeychainWorker::takeAnswer(const KeychainRequest &request, QKeychain::Job *job)
{
    const KeychainOutcome outcome = outcomeOf(job->error());
    const QString words = job->errorString();
    QByteArray record;
    if (const auto *reading = qobject_cast<QKeychain::ReadPasswordJob *>(job))
        record = reading->binaryData();
    delete job;

    Result<Credentials> answer = Credentials {};
    if (outcome == KeychainOutcome::Done && request.operation == KeychainOperation::Load)
        answer = readKeyRecord(record);
    wipe(record);

    const auto report = [this, request, outcome, words, answer = std::move(answer)](const SecretServiceState &state) {
        const std::optional<Error> fault = keychainFault(request.operation, outcome, words, state);
        if (fault && fault->kind != Error::Kind::NotFound)
            qCWarning(log::secrets) << "The keychain failed:" << fault->code << words;
        emit finished(request.number, fault ? Result<Credentials>(*fault) : answer);
    };
    if (!needsState(request.operation, outcome)) {
        report({});
        return;
    }
    auto *probe = new SecretServiceProbe(m_keychainService, request.id, this);
    connect(probe, &SecretServiceProbe::finished, this, [probe, report](const SecretServiceState &state) {
        probe->deleteLater();
        report(state);
    });
    probe->start();
}

void KeychainWorker::look(quint64 number, const QString &id)
{
    auto *probe = new SecretServiceProbe(m_keychainService, id, this);
    connect(probe, &SecretServiceProbe::finished, this, [this, probe, number](const SecretServiceState &state) {
        probe->deleteLater();
        emit looked(number, state);
    });
    probe->start();
}

} // namespace optout
