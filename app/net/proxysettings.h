// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QHostAddress>
#include <QList>
#include <QString>
#include <QUrl>

#include <functional>
#include <optional>
#include <variant>

namespace optout {

//! User and password for a proxy. In memory only.
struct ProxyCredentials {
    QString user;
    Secret password;
};

//! An HTTP proxy, spoken to in plain text; what goes through it to AWS is TLS from end to end.
struct ProxyAddress {
    QString host;
    quint16 port = 80;
    std::optional<ProxyCredentials> credentials {}; //!< from the URL
    //! "proxy.example.com:3128", for texts: never with the password.
    QString text() const;
};

//! Hosts that are not to be reached through a proxy, as NO_PROXY lists them: separated by commas, without regard to
//! case. A name stands for itself and for all names below it, with a leading dot or without; "name:8443" for that port
//! only, if the URL names it; "*" alone for every host. (Python's urllib.request.proxy_bypass_environment, which
//! botocore asks.) An IP network ("10.0.0.0/8", "fd00::/8") stands for the addresses in it; botocore does not know
//! those, `requests` does. Names are not looked up.
class NoProxyList {
public:
    NoProxyList() = default;
    explicit NoProxyList(const QString &list);
    bool matches(const QUrl &url) const;

private:
    QStringList m_names {}; // in lower case, without leading dots
    QList<std::pair<QHostAddress, int>> m_networks {};
    bool m_all = false;
};

//! What the environment says about proxies: HTTPS_PROXY, HTTP_PROXY and NO_PROXY in either case, the one in lower case
//! first, also when it is empty. ALL_PROXY is not asked, as in the AWS CLI. Pure.
class ProxySettings {
public:
    //! The value of an environment variable, if it is set.
    using Lookup = std::function<std::optional<QString>(const QString &name)>;

    ProxySettings() = default; //!< says nothing
    static ProxySettings of(const Lookup &variable);

    struct Unsaid { }; //!< the system is to be asked
    struct Direct { };
    using Answer = std::variant<Unsaid, Direct, ProxyAddress, Error>;
    //! How to get there. The Error (InvalidInput) names a variable whose value is of no use.
    Answer forUrl(const QUrl &url) const;

    //! Loopback and link-local addresses: this computer, and the metadata services that only it can reach (those of
    //! IPv6 are in fd00:ec2::/32). Never proxied, whatever is set.
    static bool isNeverProxied(const QUrl &url);

private:
    Answer m_http {};
    Answer m_https {};
    NoProxyList m_without {};
};

} // namespace optout
