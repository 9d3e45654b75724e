// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/ssocache.h"

#include "aws/isotime.h"
#include "aws/secretjson.h"

#include <QCryptographicHash>
#include <QDateTime>

#include <algorithm>
#include <initializer_list>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

QString sha1FileName(const QByteArray &text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex()) + u".json"_s;
}

Error unusable(const QString &words) { return { .kind = Error::Kind::BadResponse, .detail = words }; }

//! A member that has to be there and is a time; the error's words otherwise.
Result<Timestamp> timeIn(const SecretJson &json, std::string_view name)
{
    const QString shown = QString::fromUtf8(name.data(), qsizetype(name.size()));
    const std::optional<QString> text = json.text({ name });
    if (!text)
        return unusable(u"has no %1"_s.arg(shown));
    const std::optional<Timestamp> time = isoTime(*text);
    if (!time)
        return unusable(u"has an %1 that is no time"_s.arg(shown));
    return *time;
}

} // namespace

bool SsoToken::canRefresh(Timestamp now) const
{
    return !refreshToken.isEmpty() && !clientId.isEmpty() && !clientSecret.isEmpty() && registrationExpires
        && *registrationExpires > now;
}

QString ssoTokenFileName(const SsoStep &step)
{
    return sha1FileName((step.sessionName.isEmpty() ? step.startUrl : step.sessionName).toUtf8());
}

// The hash is over Python's json.dumps(..., sort_keys=True) of a dict, with its blanks.
QString ssoRegistrationFileName(const SsoStep &step)
{
    QByteArray scopes = "null";
    if (!step.sessionName.isEmpty() && !step.scopes.isEmpty()) {
        QByteArrayList quoted;
        for (const QString &scope : step.scopes)
            quoted += jsonQuoted(scope);
        scopes = '[' + quoted.join(", ") + ']';
    }
    const QByteArray session = step.sessionName.isEmpty() ? QByteArray("null") : jsonQuoted(step.sessionName);
    return sha1FileName("{\"region\": " + jsonQuoted(step.region) + ", \"scopes\": " + scopes + ", \"session_name\": "
        + session + ", \"startUrl\": " + jsonQuoted(step.startUrl) + ", \"tool\": \"botocore\"}");
}

Result<SsoToken> readSsoCache(QByteArrayView text)
{
    const SecretJson json(text);
    if (!json.problem().isEmpty())
        return unusable(json.problem());
    SsoToken out;
    out.accessToken = json.secret({ "accessToken" });
    if (out.accessToken.isEmpty())
        return unusable(u"has no accessToken"_s);
    if (!isSendable(out.accessToken))
        return unusable(u"has an accessToken with characters that no token has"_s);
    const Result<Timestamp> expires = timeIn(json, "expiresAt");
    if (!expires)
        return expires.error();
    out.expires = *expires;
    out.startUrl = json.text({ "startUrl" }).value_or(QString());
    out.region = json.text({ "region" }).value_or(QString());
    out.clientId = json.text({ "clientId" }).value_or(QString());
    out.clientSecret = json.secret({ "clientSecret" });
    // A registration whose end cannot be read is as good as none: the token can be used, only not refreshed.
    if (const std::optional<QString> end = json.text({ "registrationExpiresAt" }))
        out.registrationExpires = isoTime(*end);
    out.refreshToken = json.secret({ "refreshToken" });
    out.others = json.others({ "startUrl", "region", "accessToken", "expiresAt", "clientId", "clientSecret",
        "registrationExpiresAt", "refreshToken" });
    return out;
}

Secret writeSsoCache(const SsoToken &token)
{
    SecretJsonWriter out(token.startUrl.size() + token.region.size() + token.accessToken.expose().size()
        + token.clientId.size() + token.clientSecret.expose().size() + token.refreshToken.expose().size()
        + token.others.expose().size());
    out.add("startUrl", token.startUrl);
    out.add("region", token.region);
    out.add("accessToken", token.accessToken);
    out.add("expiresAt", writeCacheTime(token.expires));
    if (!token.clientId.isEmpty())
        out.add("clientId", token.clientId);
    if (!token.clientSecret.isEmpty())
        out.add("clientSecret", token.clientSecret);
    if (token.registrationExpires)
        out.add("registrationExpiresAt", writeCacheTime(*token.registrationExpires));
    if (!token.refreshToken.isEmpty())
        out.add("refreshToken", token.refreshToken);
    out.addOthers(token.others);
    return out.finish();
}

Result<SsoRegistration> readSsoRegistration(QByteArrayView text)
{
    const SecretJson json(text);
    if (!json.problem().isEmpty())
        return unusable(json.problem());
    SsoRegistration out { .clientId = json.text({ "clientId" }).value_or(QString()),
        .clientSecret = json.secret({ "clientSecret" }),
        .expires = {},
        .scopes = json.texts({ "scopes" }),
        .grantTypes = json.texts({ "grantTypes" }) };
    if (out.clientId.isEmpty() || out.clientSecret.isEmpty())
        return unusable(u"has no clientId or no clientSecret"_s);
    const Result<Timestamp> expires = timeIn(json, "expiresAt");
    if (!expires)
        return expires.error();
    out.expires = *expires;
    return out;
}

Secret writeSsoRegistration(const SsoRegistration &registration)
{
    qsizetype size = registration.clientId.size() + registration.clientSecret.expose().size();
    for (const QString &text : registration.scopes + registration.grantTypes)
        size += text.size() + 4;
    SecretJsonWriter out(size);
    out.add("clientId", registration.clientId);
    out.add("clientSecret", registration.clientSecret);
    out.add("expiresAt", writeCacheTime(registration.expires));
    if (!registration.scopes.isEmpty())
        out.add("scopes", registration.scopes);
    if (!registration.grantTypes.isEmpty())
        out.add("grantTypes", registration.grantTypes);
    return out.finish();
}

Result<Credentials> readRoleCredentials(QByteArrayView body)
{
    const SecretJson json(body);
    if (!json.problem().isEmpty())
        return unusable(u"The answer %1."_s.arg(json.problem()));
    Credentials out { .accessKeyId = json.text({ "roleCredentials", "accessKeyId" }).value_or(QString()),
        .secretAccessKey = json.secret({ "roleCredentials", "secretAccessKey" }),
        .sessionToken = json.secret({ "roleCredentials", "sessionToken" }) };
    const std::optional<qint64> expiration = json.integer({ "roleCredentials", "expiration" });
    if (out.accessKeyId.isEmpty() || out.secretAccessKey.isEmpty() || out.sessionToken.isEmpty() || !expiration)
        return unusable(u"The answer lacks accessKeyId, secretAccessKey, sessionToken or expiration."_s);
    out.expires = Timestamp(milliseconds(*expiration));
    return out;
}

bool isSendable(const Secret &token)
{
    const QByteArrayView bytes = token.expose();
    return !bytes.isEmpty() && std::all_of(bytes.begin(), bytes.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

QString writeCacheTime(Timestamp time)
{
    const qint64 ms = time.time_since_epoch().count();
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(u"yyyy-MM-dd'T'HH:mm:ss'Z'"_s);
}

} // namespace optout
