// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "secrets/credentialstore.h"

#include <QHash>

namespace optout {

//! Keeps keys in memory until it is destroyed: for keys that are kept for this session only, and for tests. Unlike the
//! keychain it keeps session tokens as well, since they live no longer than it does.
class MemoryStore final : public CredentialStore {
public:
    CredentialJob *load(const QString &id, QObject *parent) override;
    CredentialJob *save(const QString &id, const Credentials &credentials, QObject *parent) override;
    CredentialJob *remove(const QString &id, QObject *parent) override;

    //! The same without a job: memory answers at once.
    bool contains(const QString &id) const { return m_entries.contains(id); }
    void insert(const QString &id, const Credentials &credentials) { m_entries.insert(id, credentials); }
    void erase(const QString &id) { m_entries.remove(id); }

private:
    QHash<QString, Credentials> m_entries;
};

} // namespace optout
