// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "secrets/keychainstore.h"

#include "secrets/keychainjob.h"
#include "secrets/keychainworker.h"
#include "secrets/readyjob.h"

#include <QThread>

namespace optout {

using namespace Qt::Literals::StringLiterals;

KeychainStore::KeychainStore(const QString &keychainService, KeychainPatience patience)
    : m_patience(patience)
    , m_thread(std::make_unique<QThread>())
    , m_worker(new KeychainWorker(keychainService))
{
    m_thread->setObjectName(u"keychain"_s);
    m_worker->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread->start();
}

KeychainStore::~KeychainStore()
{
    m_thread->quit();
    // A bus that hangs must not keep the program from ending; the process takes the thread with it.
    if (!m_thread->wait(std::chrono::milliseconds(2'000)))
        m_thread.release(); // NOLINT(bugprone-unused-return-value)
}

QString KeychainStore::defaultService() { return u"io.github.optoutbrowser.OptOutBrowser"_s; }

CredentialJob *KeychainStore::load(const QString &id, QObject *parent)
{
    return new KeychainJob(
        { .number = ++m_lastNumber, .operation = KeychainOperation::Load, .id = id }, m_worker, m_patience, parent);
}

CredentialJob *KeychainStore::save(const QString &id, const Credentials &credentials, QObject *parent)
{
    if (!credentials.sessionToken.isEmpty())
        return makeReadyJob(
            Error { .kind = Error::Kind::InvalidInput, .detail = u"Temporary keys are not kept in the keychain."_s },
            parent);
    return new KeychainJob(
        { .number = ++m_lastNumber, .operation = KeychainOperation::Save, .id = id, .credentials = credentials },
        m_worker, m_patience, parent);
}

CredentialJob *KeychainStore::remove(const QString &id, QObject *parent)
{
    return new KeychainJob(
        { .number = ++m_lastNumber, .operation = KeychainOperation::Remove, .id = id }, m_worker, m_patience, parent);
}

} // namespace optout
