// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/transports.h"

#include "fakeproxy.h"
#include "scriptedserver.h"
#include "testcertificate.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! Answers from a list; each question is kept.
class ScriptedPrompt final : public ProxyPrompt {
public:
    void askProxyPassword(
        const Question &question, QObject *context, std::function<void(const Result<ProxyCredentials> &)> done) override
    {
        questions << question;
        lastContext = context;
        m_done = std::move(done);
        if (!answers.isEmpty()) // else the person thinks
            answer(answers.takeFirst());
    }
    void answer(const Result<ProxyCredentials> &given)
    {
        QMetaObject::invokeMethod(
            lastContext, [given, done = m_done] { done(given); }, Qt::QueuedConnection);
    }

    QList<Question> questions {};
    QList<Result<ProxyCredentials>> answers {};
    QPointer<QObject> lastContext {};

private:
    std::function<void(const Result<ProxyCredentials> &)> m_done {};
};

ProxyCredentials login(const QString &user, const QByteArray &password)
{
    return { .user = user, .password = Secret(QByteArrayView(password)) };
}

} // namespace

//! TLS to a host that only the proxy can reach, as to AWS from a company's network.
class TestProxySignIn final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void tlsThroughTheProxy();
    void passwordOfTheUrl_data();
    void passwordOfTheUrl();
    void wrongPasswordOfTheUrl();
    void noPassword();
    void personIsAsked();
    void refusedPasswordIsAskedForAgain();
    void threeTimesAtMost();
    void oneQuestionForMany();
    void oneQuestionForAllBundles();
    void givenUp();
    void questionIsWithdrawn();
    void passwordFromElsewhere();
    void refusals_data();
    void refusals();
    void proxyThatIsNotThere();
    void proxyWithoutAHost();
    void proxyThatSaysNothing();
    void uselessVariable();

private:
    std::unique_ptr<Transports> transports(const QString &proxy, ProxyPrompt *prompt = nullptr);
    HttpExchange *send(Transports &transports, QObject *owner);
    Result<HttpReply> exchange(Transports &transports);
    QString proxyUrl(const QString &login = {}) const { return u"http://"_s + login + m_proxy->text(); }

    QTemporaryDir m_folder;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<FakeProxy> m_proxy;
    ScriptedPrompt m_prompt;
};

void TestProxySignIn::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY(makeTestCertificate(m_folder, u"service"_s, u"DNS:sms-voice.elsewhere.invalid"_s));
}

void TestProxySignIn::init()
{
    m_server = serveTls(m_folder, u"service"_s);
    QVERIFY(m_server);
    m_server->answer(ScriptedServer::http(200, "{}"));
    m_proxy = std::make_unique<FakeProxy>();
    m_proxy->leadTo(quint16(m_server->url().port()));
    m_prompt = {};
}

std::unique_ptr<Transports> TestProxySignIn::transports(const QString &proxy, ProxyPrompt *prompt)
{
    const ProxySettings settings = ProxySettings::of(
        [proxy](const QString &name) { return name == "HTTPS_PROXY"_L1 ? std::optional(proxy) : std::nullopt; });
    return std::make_unique<Transports>(HttpLimits { .connectTimeout = 10s, .readTimeout = 10s }, settings, prompt);
}

HttpExchange *TestProxySignIn::send(Transports &transports, QObject *owner)
{
    const Result<HttpTransport *> transport = transports.forBundle({ .fileName = m_folder.filePath(u"service.pem"_s) });
    if (!transport)
        qFatal("%s", qPrintable(transport.error().detail));
    return (*transport)
        ->send({ .url = QUrl(u"https://sms-voice.elsewhere.invalid/"_s),
                   .headers = { { "Content-Type", "text/plain" } },
                   .body = "{}" },
            owner);
}

Result<HttpReply> TestProxySignIn::exchange(Transports &transports)
{
    QObject owner;
    QSignalSpy finished(send(transports, &owner), &HttpExchange::finished);
    if (!finished.wait(20'000))
        return Error { .kind = Error::Kind::Internal, .detail = u"the exchange never finished"_s };
    return finished.at(0).at(0).value<Result<HttpReply>>();
}

#define VERIFY_ANSWERED(expression)                                                                                    \
    do {                                                                                                               \
        const Result<HttpReply> answered = (expression);                                                               \
        QVERIFY2(answered, qPrintable(answered ? QString() : answered.error().detail));                                \
    } while (false)

void TestProxySignIn::tlsThroughTheProxy()
{
    const auto all = transports(proxyUrl());
    VERIFY_ANSWERED(exchange(*all));
    QCOMPARE(m_proxy->asked().size(), 1);
    QCOMPARE(m_proxy->asked().at(0).line, "CONNECT sms-voice.elsewhere.invalid:443 HTTP/1.1");
    QVERIFY(m_proxy->asked().at(0).login.isEmpty());
}

void TestProxySignIn::passwordOfTheUrl_data()
{
    QTest::addColumn<bool>("close");
    QTest::newRow("connection is kept") << false;
    QTest::newRow("connection is closed") << true;
}

void TestProxySignIn::passwordOfTheUrl()
{
    QFETCH(bool, close);
    m_proxy->askFor("ann:p@ss");
    m_proxy->closeAfterAsking(close);
    const auto all = transports(proxyUrl(u"ann:p%40ss@"_s));
    VERIFY_ANSWERED(exchange(*all));
    QCOMPARE(m_proxy->asked().last().login, "ann:p@ss");
    QCOMPARE(m_server->requests().size(), 1);
    QVERIFY(!m_server->requests().at(0).toLower().contains("proxy-authorization"));
}

void TestProxySignIn::wrongPasswordOfTheUrl()
{
    m_proxy->askFor("ann:right");
    const auto all = transports(proxyUrl(u"ann:hidden@"_s));
    const Result<HttpReply> outcome = exchange(*all);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::Network);
    QCOMPARE(outcome.error().code, QString(errorcode::proxyAuthenticationRequired));
    QVERIFY2(outcome.error().detail.contains(m_proxy->text()), qPrintable(outcome.error().detail));
    QVERIFY2(outcome.error().detail.contains(u"does not take"), qPrintable(outcome.error().detail));
    QVERIFY2(!outcome.error().detail.contains(u"hidden"), qPrintable(outcome.error().detail));
    QVERIFY(m_server->requests().isEmpty());
}

void TestProxySignIn::noPassword()
{
    m_proxy->askFor("ann:right");
    const auto all = transports(proxyUrl());
    const Result<HttpReply> outcome = exchange(*all);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, QString(errorcode::proxyAuthenticationRequired));
    QCOMPARE(outcome.error().member(u"Proxy"), m_proxy->text());
    QVERIFY2(outcome.error().detail.contains(u"asks for a user and password"), qPrintable(outcome.error().detail));
    QVERIFY2(outcome.error().detail.contains(u"HTTPS_PROXY"), qPrintable(outcome.error().detail));
}

void TestProxySignIn::personIsAsked()
{
    m_proxy->askFor("ann:right");
    m_prompt.answers << login(u"ann"_s, "right");
    const auto all = transports(proxyUrl(), &m_prompt);
    VERIFY_ANSWERED(exchange(*all));
    QCOMPARE(m_prompt.questions.size(), 1);
    QCOMPARE(m_prompt.questions.at(0).proxy, m_proxy->text());
    QVERIFY(m_prompt.questions.at(0).problem.isEmpty());
    VERIFY_ANSWERED(exchange(*all)); // kept in memory
    QCOMPARE(m_prompt.questions.size(), 1);
    QVERIFY(!m_prompt.lastContext);
}

void TestProxySignIn::refusedPasswordIsAskedForAgain()
{
    m_proxy->askFor("ann:right");
    m_prompt.answers << login(u"ann"_s, "wrong") << login(u"ann"_s, "right");
    const auto all = transports(proxyUrl(), &m_prompt);
    VERIFY_ANSWERED(exchange(*all));
    QCOMPARE(m_prompt.questions.size(), 2);
    QVERIFY(!m_prompt.questions.at(1).problem.isEmpty());
}

void TestProxySignIn::threeTimesAtMost()
{
    m_proxy->askFor("ann:right");
    m_prompt.answers << login(u"ann"_s, "a") << login(u"ann"_s, "b") << login(u"bob"_s, "c")
                     << login(u"ann"_s, "right");
    const auto all = transports(proxyUrl(), &m_prompt);
    const Result<HttpReply> outcome = exchange(*all);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, QString(errorcode::proxyAuthenticationRequired));
    QCOMPARE(m_prompt.questions.size(), 3);
}

void TestProxySignIn::oneQuestionForMany()
{
    m_proxy->askFor("ann:right");
    const auto all = transports(proxyUrl(), &m_prompt);
    QObject owner;
    std::vector<std::unique_ptr<QSignalSpy>> spies;
    for (int i = 0; i < 4; ++i)
        spies.push_back(std::make_unique<QSignalSpy>(send(*all, &owner), &HttpExchange::finished));
    QTRY_COMPARE(m_prompt.questions.size(), 1);
    // A fifth comes while the question stands: one answer serves all.
    spies.push_back(std::make_unique<QSignalSpy>(send(*all, &owner), &HttpExchange::finished));
    QTest::qWait(50);
    QCOMPARE(m_prompt.questions.size(), 1);
    m_prompt.answer(login(u"ann"_s, "right"));
    for (const auto &spy : spies) {
        QTRY_COMPARE(spy->size(), 1);
        VERIFY_ANSWERED(spy->at(0).at(0).value<Result<HttpReply>>());
    }
    QCOMPARE(m_prompt.questions.size(), 1);
}

void TestProxySignIn::oneQuestionForAllBundles()
{
    m_proxy->askFor("ann:right");
    const auto all = transports(proxyUrl(), &m_prompt);
    QObject owner;
    QSignalSpy ofBundle(send(*all, &owner), &HttpExchange::finished);
    const Result<HttpTransport *> system = all->forBundle();
    QVERIFY(system);
    QSignalSpy ofSystem(
        (*system)->send({ .url = QUrl(u"https://sms-voice.elsewhere.invalid/"_s) }, &owner), &HttpExchange::finished);
    QTRY_COMPARE(m_proxy->asked().size(), 2);
    QTest::qWait(200); // for a second question
    QCOMPARE(m_prompt.questions.size(), 1);
    m_prompt.answer(login(u"ann"_s, "right"));
    QVERIFY(ofBundle.size() == 1 || ofBundle.wait(20'000));
    VERIFY_ANSWERED(ofBundle.at(0).at(0).value<Result<HttpReply>>());
    QVERIFY(ofSystem.size() == 1 || ofSystem.wait(20'000));
    QCOMPARE(ofSystem.at(0).at(0).value<Result<HttpReply>>().error().code, QString(errorcode::tlsUntrusted));
    QCOMPARE(m_prompt.questions.size(), 1);
}

void TestProxySignIn::givenUp()
{
    m_proxy->askFor("ann:right");
    m_prompt.answers << Error { .kind = Error::Kind::Cancelled };
    const auto all = transports(proxyUrl(), &m_prompt);
    const Result<HttpReply> outcome = exchange(*all);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, QString(errorcode::proxyAuthenticationRequired));
    m_prompt.answers << login(u"ann"_s, "right"); // who tries again is asked again
    VERIFY_ANSWERED(exchange(*all));
    QCOMPARE(m_prompt.questions.size(), 2);
}

void TestProxySignIn::questionIsWithdrawn()
{
    m_proxy->askFor("ann:right");
    const auto all = transports(proxyUrl(), &m_prompt);
    QObject owner;
    HttpExchange *first = send(*all, &owner);
    HttpExchange *second = send(*all, &owner);
    QTRY_VERIFY(m_prompt.lastContext);
    QTest::qWait(50); // both wait for it
    delete first;
    QVERIFY(m_prompt.lastContext);
    delete second;
    QVERIFY(!m_prompt.lastContext);
    QCOMPARE(m_prompt.questions.size(), 1);
}

void TestProxySignIn::passwordFromElsewhere()
{
    m_proxy->askFor("ann:right");
    const auto all = transports(proxyUrl());
    QVERIFY(!exchange(*all));
    all->setProxyCredentials(m_proxy->text(), login(u"ann"_s, "wrong"));
    QVERIFY(!exchange(*all));
    all->setProxyCredentials(m_proxy->text(), login(u"ann"_s, "right"));
    VERIFY_ANSWERED(exchange(*all));
}

void TestProxySignIn::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("forbidden") << 403 << QString(errorcode::proxyRefused) << u"does not allow"_s;
    QTest::newRow("not found") << 404 << QString() << u"it could not find"_s;
    QTest::newRow("bad gateway") << 502 << QString() << u"through the proxy"_s;
    QTest::newRow("unavailable") << 503 << QString() << u"could not reach"_s;
}

void TestProxySignIn::refusals()
{
    QFETCH(int, status);
    QFETCH(QString, code);
    QFETCH(QString, words);
    m_proxy->refuseWith(status);
    const auto all = transports(proxyUrl(u"ann:hidden@"_s));
    const Result<HttpReply> outcome = exchange(*all);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::Network);
    QCOMPARE(outcome.error().code, code);
    for (const QString &word : { words, m_proxy->text(), u"sms-voice.elsewhere.invalid"_s })
        QVERIFY2(outcome.error().detail.contains(word), qPrintable(outcome.error().detail));
    QVERIFY2(!outcome.error().detail.contains(u"hidden"), qPrintable(outcome.error().detail));
}

void TestProxySignIn::proxyThatIsNotThere()
{
    QTcpSocket nobody; // bound, so that no other test takes the port, and not listening
    QVERIFY(nobody.bind(QHostAddress::LocalHost, 0, QAbstractSocket::DontShareAddress));
    const QString text = u"127.0.0.1:%1"_s.arg(nobody.localPort());
    const auto all = transports(u"http://ann:hidden@"_s + text);
    const Result<HttpReply> outcome = exchange(*all);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::Network);
    QVERIFY2(outcome.error().detail.contains(
                 u"The proxy %1 on the way to sms-voice.elsewhere.invalid refused the connection"_s.arg(text)),
        qPrintable(outcome.error().detail));
    QVERIFY2(!outcome.error().detail.contains(u"hidden"), qPrintable(outcome.error().detail));
}

void TestProxySignIn::proxyWithoutAHost()
{
    const auto all = transports(u"http://ann:hidden@proxy.nowhere.invalid:3128"_s);
    const Result<HttpReply> outcome = exchange(*all);
    QVERIFY(!outcome);
    QVERIFY2(outcome.error().detail.contains(u"proxy.nowhere.invalid:3128"), qPrintable(outcome.error().detail));
    QVERIFY2(outcome.error().detail.contains(u"could not be found, or"), qPrintable(outcome.error().detail));
}

void TestProxySignIn::proxyThatSaysNothing()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    const QString text = u"127.0.0.1:%1"_s.arg(silent.serverPort());
    // NO_PROXY names the proxy's own address too, which is not where this goes.
    const ProxySettings settings = ProxySettings::of([text](const QString &) { return std::optional(text); });
    Transports all(HttpLimits { .connectTimeout = 200ms, .readTimeout = 10s }, settings);
    const Result<HttpReply> outcome = exchange(all);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::Timeout);
    QVERIFY2(outcome.error().detail.contains(u"through the proxy "_s + text), qPrintable(outcome.error().detail));
}

void TestProxySignIn::uselessVariable()
{
    const auto all = transports(u"https://ann:hidden@p.example:3128"_s);
    const Result<HttpReply> outcome = exchange(*all);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::InvalidInput);
    QVERIFY2(outcome.error().detail.contains(u"HTTPS_PROXY"), qPrintable(outcome.error().detail));
}

QTEST_GUILESS_MAIN(TestProxySignIn)
#include "tst_proxysignin.moc"
