// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "transporttest.h"

#include <QRegularExpression>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;
using Then = ScriptedServer::Then;
Q_DECLARE_METATYPE(optout::ScriptedServer::Then)

class TestTransportAnswers final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase_data() { addTransports(); }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void requestOnTheWire();
    void answersOfAnyStatus_data();
    void answersOfAnyStatus();
    void wholeBodies_data();
    void wholeBodies();
    void hundredContinueIsPassedOver();
    void tooLarge_data();
    void tooLarge();
    void exactlyTheLimit();
    void redirectIsNotFollowed_data();
    void redirectIsNotFollowed();
    void compressedAnswerIsRefused();
    void noCookies();
    void lineBreakInAHeader();
};

void TestTransportAnswers::requestOnTheWire()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    const auto transport = madeTransport(patient);
    const QByteArray body = R"({"OptOutListName":"Default","Text":"é ✓"})";
    const HttpRequest request { .url = server.url(),
        .headers = { { "Content-Type", "application/x-amz-json-1.0" },
            { "X-Amz-Target", "PinpointSMSVoiceV2.DescribeOptedOutNumbers" }, { "X-Amz-Date", "20240301T100000Z" },
            { "X-Amz-Security-Token", "IQoJb3JpZ2luX2VjE//////////w==" },
            { "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20240301/us-east-1/sms-voice/aws4_request, "
                "SignedHeaders=content-type;host;x-amz-date, Signature=00ff" } },
        .body = body };
    QVERIFY(exchange(*transport, request));

    QCOMPARE(server.requests().size(), 1);
    const QByteArray sent = server.requests().at(0);
    QVERIFY(sent.startsWith("POST / HTTP/1.1\r\n"));
    QVERIFY(sent.endsWith("\r\n\r\n" + body));
    for (const auto &[name, value] : request.headers)
        QCOMPARE(sentHeader(sent, name), value);
    QCOMPARE(sentHeader(sent, "Host"), server.url().authority().toLatin1());
    QCOMPARE(sentHeader(sent, "Accept-Encoding"), "identity");
    QCOMPARE(sentHeader(sent, "Accept-Language"), "en");
    QCOMPARE(sentHeader(sent, "Content-Length"), QByteArray::number(body.size()));
    QVERIFY(QRegularExpression(u"^optout-browser/[0-9]+\\.[0-9]+\\.[0-9]+$"_s)
                .match(QString::fromLatin1(sentHeader(sent, "User-Agent")))
                .hasMatch());
    QVERIFY(!sent.contains("Upgrade"));
    QVERIFY(!sent.contains("Cookie"));
}

void TestTransportAnswers::answersOfAnyStatus_data()
{
    QTest::addColumn<int>("status");
    for (const int status : { 200, 201, 299, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 418, 429, 451, 499, 500,
             501, 502, 503, 504, 505, 599 })
        QTest::addRow("%d", status) << status;
}

void TestTransportAnswers::answersOfAnyStatus()
{
    QFETCH(int, status);
    ScriptedServer server;
    const QByteArray body = R"({"__type":"ThrottlingException","message":"Rate exceeded"})";
    server.answer(ScriptedServer::http(status, body,
        "x-amzn-RequestId: b2c1a1d0-0000-4000-8000-000000000001\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"));
    const auto transport = madeTransport(patient);
    const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
    QVERIFY2(outcome, qPrintable(outcome.has_value() ? QString() : outcome.error().detail));
    QCOMPARE(outcome->status, status);
    QCOMPARE(outcome->body, body);
    const auto isRequestId = [](const auto &header) {
        return header.first.compare("x-amzn-requestid", Qt::CaseInsensitive) == 0
            && header.second == "b2c1a1d0-0000-4000-8000-000000000001";
    };
    QVERIFY(std::any_of(outcome->headers.begin(), outcome->headers.end(), isRequestId));
    QCOMPARE(server.requests().size(), 1);
}

void TestTransportAnswers::wholeBodies_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Then>("then");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("Content-Length") << ScriptedServer::http(200, R"({"a":1})") << Then::KeepOpen
                                    << QByteArray(R"({"a":1})");
    QTest::newRow("Content-Length, then closed")
        << ScriptedServer::http(200, R"({"a":1})") << Then::Close << QByteArray(R"({"a":1})");
    QTest::newRow("empty") << ScriptedServer::http(200, "") << Then::KeepOpen << QByteArray();
    QTest::newRow("chunked") << ScriptedServer::chunked({ R"({"a")", ":", "1}" }) << Then::KeepOpen
                             << QByteArray(R"({"a":1})");
    QTest::newRow("chunked, then closed")
        << ScriptedServer::chunked({ R"({"a":1})" }) << Then::Close << QByteArray(R"({"a":1})");
    QTest::newRow("until the connection closes") << QByteArray("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"a\":1}")
                                                 << Then::Close << QByteArray(R"({"a":1})");
    QTest::newRow("a page that is no JSON")
        << ScriptedServer::http(200, "<html>Sign in to the network</html>", "Content-Type: text/html\r\n")
        << Then::KeepOpen << QByteArray("<html>Sign in to the network</html>");
    QTest::newRow("identity named") << ScriptedServer::http(200, "{}", "Content-Encoding: identity\r\n")
                                    << Then::KeepOpen << QByteArray("{}");
}

void TestTransportAnswers::wholeBodies()
{
    QFETCH(QByteArray, answer);
    QFETCH(Then, then);
    QFETCH(QByteArray, body);
    ScriptedServer server;
    server.answer(answer, then);
    const auto transport = madeTransport(patient);
    const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
    QVERIFY2(outcome, qPrintable(outcome.has_value() ? QString() : outcome.error().detail));
    QCOMPARE(outcome->status, 200);
    QCOMPARE(outcome->body, body);
}

void TestTransportAnswers::hundredContinueIsPassedOver()
{
    ScriptedServer server;
    server.answer("HTTP/1.1 100 Continue\r\n\r\n" + ScriptedServer::http(200, "{}"));
    const auto transport = madeTransport(patient);
    const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
    QVERIFY(outcome);
    QCOMPARE(outcome->status, 200);
    QCOMPARE(outcome->body, "{}");
}

void TestTransportAnswers::tooLarge_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("whole");
    const QByteArray body(20'000, 'x');
    QTest::newRow("announced, and the body never comes")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 10001\r\n\r\n") << false;
    QTest::newRow("announced past all bounds")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nx") << false;
    QTest::newRow("chunked without end") << ScriptedServer::chunked({ body }).chopped(7) << false;
    QTest::newRow("until the connection closes, without end")
        << QByteArray("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n") + body << false;
    QTest::newRow("an error's body") << ScriptedServer::http(500, body) << true;
}

void TestTransportAnswers::tooLarge()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, whole);
    ScriptedServer server;
    server.answer(answer);
    const auto transport = madeTransport({ .connectTimeout = 5s, .readTimeout = 5s, .replyLimitBytes = 10'000 });
    const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::BadResponse, "larger than the limit of 10000 bytes");
    if (!whole)
        QTRY_COMPARE(server.closedConnections(), 1); // the rest is not read
}

void TestTransportAnswers::exactlyTheLimit()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, QByteArray(10'000, 'x')));
    server.answer(ScriptedServer::chunked({ QByteArray(10'000, 'x') }));
    const auto transport = madeTransport({ .connectTimeout = 5s, .readTimeout = 5s, .replyLimitBytes = 10'000 });
    for (int i = 0; i < 2; ++i) {
        const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
        QVERIFY(outcome);
        QCOMPARE(outcome->body.size(), 10'000);
    }
}

void TestTransportAnswers::redirectIsNotFollowed_data()
{
    QTest::addColumn<int>("status");
    for (const int status : { 301, 302, 303, 307, 308 })
        QTest::addRow("%d", status) << status;
}

void TestTransportAnswers::redirectIsNotFollowed()
{
    QFETCH(int, status);
    ScriptedServer server;
    ScriptedServer other;
    const QByteArray location = other.url().toEncoded() + "sign-in?secret=canary";
    server.answer(ScriptedServer::http(status, "moved", "Location: " + location + "\r\n"));
    const auto transport = madeTransport(patient);
    const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::BadResponse, "redirect");
    QVERIFY(outcome.error().detail.contains(QString::number(status)));
    QVERIFY(outcome.error().detail.contains(other.url().authority()));
    QVERIFY(!outcome.error().detail.contains(u"canary"));
    QTest::qWait(20);
    QCOMPARE(other.connections(), 0);
}

void TestTransportAnswers::compressedAnswerIsRefused()
{
    ScriptedServer server;
    // Whatever the bytes are: they are not looked at.
    server.answer(ScriptedServer::http(
        200, QByteArray::fromHex("1f8b0800000000000003abae05004396bf4302000000"), "Content-Encoding: gzip\r\n"));
    const auto transport = madeTransport(patient);
    const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::BadResponse, "compressed");
}

void TestTransportAnswers::noCookies()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}", "Set-Cookie: session=canary; Path=/\r\n"));
    const auto transport = madeTransport(patient);
    QVERIFY(exchange(*transport, requestTo(server.url())));
    QVERIFY(exchange(*transport, requestTo(server.url())));
    QCOMPARE(server.requests().size(), 2);
    QVERIFY(!server.requests().at(1).contains("canary"));
}

void TestTransportAnswers::lineBreakInAHeader()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    const auto transport = madeTransport(patient);
    HttpRequest request = requestTo(server.url());
    request.headers.emplaceBack("X-Amz-Security-Token", "canary\r\nX-Amz-Target: other");
    const Result<HttpReply> outcome = exchange(*transport, request);
    VERIFY_FAILED(outcome, Kind::InvalidInput, "X-Amz-Security-Token");
    QVERIFY(!outcome.error().detail.contains(u"canary"));
    QCOMPARE(server.connections(), 0);
}

QTEST_GUILESS_MAIN(TestTransportAnswers)
#include "tst_transportanswers.moc"
