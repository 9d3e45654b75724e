// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/signinengine.h"

namespace optout {

//! A connection that is signed in with, or has been tried to: its keys for the service, and what is known of it. Who
//! the caller is is asked once, when the first keys have come. GUI thread only.
class ConnectionSignIn final : public QObject, public CredentialsProvider {
    Q_OBJECT
public:
    ConnectionSignIn(Connection connection, PreparedSignIn prepared);
    ~ConnectionSignIn() override;

    //! The connection as it was when this was made.
    const Connection &connection() const { return m_connection; }
    const ServiceSettings &settings() const { return m_prepared.settings; }

    //! Errors are marked as those of a sign-in (see isSignInError()).
    void provide(QObject *context, std::function<void(const Result<Credentials> &)> done) override;
    bool invalidate(const QString &accessKeyId) override;

    QList<SignInTraceLine> trace() const { return m_prepared.engine->trace(); }
    std::optional<Timestamp> expires() const { return m_prepared.engine->expires(); }
    QString sourceWords() const { return m_prepared.engine->sourceWords(); }
    //! Nothing before it is known, and where nobody can be asked.
    const std::optional<CallerIdentity> &identity() const { return m_identity; }
    //! accountKeyOf() the keys given last; empty until there have been some.
    const QString &accountKey() const { return m_accountKey; }
    //! Why the last attempt to get keys failed; nothing after one that did not.
    const std::optional<Error> &problem() const { return m_problem; }

    bool canAskIdentity() const { return bool(m_prepared.askIdentity); }
    //! Asks again, or for the first time. \a done as in AskIdentity; only when canAskIdentity().
    void askIdentity(QObject *context, std::function<void(const Result<CallerIdentity> &)> done);

signals:
    void changed();

private:
    void note(const Result<Credentials> &outcome);

    Connection m_connection;
    PreparedSignIn m_prepared;
    std::optional<CallerIdentity> m_identity;
    std::optional<Error> m_problem;
    QString m_accountKey;
    bool m_identityAsked = false;
};

//! The error with a mark that it is of a sign-in. What only a person can mend becomes NoCredentials: a refused role, a
//! question that was answered with "Cancel".
Error signInError(Error error);
//! Whether getting keys failed, and not the call they were for.
bool isSignInError(const Error &error);

} // namespace optout
