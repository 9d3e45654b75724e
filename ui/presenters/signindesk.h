// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/connectionlist.h"
#include "presenters/connectionsignin.h"

#include <QMap>
#include <QObject>

#include <functional>
#include <memory>

namespace optout {

//! Signs in with connections, each once: the session, the dialog and its test share what there is, so that nobody is
//! asked twice and the keychain is unlocked once. GUI thread only.
class SignInDesk final : public QObject {
    Q_OBJECT
public:
    using Outcome = Result<std::shared_ptr<ConnectionSignIn>>;

    //! The list must outlive this object.
    SignInDesk(ConnectionList &connections, PrepareSignIn prepare, QObject *parent = nullptr);
    ~SignInDesk() override;

    //! Calls \a done once, from the event loop, unless \a context is destroyed first. Gives what is known of the
    //! connection if it is still right and has not failed. Errors: those of ConnectionList::credentialsFor() and of
    //! PrepareSignIn, marked as a sign-in's.
    void open(const Connection &connection, QObject *context, std::function<void(const Outcome &)> done);
    //! With keys that were just typed; nobody else gets to see it.
    Outcome openWith(const Connection &connection, const Credentials &keys) const;
    //! What there is of that connection, or null.
    std::shared_ptr<ConnectionSignIn> find(const QString &id) const;
    //! The next open() begins anew; what is in use stays as it is.
    void forget(const QString &id);

signals:
    void changed(const QString &id); //!< what is known of that connection

private:
    Outcome keep(const Connection &connection, const std::optional<Credentials> &keys);
    void followConnections();
    void forgetProfiles();

    ConnectionList &m_connections;
    PrepareSignIn m_prepare;
    QMap<QString, std::shared_ptr<ConnectionSignIn>> m_open;
};

} // namespace optout
