// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/connectionsignin.h"

#include "aws/accesskey.h"
#include "text/signintext.h"

#include <QPointer>

#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

Error signInError(Error error)
{
    if (isSignInError(error))
        return error;
    switch (error.kind) {
    case Error::Kind::Cancelled:
    case Error::Kind::AccessDenied:
    case Error::Kind::NotFound:
    case Error::Kind::InvalidInput:
    case Error::Kind::BadResponse:
        error.members.append({ .name = signInKindMember(), .value = QString::number(int(error.kind)) });
        error.kind = Error::Kind::NoCredentials;
        break;
    case Error::Kind::NoCredentials:
    case Error::Kind::Internal:
    case Error::Kind::Throttled:
    case Error::Kind::ServiceFault:
    case Error::Kind::Network:
    case Error::Kind::Timeout:
    case Error::Kind::Storage:
        error.members.append({ .name = signInKindMember(), .value = QString::number(int(error.kind)) });
        break;
    }
    return error;
}

bool isSignInError(const Error &error) { return !error.member(signInKindMember()).isEmpty(); }

ConnectionSignIn::ConnectionSignIn(Connection connection, PreparedSignIn prepared)
    : m_connection(std::move(connection))
    , m_prepared(std::move(prepared))
{
    connect(m_prepared.engine.get(), &SignInEngine::changed, this, &ConnectionSignIn::changed);
}

ConnectionSignIn::~ConnectionSignIn() = default;

void ConnectionSignIn::provide(QObject *context, std::function<void(const Result<Credentials> &)> done)
{
    m_prepared.engine->provide(
        context, [self = QPointer(this), done = std::move(done)](const Result<Credentials> &keys) {
            const Result<Credentials> outcome = keys ? keys : Result<Credentials>(signInError(keys.error()));
            if (self)
                self->note(outcome);
            done(outcome);
        });
}

bool ConnectionSignIn::invalidate(const QString &accessKeyId) { return m_prepared.engine->invalidate(accessKeyId); }

void ConnectionSignIn::note(const Result<Credentials> &outcome)
{
    const std::optional<Error> before = m_problem;
    m_problem = outcome ? std::nullopt : std::optional(outcome.error());
    const QString accountBefore = m_accountKey;
    if (outcome)
        m_accountKey = accountKeyOf(outcome->accessKeyId);
    if (m_problem != before || m_accountKey != accountBefore)
        emit changed();
    if (outcome && !m_identityAsked && canAskIdentity()) {
        // Later: who it is must not hold up the call that these keys are for.
        m_identityAsked = true;
        QMetaObject::invokeMethod(
            this, [this] { askIdentity(this, [](const Result<CallerIdentity> &) {}); }, Qt::QueuedConnection);
    }
}

void ConnectionSignIn::askIdentity(QObject *context, std::function<void(const Result<CallerIdentity> &)> done)
{
    m_identityAsked = true;
    m_prepared.askIdentity(
        context, [self = QPointer(this), done = std::move(done)](const Result<CallerIdentity> &outcome) {
            if (self && outcome && self->m_identity != *outcome) {
                self->m_identity = *outcome;
                emit self->changed();
            }
            done(outcome);
        });
}

} // namespace optout
