// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/writtennumbers.h"

#include <QCryptographicHash>

#include <algorithm>
#include <cstring>

namespace optout {

void WrittenNumbers::add(QByteArrayView number)
{
    m_digests.push_back(digestOf(number));
    m_isSorted = false;
}

bool WrittenNumbers::contains(QByteArrayView number)
{
    if (!m_isSorted)
        std::sort(m_digests.begin(), m_digests.end());
    m_isSorted = true;
    return std::binary_search(m_digests.cbegin(), m_digests.cend(), digestOf(number));
}

WrittenNumbers::Digest WrittenNumbers::digestOf(QByteArrayView number)
{
    const QByteArray whole =
        QCryptographicHash::hash(QByteArray::fromRawData(number.data(), number.size()), QCryptographicHash::Sha256);
    Digest digest {};
    std::memcpy(digest.data(), whole.constData(), sizeof digest);
    return digest;
}

} // namespace optout
