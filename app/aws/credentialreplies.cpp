// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/credentialreplies.h"

#include "aws/isotime.h"
#include "aws/secretjson.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

Error bad(const QString &detail) { return { .kind = Error::Kind::BadResponse, .detail = detail }; }

//! \a token: the name that the session token goes by, which with Expiration need not be there unless isAllNeeded.
Result<Credentials> keysOf(const SecretJson &json, std::string_view token, bool isAllNeeded)
{
    const auto missing = [](std::string_view name) {
        return bad(
            u"It has no %1, or one that is no text."_s.arg(QString::fromUtf8(name.data(), qsizetype(name.size()))));
    };
    Credentials out { .accessKeyId = json.text({ "AccessKeyId" }).value_or(QString()),
        .secretAccessKey = json.secret({ "SecretAccessKey" }),
        .sessionToken = json.secret({ token }) };
    if (out.accessKeyId.isEmpty())
        return missing("AccessKeyId");
    if (out.secretAccessKey.isEmpty())
        return missing("SecretAccessKey");
    // An empty text is taken for none; asked last, so that no token is copied into a QString.
    if (out.sessionToken.isEmpty() && (isAllNeeded || json.has({ token })) && !json.text({ token }))
        return missing(token);
    if (const std::optional<QString> text = json.text({ "Expiration" })) {
        out.expires = isoTime(*text);
        if (!out.expires)
            return bad(u"Its Expiration is no time such as 2026-01-31T23:59:59Z."_s);
    } else if (isAllNeeded || json.has({ "Expiration" })) {
        return missing("Expiration");
    }
    return out;
}

} // namespace

Result<Credentials> readProcessCredentials(const QByteArray &text)
{
    const SecretJson json(text);
    if (!json.problem().isEmpty())
        return bad(u"It is no JSON object."_s);
    const std::optional<double> version = json.number({ "Version" });
    if (!version)
        return bad(u"It has no Version, or one that is no number; version 1 is supported."_s);
    if (*version != 1.0)
        return bad(u"Its Version is %1; version 1 is supported."_s.arg(*version));
    return keysOf(json, "SessionToken", false);
}

Result<Credentials> readMetadataCredentials(const QByteArray &body)
{
    const SecretJson json(body);
    if (!json.problem().isEmpty())
        return bad(u"It is no JSON object."_s);
    if (!json.has({ "AccessKeyId" }) && !json.has({ "SecretAccessKey" })) {
        const auto code = json.text({ "Code" });
        const auto message = json.text({ "Message" });
        if (code && message) {
            Error error = bad(message->left(500));
            error.code = code->left(100);
            return error;
        }
    }
    return keysOf(json, "Token", true);
}

} // namespace optout
