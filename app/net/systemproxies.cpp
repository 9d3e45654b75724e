// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/systemproxies.h"

#include "net/proxysettings.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {
QString keyOf(const QUrl &url) { return url.scheme() + u"://"_s + url.authority(); }
} // namespace

QList<QNetworkProxy> SystemProxies::queryProxy(const QNetworkProxyQuery &query)
{
    return m_known.value(keyOf(query.url()), { QNetworkProxy(QNetworkProxy::NoProxy) });
}

bool SystemProxies::knows(const QUrl &url) const
{
    return ProxySettings::isNeverProxied(url) || m_known.contains(keyOf(url));
}

void SystemProxies::learn(const QUrl &url, const QList<QNetworkProxy> &proxies)
{
    if (!ProxySettings::isNeverProxied(url) && !proxies.isEmpty())
        m_known.insert(keyOf(url), proxies);
}

void SystemProxies::forget(const QUrl &url) { m_known.remove(keyOf(url)); }

QList<QNetworkProxy> SystemProxies::ask(const QUrl &url)
{
    return QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
}

} // namespace optout
