// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/keyissuer.h"

#include "demo/demoendpoint.h"
#include "domain/optedoutnumber.h"

#include <QRandomGenerator>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

namespace {

QByteArray randomBytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(QRandomGenerator::system()->bounded(256));
    return bytes;
}

constexpr QLatin1StringView base32("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");

//! As ids of roles are written: four letters that tell the kind, and 16 of base32.
QString randomId(QLatin1StringView kind)
{
    QString id = kind;
    for (const char byte : randomBytes(16))
        id += base32[uchar(byte) % base32.size()];
    return id;
}

//! The id of a temporary key, with the account in it as AWS has it (see accountKeyOf()): keys of one account that tell
//! of different ones are taken for what they say.
QString keyId()
{
    QString id = randomId("ASIA"_L1);
    constexpr int accountDigits = 9, bitsOfDigit = 5; // 1, the account's 40 bits, and 4 that say nothing of it
    const quint64 bits = quint64(1) << 44 | DemoEndpoint::accountId().toULongLong() << 4;
    for (int i = 0; i < accountDigits; ++i)
        id[4 + i] = base32[qsizetype(bits >> bitsOfDigit * (accountDigits - 1 - i) & 31)];
    return id;
}

} // namespace

QByteArray randomToken(int bytes)
{
    return randomBytes(bytes).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

KeyIssuer::KeyIssuer(std::optional<std::chrono::seconds> lifetime, Announce announce)
    : m_lifetime(lifetime)
    , m_announce(std::move(announce))
{
    const QString users = u"arn:aws:iam::%1:user/"_s.arg(DemoEndpoint::accountId());
    const Principal reader { users + u"demo-reader"_s, u"AIDAOPTOUTDEMOREADER"_s };
    m_owners = { { DemoEndpoint::credentials().accessKeyId, reader },
        { DemoEndpoint::temporaryCredentials().accessKeyId, reader }, // a session of the same user
        { DemoEndpoint::deniedCredentials().accessKeyId, { users + u"demo-denied"_s, u"AIDAOPTOUTDEMODENIED"_s } } };
}

KeyIssuer::Issued KeyIssuer::issue(
    const QString &role, const QString &session, std::chrono::seconds asked, Timestamp now)
{
    Issued issued { .keys = { .accessKeyId = keyId(),
                        .secretAccessKey = Secret(randomBytes(30).toBase64()),
                        .sessionToken = Secret(randomBytes(384).toBase64()),
                        .expires = now + m_lifetime.value_or(asked) },
        .owner = { .arn = u"arn:aws:sts::%1:assumed-role/%2/%3"_s.arg(DemoEndpoint::accountId(), role, session),
            .userId = randomId("AROA"_L1) + u':' + session,
            .role = role } };
    m_owners.insert(issued.keys.accessKeyId, issued.owner);
    m_announce(issued.keys, issued.owner);
    return issued;
}

QString roleArn(const QString &role) { return u"arn:aws:iam::%1:role/%2"_s.arg(DemoEndpoint::accountId(), role); }

QString wholeSeconds(Timestamp time)
{
    return QString::fromStdString(toIso8601(time).substr(0, 19)) + u'Z'; // services write no fraction here
}

} // namespace optout::demo
