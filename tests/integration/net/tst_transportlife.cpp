// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "transporttest.h"

#include <QPointer>
#include <QRegularExpression>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;
using Then = ScriptedServer::Then;

class TestTransportLife final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase_data() { addTransports(); }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void connectionIsReused();
    void connectionClosedBetweenRequests();
    void connectionDroppedAfterSecondRequest();
    void manyAtOnce();
    void deletionInFlight_data();
    void deletionInFlight();
    void deletionInsideFinished_data();
    void deletionInsideFinished();
    void deletionOfTheParent();
};

void TestTransportLife::connectionIsReused()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    const auto transport = madeTransport(patient);
    for (int i = 0; i < 50; ++i)
        QVERIFY(exchange(*transport, requestTo(server.url())));
    QCOMPARE(server.requests().size(), 50);
    QCOMPARE(server.connections(), 1);
}

void TestTransportLife::connectionClosedBetweenRequests()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    const auto transport = madeTransport(patient);
    for (int i = 0; i < 20; ++i) {
        const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
        QVERIFY2(outcome, qPrintable(outcome.has_value() ? QString() : outcome.error().detail));
        server.closeAll();
        if (i % 2 == 0)
            QTest::qWait(5); // sometimes the other side has seen the end before it sends, sometimes not
    }
    QCOMPARE(server.requests().size(), 20);
}

void TestTransportLife::connectionDroppedAfterSecondRequest()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    server.answer({ {}, Then::Reset }); // as when the server gave up on the idle connection at that very moment
    server.answer(ScriptedServer::http(200, R"({"third":3})"));
    const auto transport = madeTransport(patient);
    QVERIFY(exchange(*transport, requestTo(server.url())));
    const Result<HttpReply> second = exchange(*transport, requestTo(server.url(), R"({"second":2})"));
    QVERIFY2(second, qPrintable(second.has_value() ? QString() : second.error().detail));
    QCOMPARE(second->body, R"({"third":3})");
    // Sent again by itself, whole and unchanged.
    QCOMPARE(server.requests().size(), 3);
    QCOMPARE(server.requests().at(2), server.requests().at(1));
}

void TestTransportLife::manyAtOnce()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    const auto transport = madeTransport(patient);
    QObject owner;
    int good = 0;
    for (int i = 0; i < 40; ++i) {
        connect(transport->send(requestTo(server.url()), &owner), &HttpExchange::finished, this,
            [&good](const Result<HttpReply> &outcome) { good += outcome.has_value(); });
    }
    QTRY_COMPARE(good, 40);
}

void TestTransportLife::deletionInFlight_data()
{
    QTest::addColumn<int>("afterMs");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray whole = ScriptedServer::http(200, "0123456789");
    QTest::newRow("at once") << -1 << whole;
    for (const int ms : { 0, 1, 2, 3, 5, 20 })
        QTest::addRow("after %d ms", ms) << ms << whole;
    QTest::newRow("while waiting for headers") << 20 << QByteArray();
    QTest::newRow("in the middle of the headers") << 20 << QByteArray("HTTP/1.1 200 OK\r\nContent-");
    QTest::newRow("in the middle of the body") << 20 << whole.chopped(3);
    QTest::newRow("in the middle of a chunk") << 20 << ScriptedServer::chunked({ "0123456789" }).chopped(9);
}

void TestTransportLife::deletionInFlight()
{
    QFETCH(int, afterMs);
    QFETCH(QByteArray, answer);
    ScriptedServer server;
    server.answer(answer);
    const auto transport = madeTransport(patient);
    bool deleted = false;
    bool emittedAfterwards = false;
    QObject owner;
    HttpExchange *sent = transport->send(requestTo(server.url()), &owner);
    QPointer<HttpExchange> guard(sent);
    connect(sent, &HttpExchange::finished, this, [&] { emittedAfterwards = deleted; });
    if (afterMs >= 0)
        QTest::qWait(afterMs);
    delete guard;
    deleted = true;
    QTest::qWait(20);
    QVERIFY(!emittedAfterwards);

    server.startOver();
    server.answer(ScriptedServer::http(200, "{}"));
    QVERIFY(exchange(*transport, requestTo(server.url())));
}

void TestTransportLife::deletionInsideFinished_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("after an answer") << ScriptedServer::http(200, "{}");
    QTest::newRow("after a timeout") << QByteArray();
    QTest::newRow("after too large an announcement")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    QTest::newRow("after too large a body") << ScriptedServer::chunked({ QByteArray(20'000, 'x') });
    QTest::newRow("after a redirect") << ScriptedServer::http(302, "", "Location: /there\r\n");
}

void TestTransportLife::deletionInsideFinished()
{
    QFETCH(QByteArray, answer);
    ScriptedServer server;
    server.answer(answer);
    const auto transport = madeTransport({ .connectTimeout = 5s, .readTimeout = 200ms, .replyLimitBytes = 10'000 });
    QObject owner;
    HttpExchange *sent = transport->send(requestTo(server.url()), &owner);
    int count = 0;
    connect(sent, &HttpExchange::finished, this, [&count, sent] {
        ++count;
        delete sent;
    });
    QTRY_COMPARE(count, 1);
    QTest::qWait(10);
    QCOMPARE(count, 1);
}

void TestTransportLife::deletionOfTheParent()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    const auto transport = madeTransport(patient);
    auto owner = std::make_unique<QObject>();
    HttpExchange *sent = transport->send(requestTo(server.url()), owner.get());
    bool came = false;
    connect(sent, &HttpExchange::finished, this, [&] {
        came = true;
        owner.reset();
    });
    QTRY_VERIFY(came);
    QVERIFY(!owner);
}

QTEST_GUILESS_MAIN(TestTransportLife)
#include "tst_transportlife.moc"
