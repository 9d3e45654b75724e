// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/qthttptransport.h"

#include "scriptedserver.h"

#include <QDir>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;
using Then = ScriptedServer::Then;
Q_DECLARE_METATYPE(optout::ScriptedServer::Then)

namespace {
//! Generous for what should come, so that a busy machine fails no test; the tests of the limits set their own.
const HttpLimits patient { .connectTimeout = 5s, .readTimeout = 5s, .replyLimitBytes = 100'000 };

HttpRequest requestTo(const QUrl &url, const QByteArray &body = "{}")
{
    return { .url = url, .headers = { { "Content-Type", "application/x-amz-json-1.0" } }, .body = body };
}

//! Sends it and waits for the end.
Result<HttpReply> exchange(HttpTransport &transport, const HttpRequest &request)
{
    QObject owner;
    HttpExchange *sent = transport.send(request, &owner);
    QSignalSpy finished(sent, &HttpExchange::finished);
    if (!finished.wait(10'000))
        return Error { .kind = Kind::Internal, .detail = u"the exchange never finished"_s };
    return finished.at(0).at(0).value<Result<HttpReply>>();
}

QByteArray sentHeader(const QByteArray &request, const QByteArray &name)
{
    const QList<QByteArray> lines = request.first(request.indexOf("\r\n\r\n")).split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}
} // namespace

#define VERIFY_FAILED(result, expectedKind, word)                                                                      \
    do {                                                                                                               \
        QVERIFY(!(result));                                                                                            \
        QVERIFY2((result).error().detail.contains(u"" word), qPrintable((result).error().detail));                     \
        QCOMPARE((result).error().kind, expectedKind);                                                                 \
        QVERIFY2((result).error().detail.contains(u"127.0.0.1"), qPrintable((result).error().detail));                 \
    } while (false)

class TestQtHttpTransport final : public QObject {
    Q_OBJECT
private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void requestOnTheWire();
    void answersOfAnyStatus_data();
    void answersOfAnyStatus();
    void wholeBodies_data();
    void wholeBodies();
    void hundredContinueIsPassedOver();

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

    void tooLarge_data();
    void tooLarge();
    void exactlyTheLimit();
    void redirectIsNotFollowed_data();
    void redirectIsNotFollowed();
    void compressedAnswerIsRefused();
    void noCookies();

    void connectionIsReused();
    void connectionClosedBetweenRequests();
    void connectionDroppedAfterSecondRequest();
    void manyAtOnce();

    void deletionInFlight_data();
    void deletionInFlight();
    void deletionInsideFinished_data();
    void deletionInsideFinished();
    void deletionOfTheParent();
    void caBundle();
    void noCaBundle_data();
    void noCaBundle();
};

void TestQtHttpTransport::requestOnTheWire()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    QtHttpTransport transport(patient);
    const QByteArray body = R"({"OptOutListName":"Default","Text":"é ✓"})";
    const HttpRequest request { .url = server.url(),
        .headers = { { "Content-Type", "application/x-amz-json-1.0" },
            { "X-Amz-Target", "PinpointSMSVoiceV2.DescribeOptedOutNumbers" }, { "X-Amz-Date", "20240301T100000Z" },
            { "X-Amz-Security-Token", "IQoJb3JpZ2luX2VjE//////////w==" },
            { "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20240301/us-east-1/sms-voice/aws4_request, "
                "SignedHeaders=content-type;host;x-amz-date, Signature=00ff" } },
        .body = body };
    QVERIFY(exchange(transport, request));

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

void TestQtHttpTransport::answersOfAnyStatus_data()
{
    QTest::addColumn<int>("status");
    for (const int status : { 200, 201, 299, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 418, 429, 451, 499, 500,
             501, 502, 503, 504, 505, 599 })
        QTest::addRow("%d", status) << status;
}

void TestQtHttpTransport::answersOfAnyStatus()
{
    QFETCH(int, status);
    ScriptedServer server;
    const QByteArray body = R"({"__type":"ThrottlingException","message":"Rate exceeded"})";
    server.answer(ScriptedServer::http(status, body,
        "x-amzn-RequestId: b2c1a1d0-0000-4000-8000-000000000001\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"));
    QtHttpTransport transport(patient);
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
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

void TestQtHttpTransport::wholeBodies_data()
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

void TestQtHttpTransport::wholeBodies()
{
    QFETCH(QByteArray, answer);
    QFETCH(Then, then);
    QFETCH(QByteArray, body);
    ScriptedServer server;
    server.answer(answer, then);
    QtHttpTransport transport(patient);
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    QVERIFY2(outcome, qPrintable(outcome.has_value() ? QString() : outcome.error().detail));
    QCOMPARE(outcome->status, 200);
    QCOMPARE(outcome->body, body);
}

void TestQtHttpTransport::hundredContinueIsPassedOver()
{
    ScriptedServer server;
    server.answer("HTTP/1.1 100 Continue\r\n\r\n" + ScriptedServer::http(200, "{}"));
    QtHttpTransport transport(patient);
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    QVERIFY(outcome);
    QCOMPARE(outcome->status, 200);
    QCOMPARE(outcome->body, "{}");
}

void TestQtHttpTransport::refusedPort()
{
    QUrl url;
    {
        const ScriptedServer gone;
        url = gone.url();
    }
    QtHttpTransport transport(patient);
    const Result<HttpReply> outcome = exchange(transport, requestTo(url));
    VERIFY_FAILED(outcome, Kind::Network, "refused");
}

void TestQtHttpTransport::lostBeforeTheAnswer_data()
{
    QTest::addColumn<Then>("then");
    QTest::newRow("closed") << Then::Close;
    QTest::newRow("reset") << Then::Reset;
}

void TestQtHttpTransport::lostBeforeTheAnswer()
{
    QFETCH(Then, then);
    ScriptedServer server;
    server.answer({ {}, then });
    QtHttpTransport transport(patient);
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::Network, "closed the connection");
}

void TestQtHttpTransport::cutAnywhere_data()
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

void TestQtHttpTransport::cutAnywhere()
{
    QFETCH(QByteArray, whole);
    QFETCH(Then, then);
    QFETCH(int, gapMs);
    ScriptedServer server;
    // Qt 6.4 does not notice when the connection closes inside the line that tells a chunk's size: there the read
    // timeout has to end it.
    QtHttpTransport transport({ .connectTimeout = 5s, .readTimeout = 300ms });
    const qsizetype headSize = whole.indexOf("\r\n\r\n") + 4;
    const bool chunked = whole.contains("chunked");
    for (qsizetype at = 1; at < whole.size(); ++at) {
        server.startOver();
        server.answer({ { whole.first(at) }, then, std::chrono::milliseconds(gapMs) });
        const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
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
    QVERIFY(exchange(transport, requestTo(server.url())));
}

void TestQtHttpTransport::cutErrorStatusIsNoAnswer()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(500, "0123456789").chopped(3), Then::Close);
    QtHttpTransport transport(patient);
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::BadResponse, "status 500) was cut short after 7 bytes");
}

void TestQtHttpTransport::notHttp()
{
    ScriptedServer server;
    server.answer("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", Then::Close);
    QtHttpTransport transport(patient);
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    QVERIFY(!outcome);
    QVERIFY2(outcome.error().kind == Kind::BadResponse || outcome.error().kind == Kind::Network,
        qPrintable(outcome.error().detail));
}

void TestQtHttpTransport::connectTimeout()
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
    QtHttpTransport transport({ .connectTimeout = 150ms, .readTimeout = 20s });
    const QUrl url(u"http://127.0.0.1:%1/"_s.arg(full.serverPort()));
    const Result<HttpReply> outcome = exchange(transport, requestTo(url));
    VERIFY_FAILED(outcome, Kind::Timeout, "No connection");
}

void TestQtHttpTransport::stalledHeaders()
{
    ScriptedServer server;
    server.answer("HTTP/1.1 200 OK\r\nContent-Le");
    QtHttpTransport transport({ .connectTimeout = 20s, .readTimeout = 150ms });
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::Timeout, "did not answer within 0.15 s");
}

void TestQtHttpTransport::stalledBody()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "0123456789").chopped(3));
    QtHttpTransport transport({ .connectTimeout = 20s, .readTimeout = 150ms });
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::Timeout, "stopped in the middle");
    QTRY_COMPARE(server.closedConnections(), 1); // nothing is left behind
}

void TestQtHttpTransport::slowBodyWithinTimeout()
{
    ScriptedServer server;
    QList<QByteArray> pieces { ScriptedServer::http(200, "0123456789").chopped(10) };
    for (int digit = 0; digit < 10; ++digit)
        pieces += QByteArray::number(digit);
    server.answer({ pieces, Then::KeepOpen, 80ms });
    QtHttpTransport transport({ .connectTimeout = 5s, .readTimeout = 600ms });
    QElapsedTimer timer;
    timer.start();
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    QVERIFY2(outcome, qPrintable(outcome.has_value() ? QString() : outcome.error().detail));
    QCOMPARE(outcome->body, "0123456789");
    QVERIFY(timer.elapsed() > 600); // longer than the timeout all in all
}

void TestQtHttpTransport::tooLarge_data()
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

void TestQtHttpTransport::tooLarge()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, whole);
    ScriptedServer server;
    server.answer(answer);
    QtHttpTransport transport({ .connectTimeout = 5s, .readTimeout = 5s, .replyLimitBytes = 10'000 });
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::BadResponse, "larger than the limit of 10000 bytes");
    if (!whole)
        QTRY_COMPARE(server.closedConnections(), 1); // the rest is not read
}

void TestQtHttpTransport::exactlyTheLimit()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, QByteArray(10'000, 'x')));
    server.answer(ScriptedServer::chunked({ QByteArray(10'000, 'x') }));
    QtHttpTransport transport({ .connectTimeout = 5s, .readTimeout = 5s, .replyLimitBytes = 10'000 });
    for (int i = 0; i < 2; ++i) {
        const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
        QVERIFY(outcome);
        QCOMPARE(outcome->body.size(), 10'000);
    }
}

void TestQtHttpTransport::redirectIsNotFollowed_data()
{
    QTest::addColumn<int>("status");
    for (const int status : { 301, 302, 303, 307, 308 })
        QTest::addRow("%d", status) << status;
}

void TestQtHttpTransport::redirectIsNotFollowed()
{
    QFETCH(int, status);
    ScriptedServer server;
    ScriptedServer other;
    const QByteArray location = other.url().toEncoded() + "sign-in?secret=canary";
    server.answer(ScriptedServer::http(status, "moved", "Location: " + location + "\r\n"));
    QtHttpTransport transport(patient);
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::BadResponse, "redirect");
    QVERIFY(outcome.error().detail.contains(QString::number(status)));
    QVERIFY(outcome.error().detail.contains(other.url().authority()));
    QVERIFY(!outcome.error().detail.contains(u"canary"));
    QTest::qWait(20);
    QCOMPARE(other.connections(), 0);
}

void TestQtHttpTransport::compressedAnswerIsRefused()
{
    ScriptedServer server;
    // Whatever the bytes are: they are not looked at.
    server.answer(ScriptedServer::http(
        200, QByteArray::fromHex("1f8b0800000000000003abae05004396bf4302000000"), "Content-Encoding: gzip\r\n"));
    QtHttpTransport transport(patient);
    const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
    VERIFY_FAILED(outcome, Kind::BadResponse, "compressed");
}

void TestQtHttpTransport::noCookies()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}", "Set-Cookie: session=canary; Path=/\r\n"));
    QtHttpTransport transport(patient);
    QVERIFY(exchange(transport, requestTo(server.url())));
    QVERIFY(exchange(transport, requestTo(server.url())));
    QCOMPARE(server.requests().size(), 2);
    QVERIFY(!server.requests().at(1).contains("canary"));
}

void TestQtHttpTransport::connectionIsReused()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    QtHttpTransport transport(patient);
    for (int i = 0; i < 50; ++i)
        QVERIFY(exchange(transport, requestTo(server.url())));
    QCOMPARE(server.requests().size(), 50);
    QCOMPARE(server.connections(), 1);
}

void TestQtHttpTransport::connectionClosedBetweenRequests()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    QtHttpTransport transport(patient);
    for (int i = 0; i < 20; ++i) {
        const Result<HttpReply> outcome = exchange(transport, requestTo(server.url()));
        QVERIFY2(outcome, qPrintable(outcome.has_value() ? QString() : outcome.error().detail));
        server.closeAll();
        if (i % 2 == 0)
            QTest::qWait(5); // sometimes the other side has seen the end before it sends, sometimes not
    }
    QCOMPARE(server.requests().size(), 20);
}

void TestQtHttpTransport::connectionDroppedAfterSecondRequest()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    server.answer({ {}, Then::Reset }); // as when the server gave up on the idle connection at that very moment
    server.answer(ScriptedServer::http(200, R"({"third":3})"));
    QtHttpTransport transport(patient);
    QVERIFY(exchange(transport, requestTo(server.url())));
    const Result<HttpReply> second = exchange(transport, requestTo(server.url(), R"({"second":2})"));
    QVERIFY2(second, qPrintable(second.has_value() ? QString() : second.error().detail));
    QCOMPARE(second->body, R"({"third":3})");
    // Sent again by itself, whole and unchanged.
    QCOMPARE(server.requests().size(), 3);
    QCOMPARE(server.requests().at(2), server.requests().at(1));
}

void TestQtHttpTransport::manyAtOnce()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    QtHttpTransport transport(patient);
    QObject owner;
    int good = 0;
    for (int i = 0; i < 40; ++i) {
        connect(transport.send(requestTo(server.url()), &owner), &HttpExchange::finished, this,
            [&good](const Result<HttpReply> &outcome) { good += outcome.has_value(); });
    }
    QTRY_COMPARE(good, 40);
}

void TestQtHttpTransport::deletionInFlight_data()
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

void TestQtHttpTransport::deletionInFlight()
{
    QFETCH(int, afterMs);
    QFETCH(QByteArray, answer);
    ScriptedServer server;
    server.answer(answer);
    QtHttpTransport transport(patient);
    bool deleted = false;
    bool emittedAfterwards = false;
    QObject owner;
    HttpExchange *sent = transport.send(requestTo(server.url()), &owner);
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
    QVERIFY(exchange(transport, requestTo(server.url())));
}

void TestQtHttpTransport::deletionInsideFinished_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("after an answer") << ScriptedServer::http(200, "{}");
    QTest::newRow("after a timeout") << QByteArray();
    QTest::newRow("after too large an announcement")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    QTest::newRow("after too large a body") << ScriptedServer::chunked({ QByteArray(20'000, 'x') });
    QTest::newRow("after a redirect") << ScriptedServer::http(302, "", "Location: /there\r\n");
}

void TestQtHttpTransport::deletionInsideFinished()
{
    QFETCH(QByteArray, answer);
    ScriptedServer server;
    server.answer(answer);
    QtHttpTransport transport({ .connectTimeout = 5s, .readTimeout = 200ms, .replyLimitBytes = 10'000 });
    QObject owner;
    HttpExchange *sent = transport.send(requestTo(server.url()), &owner);
    int count = 0;
    connect(sent, &HttpExchange::finished, this, [&count, sent] {
        ++count;
        delete sent;
    });
    QTRY_COMPARE(count, 1);
    QTest::qWait(10);
    QCOMPARE(count, 1);
}

void TestQtHttpTransport::deletionOfTheParent()
{
    ScriptedServer server;
    server.answer(ScriptedServer::http(200, "{}"));
    QtHttpTransport transport(patient);
    auto owner = std::make_unique<QObject>();
    HttpExchange *sent = transport.send(requestTo(server.url()), owner.get());
    bool came = false;
    connect(sent, &HttpExchange::finished, this, [&] {
        came = true;
        owner.reset();
    });
    QTRY_VERIFY(came);
    QVERIFY(!owner);
}

void TestQtHttpTransport::caBundle()
{
    QtHttpTransport transport(patient);
    const Result<Done> missing = transport.setCaBundle(u"/nowhere/bundle.pem"_s);
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, Kind::Storage);
    QVERIFY(missing.error().detail.contains(u"/nowhere/bundle.pem"));
    const Result<Done> empty = transport.setCaBundle(QFINDTESTDATA("CMakeLists.txt"));
    QVERIFY(!empty);
    QCOMPARE(empty.error().kind, Kind::InvalidInput);
}

void TestQtHttpTransport::noCaBundle_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("words");
    QTest::newRow("a folder") << u"."_s << u"it is a folder"_s;
    QTest::newRow("too large") << u"large"_s << u"larger than 16 MiB"_s;
#ifdef Q_OS_UNIX
    QTest::newRow("a pipe") << u"pipe"_s << u"no ordinary file"_s;
    QTest::newRow("a device without end") << u"/dev/zero"_s << u"no ordinary file"_s;
#endif
}

//! A pipe would be waited for, and a device read, until the test is ended.
void TestQtHttpTransport::noCaBundle()
{
    QFETCH(const QString, file);
    QFETCH(const QString, words);
    QTemporaryDir folder;
    const QString path = QDir(folder.path()).absoluteFilePath(file);
    QFile large(folder.filePath(u"large"_s));
    QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(16 * 1024 * 1024 + 1));
#ifdef Q_OS_UNIX
    QCOMPARE(::mkfifo(QFile::encodeName(folder.filePath(u"pipe"_s)).constData(), 0600), 0);
#endif
    QtHttpTransport transport(patient);
    const Result<Done> taken = transport.setCaBundle(path);
    QVERIFY(!taken);
    QCOMPARE(taken.error().kind, Kind::Storage);
    QVERIFY2(
        taken.error().detail.contains(path) && taken.error().detail.contains(words), qPrintable(taken.error().detail));
}

QTEST_GUILESS_MAIN(TestQtHttpTransport)
#include "tst_qthttptransport.moc"
