// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/httptransport.h"
#include "net/proxypasswords.h"
#include "net/proxysettings.h"

#include <QSslCertificate>
#include <QSslConfiguration>

#include <memory>
#include <optional>
#include <vector>

class QNetworkAccessManager;

namespace optout {

class QtHttpExchange;
class SystemProxies;

//! HttpTransport over QNetworkAccessManager, HTTP/1.1. No redirects are followed, no cookies or cache kept,
//! TLS is always verified, answers are asked for uncompressed, connections are kept alive. The proxy is the one of the
//! environment, else the system's; loopback and link-local hosts are never proxied. A proxy that wants a password gets
//! the one from the environment's URL, or from ProxyPasswords; else that is an error (errorcode). Must outlive its
//! exchanges.
//!
//! QNetworkAccessManager sends a request again by itself when a kept-alive connection turns out to be closed, without a
//! new signature. All our calls only read, so a call that arrives twice does no harm.
class QtHttpTransport final : public HttpTransport {
public:
    explicit QtHttpTransport(HttpLimits limits = {}, ProxySettings proxySettings = {},
        std::shared_ptr<ProxyPasswords> passwords = std::make_shared<ProxyPasswords>());
    ~QtHttpTransport() override;

    HttpExchange *send(const HttpRequest &request, QObject *parent) override;

    //! Trusts the certificates of that PEM file and no others. Storage if it cannot be read, is no ordinary file or has
    //! more than 16 MiB, InvalidInput if it holds none.
    Result<Done> setCaBundle(const QString &fileName);

private:
    //! With a new password comes a new manager: a connection that Qt keeps is found again by the proxy's user, but not
    //! by the password. The old ones stay for what is under way.
    void renewManager();
    const QSslConfiguration &ssl();
    void dispatch(const HttpRequest &request, QtHttpExchange *exchange);
    void askSystem(const HttpRequest &request, QtHttpExchange *exchange);

    HttpLimits m_limits;
    ProxySettings m_proxySettings;
    std::shared_ptr<ProxyPasswords> m_passwords;
    QList<QSslCertificate> m_trusted {}; // those of a bundle; without one the system's
    std::optional<QSslConfiguration> m_ssl {}; // made with the first call over TLS
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_managers {}; // the last is in use
    int m_generation = 0; // of the passwords it was made with
    SystemProxies *m_proxies = nullptr; // its manager owns it
};

} // namespace optout
