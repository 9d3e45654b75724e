// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/pagetoken.h"

#include "demo/permutation.h"

#include <QMessageAuthenticationCode>
#include <QtEndian>

#include <array>

namespace optout::demo {

namespace {

constexpr qsizetype codeBytes = 16, placeBytes = 8;

} // namespace

PageTokens::PageTokens(quint64 seed)
    : m_key(32, Qt::Uninitialized)
{
    for (int i = 0; i < 4; ++i)
        qToBigEndian(seed = scatter(seed + 0x70616765), m_key.data() + i * 8);
}

QByteArray PageTokens::code(const QByteArray &query, const QByteArray &place) const
{
    return QMessageAuthenticationCode::hash(place + query, m_key, QCryptographicHash::Sha256).left(codeBytes);
}

QByteArray PageTokens::masked(const QByteArray &code, QByteArray place) const
{
    const QByteArray mask = QMessageAuthenticationCode::hash(code, m_key, QCryptographicHash::Sha256);
    for (qsizetype i = 0; i < place.size(); ++i)
        place[i] = char(place.at(i) ^ mask.at(i));
    return place;
}

QByteArray PageTokens::seal(const QByteArray &query, Place place) const
{
    QByteArray plain(placeBytes, Qt::Uninitialized);
    qToBigEndian(place.row, plain.data());
    qToBigEndian(place.turn, plain.data() + 4);
    const QByteArray authentication = code(query, plain);
    return (authentication + masked(authentication, plain)).toBase64();
}

std::optional<PageTokens::Place> PageTokens::open(const QByteArray &query, const QByteArray &token) const
{
    const auto decoded = QByteArray::fromBase64Encoding(token, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || (*decoded).size() != codeBytes + placeBytes || (*decoded).toBase64() != token)
        return std::nullopt;
    const QByteArray authentication = (*decoded).left(codeBytes);
    const QByteArray plain = masked(authentication, (*decoded).mid(codeBytes));
    if (code(query, plain) != authentication)
        return std::nullopt;
    return Place { qFromBigEndian<quint32>(plain.constData()), qFromBigEndian<quint32>(plain.constData() + 4) };
}

} // namespace optout::demo
