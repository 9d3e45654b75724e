// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/seentokens.h"

#include <QCryptographicHash>

#include <cstring>

namespace optout {

using namespace Qt::Literals::StringLiterals;

bool SeenTokens::add(const QString &token)
{
    const QByteArray hash = QCryptographicHash::hash(token.toUtf8(), QCryptographicHash::Blake2s_128);
    Digest digest {};
    Q_ASSERT(hash.size() == qsizetype(sizeof digest));
    std::memcpy(digest.data(), hash.constData(), sizeof digest);
    return m_digests.insert(digest).second;
}

Error SeenTokens::repeatedError()
{
    return Error { .kind = Error::Kind::BadResponse,
        .code = u"RepeatedToken"_s,
        .detail = u"The service gave the same continuation token twice, so the read would go round in circles. What "
                  "was read so far may not be the whole list. Read it again from the start."_s };
}

} // namespace optout
