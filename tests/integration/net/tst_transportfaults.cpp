// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "transporttest.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;
using Then = ScriptedServer::Then;
Q_DECLARE_METATYPE(optout::ScriptedServer::Then)

class TestTransportFaults final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase_data() { addTransports(); }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void refusedPort();
    void lostBeforeTheAnswer_data();
    void lostBeforeTheAnswer();
    void cutAnywhere_data();
    void cutAnywhere();
    void cutErrorStatusIsNoAnswer();
    void notHttp();
    void connectTimeout();
    void stalledHeaders();
    void stalledBody();
    void slowBodyWithinTimeout();
};

void TestTransportFaults::refusedPort()
{
    QUrl url;
    {
        const ScriptedServer gone;
        url = gone.url();
    }
    const auto transport = madeTransport(patient);
    const Result<HttpReply> outcome = exchange(*transport, requestTo(url));
    VERIFY_FAILED(outcome, Kind::Network, "refused");
}

void TestTransportFaults::lostBeforeTheAnswer_data()
{
    QTest::addColumn<Then>("then");
    QTest::newRow("closed") << Then::Close;
    QTest::newRow("reset") << Then::Reset;
}

void TestTransportFaults::lostBeforeTheAnswer()
{
    QFETCH(Then, then);
    ScriptedServer server;
    server.answer({ {}, then });
    const auto transport = madeTransport(patient);
    const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::Network, "closed the connection");
}

void TestTransportFaults::cutAnywhere_data()
{
    const QByteArray body = R"({"OptOutListName":"Default","OptedOutNumbers":[]})";
    QTest::addColumn<QByteArray>("whole");
    QTest::addColumn<Then>("then");
    QTest::addColumn<int>("gapMs");
    const QByteArray withLength = ScriptedServer::http(200, body);
    const QByteArray refusal = ScriptedServer::http(400, body);
    const QByteArray inChunks = ScriptedServer::chunked({ body.first(20), body.sliced(20) });
    QTest::newRow("Content-Length, closed at once") << withLength << Then::Close << 0;
    QTest::newRow("Content-Length, closed a little later") << withLength << Then::Close << 2;
    QTest::newRow("Content-Length, reset") << withLength << Then::Reset << 2;
    QTest::newRow("status 400, closed at once") << refusal << Then::Close << 0;
    QTest::newRow("status 400, closed a little later") << refusal << Then::Close << 2;
    QTest::newRow("chunked, closed at once") << inChunks << Then::Close << 0;
    QTest::newRow("chunked, closed a little later") << inChunks << Then::Close << 2;
    QTest::newRow("chunked, reset") << inChunks << Then::Reset << 2;
}

void TestTransportFaults::cutAnywhere()
{
    QFETCH(QByteArray, whole);
    QFETCH(Then, then);
    QFETCH(int, gapMs);
    ScriptedServer server;
    // Qt 6.4 does not notice when the connection closes inside the line that tells a chunk's size: there the read
    // timeout has to end it.
    const auto transport = madeTransport({ .connectTimeout = 5s, .readTimeout = 300ms });
    const qsizetype headSize = whole.indexOf("\r\n\r\n") + 4;
    const bool chunked = whole.contains("chunked");
    for (qsizetype at = 1; at < whole.size(); ++at) {
        server.startOver();
        server.answer({ { whole.first(at) }, then, std::chrono::milliseconds(gapMs) });
        const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
        const QByteArray place = "cut after " + QByteArray::number(at) + ": " + whole.first(at).right(30);
        QVERIFY2(!outcome, place.constData());
        const Kind kind = outcome.error().kind;
        const bool expected =
            at < headSize ? kind == Kind::Network : kind == Kind::BadResponse || (chunked && kind == Kind::Timeout);
        QVERIFY2(expected, (place + " -> " + outcome.error().detail.toUtf8()).constData());
    }
    // The transport is none the worse for it.
    server.startOver();
    server.answer(whole);
    QVERIFY(exchange(*transport, requestTo(server.url())));
}

void TestTransportFaults::cutErrorStatusIsNoAnswer()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(500, "0123456789").chopped(3), Then::Close);
    const auto transport = madeTransport(patient);
    const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::BadResponse, "status 500) was cut short after 7 bytes");
}

void TestTransportFaults::notHttp()
{
    ScriptedServer server;
    server.answer("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", Then::Close);
    const auto transport = madeTransport(patient);
    const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
    QVERIFY(!outcome);
    QVERIFY2(outcome.error().kind == Kind::BadResponse || outcome.error().kind == Kind::Network,
        qPrintable(outcome.error().detail));
}

void TestTransportFaults::connectTimeout()
{
    // A socket that listens with a full queue: further connections are neither taken nor refused.
    QTcpServer full;
    full.setListenBacklogSize(1);
    full.setMaxPendingConnections(1);
    QVERIFY(full.listen(QHostAddress::LocalHost));
    full.pauseAccepting();
    std::vector<std::unique_ptr<QTcpSocket>> crowd;
    for (int i = 0; i < 8; ++i) {
        crowd.push_back(std::make_unique<QTcpSocket>());
        crowd.back()->connectToHost(full.serverAddress(), full.serverPort());
    }
    QTest::qWait(50);
    const auto transport = madeTransport({ .connectTimeout = 150ms, .readTimeout = 20s });
    const QUrl url(u"http://127.0.0.1:%1/"_s.arg(full.serverPort()));
    const Result<HttpReply> outcome = exchange(*transport, requestTo(url));
    VERIFY_FAILED(outcome, Kind::Timeout, "No connection");
}

void TestTransportFaults::stalledHeaders()
{
    ScriptedServer server;
    server.answer("HTTP/1.1 200 OK\r\nContent-Le");
    const auto transport = madeTransport({ .connectTimeout = 20s, .readTimeout = 150ms });
    const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::Timeout, "did not answer within 0.15 s");
}

void TestTransportFaults::stalledBody()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "0123456789").chopped(3));
    const auto transport = madeTransport({ .connectTimeout = 20s, .readTimeout = 150ms });
    const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::Timeout, "stopped in the middle");
    QTRY_COMPARE(server.closedConnections(), 1); // nothing is left behind
}

void TestTransportFaults::slowBodyWithinTimeout()
{
    ScriptedServer server;
    QList<QByteArray> pieces { ScriptedServer::http(200, "0123456789").chopped(10) };
    for (int digit = 0; digit < 10; ++digit)
        pieces += QByteArray::number(digit);
    server.answer({ pieces, Then::KeepOpen, 80ms });
    const auto transport = madeTransport({ .connectTimeout = 5s, .readTimeout = 600ms });
    QElapsedTimer timer;
    timer.start();
    const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
    QVERIFY2(outcome, qPrintable(outcome.has_value() ? QString() : outcome.error().detail));
    QCOMPARE(outcome->body, "0123456789");
    QVERIFY(timer.elapsed() > 600); // longer than the timeout all in all
}

QTEST_GUILESS_MAIN(TestTransportFaults)
#include "tst_transportfaults.moc"
