// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/result.h"
#include "secrets/keychainfault.h"

#include <QObject>
#include <QString>

namespace QKeychain {
class Job;
}

namespace optout {

struct KeychainRequest {
    quint64 number = 0; //!< answers carry it
    KeychainOperation operation = KeychainOperation::Load;
    QString id; //!< of the connection
    Credentials credentials {}; //!< for Save
};

//! Does KeychainStore's work in a thread of its own: QtKeychain 0.13 asks KWallet for its presence with a call that
//! blocks for up to half a second (measured: 531 ms), and connecting to D-Bus blocks as well.
class KeychainWorker final : public QObject {
    Q_OBJECT
public:
    //! \param keychainService the name under which entries are kept
    explicit KeychainWorker(const QString &keychainService);

    void run(const KeychainRequest &request);
    //! Finds out what the Secret Service does while a request gets no answer.
    void look(quint64 number, const QString &id);

signals:
    void finished(quint64 number, const optout::Result<optout::Credentials> &outcome);
    void looked(quint64 number, const optout::SecretServiceState &state);

private:
    QKeychain::Job *makeJob(const KeychainRequest &request) const;
    void takeAnswer(const KeychainRequest &request, QKeychain::Job *job);

    QString m_keychainService;
};

} // namespace optout
