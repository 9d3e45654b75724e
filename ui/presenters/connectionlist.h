// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/result.h"
#include "presenters/connection.h"
#include "profile/environment.h"
#include "profile/servicesettings.h"
#include "secrets/credentialstore.h"
#include "secrets/memorystore.h"

#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace optout {

class Settings;

//! A change of the list under way. Deleting it drops the answer.
class ConnectionChange final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

signals:
    //! Exactly once, from the event loop; the connection as it is now (or was, if removed).
    //! Errors: InvalidInput for a name that is taken or out of bounds or missing keys, NotFound for a connection that
    //! is gone or cannot be changed, else those of CredentialStore. After an error the list is as it was before.
    void finished(const optout::Result<optout::Connection> &outcome);
};

//! All connections: those saved in the settings, the profiles of the AWS CLI, the environment's, and the demo's. The
//! keys of a saved one are in the keychain, or in memory for this session only. GUI thread only.
class ConnectionList final : public QObject {
    Q_OBJECT
public:
    enum class KeepKeys {
        InKeychain,
        ThisSession, //!< in memory; the connection itself is saved all the same; older keys go from the keychain
        ThisSessionWithoutKeychain, //!< the same when the keychain has just failed: it is left alone
    };
    enum class RemoveKeys {
        Required, //!< the connection stays in the list if the keychain cannot delete its keys
        IfPossible, //!< the connection goes in any case
    };

    //! Settings and keychain must outlive this object. The environment is that of the program's start.
    ConnectionList(
        Settings &settings, CredentialStore &keychain, Environment environment = {}, QObject *parent = nullptr);

    //! The saved ones in saved order, then the profiles ("default" first), then the environment's if it is set, then
    //! the demo's if there is one.
    QList<Connection> all() const;
    std::optional<Connection> find(const QString &id) const;
    //! Whether a saved connection may have that name; \a exceptId is the one that is being renamed.
    bool isNameFree(const QString &name, const QString &exceptId = {}) const;

    //! The demo's connection, or another one in its place.
    void setDemo(const QString &endpointUrl, const QString &region, const Credentials &credentials);

    //! Where the service of a profile is; InvalidInput for a setting that the CLI refuses.
    using ProfileSettings = std::function<Result<ServiceSettings>(const SharedConfig &, const ProfileChoice &)>;
    //! The config and credentials files as they are now, in place of those before.
    void setConfig(const SharedConfig &config, const ProfileSettings &settingsOf);
    const SharedConfig &config() const { return m_config; }
    //! What is wrong with the files; the one that makes profiles unusable first.
    QList<Error> configProblems() const;

    //! The keys of a saved connection, the environment's or the demo's. The keychain is asked once for each connection:
    //! what it gave is kept in memory until other keys are saved, or forgetLoadedKeys(). NoCredentials with code
    //! "KeysMissing" if the keychain has none for this connection, and with code "KeysNotKept" if they were kept for an
    //! earlier session only: ask for them again with update(). NotFound if there is no such connection; else the errors
    //! of CredentialStore.
    CredentialJob *credentialsFor(const QString &id, QObject *parent);
    //! Whether credentialsFor() needs no keychain.
    bool hasKeysInMemory(const QString &id) const;

    //! The keys were refused: ask the keychain again the next time, for somebody may have changed them there.
    void forgetLoadedKeys(const QString &id);

    //! Adds a connection at the end; its id and source are given by this object. Credentials with a session token are
    //! kept for this session whatever \a keep says: they expire within hours.
    ConnectionChange *create(
        const Connection &connection, const Credentials &credentials, KeepKeys keep, QObject *parent);
    //! Replaces the saved connection of that id; without credentials its keys stay where and what they are.
    ConnectionChange *update(
        const Connection &connection, const std::optional<Credentials> &credentials, KeepKeys keep, QObject *parent);
    ConnectionChange *remove(const QString &id, RemoveKeys removeKeys, QObject *parent);

signals:
    void changed();
    void keysChanged(const QString &id); //!< credentialsFor() gives others than before
    void configChanged(); //!< the profiles, or what they say, are others; changed() follows

private:
    void storeKeys(ConnectionChange *change, const Connection &connection, const Credentials &credentials,
        KeepKeys keep, bool isNew);
    void keepForSession(ConnectionChange *change, Connection connection, const Credentials &credentials, KeepKeys keep);
    void removeKeysIfPossible(const QString &id);
    void forget(const QString &id);
    void write(const Connection &connection);
    void loadKeys(const Connection &connection, CredentialJob *job);
    Error missingKeys(const Connection &connection, bool wereKept) const;
    std::optional<Error> problemWith(const Connection &connection) const;

    Settings &m_settings;
    CredentialStore &m_keychain;
    Environment m_environment;
    MemoryStore m_session; // keys that are kept nowhere else
    MemoryStore m_loaded; // keys that the keychain gave
    SharedConfig m_config;
    QList<Connection> m_profiles;
    std::optional<Connection> m_demo;
};

} // namespace optout
