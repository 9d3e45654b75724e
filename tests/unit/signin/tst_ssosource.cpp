// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/ssosource.h"

#include "ssofixture.h"

#include <QLoggingCategory>

using namespace optout;
using namespace std::chrono_literals;
using Kind = Error::Kind;

namespace {

const QString tokenFile = u"ee0bfd2552fbd840c02cc48b6e823320543c450f.json"_s;
const QString legacyFile = u"a51746d4aa793ae07b25e90c3a5db96fc7832bd7.json"_s;
const QByteArray keysLine = "GET /federation/credentials";

QByteArray token(const QByteArray &expires, const QByteArray &more = {})
{
    return R"({"startUrl":"https://corp.awsapps.com/start","region":"eu-west-1","accessToken":"CANARYtoken","expiresAt": )"
        + ('"' + expires) + '"' + more + '}';
}
const QByteArray refreshable = R"(,"clientId":"client-1","clientSecret":"CANARYclient","registrationExpiresAt":)"
                               R"( "2024-05-29T16:26:40Z","refreshToken":"CANARYrefresh")";

struct SourceFixture : SsoFixture {
    QObject owner;
    std::unique_ptr<QSignalSpy> finished;

    void start(const SsoStep &how = session())
    {
        const SignInStep step { .origin = SignInStep::Origin::ConfigFile, .profile = u"dev"_s, .how = how };
        CredentialSource *source = makeSsoSource(step, parts(), &owner);
        finished = std::make_unique<QSignalSpy>(source, &CredentialSource::finished);
        source->start();
        QCOMPARE(finished->size(), 0);
    }
    Result<Credentials> outcome()
    {
        if (!QTest::qWaitFor([this] { return finished->size() > 0; }, 10'000) || finished->size() != 1)
            return Error { .detail = u"finished() did not come once"_s };
        return finished->first().first().value<Result<Credentials>>();
    }
    QByteArray bearer(qsizetype request) const
    {
        const auto &headers = service.requests.at(request).headers;
        return headers.isEmpty() ? QByteArray() : headers.first().second;
    }
    void expectDevice()
    {
        service.expect("POST /client/register", 200, registered);
        service.expect("POST /device_authorization", 200, deviceGrant);
        service.expect("POST /token", 200, newToken);
    }
    void expectUnauthorized()
    {
        service.expect(keysLine, 401, R"({"message":"Session token not found or invalid"})", "UnauthorizedException");
    }
};

} // namespace

class TestSsoSource final : public QObject {
    Q_OBJECT

    // Whatever the outcome says and is logged, no canary is in it.
    static inline QStringList s_logged;
    static void log(QtMsgType, const QMessageLogContext &, const QString &text) { s_logged += text; }
    QtMessageHandler m_before = nullptr;

private slots:
    void init()
    {
        s_logged.clear();
        QLoggingCategory::setFilterRules(u"optout.*=true"_s);
        m_before = qInstallMessageHandler(log);
    }
    void cleanup()
    {
        qInstallMessageHandler(m_before);
        QVERIFY2(!s_logged.join(u'\n').contains(u"CANARY"_s), qPrintable(s_logged.join(u'\n')));
    }

    void usesATokenThatHolds()
    {
        SourceFixture f;
        f.write(tokenFile, token("2024-03-01T10:30:00Z", refreshable));
        const QByteArray before = f.read(tokenFile);
        f.service.expect(keysLine, 200, roleKeys);
        f.start();
        const Result<Credentials> keys = f.outcome();
        QVERIFY2(keys, keys ? "" : qPrintable(keys.error().detail));
        QCOMPARE(keys->accessKeyId, u"ASIACANARYKEY"_s);
        QCOMPARE(keys->sessionToken.expose(), QByteArrayView("CANARYsession"));
        QCOMPARE(*keys->expires, f.clock.now() + 1h);
        QCOMPARE(f.bearer(0), "CANARYtoken");
        QCOMPARE(f.service.requests.first().url.host(), u"portal.sso.eu-west-1.amazonaws.com"_s);
        QCOMPARE(f.service.lines.size(), 1);
        QCOMPARE(f.read(tokenFile), before);
    }

    void refreshesASession_data()
    {
        QTest::addColumn<QByteArray>("expires");
        QTest::newRow("expired") << QByteArray("2024-03-01T09:00:00Z");
        QTest::newRow("soon to end") << QByteArray("2024-03-01T10:14:59Z");
    }
    void refreshesASession()
    {
        QFETCH(const QByteArray, expires);
        SourceFixture f;
        f.write(tokenFile, token(expires, refreshable + R"(,"future":[1])"));
        f.service.expect("POST /token", 200, newToken);
        f.service.expect(keysLine, 200, roleKeys);
        f.start();
        QVERIFY(f.outcome());
        QCOMPARE(f.service.complaints, QStringList());
        QCOMPARE(f.service.body(0).value(u"grantType"_s), u"refresh_token"_s);
        QCOMPARE(f.service.body(0).value(u"refreshToken"_s), u"CANARYrefresh"_s);
        QCOMPARE(f.bearer(1), "CANARYnewtoken");
        QCOMPARE(f.json(tokenFile),
            (QJsonObject { { u"startUrl"_s, u"https://corp.awsapps.com/start"_s }, { u"region"_s, u"eu-west-1"_s },
                { u"accessToken"_s, u"CANARYnewtoken"_s }, { u"expiresAt"_s, u"2024-03-01T18:00:00Z"_s },
                { u"clientId"_s, u"client-1"_s }, { u"clientSecret"_s, u"CANARYclient"_s },
                { u"registrationExpiresAt"_s, u"2024-05-29T16:26:40Z"_s }, { u"refreshToken"_s, u"CANARYrefresh2"_s },
                { u"future"_s, QJsonArray { 1 } } }));
        QCOMPARE(QFile::permissions(f.path(tokenFile)).toInt(), 0x6600);
        QCOMPARE(f.prompt.shown.size(), 0);
    }

    void aRefusedRefreshDoesNotHurtATokenThatHolds()
    {
        SourceFixture f;
        f.write(tokenFile, token("2024-03-01T10:10:00Z", refreshable));
        f.service.expect("POST /token", 400, R"({"error":"invalid_grant"})", "InvalidGrantException");
        f.service.expect(keysLine, 200, roleKeys);
        f.start();
        QVERIFY(f.outcome());
        QCOMPARE(f.bearer(1), "CANARYtoken");
    }

    void aRefusedRefreshLooksWhetherSomebodyWasQuicker()
    {
        SourceFixture f;
        f.write(tokenFile, token("2024-03-01T09:00:00Z", refreshable));
        f.service.expect("POST /token", 400, R"({"error":"invalid_grant"})", "InvalidGrantException");
        f.service.expect(keysLine, 200, roleKeys);
        f.start();
        QVERIFY(QTest::qWaitFor([&f] { return f.service.lines.size() == 1; }));
        f.write(tokenFile, token("2024-03-01T18:00:00Z").replace("CANARYtoken", "CANARYother"));
        QVERIFY(f.outcome());
        QCOMPARE(f.bearer(1), "CANARYother");
        QCOMPARE(f.prompt.shown.size(), 0);
    }

    void asksAPerson_data()
    {
        QTest::addColumn<QByteArray>("cached");
        QTest::newRow("never signed in") << QByteArray();
        QTest::newRow("expired") << token("2024-03-01T09:00:00Z");
        QTest::newRow("registration expired")
            << token("2024-03-01T09:00:00Z", QByteArray(refreshable).replace("2024-05", "2024-02"));
        QTest::newRow("registration of unknown end")
            << token("2024-03-01T09:00:00Z", QByteArray(refreshable).replace("2024-05-29T16:26:40Z", "later"));
        QTest::newRow("another version") << QByteArray(R"({"version":9,"token":"CANARY"})");
        QTest::newRow("not JSON") << QByteArray("CANARY\0\xff", 8);
        QTest::newRow("large") << QByteArray(100'000, ' ');
    }
    void asksAPerson()
    {
        QFETCH(const QByteArray, cached);
        SourceFixture f;
        if (!cached.isEmpty())
            f.write(tokenFile, cached);
        f.expectDevice();
        f.service.expect(keysLine, 200, roleKeys);
        f.start();
        const Result<Credentials> keys = f.outcome();
        QVERIFY2(keys, keys ? "" : qPrintable(keys.error().detail));
        QCOMPARE(f.service.complaints, QStringList());
        QCOMPARE(f.prompt.shown.size(), 1);
        QCOMPARE(f.prompt.open, 0);
        QCOMPARE(f.bearer(3), "CANARYnewtoken");
        const QJsonObject written = f.json(tokenFile);
        QCOMPARE(written.value(u"accessToken"_s), u"CANARYnewtoken"_s);
        QCOMPARE(written.value(u"expiresAt"_s), u"2024-03-01T18:00:00Z"_s);
        QCOMPARE(written.value(u"clientId"_s), u"client-1"_s);
        QCOMPARE(written.value(u"refreshToken"_s), u"CANARYrefresh2"_s);
        QCOMPARE(QFile::permissions(f.path(tokenFile)).toInt(), 0x6600);
    }

    void legacyKeysAreNotRefreshed()
    {
        SourceFixture f;
        f.write(legacyFile, token("2024-03-01T09:00:00UTC", refreshable));
        f.expectDevice();
        f.service.expect(keysLine, 200, roleKeys);
        f.start(SsoFixture::legacy());
        QVERIFY(f.outcome());
        QCOMPARE(f.service.complaints, QStringList());
        QCOMPARE(f.json(legacyFile).value(u"accessToken"_s), u"CANARYnewtoken"_s);
    }

    void legacyTokensServeToTheirEnd()
    {
        SourceFixture f;
        f.write(legacyFile, token("2024-03-01T10:01:00UTC", refreshable));
        f.service.expect(keysLine, 200, roleKeys);
        f.start(SsoFixture::legacy());
        QVERIFY(f.outcome());
        QCOMPARE(f.service.lines.size(), 1);
    }

    void aTokenThePortalRefusesIsRefreshedOnce()
    {
        SourceFixture f;
        f.write(tokenFile, token("2024-03-01T18:00:00Z", refreshable));
        f.expectUnauthorized();
        f.service.expect("POST /token", 200, newToken);
        f.service.expect(keysLine, 200, roleKeys);
        f.start();
        QVERIFY(f.outcome());
        QCOMPARE(f.service.complaints, QStringList());
        QCOMPARE(f.bearer(2), "CANARYnewtoken");
    }

    void aTokenThePortalRefusesLeadsToAPersonOnce()
    {
        SourceFixture f;
        f.write(tokenFile, token("2024-03-01T18:00:00Z", refreshable));
        f.expectUnauthorized();
        f.service.expect("POST /token", 400, R"({"error":"invalid_grant"})", "InvalidGrantException");
        f.expectDevice();
        f.expectUnauthorized();
        f.start();
        const Result<Credentials> keys = f.outcome();
        QVERIFY(!keys);
        QCOMPARE(f.service.complaints, QStringList());
        QVERIFY(f.service.allCame());
        QCOMPARE(keys.error().kind, Kind::NoCredentials);
        QCOMPARE(keys.error().code, u"UnauthorizedException"_s);
        QCOMPARE(keys.error().requestId, u"request-7"_s);
        QCOMPARE(f.prompt.shown.size(), 1);
    }

    void saysWhatWasRefused_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<Kind>("kind");
        QTest::newRow("no such role for this person") << 403 << QByteArray("ForbiddenException") << Kind::AccessDenied;
        QTest::newRow("no such account") << 404 << QByteArray("ResourceNotFoundException") << Kind::NotFound;
        QTest::newRow("bad request") << 400 << QByteArray("InvalidRequestException") << Kind::InvalidInput;
    }
    void saysWhatWasRefused()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, type);
        SourceFixture f;
        f.write(tokenFile, token("2024-03-01T18:00:00Z"));
        f.service.expect(keysLine, status, R"({"message":"No access"})", type);
        f.start();
        const Result<Credentials> keys = f.outcome();
        QVERIFY(!keys);
        QTEST(keys.error().kind, "kind");
        QCOMPARE(keys.error().code, QString::fromLatin1(type));
        for (const QString &word : { u"profile dev"_s, u"corp"_s, u"Read+Only"_s, u"111122223333"_s,
                 u"IAM Identity Center"_s, u"GetRoleCredentials"_s, u"No access"_s })
            QVERIFY2(keys.error().detail.contains(word), qPrintable(keys.error().detail));
        QVERIFY(!keys.error().detail.contains(u"CANARY"_s));
    }

    void triesAgainAfterAFault()
    {
        SourceFixture f;
        f.write(tokenFile, token("2024-03-01T18:00:00Z"));
        f.service.expect(keysLine, 500, "{}");
        f.service.expect(keysLine, 429, "{}", "TooManyRequestsException");
        f.service.expect(keysLine, 200, roleKeys);
        f.start();
        QVERIFY(f.outcome());
    }

    void givesUpAfterThreeFaults()
    {
        SourceFixture f;
        f.write(tokenFile, token("2024-03-01T18:00:00Z"));
        for (int i = 0; i < 3; ++i)
            f.service.expect(keysLine, 500, "{}");
        f.start();
        QCOMPARE(f.outcome().error().kind, Kind::ServiceFault);
        QCOMPARE(f.service.lines.size(), 3);
    }

    void aLostConnectionWhileRefreshingAsksNobody()
    {
        SourceFixture f;
        f.write(tokenFile, token("2024-03-01T09:00:00Z", refreshable));
        for (int i = 0; i < 3; ++i)
            f.service.expectFailure("POST /token", { .kind = Kind::Network, .detail = u"no route"_s });
        f.start();
        QCOMPARE(f.outcome().error().kind, Kind::Network);
        QCOMPARE(f.prompt.shown.size(), 0);
    }

    void tellsOfAnUnusableCacheWhenItMattered()
    {
        SourceFixture f;
        f.write(tokenFile, R"({"version":9,"token":"CANARY"})");
        f.service.expect("POST /client/register", 400, "{}", "InvalidRequestException");
        f.start();
        const Result<Credentials> keys = f.outcome();
        QVERIFY(keys.error().detail.contains(f.path(tokenFile) + u" has no accessToken"_s));
        QVERIFY(!keys.error().detail.contains(u"CANARY"_s));
    }

    void anUnwritableCacheDoesNotCostTheSignIn()
    {
        SourceFixture f;
        QFile blocked(f.home.path() + u"/.aws"_s);
        QVERIFY(blocked.open(QIODevice::WriteOnly));
        f.expectDevice();
        f.service.expect(keysLine, 200, roleKeys);
        f.start();
        QVERIFY(f.outcome());
        QVERIFY(s_logged.join(u'\n').contains(u"not kept"_s));
    }

    //! Nor another one at the next renewal: until it ends the token is good, written or not.
    void anUnwritableCacheDoesNotCostAnotherSignIn()
    {
        SourceFixture f;
        QFile blocked(f.home.path() + u"/.aws"_s);
        QVERIFY(blocked.open(QIODevice::WriteOnly));
        f.expectDevice();
        f.service.expect(keysLine, 200, roleKeys);
        f.start();
        QVERIFY(f.outcome());
        f.service.expect(keysLine, 200, roleKeys);
        f.start();
        QVERIFY(f.outcome());
        QCOMPARE(f.bearer(f.service.requests.size() - 1), "CANARYnewtoken");
        QCOMPARE(f.prompt.shown.size(), 1);
        // Near its end it is refreshed, as one in a file is.
        f.clock.advance(7h + 50min);
        f.service.expect("POST /token", 200, newToken);
        f.service.expect(keysLine, 200, roleKeys);
        f.start();
        QVERIFY(f.outcome());
        QCOMPARE(f.prompt.shown.size(), 1);
        // Once it is refused it is forgotten.
        f.expectUnauthorized();
        f.service.expect("POST /token", 400, R"({"error":"invalid_grant"})");
        f.expectDevice();
        f.start();
        (void)f.outcome();
        QCOMPARE(f.prompt.shown.size(), 2);
    }

    void anUnreadableAnswerIsNamed()
    {
        SourceFixture f;
        f.write(tokenFile, token("2024-03-01T18:00:00Z"));
        f.service.expect(keysLine, 200, R"({"roleCredentials":{"secretAccessKey":"CANARY"}})");
        f.start();
        const Result<Credentials> keys = f.outcome();
        QCOMPARE(keys.error().kind, Kind::BadResponse);
        QCOMPARE(keys.error().requestId, u"request-7"_s);
        QVERIFY(!keys.error().detail.contains(u"CANARY"_s));
    }
};

QTEST_GUILESS_MAIN(TestSsoSource)
#include "tst_ssosource.moc"
