// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/credentialreplies.h"
#include "aws/isotime.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

class TestCredentialReplies final : public QObject {
    Q_OBJECT

private slots:
    void readsWhatAProcessPrints();
    void refusesWhatAProcessPrints_data();
    void refusesWhatAProcessPrints();
    void readsWhatAMetadataServiceSays();
    void refusesWhatAMetadataServiceSays_data();
    void refusesWhatAMetadataServiceSays();
    void neverFailsOnAnyBytes();
};

void TestCredentialReplies::readsWhatAProcessPrints()
{
    const Result<Credentials> whole = readProcessCredentials(
        R"({"Version":1,"AccessKeyId":"AKIDEXAMPLE","SecretAccessKey":"canary","SessionToken":"token","Expiration":"2024-03-01T11:00:00Z","More":[1]})");
    QVERIFY(whole);
    QCOMPARE(whole->accessKeyId, u"AKIDEXAMPLE"_s);
    QVERIFY(whole->secretAccessKey == Secret(QByteArrayView("canary")));
    QVERIFY(whole->sessionToken == Secret(QByteArrayView("token")));
    QCOMPARE(whole->expires, isoTime(u"2024-03-01T11:00:00Z"));

    const Result<Credentials> least =
        readProcessCredentials("\n{\"Version\": 1, \"AccessKeyId\": \"A\", \"SecretAccessKey\": \"b\", "
                               "\"SessionToken\": null, \"Expiration\": null}\n");
    QVERIFY(least);
    QVERIFY(least->sessionToken.isEmpty());
    QVERIFY(!least->expires);
}

void TestCredentialReplies::refusesWhatAProcessPrints_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << QByteArray() << u"no JSON object"_s;
    QTest::newRow("words") << QByteArray("please sign in: canary") << u"no JSON object"_s;
    QTest::newRow("list") << QByteArray("[1]") << u"no JSON object"_s;
    QTest::newRow("cut") << QByteArray(R"({"Version":1,"SecretAccessKey":"canary)") << u"no JSON object"_s;
    QTest::newRow("more after it") << QByteArray(R"({"Version":1} canary)") << u"no JSON object"_s;
    QTest::newRow("NUL") << QByteArray("{\"Version\":1\0}", 14) << u"no JSON object"_s;
    QTest::newRow("no version") << QByteArray(R"({"AccessKeyId":"A","SecretAccessKey":"canary"})") << u"Version"_s;
    QTest::newRow("version 2") << QByteArray(R"({"Version":2,"AccessKeyId":"A","SecretAccessKey":"canary"})")
                               << u"Version is 2"_s;
    QTest::newRow("version as text") << QByteArray(R"({"Version":"1","AccessKeyId":"A","SecretAccessKey":"canary"})")
                                     << u"no number"_s;
    QTest::newRow("no key id") << QByteArray(R"({"Version":1,"SecretAccessKey":"canary"})") << u"AccessKeyId"_s;
    QTest::newRow("empty key id") << QByteArray(R"({"Version":1,"AccessKeyId":"","SecretAccessKey":"canary"})")
                                  << u"AccessKeyId"_s;
    QTest::newRow("no secret") << QByteArray(R"({"Version":1,"AccessKeyId":"A"})") << u"SecretAccessKey"_s;
    QTest::newRow("secret a number") << QByteArray(R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":5})")
                                     << u"SecretAccessKey"_s;
    QTest::newRow("token a number") << QByteArray(
        R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"canary","SessionToken":5})")
                                    << u"SessionToken"_s;
    QTest::newRow("no time") << QByteArray(
        R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"canary","Expiration":"soon"})")
                             << u"Expiration"_s;
}

void TestCredentialReplies::refusesWhatAProcessPrints()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const Result<Credentials> got = readProcessCredentials(text);
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::BadResponse);
    QVERIFY2(got.error().detail.contains(words), qPrintable(got.error().detail));
    QVERIFY2(!got.error().detail.contains("canary"_L1), qPrintable(got.error().detail));
}

void TestCredentialReplies::readsWhatAMetadataServiceSays()
{
    const Result<Credentials> got = readMetadataCredentials(
        R"({"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"ASIA","SecretAccessKey":"canary","Token":"t","Expiration":"2024-03-01T11:00:00Z"})");
    QVERIFY(got);
    QCOMPARE(got->accessKeyId, u"ASIA"_s);
    QVERIFY(got->sessionToken == Secret(QByteArrayView("t")));
    QVERIFY(got->expires);
}

void TestCredentialReplies::refusesWhatAMetadataServiceSays_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("no JSON") << QByteArray("<html>") << QString() << u"no JSON object"_s;
    QTest::newRow("its own error") << QByteArray(R"({"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot"})")
                                   << u"AssumeRoleUnauthorizedAccess"_s << u"EC2 cannot"_s;
    QTest::newRow("no token") << QByteArray(
        R"({"AccessKeyId":"A","SecretAccessKey":"canary","Expiration":"2024-03-01T11:00:00Z"})")
                              << QString() << u"Token"_s;
    QTest::newRow("no expiration") << QByteArray(R"({"AccessKeyId":"A","SecretAccessKey":"canary","Token":"t"})")
                                   << QString() << u"Expiration"_s;
}

void TestCredentialReplies::refusesWhatAMetadataServiceSays()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    QFETCH(QString, words);
    const Result<Credentials> got = readMetadataCredentials(body);
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::BadResponse);
    QCOMPARE(got.error().code, code);
    QVERIFY2(got.error().detail.contains(words), qPrintable(got.error().detail));
    QVERIFY2(!got.error().detail.contains("canary"_L1), qPrintable(got.error().detail));
}

//! Every cut and every changed byte of a good text is either read or refused.
void TestCredentialReplies::neverFailsOnAnyBytes()
{
    const QByteArray good =
        R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"b","Token":"t","Expiration":"2024-03-01T11:00:00Z"})";
    int read = 0;
    for (qsizetype i = 0; i < good.size(); ++i) {
        QVERIFY(!readProcessCredentials(good.first(i)));
        for (const char byte : { '\0', '"', '\\', '{', '\xff', '9' }) {
            QByteArray changed = good;
            changed[i] = byte;
            read += readProcessCredentials(changed) ? 1 : 0;
            read += readMetadataCredentials(changed) ? 1 : 0;
        }
    }
    QVERIFY(read > 0);
}

QTEST_GUILESS_MAIN(TestCredentialReplies)
#include "tst_credentialreplies.moc"
