// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "signin/credentialsource.h"
#include "signin/ssocache.h"
#include "signin/ssomessages.h"

#include <QTimer>

#include <chrono>

namespace optout {

class SsoCall;

//! Signs in to IAM Identity Center with the device authorization grant: registers the program (a registration that the
//! CLI left in its cache serves as well), shows a code, and asks for the token until somebody has allowed it in the
//! browser. Deleting it stops everything, withdraws the code and emits nothing. (RFC 8628; botocore.utils,
//! SSOTokenFetcher.)
class DeviceSignIn final : public QObject {
    Q_OBJECT
public:
    //! \param secondLength how long the service's seconds are while polling; tests take short ones
    DeviceSignIn(const SourceParts &parts, SsoStep step, QString profile, QObject *parent,
        std::chrono::milliseconds secondLength = std::chrono::seconds(1));
    ~DeviceSignIn() override;
    void start(); //!< at most once

signals:
    //! Exactly once, from the event loop. Errors: what the prompt says when it is cancelled; AccessDenied when the
    //! person refuses in the browser; NoCredentials with code ExpiredTokenException when nobody answered in time.
    void finished(const optout::Result<optout::SsoToken> &outcome);

private:
    SsoCall *call(SignInAction action, const HttpRequest &request);
    void readRegistration();
    void registerClient();
    void onRegistered(const Result<HttpReply> &outcome);
    void authorize();
    void onAuthorized(const Result<HttpReply> &outcome);
    void show();
    void pollLater();
    void poll();
    void onPolled(const Result<HttpReply> &outcome);
    void onPollRefused(const Error &error);
    void finish(const Result<SsoToken> &outcome);

    SourceParts m_parts;
    SsoStep m_step;
    QString m_profile;
    std::chrono::milliseconds m_secondLength;
    QUrl m_endpoint {};
    QString m_registrationPath;
    SsoRegistration m_registration {};
    bool m_registrationIsOld = false; //!< from the cache: the service may have forgotten it
    DeviceGrant m_grant {};
    std::chrono::steady_clock::time_point m_deadline {};
    QTimer m_pollTimer;
    QObject *m_shown = nullptr; //!< a child; its end withdraws the code
    bool m_finished = false;
};

} // namespace optout

Q_DECLARE_METATYPE(optout::Result<optout::SsoToken>)
