// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/qthttptransport.h"
#include "net/transports.h"

#include "scriptedserver.h"
#include "testcertificate.h"

#include <QFile>
#include <QSignalSpy>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

class TestTransportTls final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void unknownIssuerIsRefused();
    void bundleIsTrusted();
    void bundleReplacesTheSystemsCertificates();
    void wrongHostIsRefused();
    void untrustedSaysWhatToDo();
    void oneTransportForEachBundle();
    void bundleWrittenAnew();
    void uselessBundles_data();
    void uselessBundles();

private:
    std::unique_ptr<ScriptedServer> serve(const QString &name) const;
    Result<HttpReply> exchange(HttpTransport &transport, const ScriptedServer &server);
    QString path(const QString &fileName) const { return m_folder.filePath(fileName); }

    QTemporaryDir m_folder;
    const HttpLimits m_limits { .connectTimeout = 5s, .readTimeout = 5s };
};

std::unique_ptr<ScriptedServer> TestTransportTls::serve(const QString &name) const
{
    auto server = serveTls(m_folder, name);
    if (server)
        server->answer(ScriptedServer::http(200, "{}"));
    return server;
}

Result<HttpReply> TestTransportTls::exchange(HttpTransport &transport, const ScriptedServer &server)
{
    QObject owner;
    const HttpRequest request { .url = server.url(u"https"_s), .headers = { { "Content-Type", "text/plain" } } };
    HttpExchange *sent = transport.send(request, &owner);
    QSignalSpy finished(sent, &HttpExchange::finished);
    if (!finished.wait(10'000))
        return Error { .kind = Kind::Internal, .detail = u"the exchange never finished"_s };
    return finished.at(0).at(0).value<Result<HttpReply>>();
}

void TestTransportTls::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY(QSslSocket::supportsSsl());
    QVERIFY(makeTestCertificate(m_folder, u"good"_s, u"IP:127.0.0.1"_s));
    QVERIFY(makeTestCertificate(m_folder, u"elsewhere"_s, u"DNS:elsewhere.example"_s));
}

void TestTransportTls::unknownIssuerIsRefused()
{
    const auto server = serve(u"good"_s);
    QVERIFY(server);
    QtHttpTransport transport(m_limits);
    const Result<HttpReply> outcome = exchange(transport, *server);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Kind::Network);
    QCOMPARE(outcome.error().code, QString(errorcode::tlsUntrusted));
    QVERIFY2(outcome.error().detail.contains(u"127.0.0.1"), qPrintable(outcome.error().detail));
    QVERIFY2(outcome.error().detail.contains(u"self-signed"), qPrintable(outcome.error().detail));
    QVERIFY(server->requests().isEmpty()); // no header, no token has left
}

void TestTransportTls::bundleIsTrusted()
{
    const auto server = serve(u"good"_s);
    QVERIFY(server);
    QtHttpTransport transport(m_limits);
    QVERIFY(transport.setCaBundle(path(u"good.pem"_s)));
    for (int i = 0; i < 5; ++i) {
        const Result<HttpReply> outcome = exchange(transport, *server);
        QVERIFY2(outcome, qPrintable(outcome.has_value() ? QString() : outcome.error().detail));
        QCOMPARE(outcome->body, "{}");
    }
    QCOMPARE(server->connections(), 1);
    QCOMPARE(server->requests().size(), 5);
}

void TestTransportTls::bundleReplacesTheSystemsCertificates()
{
    const auto server = serve(u"good"_s);
    QVERIFY(server);
    QtHttpTransport transport(m_limits);
    QVERIFY(transport.setCaBundle(path(u"elsewhere.pem"_s)));
    const Result<HttpReply> outcome = exchange(transport, *server);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, QString(errorcode::tlsUntrusted));
}

void TestTransportTls::wrongHostIsRefused()
{
    const auto server = serve(u"elsewhere"_s);
    QVERIFY(server);
    QtHttpTransport transport(m_limits);
    QVERIFY(transport.setCaBundle(path(u"elsewhere.pem"_s)));
    const Result<HttpReply> outcome = exchange(transport, *server);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, QString(errorcode::tlsUntrusted));
    QVERIFY2(outcome.error().detail.contains(u"host name did not match"), qPrintable(outcome.error().detail));
    QVERIFY(server->requests().isEmpty());
}

void TestTransportTls::untrustedSaysWhatToDo()
{
    const auto server = serve(u"good"_s);
    QVERIFY(server);
    Transports transports(m_limits);
    const Result<HttpTransport *> transport = transports.forBundle();
    QVERIFY(transport);
    const Result<HttpReply> outcome = exchange(**transport, *server);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, QString(errorcode::tlsUntrusted));
    for (const QString &word : { u"AWS_CA_BUNDLE"_s, u"ca_bundle"_s })
        QVERIFY2(outcome.error().detail.contains(word), qPrintable(outcome.error().detail));
}

void TestTransportTls::oneTransportForEachBundle()
{
    const auto good = serve(u"good"_s);
    QVERIFY(good);
    Transports transports(m_limits);
    const auto system = transports.forBundle();
    const auto trusting = transports.forBundle({ .fileName = path(u"good.pem"_s), .setBy = u"AWS_CA_BUNDLE"_s });
    const auto again = transports.forBundle({ .fileName = path(u"good.pem"_s), .setBy = u"ca_bundle"_s });
    const auto other = transports.forBundle({ .fileName = path(u"elsewhere.pem"_s) });
    QVERIFY(system && trusting && again && other);
    QCOMPARE(*trusting, *again);
    QCOMPARE(*transports.forBundle(), *system);
    QVERIFY(*trusting != *system && *trusting != *other && *system != *other);
    QVERIFY(exchange(**trusting, *good));
    QVERIFY(!exchange(**other, *good));
    QVERIFY(!exchange(**system, *good));
}

void TestTransportTls::bundleWrittenAnew()
{
    const auto server = serve(u"good"_s);
    QVERIFY(server);
    Transports transports(m_limits);
    const CaBundle bundle { .fileName = path(u"changing.pem"_s) };
    QVERIFY(!transports.forBundle(bundle)); // not there yet
    QVERIFY(QFile::copy(path(u"elsewhere.pem"_s), bundle.fileName));
    const auto before = transports.forBundle(bundle);
    QVERIFY(before);
    QVERIFY(!exchange(**before, *server));

    QFile file(bundle.fileName), more(path(u"good.pem"_s));
    QVERIFY(more.open(QIODevice::ReadOnly) && file.open(QIODevice::Append));
    file.write(more.readAll());
    file.close();
    const auto after = transports.forBundle(bundle);
    QVERIFY(after);
    QVERIFY(exchange(**after, *server));
    QVERIFY(!exchange(**before, *server)); // still there, for what is under way
}

void TestTransportTls::uselessBundles_data()
{
    QTest::addColumn<QString>("fileName");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("not there") << path(u"missing.pem"_s) << Kind::Storage;
    QTest::newRow("a folder") << m_folder.path() << Kind::Storage;
    QTest::newRow("empty") << path(u"empty.pem"_s) << Kind::InvalidInput;
    QTest::newRow("a key") << path(u"good.key"_s) << Kind::InvalidInput;
    QFile empty(path(u"empty.pem"_s));
    QVERIFY(empty.open(QIODevice::WriteOnly));
}

void TestTransportTls::uselessBundles()
{
    QFETCH(QString, fileName);
    QFETCH(Kind, kind);
    Transports transports(m_limits);
    const auto transport = transports.forBundle({ .fileName = fileName, .setBy = u"ca_bundle of the profile dev"_s });
    QVERIFY(!transport);
    QCOMPARE(transport.error().kind, kind);
    for (const QString &word : { fileName, u"ca_bundle of the profile dev"_s })
        QVERIFY2(transport.error().detail.contains(word), qPrintable(transport.error().detail));
}

QTEST_GUILESS_MAIN(TestTransportTls)
#include "tst_transporttls.moc"
