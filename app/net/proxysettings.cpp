// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/proxysettings.h"

#include "core/loopbackhost.h"

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Variable {
    QString name;
    std::optional<QString> value;
};

//! (Python's urllib.request.getproxies_environment: the name in lower case wins, and an empty value takes away what
//! the other one says.)
Variable find(const ProxySettings::Lookup &variable, const QString &upperName)
{
    const QString lowerName = upperName.toLower();
    if (const std::optional<QString> value = variable(lowerName))
        return { lowerName, value };
    return { upperName, variable(upperName) };
}

Error useless(const QString &name, const QString &problem)
{
    // The value may hold a password: it is not quoted.
    return Error { .kind = Error::Kind::InvalidInput,
        .detail = u"The environment variable %1 %2. It has to be a URL like http://proxy.example.com:3128."_s.arg(
            name, problem) };
}

//! (botocore.httpsession, ProxyConfiguration: a value without a scheme is taken for http://.)
ProxySettings::Answer readProxy(const Variable &variable)
{
    if (!variable.value)
        return ProxySettings::Unsaid {};
    QString text = variable.value->trimmed();
    if (text.isEmpty())
        return ProxySettings::Direct {};
    if (text.startsWith("//"_L1))
        text.prepend(u"http:"_s);
    else if (!text.contains("://"_L1))
        text.prepend(u"http://"_s);
    const QUrl url(text);
    if (!url.isValid() || url.host().isEmpty())
        return useless(variable.name, u"names no host"_s);
    if (url.scheme() == "https"_L1)
        return useless(
            variable.name, u"names a proxy that is itself spoken to in TLS (https://), which is not supported"_s);
    if (url.scheme() != "http"_L1)
        return useless(variable.name, u"names a proxy of the kind %1, which is not supported"_s.arg(url.scheme()));

    ProxyAddress proxy { .host = url.host(), .port = quint16(url.port(80)) };
    if (!url.userName().isEmpty()) {
        proxy.credentials = ProxyCredentials {
            .user = url.userName(QUrl::FullyDecoded),
            .password = Secret(url.password(QUrl::FullyDecoded).toUtf8()),
        };
    }
    return proxy;
}

} // namespace

QString ProxyAddress::text() const { return (host.contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s).arg(host).arg(port); }

NoProxyList::NoProxyList(const QString &list)
{
    m_all = list == "*"_L1;
    for (const QString &part : list.split(u',')) {
        QString name = part.trimmed().toLower();
        if (name.contains(u'/')) {
            const auto network = QHostAddress::parseSubnet(name);
            if (network.second >= 0)
                m_networks << network;
            continue;
        }
        while (name.startsWith(u'.'))
            name.remove(0, 1);
        if (!name.isEmpty())
            m_names << name;
    }
}

bool NoProxyList::matches(const QUrl &url) const
{
    if (m_all)
        return true;
    const QString host = url.host().toLower();
    const QString shown = host.contains(u':') ? u'[' + host + u']' : host;
    const QString withPort = url.port() < 0 ? shown : u"%1:%2"_s.arg(shown).arg(url.port());
    const QHostAddress address(host);
    const bool named = std::any_of(m_names.begin(), m_names.end(), [&](const QString &name) {
        // The end of an address in digits is no domain.
        const auto endsWith = [&](const QString &text) { return address.isNull() && text.endsWith(u'.' + name); };
        return host == name || shown == name || withPort == name || endsWith(host) || endsWith(withPort);
    });
    return named || std::any_of(m_networks.begin(), m_networks.end(), [&](const auto &network) {
        return !address.isNull() && address.isInSubnet(network);
    });
}

ProxySettings ProxySettings::of(const Lookup &variable)
{
    ProxySettings settings;
    settings.m_http = readProxy(find(variable, u"HTTP_PROXY"_s));
    settings.m_https = readProxy(find(variable, u"HTTPS_PROXY"_s));
    settings.m_without = NoProxyList(find(variable, u"NO_PROXY"_s).value.value_or(QString()));
    return settings;
}

ProxySettings::Answer ProxySettings::forUrl(const QUrl &url) const
{
    if (isNeverProxied(url) || m_without.matches(url))
        return Direct {};
    return url.scheme() == "https"_L1 ? m_https : m_http;
}

bool ProxySettings::isNeverProxied(const QUrl &url)
{
    const QString host = url.host();
    const QHostAddress address(host);
    return isLoopbackHost(host) || address.isLinkLocal() || address.isInSubnet(QHostAddress(u"fd00:ec2::"_s), 32);
}

} // namespace optout
