// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "secrets/memorystore.h"
#include "secrets/readyjob.h"

#include <optional>

namespace optout::test {

using namespace Qt::Literals::StringLiterals;

//! A keychain that can be locked, denied, absent, or never answer.
class FakeKeychain final : public CredentialStore {
public:
    CredentialJob *load(const QString &id, QObject *parent) override
    {
        ++m_loads;
        return trouble(parent, [&] { return m_entries.load(id, parent); });
    }
    CredentialJob *save(const QString &id, const Credentials &credentials, QObject *parent) override
    {
        ++m_saves;
        return trouble(parent, [&] { return m_entries.save(id, credentials, parent); });
    }
    CredentialJob *remove(const QString &id, QObject *parent) override
    {
        ++m_removals;
        return trouble(parent, [&] { return m_entries.remove(id, parent); });
    }

    //! Every job fails with that code, until told otherwise with an empty one.
    void failWith(const QString &code) { m_code = code; }
    void stall(bool stalled) { m_stalled = stalled; }

    MemoryStore &entries() { return m_entries; }
    int loads() const { return m_loads; }
    int saves() const { return m_saves; }
    int removals() const { return m_removals; }

private:
    template <typename Job> CredentialJob *trouble(QObject *parent, Job job)
    {
        if (m_stalled)
            return new CredentialJob(parent);
        if (m_code.isEmpty())
            return job();
        return makeReadyJob(
            Error { .kind = Error::Kind::Storage, .code = m_code, .detail = u"the backend’s own words"_s }, parent);
    }

    MemoryStore m_entries;
    QString m_code;
    bool m_stalled = false;
    int m_loads = 0;
    int m_saves = 0;
    int m_removals = 0;
};

inline Credentials longTermKeys(QByteArrayView secret = "CANARY-secret/of+forty-characters-xxxxxx")
{
    return { .accessKeyId = u"AKIAIOSFODNN7EXAMPLE"_s, .secretAccessKey = Secret(secret), .sessionToken = {} };
}

} // namespace optout::test
