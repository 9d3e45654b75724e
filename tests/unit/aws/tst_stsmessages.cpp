// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/isotime.h"
#include "aws/stsmessages.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

namespace {
// No raw text before the class: moc of Qt 6.4 would not find the class after it.
QByteArray assumed(const QByteArray &credentials)
{
    return "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>\n"
           "<AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/Reader/s</Arn></AssumedRoleUser><Credentials>"
        + credentials
        + "</Credentials></AssumeRoleResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>\n"
          "</AssumeRoleResponse>";
}

const QByteArray whole = "<AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>canary+secret</SecretAccessKey>"
                         "<SessionToken>canary&amp;token==</SessionToken><Expiration>2024-03-01T11:00:00Z</Expiration>";
} // namespace

class TestStsMessages final : public QObject {
    Q_OBJECT

private slots:
    void writesTheForm();
    void readsKeys();
    void refusesWhatIsNoAnswer_data();
    void refusesWhatIsNoAnswer();
    void readsAnIdentity();
    void readsErrors_data();
    void readsErrors();
    void readsTimes_data();
    void readsTimes();
};

void TestStsMessages::writesTheForm()
{
    QCOMPARE(writeStsForm(StsAction::GetCallerIdentity, {}), "Action=GetCallerIdentity&Version=2011-06-15");
    QCOMPARE(writeStsForm(
                 StsAction::AssumeRole, { { "RoleArn", "arn:aws:iam::1:role/a b" }, { "ExternalId", "x&Action=y" } }),
        "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fa%20b&ExternalId=x%26Action%3Dy");
}

void TestStsMessages::readsKeys()
{
    const Result<Credentials> got = readAssumedRole(assumed(whole));
    QVERIFY(got);
    QCOMPARE(got->accessKeyId, u"ASIAEXAMPLE"_s);
    QVERIFY(got->secretAccessKey == Secret(QByteArrayView("canary+secret")));
    QVERIFY(got->sessionToken == Secret(QByteArrayView("canary&token==")));
    QCOMPARE(got->expires, isoTime(u"2024-03-01T11:00:00Z"));
    QVERIFY(readAssumedRole(QByteArray(assumed(whole)).replace("AssumeRole", "AssumeRoleWithWebIdentity")));
}

void TestStsMessages::refusesWhatIsNoAnswer_data()
{
    QTest::addColumn<QByteArray>("body");
    const QByteArray doctype = "<!DOCTYPE a [<!ENTITY x \"y\">]>";
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("JSON") << QByteArray("{}");
    QTest::newRow("cut") << assumed(whole).chopped(30);
    QTest::newRow("no token") << assumed(QByteArray(whole).replace("SessionToken", "Token"));
    QTest::newRow("empty secret") << assumed(QByteArray(whole).replace("canary+secret", ""));
    QTest::newRow("no time") << assumed(QByteArray(whole).replace("2024-03-01T11:00:00Z", "soon"));
    QTest::newRow("document type") << doctype + assumed(whole);
    QTest::newRow("entity") << doctype + assumed(QByteArray(whole).replace("canary+secret", "&x;"));
    QTest::newRow("too long") << assumed(whole + QByteArray(300'000, ' '));
    QTest::newRow("long element") << assumed(QByteArray(whole).replace("canary+secret", QByteArray(70'000, 'a')));
    QTest::newRow("deep") << QByteArray("<a>").repeated(100) + QByteArray("</a>").repeated(100);
    QTest::newRow("two roots") << assumed(whole) + assumed(whole);
    QTest::newRow("NUL") << assumed(whole).replace("ASIA", QByteArray(4, '\0'));
}

void TestStsMessages::refusesWhatIsNoAnswer()
{
    QFETCH(QByteArray, body);
    const Result<Credentials> got = readAssumedRole(body);
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::BadResponse);
    QVERIFY2(!got.error().detail.contains("canary"_L1), qPrintable(got.error().detail));
    QVERIFY(!readCallerIdentity(body));
}

void TestStsMessages::readsAnIdentity()
{
    const Result<CallerIdentityText> got = readCallerIdentity(
        R"(<?xml version="1.0"?><GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/ann</Arn><UserId>AIDA</UserId><Account>111122223333</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>)");
    QVERIFY(got);
    QCOMPARE(got->account, u"111122223333"_s);
    QCOMPARE(got->arn, u"arn:aws:iam::111122223333:user/ann"_s);
    QCOMPARE(got->userId, u"AIDA"_s);
}

void TestStsMessages::readsErrors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("refused") << 403 << QByteArray("AccessDenied") << Error::Kind::AccessDenied;
    QTest::newRow("expired") << 403 << QByteArray("ExpiredToken") << Error::Kind::NoCredentials;
    QTest::newRow("expired web token") << 400 << QByteArray("ExpiredTokenException") << Error::Kind::NoCredentials;
    QTest::newRow("unknown key") << 403 << QByteArray("InvalidClientTokenId") << Error::Kind::NoCredentials;
    QTest::newRow("wrong secret") << 403 << QByteArray("SignatureDoesNotMatch") << Error::Kind::NoCredentials;
    QTest::newRow("out of range") << 400 << QByteArray("ValidationError") << Error::Kind::InvalidInput;
    QTest::newRow("not that token") << 400 << QByteArray("InvalidIdentityToken") << Error::Kind::InvalidInput;
    QTest::newRow("region not switched on")
        << 403 << QByteArray("RegionDisabledException") << Error::Kind::AccessDenied;
    QTest::newRow("provider silent") << 400 << QByteArray("IDPCommunicationError") << Error::Kind::ServiceFault;
    QTest::newRow("throttled") << 400 << QByteArray("Throttling") << Error::Kind::Throttled;
    QTest::newRow("fault") << 500 << QByteArray("InternalFailure") << Error::Kind::ServiceFault;
}

void TestStsMessages::readsErrors()
{
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    QFETCH(Error::Kind, kind);
    const Error error = readStsError(status, {},
        R"(<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>)" + code
            + R"(</Code><Message>What STS said</Message></Error><RequestId>id-1</RequestId></ErrorResponse>)");
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.code, QString::fromLatin1(code));
    QCOMPARE(error.detail, u"What STS said"_s);
    QCOMPARE(error.requestId, u"id-1"_s);

    const Error page = readStsError(status, {}, "<html><body>Blocked by the proxy</body></html>");
    QVERIFY(page.code.isEmpty());
    QVERIFY2(page.detail.contains("Blocked by the proxy"_L1), qPrintable(page.detail));
}

void TestStsMessages::readsTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("milliseconds"); // -1: none
    QTest::newRow("UTC") << u"2024-03-01T10:00:00Z"_s << qint64(1709287200000);
    QTest::newRow("fraction") << u"2024-03-01T10:00:00.5Z"_s << qint64(1709287200500);
    QTest::newRow("nine digits") << u"2024-03-01T10:00:00.123456789Z"_s << qint64(1709287200123);
    QTest::newRow("offset") << u"2024-03-01T11:30:00+01:30"_s << qint64(1709287200000);
    QTest::newRow("negative offset, no colon") << u"2024-03-01T05:00:00-0500"_s << qint64(1709287200000);
    QTest::newRow("the CLI's cache") << u"2024-03-01T10:00:00UTC"_s << qint64(1709287200000);
    QTest::newRow("Greenwich") << u"2024-03-01T10:00:00GMT"_s << qint64(1709287200000);
    QTest::newRow("small letters") << u"2024-03-01t10:00:00z"_s << qint64(1709287200000);
    QTest::newRow("small UTC") << u"2024-03-01 10:00:00utc"_s << qint64(1709287200000);
    QTest::newRow("more behind it") << u"2024-03-01T10:00:00Zx"_s << qint64(-1);
    QTest::newRow("a number") << u"1709287200"_s << qint64(-1);
    QTest::newRow("no zone") << u"2024-03-01T10:00:00"_s << qint64(-1);
    QTest::newRow("date") << u"2024-03-01"_s << qint64(-1);
    QTest::newRow("no such day") << u"2024-02-30T10:00:00Z"_s << qint64(-1);
    QTest::newRow("no such hour") << u"2024-02-01T25:00:00Z"_s << qint64(-1);
    QTest::newRow("empty") << QString() << qint64(-1);
}

void TestStsMessages::readsTimes()
{
    QFETCH(QString, text);
    QFETCH(qint64, milliseconds);
    const std::optional<Timestamp> got = isoTime(text);
    QCOMPARE(got ? qint64(got->time_since_epoch().count()) : qint64(-1), milliseconds);
}

QTEST_GUILESS_MAIN(TestStsMessages)
#include "tst_stsmessages.moc"
