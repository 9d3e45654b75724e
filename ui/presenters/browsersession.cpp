// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/browsersession.h"

#include "aws/accesskey.h"
#include "settings/settings.h"

#include <utility>

namespace optout {

BrowserSession::BrowserSession(
    SignInDesk &desk, ConnectionList &connections, Settings &settings, ServiceFactory factory, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_connections(connections)
    , m_settings(settings)
    , m_factory(std::move(factory))
{
    connect(&m_connections, &ConnectionList::changed, this, &BrowserSession::followList);
}

BrowserSession::~BrowserSession() = default;

void BrowserSession::connectTo(const QString &id)
{
    if (const std::optional<Connection> wanted = m_connections.find(id))
        connectTo(*wanted);
}

void BrowserSession::connectTo(const Connection &wanted)
{
    const bool samePlace = m_service && m_connection && m_connection->isLike(wanted);
    m_connection = wanted;
    if (!samePlace)
        drop();
    openSignIn(samePlace);
}

void BrowserSession::signIn()
{
    if (!m_connection)
        return;
    m_desk.forget(m_connection->id);
    m_connections.forgetLoadedKeys(m_connection->id);
    openSignIn(m_service != nullptr);
}

void BrowserSession::drop()
{
    if (m_signIn)
        m_signIn->disconnect(this);
    m_signIn.reset();
    m_service.reset();
    m_accountKey.clear();
}

void BrowserSession::openSignIn(bool samePlace)
{
    delete std::exchange(m_opening, new QObject(this));
    // The connection as it is in the list: a region that was chosen in the window is of no concern to the sign-in.
    Connection listed = m_connections.find(m_connection->id).value_or(*m_connection);
    m_desk.open(listed, m_opening, [this, samePlace](const SignInDesk::Outcome &outcome) {
        std::exchange(m_opening, nullptr)->deleteLater();
        if (outcome)
            adopt(*outcome, samePlace);
        else
            fail(outcome.error());
    });
    m_state = State::Connecting;
    emit changed();
    if (!samePlace)
        emit switched();
}

void BrowserSession::adopt(const std::shared_ptr<ConnectionSignIn> &signIn, bool samePlace)
{
    m_accountKey = samePlace ? accountKey() : QString();
    take(signIn);
    if (m_accountKey.isEmpty()) {
        makeService(samePlace);
        return;
    }
    // Reads go on with the keys of now: not before it is sure that they are of the same account. The same sign-in may
    // give those of another one by now, too.
    m_opening = new QObject(this);
    m_signIn->provide(m_opening, [this](const Result<Credentials> &keys) {
        std::exchange(m_opening, nullptr)->deleteLater();
        if (!keys) {
            fail(keys.error()); // nobody knows whose they would be
            return;
        }
        const QString before = std::exchange(m_accountKey, accountKeyOf(keys->accessKeyId));
        const bool sameAccount = !areOfDifferentAccounts(before, m_accountKey);
        if (!sameAccount)
            m_service.reset();
        makeService(sameAccount);
    });
}

void BrowserSession::take(const std::shared_ptr<ConnectionSignIn> &signIn)
{
    if (m_signIn)
        m_signIn->disconnect(this);
    m_signIn = signIn;
    connect(m_signIn.get(), &ConnectionSignIn::changed, this, &BrowserSession::followSignIn);
}

void BrowserSession::makeService(bool samePlace)
{
    ServiceSettings settings = m_signIn->settings();
    settings.region = m_connection->region;
    Result<std::shared_ptr<OptOutService>> made = m_factory(*m_connection, m_signIn, settings);
    if (!made) {
        fail(made.error());
        if (!samePlace)
            emit switched();
        return;
    }
    m_service = *made;
    m_state = State::Connected;
    if (m_connection->source != Connection::Source::Demo)
        m_settings.setLastConnectionId(m_connection->id);
    emit changed();
    if (samePlace)
        emit renewed();
    else
        emit switched();
}

void BrowserSession::fail(const Error &error)
{
    m_error = error;
    m_state = m_service && isSignInError(error) ? State::SignInNeeded : State::Failed;
    emit changed();
}

// What fails without a person's doing (no network, a fault of AWS) is told by the call that met it.
void BrowserSession::followSignIn()
{
    if (m_state == State::Connected || m_state == State::SignInNeeded) {
        const std::optional<Error> &problem = m_signIn->problem();
        const bool needsPerson = problem && problem->kind == Error::Kind::NoCredentials;
        m_state = needsPerson ? State::SignInNeeded : State::Connected;
        if (needsPerson)
            m_error = *problem;
    }
    emit changed();
}

void BrowserSession::setRegion(const QString &region)
{
    if (!m_connection || m_connection->region == region)
        return;
    m_connection->region = region;
    m_accountKey.clear();
    m_service.reset();
    if (m_signIn && !m_opening)
        makeService(false);
    else
        openSignIn(false);
}

void BrowserSession::disconnectFromService()
{
    delete std::exchange(m_opening, nullptr);
    m_state = State::Disconnected;
    m_connection.reset();
    drop();
    emit changed();
    emit switched();
}

QString BrowserSession::accountKey() const
{
    if (m_service && !m_service->accountKey().isEmpty())
        return m_service->accountKey();
    return m_accountKey.isEmpty() && m_signIn ? m_signIn->accountKey() : m_accountKey;
}

std::optional<CallerIdentity> BrowserSession::identity() const
{
    return m_signIn ? m_signIn->identity() : std::nullopt;
}

std::optional<Timestamp> BrowserSession::expires() const { return m_signIn ? m_signIn->expires() : std::nullopt; }

QString BrowserSession::sourceWords() const { return m_signIn ? m_signIn->sourceWords() : QString(); }

void BrowserSession::followList()
{
    if (!m_connection)
        return;
    const std::optional<Connection> now = m_connections.find(m_connection->id);
    if (!now) {
        // An editor may be writing the file just now; what was read with a profile stays.
        if (m_connection->source != Connection::Source::Profile)
            disconnectFromService();
    } else if (now->name != m_connection->name) {
        m_connection->name = now->name;
        emit changed();
    }
}

} // namespace optout
