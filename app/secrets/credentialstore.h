// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/result.h"

#include <QObject>
#include <QString>

namespace optout {

//! Access keys on their way to or from a store. Deleting it drops the answer (the store may still carry the work out)
//! and emits nothing.
class CredentialJob : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

signals:
    //! Exactly once, from the event loop. For save and remove the credentials are empty.
    //! Error: NotFound if there is no such entry; Storage otherwise, with code "NoKeychain", "KeychainLocked",
    //! "KeychainDenied" or "KeychainFailed" and the backend's own words as detail.
    void finished(const optout::Result<optout::Credentials> &outcome);
};

//! Keeps access keys under an id (a connection's UUID). Session tokens are never stored: keys that come with one expire
//! within hours and stay in memory. GUI thread only.
class CredentialStore {
public:
    virtual ~CredentialStore() = default;
    virtual CredentialJob *load(const QString &id, QObject *parent) = 0;
    virtual CredentialJob *save(const QString &id, const Credentials &credentials, QObject *parent) = 0;
    //! Removing what is not there succeeds.
    virtual CredentialJob *remove(const QString &id, QObject *parent) = 0;
};

} // namespace optout
