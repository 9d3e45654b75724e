// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "secrets/keychainstore.h"
#include "secrets/keychainworker.h"

#include <QTimer>

namespace optout {

//! One request to the keychain on the caller's side: waits for the worker's answer, as long as that makes sense.
class KeychainJob final : public CredentialJob {
    Q_OBJECT
public:
    KeychainJob(KeychainRequest request, KeychainWorker *worker, KeychainPatience patience, QObject *parent);

private:
    void takeLook(const SecretServiceState &state);
    void finish(const Result<Credentials> &outcome);

    quint64 m_number;
    KeychainPatience m_patience;
    QTimer m_look;
    QTimer m_longest;
};

} // namespace optout
