// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoint/checkpointkey.h"
#include "core/result.h"
#include "secrets/credentialstore.h"

#include <QObject>

#include <functional>
#include <optional>

namespace optout {

//! Gets the one key of all checkpoints from the keychain, and makes it when it is first needed. GUI thread only.
class CheckpointKeys final {
public:
    using Answer = std::function<void(const Result<CheckpointKey> &)>;

    //! \param store must outlive this
    //! \param folder of the checkpoints; for a lock, so that two processes do not make two keys
    CheckpointKeys(CredentialStore &store, const QString &folder);

    //! Under this id the keychain keeps it, in the form of access keys: id "checkpoint-key" and the key's text.
    static QString entryId();

    //! The key there is; NotFound if there is none, else the keychain's error. \a answer is called once, from the event
    //! loop, unless \a context is destroyed first; so below.
    void find(QObject *context, Answer answer);
    //! The same, but makes one if there is none.
    void findOrMake(QObject *context, Answer answer);
    void forget(QObject *context, std::function<void(const Result<Done> &)> answer);

private:
    void load(QObject *context, Answer answer);
    void make(QObject *context, const Answer &answer);

    CredentialStore &m_store;
    QString m_folder;
};

} // namespace optout
