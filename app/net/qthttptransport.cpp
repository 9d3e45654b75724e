// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/qthttptransport.h"

#include "net/qthttpexchange.h"
#include "net/requesthead.h"
#include "net/systemproxies.h"

#include <QFile>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QtConcurrent>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr qint64 largestCaBundle = 16 * 1024 * 1024; // those of the systems have less than one

QNetworkRequest toNetworkRequest(const HttpRequest &request)
{
    QNetworkRequest out(request.url);
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    out.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    out.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    for (const auto &[name, value] : standingHeaders())
        out.setRawHeader(name, value);
    for (const auto &[name, value] : request.headers)
        out.setRawHeader(name, value);
    return out;
}

QNetworkReply *start(QNetworkAccessManager &manager, const HttpRequest &request, const QNetworkRequest &made)
{
    switch (request.method) {
    case HttpRequest::Method::Post:
        return manager.post(made, request.body);
    case HttpRequest::Method::Get:
        return manager.get(made);
    case HttpRequest::Method::Put:
        return manager.put(made, request.body);
    }
    Q_UNREACHABLE();
}

QString textOf(const QNetworkProxy &proxy)
{
    return ProxyAddress { .host = proxy.hostName(), .port = proxy.port() }.text();
}
} // namespace

QtHttpTransport::QtHttpTransport(
    HttpLimits limits, ProxySettings proxySettings, std::shared_ptr<ProxyPasswords> passwords)
    : m_limits(limits)
    , m_proxySettings(std::move(proxySettings))
    , m_passwords(std::move(passwords))
{
}

QtHttpTransport::~QtHttpTransport() = default;

// Not before it is needed: the default one loads the TLS library and the system's certificates.
const QSslConfiguration &QtHttpTransport::ssl()
{
    if (!m_ssl) {
        m_ssl = QSslConfiguration::defaultConfiguration();
        m_ssl->setProtocol(QSsl::TlsV1_2OrLater);
        m_ssl->setPeerVerifyMode(QSslSocket::VerifyPeer);
        if (!m_trusted.isEmpty())
            m_ssl->setCaCertificates(m_trusted);
    }
    return *m_ssl;
}

void QtHttpTransport::renewManager()
{
    if (!m_managers.empty() && m_generation == m_passwords->generation())
        return;
    m_generation = m_passwords->generation();
    m_managers.push_back(std::make_unique<QNetworkAccessManager>());
    m_proxies = new SystemProxies;
    m_managers.back()->setProxyFactory(m_proxies);
}

HttpExchange *QtHttpTransport::send(const HttpRequest &request, QObject *parent)
{
    const ProxySettings::Answer said = m_proxySettings.forUrl(request.url);
    const auto *proxy = std::get_if<ProxyAddress>(&said);
    if (proxy && proxy->credentials && !m_passwords->find(proxy->text()))
        m_passwords->set(proxy->text(), *proxy->credentials);
    renewManager();

    auto *exchange = new QtHttpExchange(request, request.limits.value_or(m_limits), parent);
    QObject::connect(exchange, &HttpExchange::finished, m_managers.back().get(),
        [proxies = m_proxies, url = request.url](const Result<HttpReply> &outcome) {
            if (!outcome)
                proxies->forget(url);
        });

    if (const std::optional<Error> broken = brokenHeader(request)) {
        exchange->fail(*broken);
    } else if (const auto *error = std::get_if<Error>(&said)) {
        exchange->fail(*error);
    } else if (proxy) {
        m_proxies->learn(request.url, { QNetworkProxy(QNetworkProxy::HttpProxy, proxy->host, proxy->port) });
        dispatch(request, exchange);
    } else if (std::holds_alternative<ProxySettings::Direct>(said)) {
        m_proxies->learn(request.url, { QNetworkProxy(QNetworkProxy::NoProxy) });
        dispatch(request, exchange);
    } else if (m_proxies->knows(request.url)) {
        dispatch(request, exchange);
    } else {
        askSystem(request, exchange);
    }
    return exchange;
}

void QtHttpTransport::askSystem(const HttpRequest &request, QtHttpExchange *exchange)
{
    auto *lookUp = new QFutureWatcher<QList<QNetworkProxy>>(exchange);
    // Two contexts matter here: the watcher dies with the exchange, and the manager must still be there.
    QObject::connect(
        lookUp, &QFutureWatcherBase::finished, m_managers.back().get(), [this, lookUp, exchange, request = request] {
            renewManager();
            m_proxies->learn(request.url, lookUp->result());
            dispatch(request, exchange);
        });
    lookUp->setFuture(QtConcurrent::run(&SystemProxies::ask, request.url));
}

void QtHttpTransport::dispatch(const HttpRequest &request, QtHttpExchange *exchange)
{
    if (exchange->isOver())
        return;
    QList<QNetworkProxy> proxies = m_proxies->queryProxy(QNetworkProxyQuery(request.url));
    QNetworkProxy &proxy = proxies.first();
    if (proxy.type() != QNetworkProxy::NoProxy) {
        if (const std::optional<ProxyCredentials> known = m_passwords->find(textOf(proxy))) {
            proxy.setUser(known->user);
            proxy.setPassword(QString::fromUtf8(known->password.expose()));
            m_proxies->learn(request.url, proxies);
        }
        exchange->setProxy(textOf(proxy), !proxy.user().isEmpty());
    }
    QNetworkRequest made = toNetworkRequest(request);
    if (request.url.scheme() == "https"_L1)
        made.setSslConfiguration(ssl());
    exchange->follow(start(*m_managers.back(), request, made));
}

Result<Done> QtHttpTransport::setCaBundle(const QString &fileName)
{
    const auto unreadable = [&fileName](const QString &why) {
        return Error { .kind = Error::Kind::Storage,
            .detail = u"The CA bundle %1 cannot be read: %2."_s.arg(fileName, why) };
    };
    // A pipe would be waited for, and a device may never end.
    const QFileInfo info(fileName);
    if (info.exists() && !info.isFile())
        return unreadable(info.isDir() ? u"it is a folder"_s : u"it is no ordinary file"_s);
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(file.errorString());
    const QByteArray text = file.read(largestCaBundle + 1);
    if (text.size() > largestCaBundle)
        return unreadable(u"it is larger than %1 MiB"_s.arg(largestCaBundle / 1024 / 1024));
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(text, QSsl::Pem);
    if (certificates.isEmpty()) {
        return Error { .kind = Error::Kind::InvalidInput,
            .detail = u"The CA bundle %1 holds no certificate in PEM form."_s.arg(fileName) };
    }
    m_trusted = certificates;
    m_ssl.reset();
    return Done {};
}

} // namespace optout
