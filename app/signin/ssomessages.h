// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/signinaction.h"
#include "core/clock.h"
#include "core/result.h"
#include "core/secret.h"
#include "net/httptransport.h"
#include "profile/signinplan.h"
#include "signin/ssocache.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <chrono>

namespace optout {

// What is said to IAM Identity Center, unsigned, and what it answers. Pure; any thread. The readers give BadResponse,
// in words without any value, for an answer that lacks what is needed. (Service models sso-oidc 2019-06-10 and sso
// 2019-06-10; RFC 8628 for the device authorization grant.)

//! \param now part of the client's name for legacy keys, as the CLI makes it
HttpRequest registerClientRequest(const QUrl &endpoint, const SsoStep &step, Timestamp now);
HttpRequest startDeviceAuthorizationRequest(
    const QUrl &endpoint, const SsoRegistration &registration, const QString &startUrl);
HttpRequest deviceTokenRequest(const QUrl &endpoint, const SsoRegistration &registration, const Secret &deviceCode);
HttpRequest refreshTokenRequest(const QUrl &endpoint, const SsoToken &token);
HttpRequest roleCredentialsRequest(const QUrl &endpoint, const SsoStep &step, const Secret &accessToken);

//! The scopes are not in the answer: the caller adds those it asked for.
Result<SsoRegistration> readClientRegistration(const QByteArray &body);

struct DeviceGrant {
    Secret deviceCode {};
    QString userCode {}; //!< printable ASCII, at most 64 characters: it is shown, on a terminal too
    QUrl verificationUrl {}; //!< with the code in it, if the service gave that one
    QUrl plainUrl {};
    std::chrono::seconds expiresIn {}; //!< 1 second to 1 hour
    std::chrono::seconds interval {}; //!< 1 second to 1 minute
};
//! BadResponse also for addresses that are neither https nor on this computer: they are opened in the browser.
Result<DeviceGrant> readDeviceGrant(const QByteArray &body);

struct GrantedToken {
    Secret accessToken {};
    Secret refreshToken {}; //!< may be empty
    std::chrono::seconds expiresIn {};
};
Result<GrantedToken> readGrantedToken(const QByteArray &body);

//! The error in an answer with a status other than 2xx: code from the header x-amzn-ErrorType or, without it, from the
//! OAuth member `error` ("slow_down" is SlowDownException); the words name service and call.
Error ssoError(SignInAction action, const HttpReply &reply);

} // namespace optout
