// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/proxysettings.h"

#include <QHash>

namespace optout {

//! What to sign in to proxies with, for as long as the program runs; shared by all transports. In memory only.
class ProxyPasswords {
public:
    //! \param proxy "proxy.example.com:3128" (ProxyAddress::text())
    void set(const QString &proxy, const ProxyCredentials &credentials)
    {
        m_known.insert(proxy, credentials);
        ++m_generation;
    }
    std::optional<ProxyCredentials> find(const QString &proxy) const
    {
        const auto found = m_known.constFind(proxy);
        return found == m_known.cend() ? std::nullopt : std::optional(*found);
    }
    //! Another one after each set(): whether there is anything new to try.
    int generation() const { return m_generation; }

private:
    QHash<QString, ProxyCredentials> m_known {};
    int m_generation = 0;
};

} // namespace optout
