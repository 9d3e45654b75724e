// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/loopbacktransport.h"

#include "net/transports.h"
#include "transporttest.h"

#include <QRegularExpression>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

using Kind = Error::Kind;

class TestLoopbackTransport final : public QObject {
    Q_OBJECT
private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void isForThisComputerOnly_data();
    void isForThisComputerOnly();
    void transportsSendByAddress();
    void getAndPut();
    void hostByNameAndByAddress_data();
    void hostByNameAndByAddress();
    void lineBreakInAHeader();
    void strayBytesAreNoAnswer();
    void endlessHeaders();
};

void TestLoopbackTransport::isForThisComputerOnly_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<bool>("expected");
    QTest::newRow("IPv4") << QUrl(u"http://127.0.0.1:4566/"_s) << true;
    QTest::newRow("another of the block") << QUrl(u"http://127.8.9.10/"_s) << true;
    QTest::newRow("IPv6") << QUrl(u"http://[::1]:4566/"_s) << true;
    QTest::newRow("name") << QUrl(u"http://localhost:4566/"_s) << true;
    QTest::newRow("with TLS") << QUrl(u"https://127.0.0.1:4566/"_s) << false;
    QTest::newRow("metadata service") << QUrl(u"http://169.254.169.254/"_s) << false;
    QTest::newRow("a name that begins alike") << QUrl(u"http://localhost.example.com/"_s) << false;
}

void TestLoopbackTransport::isForThisComputerOnly()
{
    QFETCH(const QUrl, url);
    QTEST(LoopbackTransport::isFor(url), "expected");
}

//! Told apart by a header that Qt adds to a request and this does not.
void TestLoopbackTransport::transportsSendByAddress()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    Transports transports(patient);
    const Result<HttpTransport *> transport = transports.forBundle();
    QVERIFY(transport);
    QVERIFY(exchange(**transport, requestTo(server.url())));
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(sentHeader(server.requests().at(0), "Connection"), "");
}

void TestLoopbackTransport::getAndPut()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    LoopbackTransport transport(patient);
    QUrl url = server.url();
    url.setPath(u"/latest/meta data"_s);
    url.setQuery(u"a=1&b=%2F"_s);
    QVERIFY(exchange(transport, { .url = url, .body = "not sent", .method = HttpRequest::Method::Get }));
    QVERIFY(exchange(transport, { .url = url, .body = "token", .method = HttpRequest::Method::Put }));
    QCOMPARE(server.requests().size(), 2);
    QVERIFY2(server.requests().at(0).startsWith("GET /latest/meta%20data?a=1&b=%2F HTTP/1.1\r\n"),
        server.requests().at(0).constData());
    QVERIFY(server.requests().at(0).endsWith("\r\n\r\n"));
    QVERIFY(server.requests().at(1).startsWith("PUT "));
    QVERIFY(server.requests().at(1).endsWith("Content-Length: 5\r\n\r\ntoken"));
}

void TestLoopbackTransport::hostByNameAndByAddress_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("address") << u"127.0.0.1"_s;
    QTest::newRow("name") << u"localhost"_s;
}

void TestLoopbackTransport::hostByNameAndByAddress()
{
    QFETCH(const QString, host);
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    LoopbackTransport transport(patient);
    const QUrl url = server.url(u"http"_s, host);
    QVERIFY(exchange(transport, requestTo(url)));
    QCOMPARE(sentHeader(server.requests().at(0), "Host"), url.authority().toLatin1());
}

void TestLoopbackTransport::lineBreakInAHeader()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    LoopbackTransport transport(patient);
    HttpRequest request = requestTo(server.url());
    request.headers.emplaceBack("X-Amz-Security-Token", "canary\r\nX-Amz-Target: other");
    const Result<HttpReply> outcome = exchange(transport, request);
    VERIFY_FAILED(outcome, Kind::InvalidInput, "X-Amz-Security-Token");
    QVERIFY(!outcome.error().detail.contains(u"canary"));
    QCOMPARE(server.connections(), 0);
}

//! What a server says without being asked must not become the answer to the next request.
void TestLoopbackTransport::strayBytesAreNoAnswer()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "first") + ScriptedServer::http(200, "stray"));
    server.answer(ScriptedServer::http(200, "second"));
    LoopbackTransport transport(patient);
    const Result<HttpReply> first = exchange(transport, requestTo(server.url()));
    QVERIFY(first);
    QCOMPARE(first->body, "first");
    const Result<HttpReply> second = exchange(transport, requestTo(server.url()));
    QVERIFY(second);
    QCOMPARE(second->body, "second");
    QCOMPARE(server.connections(), 2);
}

void TestLoopbackTransport::endlessHeaders()
{
    ScriptedServer server;
    server.answer("HTTP/1.1 200 OK\r\nX-Long: " + QByteArray(200'000, 'x'));
    LoopbackTransport transport(patient);
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::BadResponse, "did not answer in HTTP");
    QTRY_COMPARE(server.closedConnections(), 1);
}

QTEST_GUILESS_MAIN(TestLoopbackTransport)
#include "tst_loopbacktransport.moc"
