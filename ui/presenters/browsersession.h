// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/signindesk.h"
#include "service/optoutservice.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace optout {

class Settings;

//! The connection in use: from its sign-in to a service that can be called. GUI thread only.
class BrowserSession final : public QObject {
    Q_OBJECT
public:
    enum class State {
        Disconnected,
        Connecting, //!< working out how to sign in, or asking the keychain; nothing has been sent to AWS
        Connected, //!< there is a service; whether AWS takes the keys shows with the first call
        SignInNeeded, //!< there is a service, but no keys for it until a person does something: error()
        Failed, //!< error(): no way to sign in, or no endpoint for this region
    };
    //! Makes the service for a connection whose region is the one in effect.
    using ServiceFactory = std::function<Result<std::shared_ptr<OptOutService>>(
        const Connection &, const std::shared_ptr<CredentialsProvider> &, const ServiceSettings &)>;

    //! Desk, connections and settings must outlive this object.
    BrowserSession(SignInDesk &desk, ConnectionList &connections, Settings &settings, ServiceFactory factory,
        QObject *parent = nullptr);
    ~BrowserSession() override;

    //! Makes the service. For the connection already in use it takes its sign-in anew, if that is another one by now or
    //! has failed, and asks it for keys: the service there is stays until there are some. A connection that was
    //! changed, or whose keys are of another account, is another place.
    void connectTo(const QString &id);
    //! The same with a connection that need not be in the list: a profile that is asked for by name.
    void connectTo(const Connection &connection);
    //! Begins the sign-in of this connection anew: files are read, the keychain and a person are asked again.
    void signIn();
    //! The same connection in another region; connects again if it had failed.
    void setRegion(const QString &region);
    void disconnectFromService();

    State state() const { return m_state; }
    bool hasService() const { return m_service != nullptr; }
    const Error &error() const { return m_error; }
    //! With the region in effect; nothing when Disconnected.
    const std::optional<Connection> &connection() const { return m_connection; }
    std::shared_ptr<OptOutService> service() const { return m_service; }

    //! accountKeyOf() the keys of service(), or else those its sign-in gave last; empty until there have been some.
    QString accountKey() const;
    //! Who the caller is, once that is known.
    std::optional<CallerIdentity> identity() const;
    //! When the keys in hand end; nothing for keys that do not, and before there are any.
    std::optional<Timestamp> expires() const;
    //! "role Reader", "IAM Identity Center"; empty before there are keys.
    QString sourceWords() const;

signals:
    void changed();
    void switched(); //!< service() is for another place, or there is none: what was read is not of there
    void renewed(); //!< service() is for the same place with a sign-in of now

private:
    void openSignIn(bool samePlace);
    void adopt(const std::shared_ptr<ConnectionSignIn> &signIn, bool samePlace);
    void take(const std::shared_ptr<ConnectionSignIn> &signIn);
    void drop();
    void makeService(bool samePlace);
    void fail(const Error &error);
    void followSignIn();
    void followList();

    SignInDesk &m_desk;
    ConnectionList &m_connections;
    Settings &m_settings;
    ServiceFactory m_factory;
    State m_state = State::Disconnected;
    Error m_error;
    std::optional<Connection> m_connection;
    std::shared_ptr<ConnectionSignIn> m_signIn;
    std::shared_ptr<OptOutService> m_service;
    QString m_accountKey; // while the service has not had keys: of those that it was made for
    QObject *m_opening = nullptr; // context of the desk's answer, and of the keys after it; a child
};

} // namespace optout
