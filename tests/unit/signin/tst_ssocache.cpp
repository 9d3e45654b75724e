// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/ssocache.h"

#include "aws/secretjson.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {
const QByteArray wholeToken =
    R"({"startUrl": "https://corp.awsapps.com/start", "region": "eu-west-1", "accessToken": "CANARYtoken", )"
    R"( "expiresAt": "2024-03-01T18:00:00Z", "clientId": "client-1", "clientSecret": "CANARYclient", )"
    R"( "registrationExpiresAt": "2024-05-29T16:26:40Z", "refreshToken": "CANARYrefresh"})";

SsoStep step(const QString &session, const QStringList &scopes)
{
    return { .sessionName = session,
        .startUrl = u"https://corp.awsapps.com/start"_s,
        .region = u"eu-west-1"_s,
        .accountId = {},
        .roleName = {},
        .scopes = scopes };
}

Timestamp at(qint64 ms) { return Timestamp(milliseconds(ms)); }
} // namespace

class TestSsoCache final : public QObject {
    Q_OBJECT
private slots:
    void namesFilesAsTheCliDoes_data()
    {
        QTest::addColumn<QString>("session");
        QTest::addColumn<QStringList>("scopes");
        QTest::addColumn<QString>("token");
        QTest::addColumn<QString>("registration");
        // Made with Python's hashlib and json, as botocore makes them.
        const QString corp = u"ee0bfd2552fbd840c02cc48b6e823320543c450f"_s;
        QTest::newRow("one scope") << u"corp"_s << QStringList { u"sso:account:access"_s } << corp
                                   << u"787ef34d0a944c01385765faa28b5e67d1c08f33"_s;
        QTest::newRow("two scopes") << u"corp"_s << QStringList { u"a"_s, u"b"_s } << corp
                                    << u"ed8ed56c6a045dd0cd7adb7ec556c2868b10376f"_s;
        QTest::newRow("no scope") << u"corp"_s << QStringList() << corp
                                  << u"a5ef4a75f83137c047e4ff336d1dade82162017b"_s;
        QTest::newRow("legacy keys go by the start URL")
            << QString() << QStringList() << u"a51746d4aa793ae07b25e90c3a5db96fc7832bd7"_s
            << u"3a62fc7fd3ab838419eccab5b58d0124a95b510d"_s;
        QTest::newRow("legacy keys have no scopes")
            << QString() << QStringList { u"sso:account:access"_s } << u"a51746d4aa793ae07b25e90c3a5db96fc7832bd7"_s
            << u"3a62fc7fd3ab838419eccab5b58d0124a95b510d"_s;
        QTest::newRow("letters that JSON escapes")
            << u"Bücher \"x\""_s << QStringList() << u"a820a9d1d27c4ee93cf39a608c3a7f179f9816f1"_s
            << u"79b53a70adf10bbf327906e68043da807b74b1d3"_s;
    }
    void namesFilesAsTheCliDoes()
    {
        QFETCH(const QString, session);
        QFETCH(const QStringList, scopes);
        QTEST(ssoTokenFileName(step(session, scopes)).chopped(5), "token");
        QTEST(ssoRegistrationFileName(step(session, scopes)).chopped(5), "registration");
    }

    void writesTimesInWholeSeconds() { QCOMPARE(writeCacheTime(at(1672531200999)), u"2023-01-01T00:00:00Z"_s); }

    void readsAToken()
    {
        const Result<SsoToken> token = readSsoCache(wholeToken);
        QVERIFY(token);
        QCOMPARE(token->startUrl, u"https://corp.awsapps.com/start"_s);
        QCOMPARE(token->region, u"eu-west-1"_s);
        QCOMPARE(token->accessToken.expose(), QByteArrayView("CANARYtoken"));
        QCOMPARE(token->expires, at(1709316000000));
        QCOMPARE(token->clientSecret.expose(), QByteArrayView("CANARYclient"));
        QCOMPARE(token->refreshToken.expose(), QByteArrayView("CANARYrefresh"));
        QVERIFY(token->others.isEmpty());
        QVERIFY(token->canRefresh(at(1709287200000)));
        QVERIFY(!token->canRefresh(*token->registrationExpires));
    }

    void writesWhatItReads()
    {
        SsoToken token = *readSsoCache(wholeToken);
        token.accessToken = Secret(QByteArrayView("quote \" back \\ line \n \xc3\xbc \xf0\x9f\x98\x80"));
        const Secret written = writeSsoCache(token);
        const QByteArray text = written.expose().toByteArray();
        QVERIFY(std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7f'; }));
        QCOMPARE(
            QJsonDocument::fromJson(text)["accessToken"_L1].toString(), u"quote \" back \\ line \n ü \U0001F600"_s);
        token.accessToken = Secret(QByteArrayView("t"));
        const Result<SsoToken> again = readSsoCache(writeSsoCache(token).expose());
        QVERIFY(again);
        QVERIFY(*again == token);
    }

    void keepsMembersItDoesNotKnow()
    {
        const QByteArray text =
            R"({"accessToken":"t","idToken":{"a":[1,"x\u0022",null]},"expiresAt":"2024-03-01T18:00:00Z","version":2})";
        const Result<SsoToken> token = readSsoCache(text);
        QVERIFY(token);
        const QJsonDocument written = QJsonDocument::fromJson(writeSsoCache(*token).expose().toByteArray());
        const QJsonDocument before = QJsonDocument::fromJson(text);
        QCOMPARE(written["idToken"_L1], before["idToken"_L1]);
        QCOMPARE(written["version"_L1].toInt(), 2);
        QVERIFY(*readSsoCache(writeSsoCache(*token).expose()) == *token);
    }

    void refusesWhatIsNoToken_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("problem");
        QTest::newRow("empty") << QByteArray() << u"is not JSON"_s;
        QTest::newRow("cut") << wholeToken.first(150) << u"is not JSON"_s;
        QTest::newRow("more behind it") << wholeToken + '}' << u"is not JSON"_s;
        QTest::newRow("NUL bytes") << QByteArray(100, '\0') << u"is not JSON"_s;
        QTest::newRow("wrong UTF-8") << QByteArray("{\"accessToken\":\"CANARY\xff\"}") << u"is not JSON"_s;
        QTest::newRow("an array") << QByteArray("[1]") << u"is no JSON object"_s;
        QTest::newRow("a registration") << QByteArray(R"({"clientId":"CANARY","expiresAt":"2024-03-01T18:00:00Z"})")
                                        << u"has no accessToken"_s;
        QTest::newRow("a token that is no text")
            << QByteArray(R"({"accessToken":{"CANARY":1},"expiresAt":"2024-03-01T18:00:00Z"})")
            << u"has no accessToken"_s;
        QTest::newRow("a token that would add a header")
            << QByteArray(R"({"accessToken":"CANARY\r\nX: y","expiresAt":"2024-03-01T18:00:00Z"})")
            << u"has an accessToken with characters that no token has"_s;
        QTest::newRow("no expiry") << QByteArray(R"({"accessToken":"CANARY"})") << u"has no expiresAt"_s;
        QTest::newRow("another version's expiry") << QByteArray(R"({"accessToken":"CANARY","expiresAt":"CANARY soon"})")
                                                  << u"has an expiresAt that is no time"_s;
        QTest::newRow("expiry as a number")
            << QByteArray(R"({"accessToken":"CANARY","expiresAt":1709316000})") << u"has no expiresAt"_s;
        QTest::newRow("64 KiB") << "{\"accessToken\":\"" + QByteArray(70000, 'x') + "\"}" << u"is longer than 64 KiB"_s;
        QTest::newRow("deep") << QByteArray(5000, '[') << u"is not JSON"_s;
    }
    void refusesWhatIsNoToken()
    {
        QFETCH(const QByteArray, text);
        const Result<SsoToken> token = readSsoCache(text);
        QVERIFY(!token);
        QCOMPARE(token.error().kind, Error::Kind::BadResponse);
        QTEST(token.error().detail, "problem");
    }

    void everyCutTextIsRefused()
    {
        for (qsizetype size = 0; size < wholeToken.size(); ++size)
            QVERIFY2(!readSsoCache(wholeToken.first(size)), qPrintable(QString::number(size)));
    }

    void readsAndWritesARegistration()
    {
        const Result<SsoRegistration> registration = readSsoRegistration(
            R"({"clientId":"c","clientSecret":"CANARY","expiresAt":"2024-03-01T18:00:00UTC","scopes":["a","b"],"grantTypes":["x"]})");
        QVERIFY(registration);
        QCOMPARE(registration->expires, at(1709316000000));
        QCOMPARE(registration->scopes, (QStringList { u"a"_s, u"b"_s }));
        QVERIFY(registration->isForDeviceCode());
        QVERIFY(*readSsoRegistration(writeSsoRegistration(*registration).expose()) == *registration);
        QVERIFY(!readSsoRegistration(R"({"clientId":"c","expiresAt":"2024-03-01T18:00:00Z"})"));
        QVERIFY(!readSsoRegistration(R"({"clientId":"c","clientSecret":"CANARY","expiresAt":"x"})"));
    }

    void readsRoleCredentials_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<qint64>("expiresMs"); // -1: refused
        const QByteArray keys = R"( "accessKeyId":"A","secretAccessKey":"S","sessionToken":"T")";
        QTest::newRow("whole") << R"({"roleCredentials":{)" + keys + R"(,"expiration":1709290800000}})"
                               << qint64(1709290800000);
        QTest::newRow("scientific") << R"({"roleCredentials":{)" + keys + R"(,"expiration":1.7092908E12},"x":1})"
                                    << qint64(1709290800000);
        QTest::newRow("no expiration") << R"({"roleCredentials":{)" + keys + "}}" << qint64(-1);
        QTest::newRow("expiration as text")
            << R"({"roleCredentials":{)" + keys + R"(,"expiration":"1709290800000"}})" << qint64(-1);
        QTest::newRow("expiration without end")
            << R"({"roleCredentials":{)" + keys + R"(,"expiration":1e300}})" << qint64(-1);
        QTest::newRow("no token") << QByteArray(
            R"({"roleCredentials":{"accessKeyId":"A","secretAccessKey":"S","expiration":1}})")
                                  << qint64(-1);
        QTest::newRow("null") << QByteArray(R"({"roleCredentials":null})") << qint64(-1);
        QTest::newRow("a page") << QByteArray("<html>") << qint64(-1);
    }
    void readsRoleCredentials()
    {
        QFETCH(const QByteArray, body);
        const Result<Credentials> keys = readRoleCredentials(body);
        QTEST(keys ? qint64(keys->expires->time_since_epoch().count()) : qint64(-1), "expiresMs");
        if (keys)
            QCOMPARE(keys->sessionToken.expose(), QByteArrayView("T"));
    }
};

QTEST_GUILESS_MAIN(TestSsoCache)
#include "tst_ssocache.moc"
