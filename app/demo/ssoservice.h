// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "demo/faultplan.h"
#include "demo/httpmessage.h"
#include "demo/keyissuer.h"
#include "demo/signinoptions.h"

#include <QHash>
#include <QJsonObject>

#include <map>

namespace optout::demo {

//! IAM Identity Center: the portal that gives keys for an access token, the OIDC service that gives access tokens by
//! the device authorization grant (RFC 8628) and for refresh tokens, and the page on which a person approves: whoever
//! fetches it with the code in its address has approved, or refused with `answer=deny`. One account, one role:
//! SsoReader.
class SsoService {
public:
    SsoService(const SignInOptions &options, KeyIssuer &issuer, Timestamp now);

    //! \param base address of this server, for the addresses in answers
    HttpAnswer answer(const HttpRequest &request, const QString &base, Timestamp now, const std::vector<Fault> &faults);

    static QString startUrl();
    static QString roleName();
    //! A token that is good from the start, as if somebody had signed in before.
    const QString &accessToken() const { return m_firstToken; }
    Timestamp accessTokenExpires() const { return m_accessTokens.value(m_firstToken).expires; }

private:
    struct Client {
        QString secret;
        bool mayRefresh = false; //!< it asked for a scope
    };
    struct Device {
        QString userCode;
        QString clientId;
        Timestamp expires {};
        std::optional<Timestamp> lastPoll {};
        int polls = 0;
        enum class State { Pending, Approved, Refused } state = State::Pending;
    };
    struct Token {
        Timestamp expires {};
    };

    HttpAnswer credentials(const HttpRequest &request, Timestamp now);
    HttpAnswer registerClient(const QJsonObject &asked, Timestamp now);
    HttpAnswer authorizeDevice(const QJsonObject &asked, const QString &base, Timestamp now);
    HttpAnswer token(const QJsonObject &asked, Timestamp now);
    std::optional<HttpAnswer> poll(Device &device, Timestamp now);
    HttpAnswer grant(const QString &clientId, Timestamp now);
    HttpAnswer page(const HttpRequest &request, Timestamp now);
    const Client *findClient(const QJsonObject &asked) const;

    SignInOptions m_options;
    KeyIssuer &m_issuer;
    QHash<QString, Client> m_clients;
    std::map<QString, Device> m_devices; // by device code
    QHash<QString, Token> m_accessTokens;
    QHash<QString, QString> m_refreshTokens; // to the client they were given to
    QString m_firstToken;
    int m_slowDowns;
};

} // namespace optout::demo
