// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signinfixture.h"

#include "signin/containersource.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;
using namespace std::chrono_literals;
using Method = HttpRequest::Method;

namespace {

SignInStep container(ContainerStep how)
{
    return { .origin = SignInStep::Origin::Container, .profile = {}, .how = std::move(how) };
}

SignInStep instance(InstanceMetadataStep how = {})
{
    return { .origin = SignInStep::Origin::Instance, .profile = {}, .how = std::move(how) };
}

const QUrl tokenUrl(u"http://169.254.169.254/latest/api/token"_s);
const QUrl rolesUrl(u"http://169.254.169.254/latest/meta-data/iam/security-credentials/"_s);
const QUrl roleUrl(u"http://169.254.169.254/latest/meta-data/iam/security-credentials/Web-Role_1"_s);

auto hasHeader(const QByteArray &name, const QByteArray &value)
{
    return [name, value](const HttpRequest &request) {
        const QByteArray sent = FakeTransport::header(request, name);
        return sent == value ? QString() : u"%1 is %2"_s.arg(QString::fromLatin1(name), QString::fromLatin1(sent));
    };
}

} // namespace

//! The services inside a container and inside an instance.
class TestMetadataSources final : public QObject {
    Q_OBJECT

private slots:
    void judgesTheContainersUrl_data();
    void judgesTheContainersUrl();
    void fetchesTheContainersKeys();
    void readsTheContainersTokenAnew();
    void readsTheTokenInAWorker();
    void refusesATokenOfManyLines();
    void namesWhatTheContainerSaid();
    void triesTheContainerThreeTimes();
    void fetchesTheInstancesKeys();
    void givesOldKeysMoreTime_data();
    void givesOldKeysMoreTime();
    void goesWithoutAToken_data();
    void goesWithoutAToken();
    void mayNotGoWithoutAToken();
    void tellsThatTheInstanceIsNotAvailable_data();
    void tellsThatTheInstanceIsNotAvailable();
    void triesTheInstanceAsOftenAsTold();
    void asksAnotherEndpoint();
};

void TestMetadataSources::judgesTheContainersUrl_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("ECS") << u"http://169.254.170.2/v2/credentials/x"_s << true;
    QTest::newRow("EKS") << u"http://169.254.170.23/v1/credentials"_s << true;
    QTest::newRow("EKS, IPv6") << u"http://[fd00:ec2::23]/v1/credentials"_s << true;
    QTest::newRow("EKS, IPv6 written out") << u"http://[fd00:0ec2:0:0:0:0:0:23]/v1/credentials"_s << true;
    QTest::newRow("localhost") << u"http://localhost:1234/x"_s << true;
    QTest::newRow("loopback") << u"http://127.1.2.3/x"_s << true;
    QTest::newRow("loopback, IPv6") << u"http://[::1]/x"_s << true;
    QTest::newRow("https") << u"https://keys.example.com/x"_s << true;
    QTest::newRow("http elsewhere") << u"http://keys.example.com/x"_s << false;
    QTest::newRow("instance metadata") << u"http://169.254.169.254/x"_s << false;
    QTest::newRow("looks like loopback") << u"http://127.0.0.1.example.com/x"_s << false;
    QTest::newRow("user information") << u"https://a:b@keys.example.com/x"_s << false;
    QTest::newRow("another scheme") << u"file:///etc/passwd"_s << false;
    QTest::newRow("no URL") << u"keys"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void TestMetadataSources::judgesTheContainersUrl()
{
    QFETCH(QString, url);
    QFETCH(bool, isTaken);
    const Result<QUrl> got = containerUrl(url);
    QCOMPARE(got.has_value(), isTaken);
    if (!isTaken)
        QCOMPARE(got.error().kind, Error::Kind::InvalidInput);
}

void TestMetadataSources::fetchesTheContainersKeys()
{
    SignInFixture f;
    const QUrl url(u"http://169.254.170.2/v2/credentials/x?id=1"_s);
    f.transport.expect(Method::Get, url)
        .reply(200, f.metadata("ASIATASK", f.clock.now() + 6h))
        .check(hasHeader("Authorization", "canary-authorization"));
    const Result<Credentials> got =
        f.run(container({ .url = url.toString(), .token = Secret(QByteArrayView("canary-authorization")) }));
    QCOMPARE(f.transport.complaints(), QStringList());
    QVERIFY(got);
    QCOMPARE(got->accessKeyId, u"ASIATASK"_s);
    QCOMPARE(got->expires, f.clock.now() + 6h);
    QCOMPARE(f.transport.requests().first().limits->connectTimeout, 2s);
}

void TestMetadataSources::readsTheContainersTokenAnew()
{
    QTemporaryDir dir;
    QFile file(dir.filePath(u"token"_s));
    SignInFixture f;
    const SignInStep step =
        container({ .url = u"http://169.254.170.23/v1/credentials"_s, .tokenFile = file.fileName() });
    for (const QByteArray token : { "first", "second" }) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(token);
        file.close();
        f.transport.expect(Method::Get, QUrl(u"http://169.254.170.23/v1/credentials"_s))
            .reply(200, f.metadata("ASIAPOD", f.clock.now() + 1h))
            .check(hasHeader("Authorization", token));
        QVERIFY(f.run(step));
    }
    QCOMPARE(f.transport.complaints(), QStringList());
    QVERIFY(file.remove());
    const Result<Credentials> got = f.run(step);
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::Storage);
    QVERIFY(got.error().detail.contains(file.fileName()));
}

//! A token may be on a disk that does not answer.
void TestMetadataSources::readsTheTokenInAWorker()
{
    SignInFixture f;
    const SignInStep step = container({ .url = u"http://169.254.170.23/x"_s, .tokenFile = u"/nowhere/token"_s });
    QVERIFY(f.waitsForAWorker(makeSource(step, f.parts(), &f.owner)));
}

void TestMetadataSources::refusesATokenOfManyLines()
{
    SignInFixture f;
    const Result<Credentials> got = f.run(
        container({ .url = u"http://169.254.170.2/x"_s, .token = Secret(QByteArrayView("canary\r\nX-Other: y")) }));
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::InvalidInput);
    QVERIFY(!got.error().detail.contains("canary"_L1));
    QCOMPARE(f.transport.requests().size(), 0);
}

void TestMetadataSources::namesWhatTheContainerSaid()
{
    SignInFixture f;
    const QUrl url(u"http://169.254.170.2/x"_s);
    f.transport.expect(Method::Get, url).reply(200, R"({"Code":"NoRole","Message":"No role for this task"})");
    const Result<Credentials> got = f.run(container({ .url = url.toString() }));
    QVERIFY(!got);
    QCOMPARE(got.error().code, u"NoRole"_s);
    QCOMPARE(got.error().detail,
        u"container: container credentials: What 169.254.170.2 answered cannot be used. No role for this task"_s);
    f.transport.expect(Method::Get, url).reply(200, R"({"AccessKeyId":"A","SecretAccessKey":"canary"})");
    const Result<Credentials> cut = f.run(container({ .url = url.toString() }));
    QVERIFY(!cut);
    QVERIFY(!cut.error().detail.contains("canary"_L1));
}

void TestMetadataSources::triesTheContainerThreeTimes()
{
    SignInFixture f;
    const QUrl url(u"http://169.254.170.2/x"_s);
    f.transport.expect(Method::Get, url).reply(500, "Sorry");
    f.transport.expect(Method::Get, url).fail({ .kind = Error::Kind::Timeout });
    f.transport.expect(Method::Get, url).reply(404, "{\"message\":\"not found canarycanarycanarycanary\"}");
    const Result<Credentials> got = f.run(container({ .url = url.toString() }));
    QCOMPARE(f.transport.complaints(), QStringList());
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::NoCredentials);
    QVERIFY2(got.error().code.isEmpty(), "a container ends the search");
    QVERIFY2(got.error().detail.contains("HTTP status 404"_L1), qPrintable(got.error().detail));
    QVERIFY2(!got.error().detail.contains("canary"_L1), qPrintable(got.error().detail));
}

void TestMetadataSources::fetchesTheInstancesKeys()
{
    SignInFixture f;
    const auto withToken = hasHeader("X-aws-ec2-metadata-token", "canary-token");
    f.transport.expect(Method::Put, tokenUrl)
        .reply(200, "canary-token")
        .check(hasHeader("X-aws-ec2-metadata-token-ttl-seconds", "21600"));
    f.transport.expect(Method::Get, rolesUrl).reply(200, "Web-Role_1\n").check(withToken);
    f.transport.expect(Method::Get, roleUrl).reply(200, f.metadata("ASIAEC2", f.clock.now() + 6h)).check(withToken);
    const Result<Credentials> got = f.run(instance());
    QCOMPARE(f.transport.complaints(), QStringList());
    QVERIFY(got);
    QCOMPARE(got->accessKeyId, u"ASIAEC2"_s);
    for (const HttpRequest &request : f.transport.requests()) {
        QCOMPARE(request.limits->connectTimeout, 1s);
        QCOMPARE(request.limits->readTimeout, 1s);
    }
}

void TestMetadataSources::givesOldKeysMoreTime_data()
{
    QTest::addColumn<int>("minutes"); // until they end
    QTest::addColumn<bool>("isLonger");
    QTest::newRow("ended") << -60 << true;
    QTest::newRow("end now") << 0 << true;
    QTest::newRow("end soon") << 12 << true;
    QTest::newRow("hold") << 21 << false;
}

void TestMetadataSources::givesOldKeysMoreTime()
{
    QFETCH(int, minutes);
    QFETCH(bool, isLonger);
    SignInFixture f;
    const Timestamp expires = f.clock.now() + std::chrono::minutes(minutes);
    f.transport.expect(Method::Put, tokenUrl).reply(200, "canary-token");
    f.transport.expect(Method::Get, rolesUrl).reply(200, "Web-Role_1");
    f.transport.expect(Method::Get, roleUrl).reply(200, f.metadata("ASIAEC2", expires));
    const Result<Credentials> got = f.run(instance());
    QVERIFY(got);
    if (isLonger)
        QVERIFY(*got->expires >= f.clock.now() + 12min && *got->expires <= f.clock.now() + 20min);
    else
        QCOMPARE(*got->expires, expires);
}

void TestMetadataSources::goesWithoutAToken_data()
{
    QTest::addColumn<int>("status"); // 0: too late
    QTest::newRow("403") << 403;
    QTest::newRow("404") << 404;
    QTest::newRow("405") << 405;
    QTest::newRow("500") << 500;
    QTest::newRow("too late") << 0;
}

void TestMetadataSources::goesWithoutAToken()
{
    QFETCH(int, status);
    SignInFixture f;
    FakeTransport::Expectation &token = f.transport.expect(Method::Put, tokenUrl);
    if (status == 0)
        token.fail({ .kind = Error::Kind::Timeout });
    else
        token.reply(status, "no");
    f.transport.expect(Method::Get, rolesUrl).reply(200, "Web-Role_1").check(hasHeader("X-aws-ec2-metadata-token", {}));
    f.transport.expect(Method::Get, roleUrl).reply(200, f.metadata("ASIAEC2", f.clock.now() + 6h));
    QVERIFY(f.run(instance()));
    QCOMPARE(f.transport.complaints(), QStringList());
}

void TestMetadataSources::mayNotGoWithoutAToken()
{
    SignInFixture f;
    f.transport.expect(Method::Put, tokenUrl).reply(404, "no");
    const Result<Credentials> got = f.run(instance({ .needsToken = true }));
    QCOMPARE(f.transport.complaints(), QStringList());
    QVERIFY(!got);
    QCOMPARE(got.error().code, u"NotAvailable"_s);
    QVERIFY(got.error().detail.contains("AWS_EC2_METADATA_V1_DISABLED"_L1));
}

void TestMetadataSources::tellsThatTheInstanceIsNotAvailable_data()
{
    QTest::addColumn<int>("tokenStatus"); // 0: no connection
    QTest::addColumn<int>("roleStatus");
    QTest::addColumn<QByteArray>("role");
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QString>("words");
    QTest::newRow("no connection") << 0 << 0 << QByteArray() << QByteArray() << u"no instance metadata service here"_s;
    QTest::newRow("bad request") << 400 << 0 << QByteArray() << QByteArray() << u"HTTP status 400"_s;
    QTest::newRow("no role") << 200 << 404 << QByteArray("<html>") << QByteArray() << u"has no role"_s;
    QTest::newRow("empty role") << 200 << 200 << QByteArray("\n") << QByteArray() << u"has no role"_s;
    QTest::newRow("role is a path") << 200 << 200 << QByteArray("../../x") << QByteArray() << u"has no role"_s;
    QTest::newRow("refused") << 200 << 401 << QByteArray("x") << QByteArray() << u"HTTP status 401"_s;
    QTest::newRow("error as an answer") << 200 << 200 << QByteArray("Web-Role_1")
                                        << QByteArray(
                                               R"({"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot"})")
                                        << u"EC2 cannot"_s;
    QTest::newRow("no JSON") << 200 << 200 << QByteArray("Web-Role_1") << QByteArray("canary") << u"no JSON object"_s;
}

void TestMetadataSources::tellsThatTheInstanceIsNotAvailable()
{
    QFETCH(int, tokenStatus);
    QFETCH(int, roleStatus);
    QFETCH(QByteArray, role);
    QFETCH(QByteArray, keys);
    QFETCH(QString, words);
    SignInFixture f;
    FakeTransport::Expectation &token = f.transport.expect(Method::Put, tokenUrl);
    if (tokenStatus == 0)
        token.fail({ .kind = Error::Kind::Network, .detail = u"no route"_s });
    else
        token.reply(tokenStatus, "t");
    if (roleStatus != 0)
        f.transport.expect(Method::Get, rolesUrl).reply(roleStatus, role);
    if (!keys.isEmpty())
        f.transport.expect(Method::Get, roleUrl).reply(200, keys);
    const Result<Credentials> got = f.run(instance());
    QCOMPARE(f.transport.complaints(), QStringList());
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::NoCredentials);
    QCOMPARE(got.error().code, u"NotAvailable"_s);
    QVERIFY2(got.error().detail.contains(words), qPrintable(got.error().detail));
    QVERIFY2(!got.error().detail.contains("canary"_L1), qPrintable(got.error().detail));
}

void TestMetadataSources::triesTheInstanceAsOftenAsTold()
{
    SignInFixture f;
    f.transport.expect(Method::Put, tokenUrl).fail({ .kind = Error::Kind::Timeout });
    f.transport.expect(Method::Put, tokenUrl).reply(200, "t");
    f.transport.expect(Method::Get, rolesUrl).reply(503, "");
    f.transport.expect(Method::Get, rolesUrl).reply(200, "Web-Role_1");
    f.transport.expect(Method::Get, roleUrl).reply(200, "{");
    f.transport.expect(Method::Get, roleUrl).reply(200, f.metadata("ASIAEC2", f.clock.now() + 6h));
    QVERIFY(f.run(instance({ .timeout = 1s, .attempts = 2 })));
    QCOMPARE(f.transport.complaints(), QStringList());
}

void TestMetadataSources::asksAnotherEndpoint()
{
    SignInFixture f;
    f.transport.expect(Method::Put, QUrl(u"http://[fd00:ec2::254]/latest/api/token"_s)).reply(400, "");
    QVERIFY(!f.run(instance({ .endpoint = u"http://[fd00:ec2::254]/"_s })));
    f.transport.expect(Method::Put, QUrl(u"http://127.0.0.1:99/imds/latest/api/token"_s)).reply(400, "");
    QVERIFY(!f.run(instance({ .endpoint = u"http://127.0.0.1:99/imds"_s })));
    QCOMPARE(f.transport.complaints(), QStringList());
    const Result<Credentials> got = f.run(instance({ .endpoint = u"metadata"_s }));
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::InvalidInput);
}

QTEST_GUILESS_MAIN(TestMetadataSources)
#include "tst_metadatasources.moc"
