// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/devicesignin.h"

#include "ssofixture.h"

using namespace optout;
using namespace std::chrono_literals;
using Kind = Error::Kind;

namespace {

//! The sign-in under test; its seconds last 2 ms.
struct DeviceFixture : SsoFixture {
    QObject owner;
    QElapsedTimer took;
    std::unique_ptr<QSignalSpy> finished;
    DeviceSignIn *device = nullptr;

    void start(const SsoStep &step = session())
    {
        device = new DeviceSignIn(parts(), step, u"dev"_s, &owner, 2ms);
        finished = std::make_unique<QSignalSpy>(device, &DeviceSignIn::finished);
        took.start();
        device->start();
        QCOMPARE(finished->size(), 0);
    }
    Result<SsoToken> outcome()
    {
        if (!QTest::qWaitFor([this] { return finished->size() > 0; }, 5000) || finished->size() != 1)
            return Error { .detail = u"finished() did not come once"_s };
        return finished->first().first().value<Result<SsoToken>>();
    }
    void expectGrant(const QByteArray &grant = deviceGrant)
    {
        service.expect("POST /client/register", 200, registered);
        service.expect("POST /device_authorization", 200, grant);
    }
    void expectPending() { service.expect("POST /token", 400, pending, "AuthorizationPendingException"); }
};

const QString registrationFile = u"787ef34d0a944c01385765faa28b5e67d1c08f33.json"_s;

} // namespace

class TestDeviceSignIn final : public QObject {
    Q_OBJECT
private slots:
    void showsTheCodeUntilItIsAllowed()
    {
        DeviceFixture f;
        f.expectGrant();
        f.expectPending();
        f.expectPending();
        f.service.expect("POST /token", 200, newToken);
        f.start();
        const Result<SsoToken> token = f.outcome();
        QVERIFY2(token, token ? "" : qPrintable(token.error().detail));
        QCOMPARE(f.service.complaints, QStringList());
        QVERIFY(f.service.allCame());
        QCOMPARE(f.prompt.shown.size(), 1);
        QCOMPARE(f.prompt.shown.first().userCode, u"ABCD-EFGH"_s);
        QCOMPARE(f.prompt.shown.first().profile, u"dev"_s);
        QCOMPARE(f.prompt.shown.first().expiresIn.count(), 600);
        QCOMPARE(f.prompt.open, 0);
        QCOMPARE(token->accessToken.expose(), QByteArrayView("CANARYnewtoken"));
        QCOMPARE(token->refreshToken.expose(), QByteArrayView("CANARYrefresh2"));
        QCOMPARE(token->expires, f.clock.now() + 28800s);
        QVERIFY(token->canRefresh(f.clock.now()));
        QCOMPARE(f.service.requests.first().url.host(), u"oidc.eu-west-1.amazonaws.com"_s);
        // The registration is there for the CLI.
        QTRY_VERIFY(!f.read(registrationFile).isEmpty());
        QCOMPARE(f.json(registrationFile),
            (QJsonObject { { u"clientId"_s, u"client-1"_s }, { u"clientSecret"_s, u"CANARYclient"_s },
                { u"expiresAt"_s, u"2024-05-29T16:26:40Z"_s },
                { u"scopes"_s, QJsonArray { u"sso:account:access"_s } } }));
        QVERIFY(QFile::permissions(f.path(registrationFile)).toInt() == 0x6600);
    }

    void usesARegistrationOfTheCli_data()
    {
        QTest::addColumn<QByteArray>("expires");
        QTest::addColumn<bool>("used");
        QTest::newRow("holds") << QByteArray("2024-03-01T11:00:00Z") << true;
        QTest::newRow("an older CLI's form") << QByteArray("2024-03-01T11:00:00UTC") << true;
        QTest::newRow("ends within minutes") << QByteArray("2024-03-01T10:10:00Z") << false;
        QTest::newRow("has ended") << QByteArray("2024-02-01T10:00:00Z") << false;
        QTest::newRow("is unreadable") << QByteArray("\"") << false;
        QTest::newRow("is for another way to sign in")
            << QByteArray("2024-03-02T10:00:00Z\",\"grantTypes\":[\"authorization_code\",\"refresh_token\"],\"a\":\"")
            << false;
    }
    void usesARegistrationOfTheCli()
    {
        QFETCH(const QByteArray, expires);
        QFETCH(const bool, used);
        DeviceFixture f;
        f.write(registrationFile, R"({"clientId":"old","clientSecret":"x","expiresAt": )" + ('"' + expires) + "\"}");
        if (used)
            f.service.expect("POST /device_authorization", 200, deviceGrant);
        else
            f.expectGrant();
        f.service.expect("POST /token", 200, newToken);
        f.start();
        const Result<SsoToken> token = f.outcome();
        QVERIFY(token);
        QCOMPARE(token->clientId, used ? u"old"_s : u"client-1"_s);
        QCOMPARE(f.service.complaints, QStringList());
    }

    void registersAnewWhenTheServiceHasForgotten()
    {
        DeviceFixture f;
        f.write(registrationFile, R"({"clientId":"old","clientSecret":"x","expiresAt":"2024-03-02T10:00:00Z"})");
        f.service.expect("POST /device_authorization", 401, R"({"error":"invalid_client"})", "InvalidClientException");
        f.expectGrant();
        f.service.expect("POST /token", 200, newToken);
        f.start();
        QVERIFY(f.outcome());
        QCOMPARE(f.service.complaints, QStringList());
    }

    void aFreshRegistrationIsNotMadeTwice()
    {
        DeviceFixture f;
        f.service.expect("POST /client/register", 200, registered);
        f.service.expect("POST /device_authorization", 401, R"({"error":"invalid_client"})", "InvalidClientException");
        f.start();
        QCOMPARE(f.outcome().error().code, u"InvalidClientException"_s);
        QCOMPARE(f.service.lines.size(), 2);
        QCOMPARE(f.prompt.shown.size(), 0);
    }

    void slowsDownWhenTold()
    {
        DeviceFixture f;
        f.expectGrant();
        f.service.expect("POST /token", 400, R"({"error":"slow_down"})", "SlowDownException");
        f.expectPending();
        f.service.expect("POST /token", 200, newToken);
        f.start();
        QVERIFY(f.outcome());
        // 1 second, then twice 1 + 5, of 2 ms each.
        QVERIFY2(f.took.elapsed() >= 26, qPrintable(QString::number(f.took.elapsed())));
    }

    void bearsABadConnectionWhileSomebodyTypes()
    {
        DeviceFixture f;
        f.expectGrant();
        f.service.expectFailure("POST /token", { .kind = Kind::Network, .detail = u"reset"_s });
        f.service.expect("POST /token", 503, "<html>busy</html>");
        f.service.expect("POST /token", 200, newToken);
        f.start();
        QVERIFY(f.outcome());
        QCOMPARE(f.service.complaints, QStringList());
    }

    void ends_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("code");
        QTest::newRow("too late") << 400 << QByteArray(R"({"error":"expired_token"})") << Kind::NoCredentials
                                  << u"ExpiredTokenException"_s;
        QTest::newRow("refused in the browser")
            << 400 << QByteArray(R"({"error":"access_denied"})") << Kind::AccessDenied << u"AccessDeniedException"_s;
        QTest::newRow("grant unknown") << 400 << QByteArray(R"({"error":"invalid_grant"})") << Kind::InvalidInput
                                       << u"InvalidGrantException"_s;
        QTest::newRow("unreadable token")
            << 200 << QByteArray(R"({"accessToken":5})") << Kind::BadResponse << QString();
    }
    void ends()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        DeviceFixture f;
        f.expectGrant();
        f.service.expect("POST /token", status, body);
        f.start();
        const Result<SsoToken> token = f.outcome();
        QVERIFY(!token);
        QTEST(token.error().kind, "kind");
        QTEST(token.error().code, "code");
        QCOMPARE(token.error().requestId, u"request-7"_s);
        QCOMPARE(f.prompt.open, 0);
    }

    void untrustedTlsEndsItAtOnce()
    {
        DeviceFixture f;
        f.expectGrant();
        f.service.expectFailure("POST /token", { .kind = Kind::Network, .code = errorcode::tlsUntrusted });
        f.start();
        QCOMPARE(f.outcome().error().code, QString(errorcode::tlsUntrusted));
    }

    void stopsAskingAtTheEndOfTheCode()
    {
        DeviceFixture f;
        f.expectGrant();
        f.expectPending();
        f.start();
        QVERIFY(QTest::qWaitFor([&f] { return f.service.allCame(); }));
        f.clock.advance(600s);
        const Result<SsoToken> token = f.outcome();
        QCOMPARE(token.error().code, u"ExpiredTokenException"_s);
        QCOMPARE(token.error().kind, Kind::NoCredentials);
        QCOMPARE(f.service.complaints, QStringList());
    }

    void aPersonCanCancel()
    {
        DeviceFixture f;
        f.expectGrant(QByteArray(deviceGrant).replace("\"interval\":1", "\"interval\":60"));
        f.start();
        QVERIFY(QTest::qWaitFor([&f] { return f.prompt.open == 1; }));
        f.prompt.cancel(Error { .kind = Kind::Cancelled, .detail = u"not now"_s });
        QCOMPARE(f.finished->size(), 0); // from the event loop
        QCOMPARE(f.outcome().error().kind, Kind::Cancelled);
        QCOMPARE(f.prompt.open, 0);
        QTest::qWait(150);
        QCOMPARE(f.service.lines.size(), 2);
        QCOMPARE(f.finished->size(), 1);
    }

    void deletingItWithdrawsTheCode()
    {
        DeviceFixture f;
        f.expectGrant();
        f.start();
        QVERIFY(QTest::qWaitFor([&f] { return f.prompt.open == 1; }));
        delete f.device;
        QCOMPARE(f.prompt.open, 0);
        QCOMPARE(f.finished->size(), 0);
    }

    void legacyKeysAskForNoScope()
    {
        DeviceFixture f;
        f.expectGrant();
        f.service.expect("POST /token", 200, newToken);
        f.start(SsoFixture::legacy());
        QVERIFY(f.outcome());
        QVERIFY(!f.service.body(0).contains(u"scopes"_s));
    }

    void aRegionThatIsNoneIsRefused()
    {
        DeviceFixture f;
        SsoStep step = SsoFixture::session();
        step.region = u"evil.example/"_s;
        f.start(step);
        QCOMPARE(f.outcome().error().kind, Kind::InvalidInput);
        QCOMPARE(f.service.lines.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestDeviceSignIn)
#include "tst_devicesignin.moc"
