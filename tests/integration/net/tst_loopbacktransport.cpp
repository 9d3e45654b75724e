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
    void strayBytesAreNoAnswer();
    void endless_data();
    void endless();
    void largeTrailer();
    void chunksInPieces();
    void resentRequestHasItsTime();
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

void TestLoopbackTransport::endless_data()
{
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("again");
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    const QByteArray some(10'000, 'x');
    QTest::newRow("one header") << QByteArray("HTTP/1.1 200 OK\r\nX-Long: ") << some;
    QTest::newRow("headers") << QByteArray("HTTP/1.1 200 OK\r\n") << "X-Long: " + some + "\r\n";
    QTest::newRow("interim answers") << QByteArray() << "HTTP/1.1 102 Wait\r\nX-Long: " + some + "\r\n\r\n";
    QTest::newRow("the extension of a chunk") << chunked + "1;x=" << some;
    QTest::newRow("one trailer") << chunked + "0\r\nX-Long: " << some;
    QTest::newRow("trailers") << chunked + "0\r\n"
                              << "X-Long: " + some + "\r\n";
}

void TestLoopbackTransport::endless()
{
    QFETCH(const QByteArray, begin);
    QFETCH(const QByteArray, again);
    ScriptedServer server;
    server.answer({ QList<QByteArray> { begin } + QList<QByteArray>(20, again), ScriptedServer::Then::KeepOpen,
        std::chrono::milliseconds(1) });
    LoopbackTransport transport(patient);
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::BadResponse, "did not answer in HTTP");
    QTRY_COMPARE(server.closedConnections(), 1);
}

//! More than the parser can take at once, and whole.
void TestLoopbackTransport::largeTrailer()
{
    ScriptedServer server;
    server.answer(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: " + QByteArray(66'000, 'x') + "\r\n\r\n");
    LoopbackTransport transport(patient);
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::BadResponse, "did not answer in HTTP");
}

void TestLoopbackTransport::chunksInPieces()
{
    const QByteArray whole = ScriptedServer::chunked({ "first", "second" });
    const QByteArray empty = ScriptedServer::chunked({});
    LoopbackTransport transport(patient);
    for (const QByteArray &answer : { whole, empty }) {
        for (qsizetype at = 1; at < answer.size(); ++at) {
            ScriptedServer server;
            server.answer({ { answer.first(at), answer.sliced(at) }, ScriptedServer::Then::KeepOpen,
                std::chrono::milliseconds(1) });
            const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
            QVERIFY2(outcome, qPrintable(u"in two at %1"_s.arg(at)));
            QCOMPARE(outcome->body, answer == whole ? "firstsecond" : "");
            server.startOver();
            server.answer({ { answer.first(at) }, ScriptedServer::Then::Close, std::chrono::milliseconds(1) });
            QVERIFY2(!exchange(transport, requestTo(server.url())), qPrintable(u"cut at %1"_s.arg(at)));
        }
    }
}

//! The request that is sent again has the time for connecting, and then for the answer, once more.
void TestLoopbackTransport::resentRequestHasItsTime()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    server.answer({ { {}, {} }, ScriptedServer::Then::Close, std::chrono::milliseconds(200) });
    server.answer(
        { { {}, ScriptedServer::http(200, "late") }, ScriptedServer::Then::KeepOpen, std::chrono::milliseconds(600) });
    LoopbackTransport transport(
        { .connectTimeout = std::chrono::seconds(5), .readTimeout = std::chrono::milliseconds(750) });
    QVERIFY(exchange(transport, requestTo(server.url())));
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    QVERIFY2(outcome, qPrintable(outcome.has_value() ? QString() : outcome.error().detail));
    QCOMPARE(outcome->body, "late");
}

QTEST_GUILESS_MAIN(TestLoopbackTransport)
#include "tst_loopbacktransport.moc"
