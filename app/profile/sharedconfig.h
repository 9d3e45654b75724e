// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "profile/environment.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace optout {

//! One section of a shared config or credentials file.
struct ConfigSection {
    QMap<QString, QString> settings {}; //!< names in lower case
    //! The settings that are keys or tokens, which are not in `settings`: aws_secret_access_key and so on.
    QMap<QString, Secret> secrets {};
    //! Indented "name = value" lines below a setting that has no value of its own: `s3 =`, `sso_oidc =` in [services
    //! x].
    QMap<QString, QMap<QString, QString>> nested {};
    //! The settings that came from the credentials file, for "why this one".
    QStringList fromCredentialsFile {};
    //! What the config file says for settings of the credentials file: a pair of keys is always taken from one file.
    QMap<QString, QString> overridden {};
    QMap<QString, Secret> overriddenSecrets {};

    QString value(const QString &name) const { return settings.value(name); }
    bool has(const QString &name) const { return settings.contains(name) || secrets.contains(name); }
    //! The setting of the credentials file alone, or of the config file alone; nothing if it has none.
    std::optional<QString> inCredentialsFile(const QString &name) const;
    std::optional<QString> inConfigFile(const QString &name) const;
    std::optional<Secret> secretInCredentialsFile(const QString &name) const;
    std::optional<Secret> secretInConfigFile(const QString &name) const;
};

//! Where the two files are: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/config and
//! ~/.aws/credentials; a leading ~ is the home folder. (AWS SDKs and Tools Reference Guide, "Location of the shared
//! files".)
struct ConfigPaths {
    QString config;
    QString credentials;
    static ConfigPaths of(const Environment &environment);
};

//! Both files as one, as the AWS CLI v2 sees them.
struct SharedConfig {
    ConfigPaths paths {};
    QMap<QString, ConfigSection> profiles {}; //!< by name; those of the credentials file go over those of the config
    QMap<QString, ConfigSection> ssoSessions {};
    QMap<QString, ConfigSection> services {};
    //! What is wrong with a file or a part of it: names file, line and what to do. The rest stays usable where the CLI
    //! would go on too; where the CLI stops, `fatal` is set and whoever signs in with a profile gets that error.
    QList<Error> problems {};
    std::optional<Error> fatal {};

    const ConfigSection *profile(const QString &name) const;
};

//! Pure: both texts, as they stand in the files. Any thread. Never throws, whatever the bytes are.
SharedConfig parseSharedConfig(
    const ConfigPaths &paths, const QByteArray &configText, const QByteArray &credentialsText);

//! Reads both files (a missing one is empty, an unreadable one or one over 16 MiB is a fatal problem of kind Storage;
//! the CLI takes an unreadable one for empty and then misses the profile). Blocks on the disk: a worker's, or a program
//! without a window.
SharedConfig readSharedConfig(const Environment &environment);

} // namespace optout
