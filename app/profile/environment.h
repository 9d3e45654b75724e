// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/secret.h"

#include <QHash>
#include <QString>

#include <optional>

namespace optout {

//! The environment variables that decide how to sign in and where to call, as a value: handed in, so that tests and
//! the window can ask "what if" without changing the process. Copies are cheap. Keys and tokens in it are kept apart,
//! as Secret. The text of a proxy's variable may hold a password: never logged.
class Environment {
public:
    Environment() = default;
    explicit Environment(const QHash<QString, QString> &variables);
    //! All AWS_ variables of this process, with HOME, HTTP_PROXY and its companions in either case, REQUESTS_CA_BUNDLE,
    //! and what the variables with paths of the CLI's files name ("$WORK/aws").
    static Environment ofProcess();

    //! The value if the variable is set, also when it is empty. Nothing for one that holds a secret.
    std::optional<QString> find(const QString &name) const;
    //! The value, or an empty text when it is not set or holds a secret.
    QString value(const QString &name) const { return m_variables.value(name); }
    //! AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_SECURITY_TOKEN, AWS_CONTAINER_AUTHORIZATION_TOKEN; empty when it
    //! is not set, or any other.
    Secret secret(const QString &name) const { return m_secrets.value(name); }
    bool isSet(const QString &name) const { return m_variables.contains(name) || m_secrets.contains(name); }
    //! The home folder, without a slash at the end: HOME (USERPROFILE on Windows), else what the system says.
    QString home() const;
    //! A path with its $NAME and ${NAME} replaced, then a leading ~ by home(), as Python's os.path.expandvars() and
    //! expanduser() do. What is not known stays as it is; so does a secret.
    QString expanded(const QString &path) const;

    void set(const QString &name, const QString &value);
    void unset(const QString &name);

private:
    QHash<QString, QString> m_variables {};
    QHash<QString, Secret> m_secrets {};
};

} // namespace optout
