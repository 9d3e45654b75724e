// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "secrets/credentialstore.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <memory>

class QThread;

namespace optout {

class KeychainWorker;

//! How long a keychain may take.
struct KeychainPatience {
    //! After this long, and then again and again, the Secret Service is asked what it does. A job goes on while a
    //! keyring is locked, because somebody may be typing its password; else it fails.
    std::chrono::milliseconds look { 30'000 };
    //! After this long a job fails in any case.
    std::chrono::milliseconds longest { 300'000 };
};

//! Access keys in the operating system's keychain, through QtKeychain, one entry a connection. There is no fallback to
//! a file. Never blocks the calling thread. Make one a process: QtKeychain's queue of jobs belongs to the thread that
//! used it first.
class KeychainStore final : public QObject, public CredentialStore {
    Q_OBJECT
public:
    explicit KeychainStore(const QString &keychainService = defaultService(), KeychainPatience patience = {});
    ~KeychainStore() override;

    //! "io.github.optoutbrowser.OptOutBrowser"
    static QString defaultService();

    //! Storage with code "KeychainFailed" also for an entry that cannot be read as keys.
    CredentialJob *load(const QString &id, QObject *parent) override;
    //! InvalidInput for credentials with a session token: they are not kept.
    CredentialJob *save(const QString &id, const Credentials &credentials, QObject *parent) override;
    CredentialJob *remove(const QString &id, QObject *parent) override;

private:
    KeychainPatience m_patience;
    std::unique_ptr<QThread> m_thread;
    KeychainWorker *m_worker; // lives in the thread, which deletes it
    quint64 m_lastNumber = 0;
};

} // namespace optout
