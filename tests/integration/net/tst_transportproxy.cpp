// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/qthttptransport.h"
#include "net/systemproxies.h"

#include "scriptedserver.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

//! The proxy is told of in the environment, which is one of the places where the system's settings come from.
class TestTransportProxy final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void learnsAndForgets();
    void loopbackIsNeverProxied();
    void otherHostsGoThroughTheProxy();
    void proxyThatWantsSignInIsAnError();
    void deletionWhileTheSystemIsAsked();

private:
    Result<HttpReply> exchange(const QUrl &url);

    ScriptedServer m_proxy;
    QtHttpTransport m_transport { HttpLimits { .connectTimeout = 20s, .readTimeout = 20s } };
    const QUrl m_elsewhere { u"http://sms-voice.elsewhere.invalid/"_s };
};

Result<HttpReply> TestTransportProxy::exchange(const QUrl &url)
{
    QObject owner;
    HttpExchange *sent =
        m_transport.send({ .url = url, .headers = { { "Content-Type", "text/plain" } }, .body = "{}" }, &owner);
    QSignalSpy finished(sent, &HttpExchange::finished);
    if (!finished.wait(30'000))
        return Error { .kind = Error::Kind::Internal, .detail = u"the exchange never finished"_s };
    return finished.at(0).at(0).value<Result<HttpReply>>();
}

void TestTransportProxy::initTestCase()
{
    for (const char *name : { "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY", "HTTP_PROXY" })
        qunsetenv(name);
    qputenv("http_proxy", m_proxy.url().toEncoded());
}

void TestTransportProxy::learnsAndForgets()
{
    SystemProxies proxies;
    QVERIFY(!proxies.knows(m_elsewhere));
    QCOMPARE(proxies.queryProxy(QNetworkProxyQuery(m_elsewhere)).first().type(), QNetworkProxy::NoProxy);
    proxies.learn(m_elsewhere, { QNetworkProxy(QNetworkProxy::HttpProxy, u"proxy.invalid"_s, 8080) });
    QVERIFY(proxies.knows(m_elsewhere));
    QCOMPARE(proxies.queryProxy(QNetworkProxyQuery(m_elsewhere)).first().hostName(), u"proxy.invalid"_s);
    QVERIFY(!proxies.knows(QUrl(u"https://sms-voice.elsewhere.invalid/"_s))); // may have a proxy of its own
    proxies.forget(m_elsewhere);
    QVERIFY(!proxies.knows(m_elsewhere));
}

void TestTransportProxy::loopbackIsNeverProxied()
{
    SystemProxies proxies;
    for (const QString &host : { u"127.0.0.1"_s, u"127.1.2.3"_s, u"[::1]"_s, u"localhost"_s, u"LOCALHOST"_s }) {
        const QUrl url(u"http://%1:8080/"_s.arg(host));
        QVERIFY2(proxies.knows(url), qPrintable(host));
        proxies.learn(url, { QNetworkProxy(QNetworkProxy::HttpProxy, u"proxy.invalid"_s, 8080) });
        QCOMPARE(proxies.queryProxy(QNetworkProxyQuery(url)).first().type(), QNetworkProxy::NoProxy);
    }

    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    QVERIFY(exchange(server.url()));
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(m_proxy.connections(), 0);
}

void TestTransportProxy::otherHostsGoThroughTheProxy()
{
    m_proxy.startOver();
    m_proxy.answer(ScriptedServer::http(200, R"({"by":"proxy"})"));
    const Result<HttpReply> outcome = exchange(m_elsewhere);
    QVERIFY2(outcome, qPrintable(outcome.has_value() ? QString() : outcome.error().detail));
    QCOMPARE(outcome->body, R"({"by":"proxy"})");
    QCOMPARE(m_proxy.requests().size(), 1);
    QVERIFY(m_proxy.requests().at(0).startsWith("POST http://sms-voice.elsewhere.invalid/ HTTP/1.1\r\n"));
}

void TestTransportProxy::proxyThatWantsSignInIsAnError()
{
    m_proxy.startOver();
    m_proxy.answer(ScriptedServer::http(407, "", "Proxy-Authenticate: Basic realm=\"company\"\r\n"));
    const Result<HttpReply> outcome = exchange(m_elsewhere);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::Network);
    QVERIFY2(outcome.error().detail.contains(u"proxy"), qPrintable(outcome.error().detail));
    QVERIFY2(outcome.error().detail.contains(m_elsewhere.host()), qPrintable(outcome.error().detail));
}

void TestTransportProxy::deletionWhileTheSystemIsAsked()
{
    m_proxy.startOver();
    m_proxy.answer(ScriptedServer::http(200, "{}"));
    QObject owner;
    // A host not asked about before.
    QPointer<HttpExchange> sent = m_transport.send({ .url = QUrl(u"http://another.invalid/"_s), .body = "{}" }, &owner);
    QSignalSpy finished(sent, &HttpExchange::finished);
    delete sent;
    QTest::qWait(100);
    QCOMPARE(finished.size(), 0);
    QCOMPARE(m_proxy.requests().size(), 0);
}

QTEST_GUILESS_MAIN(TestTransportProxy)
#include "tst_transportproxy.moc"
