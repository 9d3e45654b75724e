// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signinfixture.h"

#include "fakes/canary.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;
using namespace std::chrono_literals;

class TestWebIdentitySource final : public QObject {
    Q_OBJECT

private slots:
    void init() { m_file.setFileName(m_dir.filePath(u"token"_s)); }
    void readsTheTokenAnew();
    void readsTheTokenInAWorker();
    void leavesNoTokenBehind();
    void namesWhatFailed();
    void refusesFilesThatHoldNoToken_data();
    void refusesFilesThatHoldNoToken();

private:
    void write(const QByteArray &text)
    {
        QVERIFY(m_file.open(QIODevice::WriteOnly));
        m_file.write(text);
        m_file.close();
    }
    static SignInStep step(const QString &file)
    {
        return { .origin = SignInStep::Origin::ConfigFile,
            .profile = u"pod"_s,
            .how = WebIdentityStep {
                .tokenFile = file, .roleArn = u"arn:aws:iam::111122223333:role/Pod"_s, .sessionName = u"s"_s } };
    }

    QTemporaryDir m_dir {};
    QFile m_file {};
};

void TestWebIdentitySource::readsTheTokenAnew()
{
    SignInFixture f;
    for (const QByteArray token : { "header.first.signature", "header.second.signature" }) {
        write(token + '\n');
        f.expectSts()
            .reply(200, f.assumed("ASIAPOD", f.clock.now() + 1h, "AssumeRoleWithWebIdentity"))
            .check([token](const HttpRequest &request) {
                if (!FakeTransport::header(request, "Authorization").isEmpty())
                    return u"signed"_s;
                return SignInFixture::field(request, u"WebIdentityToken"_s).toUtf8() == token ? QString() : u"token"_s;
            });
        const Result<Credentials> got = f.run(step(m_file.fileName()));
        QVERIFY(got);
        QCOMPARE(got->accessKeyId, u"ASIAPOD"_s);
    }
    QCOMPARE(f.transport.complaints(), QStringList());
    const HttpRequest &request = f.transport.requests().first();
    QCOMPARE(f.field(request, u"Action"_s), u"AssumeRoleWithWebIdentity"_s);
    QCOMPARE(f.field(request, u"RoleArn"_s), u"arn:aws:iam::111122223333:role/Pod"_s);
    QCOMPARE(f.field(request, u"RoleSessionName"_s), u"s"_s);
}

//! A token may be on a disk that does not answer.
void TestWebIdentitySource::readsTheTokenInAWorker()
{
    SignInFixture f;
    const SignInStep step { .origin = SignInStep::Origin::ConfigFile,
        .profile = u"dev"_s,
        .how = WebIdentityStep { .tokenFile = u"/nowhere/token"_s, .roleArn = u"arn:x"_s, .sessionName = {} } };
    QVERIFY(f.waitsForAWorker(makeSource(step, f.parts(), &f.owner)));
}

namespace {

//! Answers every request without keeping it.
class ForgettingTransport final : public HttpTransport {
public:
    explicit ForgettingTransport(const QByteArray &body)
        : m_body(body)
    {
    }
    HttpExchange *send(const HttpRequest &, QObject *parent) override
    {
        auto *exchange = new HttpExchange(parent);
        QMetaObject::invokeMethod(
            exchange, [exchange, body = m_body] { emit exchange->finished(HttpReply { .status = 200, .body = body }); },
            Qt::QueuedConnection);
        return exchange;
    }

private:
    QByteArray m_body;
};

} // namespace

void TestWebIdentitySource::leavesNoTokenBehind()
{
    if (!Canary::canSearch())
        QSKIP("memory cannot be searched here");
    QByteArray token;
    token.reserve(20'100);
    token.fill('t', 20'000); // a token is long; what is given back is used again from its beginning
    Canary::appendTo(token);
    token += "ttt";
    QVERIFY(m_file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    m_file.write(token);
    m_file.close();
    wipe(token);
    QCOMPARE(Canary::copies(1), 0);
    SignInFixture f;
    ForgettingTransport transport(f.assumed("ASIAWEB", f.clock.now() + 1h, "AssumeRoleWithWebIdentity"));
    const SignInStep step { .origin = SignInStep::Origin::ConfigFile,
        .profile = u"dev"_s,
        .how = WebIdentityStep { .tokenFile = m_file.fileName(), .roleArn = u"arn:x"_s, .sessionName = {} } };
    const SourceParts parts { .transport = transport,
        .clock = f.clock,
        .prompt = f.prompt,
        .environment = {},
        .settings = f.settings,
        .cache = {} };
    CredentialSource *source = makeSource(step, parts, &f.owner);
    const Result<Credentials> got = f.run(source);
    QVERIFY2(got, got ? "" : qPrintable(got.error().detail));
    QTest::qWait(10); // for what is deleted later
    delete source;
    QCOMPARE(Canary::copies(1), 0);
}

void TestWebIdentitySource::namesWhatFailed()
{
    SignInFixture f;
    write("canary.canary.canary");
    f.expectSts().reply(400, f.refused("ExpiredTokenException", "Token expired"));
    const Result<Credentials> got = f.run(step(m_file.fileName()));
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::NoCredentials);
    QVERIFY2(got.error().detail.startsWith("profile pod: web_identity_token_file "_L1), qPrintable(got.error().detail));
    QVERIFY2(
        got.error().detail.endsWith("ExpiredTokenException by STS: Token expired"_L1), qPrintable(got.error().detail));
}

void TestWebIdentitySource::refusesFilesThatHoldNoToken_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("words");
    write({});
    QTest::newRow("not there") << m_dir.filePath(u"none"_s) << u"does not exist"_s;
    QTest::newRow("folder") << m_dir.path() << u"no ordinary file"_s;
    QTest::newRow("device") << u"/dev/zero"_s << u"no ordinary file"_s;
    QTest::newRow("empty") << m_file.fileName() << u"is empty"_s;
    QFile large(m_dir.filePath(u"large"_s));
    QVERIFY(large.open(QIODevice::WriteOnly));
    large.write(QByteArray(100'000, 'a'));
    QTest::newRow("large") << large.fileName() << u"longer than 64 KiB"_s;
}

void TestWebIdentitySource::refusesFilesThatHoldNoToken()
{
    QFETCH(QString, file);
    QFETCH(QString, words);
    SignInFixture f;
    const Result<Credentials> got = f.run(step(file));
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::Storage);
    QVERIFY2(got.error().detail.contains(words), qPrintable(got.error().detail));
    QCOMPARE(f.transport.requests().size(), 0);
}

QTEST_GUILESS_MAIN(TestWebIdentitySource)
#include "tst_webidentitysource.moc"
