// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/httptransport.h"
#include "net/proxypasswords.h"
#include "net/proxyprompt.h"
#include "net/proxysettings.h"

#include <memory>
#include <vector>

namespace optout {

//! Which certificates to trust, and who said so.
struct CaBundle {
    QString fileName {}; //!< PEM; empty: the certificates the system trusts
    QString setBy {}; //!< for the error: "AWS_CA_BUNDLE", "ca_bundle of the profile dev"
};

class ProxyQuestions;

//! Hands out transports: one for each CA bundle, all with the same limits, proxies and proxy passwords. What goes to
//! this computer in plain http takes LoopbackTransport, all else QtHttpTransport. Must outlive whatever is sent. GUI
//! thread only.
class Transports {
public:
    //! \param prompt asked for the password of a proxy; must outlive this. Without one such a proxy is an error.
    explicit Transports(HttpLimits limits = {}, ProxySettings proxies = {}, ProxyPrompt *prompt = nullptr);
    ~Transports();
    Q_DISABLE_COPY_MOVE(Transports)

    //! The transport for that bundle, which lives as long as this. The same one for the same file, unless that has
    //! changed on the disk. Storage if the file cannot be read, InvalidInput if it holds no certificate; both name the
    //! file and where it was set.
    Result<HttpTransport *> forBundle(const CaBundle &bundle = {});

    //! \param proxy "proxy.example.com:3128". In memory only; counts for all transports.
    void setProxyCredentials(const QString &proxy, const ProxyCredentials &credentials);

private:
    struct Made;

    HttpLimits m_limits;
    ProxySettings m_proxies;
    std::unique_ptr<HttpTransport> m_loopback;
    std::shared_ptr<ProxyPasswords> m_passwords;
    std::shared_ptr<ProxyQuestions> m_questions; //!< null without a prompt
    std::vector<std::unique_ptr<Made>> m_made;
};

} // namespace optout
