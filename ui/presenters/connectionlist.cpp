// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/connectionlist.h"

#include "presenters/connectionsources.h"
#include "secrets/readyjob.h"
#include "settings/settings.h"

#include <QPointer>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int longestName = 64;

Error notFound()
{
    return { .kind = Error::Kind::NotFound, .detail = u"There is no such connection, or it cannot be changed."_s };
}

void finishLater(ConnectionChange *change, Result<Connection> outcome)
{
    QMetaObject::invokeMethod(
        change, [change, outcome = std::move(outcome)] { emit change->finished(outcome); }, Qt::QueuedConnection);
}

} // namespace

ConnectionList::ConnectionList(Settings &settings, CredentialStore &keychain, Environment environment, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_keychain(keychain)
    , m_environment(std::move(environment))
{
}

QList<Connection> ConnectionList::all() const
{
    QList<Connection> connections;
    const QList<SavedConnection> saved = m_settings.connections();
    for (const SavedConnection &connection : saved)
        connections.append(connectionOf(connection, m_session.contains(connection.id)));
    connections += m_profiles;
    if (const std::optional<Connection> environment = connectionOf(m_environment))
        connections.append(*environment);
    if (m_demo)
        connections.append(*m_demo);
    return connections;
}

std::optional<Connection> ConnectionList::find(const QString &id) const
{
    const QList<Connection> connections = all();
    const auto found = std::find_if(
        connections.cbegin(), connections.cend(), [&id](const Connection &connection) { return connection.id == id; });
    return found == connections.cend() ? std::nullopt : std::optional(*found);
}

bool ConnectionList::isNameFree(const QString &name, const QString &exceptId) const
{
    const QList<SavedConnection> saved = m_settings.connections();
    return std::none_of(saved.cbegin(), saved.cend(), [&](const SavedConnection &connection) {
        return connection.id != exceptId && connection.name.compare(name, Qt::CaseInsensitive) == 0;
    });
}

void ConnectionList::setConfig(const SharedConfig &config, const ProfileSettings &settingsOf)
{
    m_config = config;
    m_profiles.clear();
    const QStringList names = config.profiles.keys();
    for (const QString &name : names) {
        const Connection profile =
            connectionOfProfile(name, settingsOf(config, ProfileChoice { .name = name, .isExplicit = true }));
        if (name == "default"_L1)
            m_profiles.prepend(profile);
        else
            m_profiles.append(profile);
    }
    emit configChanged();
    emit changed();
}

QList<Error> ConnectionList::configProblems() const
{
    QList<Error> problems = m_config.problems;
    if (m_config.fatal && !problems.contains(*m_config.fatal))
        problems.prepend(*m_config.fatal);
    return problems;
}

void ConnectionList::setDemo(const QString &endpointUrl, const QString &region, const Credentials &credentials)
{
    m_demo = Connection { .id = u"demo"_s,
        .name = tr("Demo lists"),
        .region = region,
        .endpointUrl = endpointUrl,
        .source = Connection::Source::Demo };
    m_session.insert(m_demo->id, credentials);
    emit keysChanged(m_demo->id);
    emit changed();
}

CredentialJob *ConnectionList::credentialsFor(const QString &id, QObject *parent)
{
    const std::optional<Connection> connection = find(id);
    if (!connection)
        return makeReadyJob(notFound(), parent);
    if (m_session.contains(id))
        return m_session.load(id, parent);
    if (connection->source == Connection::Source::Environment) {
        const std::optional<Credentials> credentials = keysOf(m_environment);
        return credentials ? makeReadyJob(*credentials, parent) : makeReadyJob(missingKeys(*connection, false), parent);
    }
    if (connection->sessionOnly)
        return makeReadyJob(missingKeys(*connection, false), parent);

    if (m_loaded.contains(id))
        return m_loaded.load(id, parent);
    auto *job = new CredentialJob(parent);
    loadKeys(*connection, job);
    return job;
}

void ConnectionList::loadKeys(const Connection &connection, CredentialJob *job)
{
    CredentialJob *loading = m_keychain.load(connection.id, job);
    connect(
        loading, &CredentialJob::finished, job, [this, job, id = connection.id](const Result<Credentials> &outcome) {
            if (!outcome && outcome.error().kind == Error::Kind::NotFound) {
                const std::optional<Connection> now = find(id);
                emit job->finished(now ? missingKeys(*now, true) : notFound());
                return;
            }
            if (outcome)
                m_loaded.insert(id, *outcome);
            emit job->finished(outcome);
        });
}

void ConnectionList::forgetLoadedKeys(const QString &id) { m_loaded.erase(id); }

bool ConnectionList::hasKeysInMemory(const QString &id) const
{
    return m_session.contains(id) || m_loaded.contains(id)
        || (id == environmentConnectionId() && keysOf(m_environment));
}

ConnectionChange *ConnectionList::create(
    const Connection &connection, const Credentials &credentials, KeepKeys keep, QObject *parent)
{
    auto *change = new ConnectionChange(parent);
    Connection wanted = connection;
    wanted.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    wanted.source = Connection::Source::Saved;
    if (const std::optional<Error> problem = problemWith(wanted))
        finishLater(change, *problem);
    else
        storeKeys(change, wanted, credentials, keep, true);
    return change;
}

ConnectionChange *ConnectionList::update(
    const Connection &connection, const std::optional<Credentials> &credentials, KeepKeys keep, QObject *parent)
{
    auto *change = new ConnectionChange(parent);
    const std::optional<Connection> before = find(connection.id);
    if (!before || before->source != Connection::Source::Saved) {
        finishLater(change, notFound());
        return change;
    }
    Connection wanted = connection;
    wanted.source = before->source;
    wanted.sessionOnly = before->sessionOnly;
    if (const std::optional<Error> problem = problemWith(wanted)) {
        finishLater(change, *problem);
    } else if (credentials) {
        storeKeys(change, wanted, *credentials, keep, false);
    } else {
        write(wanted);
        finishLater(change, wanted);
    }
    return change;
}

ConnectionChange *ConnectionList::remove(const QString &id, RemoveKeys removeKeys, QObject *parent)
{
    auto *change = new ConnectionChange(parent);
    const std::optional<Connection> connection = find(id);
    if (!connection || connection->source != Connection::Source::Saved) {
        finishLater(change, notFound());
        return change;
    }
    // Keys that are not meant to be in the keychain need not hold anything up.
    if (removeKeys == RemoveKeys::IfPossible || connection->sessionOnly) {
        removeKeysIfPossible(id);
        forget(id);
        finishLater(change, *connection);
        return change;
    }
    CredentialJob *removing = m_keychain.remove(id, this);
    connect(removing, &CredentialJob::finished, this,
        [this, removing, connection = *connection, change = QPointer(change)](const Result<Credentials> &outcome) {
            removing->deleteLater();
            const bool gone = outcome || outcome.error().kind == Error::Kind::NotFound;
            if (gone)
                forget(connection.id);
            if (change)
                emit change->finished(gone ? Result<Connection>(connection) : outcome.error());
        });
    return change;
}

void ConnectionList::storeKeys(
    ConnectionChange *change, const Connection &connection, const Credentials &credentials, KeepKeys keep, bool isNew)
{
    if (credentials.accessKeyId.isEmpty() || credentials.secretAccessKey.isEmpty()) {
        finishLater(change,
            Error { .kind = Error::Kind::InvalidInput,
                .detail = u"The access key id or the secret access key is missing."_s });
        return;
    }
    if (keep != KeepKeys::InKeychain || !credentials.sessionToken.isEmpty()) {
        keepForSession(change, connection, credentials, keep);
        return;
    }
    // The job belongs to the list, not to the change: whoever gives up waiting must not leave keys in the keychain that
    // belong to no connection.
    CredentialJob *saving = m_keychain.save(connection.id, credentials, this);
    connect(saving, &CredentialJob::finished, this,
        [this, saving, stored = connection, isNew, change = QPointer(change)](
            const Result<Credentials> &outcome) mutable {
            saving->deleteLater();
            // A keychain that took too long may still take them.
            const bool mayBeThere = outcome ? !change : outcome.error().code == "KeychainFailed"_L1;
            if (isNew && mayBeThere)
                removeKeysIfPossible(stored.id);
            if (!change)
                return;
            if (!outcome) {
                emit change->finished(outcome.error());
                return;
            }
            m_session.erase(stored.id);
            m_loaded.erase(stored.id);
            stored.sessionOnly = false;
            emit keysChanged(stored.id);
            write(stored);
            emit change->finished(stored);
        });
}

void ConnectionList::keepForSession(
    ConnectionChange *change, Connection connection, const Credentials &credentials, KeepKeys keep)
{
    const std::optional<Connection> before = find(connection.id);
    if (keep != KeepKeys::ThisSessionWithoutKeychain && before && !before->sessionOnly)
        removeKeysIfPossible(connection.id);
    connection.sessionOnly = true;
    m_session.insert(connection.id, credentials);
    m_loaded.erase(connection.id);
    emit keysChanged(connection.id);
    write(connection);
    finishLater(change, connection);
}

void ConnectionList::removeKeysIfPossible(const QString &id)
{
    CredentialJob *removing = m_keychain.remove(id, this);
    connect(removing, &CredentialJob::finished, removing, &QObject::deleteLater);
}

void ConnectionList::forget(const QString &id)
{
    m_session.erase(id);
    m_loaded.erase(id);
    QList<SavedConnection> saved = m_settings.connections();
    saved.removeIf([&id](const SavedConnection &connection) { return connection.id == id; });
    m_settings.setConnections(saved);
    if (m_settings.lastConnectionId() == id)
        m_settings.setLastConnectionId({});
    emit changed();
}

void ConnectionList::write(const Connection &connection)
{
    QList<SavedConnection> saved = m_settings.connections();
    const auto place = std::find_if(saved.begin(), saved.end(),
        [&connection](const SavedConnection &candidate) { return candidate.id == connection.id; });
    if (place == saved.end())
        saved.append(savedOf(connection));
    else
        *place = savedOf(connection);
    m_settings.setConnections(saved);
    emit changed();
}

Error ConnectionList::missingKeys(const Connection &connection, bool wereKept) const
{
    Error error { .kind = Error::Kind::NoCredentials };
    if (wereKept) {
        error.code = u"KeysMissing"_s;
        error.detail = u"The keychain holds no keys for the connection “%1”. Enter them again."_s;
    } else {
        error.code = u"KeysNotKept"_s;
        error.detail = u"The keys of the connection “%1” were kept for one session only. Enter them again."_s;
    }
    error.detail = error.detail.arg(connection.name);
    return error;
}

std::optional<Error> ConnectionList::problemWith(const Connection &connection) const
{
    Error error { .kind = Error::Kind::InvalidInput };
    if (connection.name.trimmed().isEmpty() || connection.name.size() > longestName) {
        error.code = u"ConnectionName"_s;
        error.detail = u"A connection's name has 1 to 64 characters."_s;
        return error;
    }
    if (!isNameFree(connection.name, connection.id)) {
        error.code = u"ConnectionNameTaken"_s;
        error.detail = u"Another connection has this name."_s;
        return error;
    }
    return std::nullopt;
}

} // namespace optout
