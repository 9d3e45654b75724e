// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QList>
#include <QNetworkProxy>
#include <QUrl>

namespace optout {

//! The computer's own proxy settings, one answer kept for each host. Asking the system may take seconds (a proxy script
//! is fetched from the network), and QNetworkAccessManager asks its factory in the GUI thread: so the slow part, ask(),
//! is for a worker, and queryProxy() only looks up what was learned, from the system or from ProxySettings. Loopback
//! and link-local addresses are never proxied. GUI thread, except ask().
class SystemProxies final : public QNetworkProxyFactory {
public:
    //! The learned answer; no proxy if none was.
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;

    bool knows(const QUrl &url) const;
    void learn(const QUrl &url, const QList<QNetworkProxy> &proxies);
    //! The next request to that host asks the system again: the computer may have moved to another network.
    void forget(const QUrl &url);

    //! What the system says. Blocks; any thread.
    static QList<QNetworkProxy> ask(const QUrl &url);

private:
    QHash<QString, QList<QNetworkProxy>> m_known;
};

} // namespace optout
