// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/writtennumbers.h"

#include <QCryptographicHash>

#include <algorithm>
#include <cstring>
#include <iterator>

namespace optout {

void WrittenNumbers::add(QByteArrayView number) { m_digests.push_back(digestOf(number)); }

void WrittenNumbers::settle()
{
    std::sort(m_digests.begin(), m_digests.end());
    m_settled = std::ssize(m_digests);
}

bool WrittenNumbers::contains(QByteArrayView number) const
{
    return m_settled > 0 && std::binary_search(m_digests.cbegin(), m_digests.cbegin() + m_settled, digestOf(number));
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
