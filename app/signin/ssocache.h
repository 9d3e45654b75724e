// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/clock.h"
#include "core/result.h"
#include "core/secret.h"
#include "profile/signinplan.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <optional>

namespace optout {

// The AWS CLI's token cache: what its files are called and what is in them. All of it pure; any thread.
// (botocore.utils SSOTokenFetcher and SSOTokenLoader, botocore.tokens SSOTokenProvider; AWS CLI 2.9.19, botocore 1.43.)

//! A program's registration with the token service, which lets it ask for tokens.
struct SsoRegistration {
    QString clientId {};
    Secret clientSecret {};
    Timestamp expires {};
    QStringList scopes {}; //!< empty without sso_registration_scopes
    QStringList grantTypes {}; //!< written by `aws sso login` since 2.22 only, which signs in without a device code

    //! Whether it may be used with a device code. The CLI keeps both kinds under one name, and each of its two ways to
    //! sign in replaces the registration of the other. (AWS CLI 2.22, BaseSSOTokenFetcher.)
    bool isForDeviceCode() const { return !grantTypes.contains(u"authorization_code"); }
    bool operator==(const SsoRegistration &) const = default;
};

//! A signed-in session of IAM Identity Center.
struct SsoToken {
    QString startUrl {};
    QString region {};
    Secret accessToken {};
    Timestamp expires {};
    // What it is refreshed with; absent or empty for legacy keys.
    QString clientId {};
    Secret clientSecret {};
    std::optional<Timestamp> registrationExpires {};
    Secret refreshToken {};
    Secret others {}; //!< members that this program does not know, as SecretJson::others() gives them

    //! Whether everything is there that a refresh takes, and the registration still holds. (SSOTokenProvider)
    bool canRefresh(Timestamp now) const;
    bool operator==(const SsoToken &) const = default;
};

//! "SHA1.json" of the session's name, or of the start URL for legacy keys.
QString ssoTokenFileName(const SsoStep &step);
//! "SHA1.json" of start URL, region, scopes and session's name, as the CLI's device authorization flow calls it.
QString ssoRegistrationFileName(const SsoStep &step);

//! BadResponse, in words that name the missing or unreadable member and no value, if the CLI could not use it either:
//! accessToken and expiresAt have to be there.
Result<SsoToken> readSsoCache(QByteArrayView text);
Secret writeSsoCache(const SsoToken &token);

Result<SsoRegistration> readSsoRegistration(QByteArrayView text);
Secret writeSsoRegistration(const SsoRegistration &registration);

//! The portal's answer to GetRoleCredentials: {"roleCredentials": {"accessKeyId", "secretAccessKey", "sessionToken",
//! "expiration": milliseconds since 1970}}. BadResponse if a member is missing.
Result<Credentials> readRoleCredentials(QByteArrayView body);

//! Whether a token can go into a header: visible ASCII, and not empty. A line break there would be a header of its own.
bool isSendable(const Secret &token);

//! "2023-01-01T00:00:00Z", as all of the CLI's versions since 2.9 write it; before, "…UTC" at the end. isoTime() reads
//! both.
QString writeCacheTime(Timestamp time);

} // namespace optout
