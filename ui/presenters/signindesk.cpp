// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/signindesk.h"

#include <QPointer>

#include <utility>

namespace optout {

SignInDesk::SignInDesk(ConnectionList &connections, PrepareSignIn prepare, QObject *parent)
    : QObject(parent)
    , m_connections(connections)
    , m_prepare(std::move(prepare))
{
    connect(&m_connections, &ConnectionList::keysChanged, this, &SignInDesk::forget);
    connect(&m_connections, &ConnectionList::configChanged, this, &SignInDesk::forgetProfiles);
    connect(&m_connections, &ConnectionList::changed, this, &SignInDesk::followConnections);
}

SignInDesk::~SignInDesk() = default;

void SignInDesk::open(const Connection &connection, QObject *context, std::function<void(const Outcome &)> done)
{
    using Source = Connection::Source;
    std::shared_ptr<ConnectionSignIn> known = find(connection.id);
    if (known && known->problem() && known->problem()->kind == Error::Kind::NoCredentials) {
        forget(connection.id); // what a person may have mended by now
        known.reset();
    }
    if (known || (connection.source != Source::Saved && connection.source != Source::Demo)) {
        const Outcome outcome = known ? Outcome(known) : keep(connection, std::nullopt);
        QMetaObject::invokeMethod(
            context, [outcome, done = std::move(done)] { done(outcome); }, Qt::QueuedConnection);
        return;
    }
    CredentialJob *job = m_connections.credentialsFor(connection.id, context);
    connect(job, &CredentialJob::finished, context,
        [self = QPointer(this), job, connection, done = std::move(done)](const Result<Credentials> &keys) {
            job->deleteLater();
            if (self)
                done(keys ? self->keep(connection, *keys) : Outcome(signInError(keys.error())));
        });
}

SignInDesk::Outcome SignInDesk::openWith(const Connection &connection, const Credentials &keys) const
{
    const Result<PreparedSignIn> prepared = m_prepare(connection, keys);
    if (!prepared)
        return signInError(prepared.error());
    return std::make_shared<ConnectionSignIn>(connection, *prepared);
}

SignInDesk::Outcome SignInDesk::keep(const Connection &connection, const std::optional<Credentials> &keys)
{
    const Result<PreparedSignIn> prepared = m_prepare(connection, keys);
    if (!prepared)
        return signInError(prepared.error());
    auto signIn = std::make_shared<ConnectionSignIn>(connection, *prepared);
    m_open.insert(connection.id, signIn);
    connect(signIn.get(), &ConnectionSignIn::changed, this, [this, id = connection.id] { emit changed(id); });
    return signIn;
}

std::shared_ptr<ConnectionSignIn> SignInDesk::find(const QString &id) const { return m_open.value(id); }

void SignInDesk::forget(const QString &id)
{
    if (const std::shared_ptr<ConnectionSignIn> signIn = m_open.take(id)) {
        signIn->disconnect(this);
        emit changed(id);
    }
}

// One profile may lead to another, so any change may concern any of them.
void SignInDesk::forgetProfiles()
{
    const auto open = m_open; // forget() changes it
    for (auto it = open.cbegin(); it != open.cend(); ++it) {
        if (it.value()->connection().source == Connection::Source::Profile)
            forget(it.key());
    }
}

void SignInDesk::followConnections()
{
    const auto open = m_open;
    for (auto it = open.cbegin(); it != open.cend(); ++it) {
        const std::optional<Connection> now = m_connections.find(it.key());
        if (!now || !now->isLike(it.value()->connection()))
            forget(it.key());
    }
}

} // namespace optout
