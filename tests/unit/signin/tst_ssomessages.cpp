// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/ssomessages.h"

#include "ssofixture.h"

using namespace optout;
using Kind = Error::Kind;

namespace {
const QUrl endpoint(u"https://oidc.eu-west-1.amazonaws.com"_s);
QJsonObject bodyOf(const HttpRequest &request) { return QJsonDocument::fromJson(request.body).object(); }
const SsoRegistration registration { .clientId = u"client-1"_s,
    .clientSecret = Secret(QByteArrayView("CANARYclient")) };
} // namespace

class TestSsoMessages final : public QObject {
    Q_OBJECT
private slots:
    void registersAPublicClient()
    {
        const FakeClock clock;
        const HttpRequest request = registerClientRequest(endpoint, SsoFixture::session(), clock.now());
        QCOMPARE(request.url, QUrl(u"https://oidc.eu-west-1.amazonaws.com/client/register"_s));
        QVERIFY(request.method == HttpRequest::Method::Post);
        QCOMPARE(
            request.headers, (QList<std::pair<QByteArray, QByteArray>> { { "Content-Type", "application/json" } }));
        QCOMPARE(bodyOf(request),
            (QJsonObject { { u"clientName"_s, u"optout-browser-corp"_s }, { u"clientType"_s, u"public"_s },
                { u"scopes"_s, QJsonArray { u"sso:account:access"_s } } }));
        QCOMPARE(bodyOf(registerClientRequest(endpoint, SsoFixture::legacy(), clock.now())),
            (QJsonObject { { u"clientName"_s, u"optout-browser-1709287200"_s }, { u"clientType"_s, u"public"_s } }));
    }

    void asksForTokens()
    {
        QCOMPARE(bodyOf(startDeviceAuthorizationRequest(endpoint, registration, u"https://x/"_s)),
            (QJsonObject { { u"clientId"_s, u"client-1"_s }, { u"clientSecret"_s, u"CANARYclient"_s },
                { u"startUrl"_s, u"https://x/"_s } }));
        QCOMPARE(bodyOf(deviceTokenRequest(endpoint, registration, Secret(QByteArrayView("CANARYdevice")))),
            (QJsonObject { { u"clientId"_s, u"client-1"_s }, { u"clientSecret"_s, u"CANARYclient"_s },
                { u"grantType"_s, u"urn:ietf:params:oauth:grant-type:device_code"_s },
                { u"deviceCode"_s, u"CANARYdevice"_s } }));
        SsoToken token;
        token.clientId = u"c"_s;
        token.clientSecret = Secret(QByteArrayView("s"));
        token.refreshToken = Secret(QByteArrayView("r"));
        const HttpRequest refresh = refreshTokenRequest(endpoint, token);
        QCOMPARE(refresh.url.path(), u"/token"_s);
        QCOMPARE(bodyOf(refresh),
            (QJsonObject { { u"clientId"_s, u"c"_s }, { u"clientSecret"_s, u"s"_s },
                { u"grantType"_s, u"refresh_token"_s }, { u"refreshToken"_s, u"r"_s } }));
    }

    void asksForKeysWithEveryLetterOfTheRole()
    {
        const HttpRequest request = roleCredentialsRequest(QUrl(u"https://portal.sso.eu-west-1.amazonaws.com"_s),
            SsoFixture::session(), Secret(QByteArrayView("tok")));
        QCOMPARE(request.url.toEncoded(),
            "https://portal.sso.eu-west-1.amazonaws.com/federation/"
            "credentials?role_name=Read%2BOnly&account_id=111122223333");
        QVERIFY(request.method == HttpRequest::Method::Get);
        QCOMPARE(request.headers, (QList<std::pair<QByteArray, QByteArray>> { { "x-amz-sso_bearer_token", "tok" } }));
    }

    void readsADeviceGrant()
    {
        const Result<DeviceGrant> grant = readDeviceGrant(deviceGrant);
        QVERIFY(grant);
        QCOMPARE(grant->deviceCode.expose(), QByteArrayView("CANARYdevice"));
        QCOMPARE(grant->userCode, u"ABCD-EFGH"_s);
        QCOMPARE(grant->verificationUrl.query(), u"user_code=ABCD-EFGH"_s);
        QCOMPARE(grant->expiresIn.count(), 600);
        QCOMPARE(grant->interval.count(), 1);
    }

    void refusesABadDeviceGrant_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("no code") << QByteArray("deviceCode") << QByteArray("deviceKode");
        QTest::newRow("no user code") << QByteArray("\"userCode") << QByteArray("\"userKode");
        QTest::newRow("a code that moves the cursor") << QByteArray("\"ABCD-EFGH") << QByteArray("\"\\u001b[2J");
        QTest::newRow("a code with line breaks") << QByteArray("\"ABCD-EFGH") << QByteArray("\"A\\nB");
        QTest::newRow("a file to open") << QByteArray("https://device.sso.eu-west-1.amazonaws.com/?")
                                        << QByteArray("file:///etc/passwd?");
        QTest::newRow("a script to run") << QByteArray("https://device.sso.eu-west-1.amazonaws.com/?")
                                         << QByteArray("javascript:alert(1)?");
        QTest::newRow("plain http") << QByteArray("https://device") << QByteArray("http://device");
        QTest::newRow("user information") << QByteArray("https://device") << QByteArray("https://aws@device");
        QTest::newRow("cut") << QByteArray("\"interval\":1}") << QByteArray();
    }
    void refusesABadDeviceGrant()
    {
        QFETCH(const QByteArray, from);
        QFETCH(const QByteArray, to);
        QVERIFY(deviceGrant.contains(from));
        const Result<DeviceGrant> grant = readDeviceGrant(QByteArray(deviceGrant).replace(from, to));
        QVERIFY(!grant);
        QCOMPARE(grant.error().kind, Kind::BadResponse);
        QVERIFY(!grant.error().detail.contains(u"CANARY"_s));
    }

    void timesOfAGrantHaveBounds()
    {
        const auto grant = [](const QByteArray &interval) {
            return readDeviceGrant(QByteArray(deviceGrant).replace("\"interval\":1", interval));
        };
        QCOMPARE(grant(R"( "interval":0)")->interval.count(), 1);
        QCOMPARE(grant(R"( "interval":-7)")->interval.count(), 1);
        QCOMPARE(grant(R"( "interval":1e9)")->interval.count(), 60);
        QCOMPARE(grant(R"( "other":1)")->interval.count(), 5);
    }

    void readsTokenAndRegistration()
    {
        QCOMPARE(readGrantedToken(newToken)->expiresIn.count(), 28800);
        QVERIFY(!readGrantedToken(R"({"accessToken":"CANARY"})"));
        QVERIFY(!readGrantedToken(R"({"accessToken":"CANARY\n","expiresIn":5})"));
        QCOMPARE(readClientRegistration(registered)->expires.time_since_epoch().count(), 1717000000000);
        QVERIFY(!readClientRegistration(R"({"clientId":"c","clientSecret":"CANARY","clientSecretExpiresAt":1e18})"));
        QVERIFY(!readClientRegistration("[]"));
    }

    void readsErrors_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("code");
        QTest::newRow("by header") << 400 << QByteArray("InvalidGrantException:http://internal/")
                                   << QByteArray(R"({"error":"invalid_grant","error_description":"No such grant"})")
                                   << Kind::InvalidInput << u"InvalidGrantException"_s;
        QTest::newRow("by OAuth's word") << 400 << QByteArray() << pending << Kind::InvalidInput
                                         << u"AuthorizationPendingException"_s;
        QTest::newRow("a new OAuth word")
            << 400 << QByteArray() << QByteArray(R"({"error":"new_word"})") << Kind::InvalidInput << u"new_word"_s;
        QTest::newRow("refused by a person") << 400 << QByteArray() << QByteArray(R"({"error":"access_denied"})")
                                             << Kind::AccessDenied << u"AccessDeniedException"_s;
        QTest::newRow("throttled") << 429 << QByteArray("TooManyRequestsException") << QByteArray("{}")
                                   << Kind::Throttled << u"TooManyRequestsException"_s;
        QTest::newRow("fault") << 500 << QByteArray() << QByteArray(R"({"error":"server_error"})") << Kind::ServiceFault
                               << QString();
        QTest::newRow("a proxy's page") << 502 << QByteArray() << QByteArray("<html>Bad gateway</html>")
                                        << Kind::ServiceFault << QString();
    }
    void readsErrors()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, type);
        QFETCH(const QByteArray, body);
        HttpReply reply { .status = status, .headers = { { "x-amzn-RequestId", "request-7" } }, .body = body };
        if (!type.isEmpty())
            reply.headers += { "x-amzn-ErrorType", type };
        const Error error = ssoError(SignInAction::CreateToken, reply);
        QTEST(error.kind, "kind");
        QTEST(error.code, "code");
        QCOMPARE(error.requestId, u"request-7"_s);
        QVERIFY2(error.detail.startsWith(u"IAM Identity Center (OIDC) answered CreateToken with "_s),
            qPrintable(error.detail));
    }
};

QTEST_GUILESS_MAIN(TestSsoMessages)
#include "tst_ssomessages.moc"
