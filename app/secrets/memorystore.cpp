// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "secrets/memorystore.h"

#include "secrets/readyjob.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

CredentialJob *MemoryStore::load(const QString &id, QObject *parent)
{
    const auto found = m_entries.constFind(id);
    if (found == m_entries.cend())
        return makeReadyJob(
            Error { .kind = Error::Kind::NotFound, .detail = u"There are no keys for this connection."_s }, parent);
    return makeReadyJob(*found, parent);
}

CredentialJob *MemoryStore::save(const QString &id, const Credentials &credentials, QObject *parent)
{
    insert(id, credentials);
    return makeReadyJob(Credentials {}, parent);
}

CredentialJob *MemoryStore::remove(const QString &id, QObject *parent)
{
    erase(id);
    return makeReadyJob(Credentials {}, parent);
}

} // namespace optout
