// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/accesskey.h"

#include <QCryptographicHash>

#include <optional>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {
//! AWS does not say how the ids are made; found by others: Tal Be'ery, "A short note on AWS KEY ID" (2023), and
//! WithSecure Labs, "A bitwise analysis of AWS access key identifiers". After the prefix come 80 bits in base32 (RFC
//! 4648): the first is 1 in keys of the present form, the 40 after it are the account's number.
std::optional<quint64> accountIn(QStringView id)
{
    constexpr qsizetype prefixLength = 4, length = 20;
    if (id.size() != length || !(id.startsWith(u"AKIA"_s) || id.startsWith(u"ASIA"_s)))
        return std::nullopt;
    quint64 bits = 0;
    for (qsizetype i = prefixLength; i < length; ++i) {
        const qsizetype value = u"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"_s.indexOf(id.at(i));
        if (value < 0)
            return std::nullopt;
        if (i < prefixLength + 9) // 45 bits, of which 41 count
            bits = bits << 5 | quint64(value);
    }
    const bool isPresentForm = (bits >> 44 & 1) != 0;
    const quint64 account = bits >> 4 & ((quint64(1) << 40) - 1);
    constexpr quint64 largest = 999'999'999'999;
    return isPresentForm && account <= largest ? std::optional(account) : std::nullopt;
}
} // namespace

QString accountKeyOf(const QString &accessKeyId)
{
    if (const std::optional<quint64> account = accountIn(accessKeyId))
        return u"%1"_s.arg(qulonglong(*account), 12, 10, QLatin1Char('0'));
    const QByteArray digest = QCryptographicHash::hash(accessKeyId.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.first(8).toHex());
}

bool mayBeOneAccount(const QString &accountKey, const QString &other)
{
    constexpr qsizetype digits = 12; // the other form is longer
    return accountKey.size() != digits || other.size() != digits || accountKey == other;
}

} // namespace optout
