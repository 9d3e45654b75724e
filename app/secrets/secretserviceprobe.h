// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "secrets/keychainfault.h"

#include <QObject>
#include <QString>

namespace optout {

//! Asks the desktop's Secret Service for its state, over D-Bus. Asks for no secret and shows no prompt. Where there is
//! no D-Bus the state is Unknown. Connecting to the session bus may block: not for the GUI thread.
//! (Secret Service API specification 0.2, freedesktop.org)
class SecretServiceProbe final : public QObject {
    Q_OBJECT
public:
    //! \param keychainService, key the attributes "server" and "user" that QtKeychain gives its entries
    SecretServiceProbe(const QString &keychainService, const QString &key, QObject *parent);
    void start();

signals:
    //! Exactly once, from the event loop, within fifteen seconds.
    void finished(const optout::SecretServiceState &state);

private:
    void askForEntries();
    void askForCollection();
    void askWhetherLocked(const QString &collectionPath);
    void finishLater(SecretServiceState::Service service);

    QString m_keychainService;
    QString m_key;
    SecretServiceState m_state;
};

} // namespace optout
