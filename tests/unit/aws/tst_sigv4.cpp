// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/serviceerror.h"
#include "aws/sigv4.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace optout;

//! The published examples: IAM User Guide, "Create a signed AWS API request", and the vectors that AWS hands out with
//! its SDKs (aws-c-auth: tests/aws-signing-test-suite/v4).
class TestSigV4 final : public QObject {
    Q_OBJECT

private:
    static constexpr const char *suiteToken =
        "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUu"
        "wthAx7mSEI/qkPpKPi/"
        "kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHN"
        "VXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/"
        "oLxBA"
        "==";

    static Timestamp suiteTime()
    {
        using namespace std::chrono;
        return sys_days(2015y / August / 30) + 12h + 36min;
    }
    static Credentials suiteCredentials(QByteArrayView token = {})
    {
        return { .accessKeyId = u"AKIDEXAMPLE"_s,
            .secretAccessKey = Secret(QByteArrayView("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")),
            .sessionToken = Secret(token) };
    }
    static SigningInput suiteInput(const QByteArray &method, const QString &url)
    {
        return {
            .method = method, .url = QUrl(url), .headers = {}, .body = {}, .region = "us-east-1", .service = "service"
        };
    }
    static SigningInput serviceInput(const QString &url)
    {
        return { .url = QUrl(url),
            .headers = { { "Content-Type", "application/x-amz-json-1.0" } },
            .body = "{}",
            .region = "us-east-1" };
    }

private slots:
    //! Whatever it was kept for, it is never another's.
    void whatIsKeptSignsTheSame()
    {
        SigningCache kept;
        const Credentials first = suiteCredentials();
        Credentials second = first;
        second.secretAccessKey = Secret(QByteArrayView("another secret access key, of forty char"));
        const Timestamp nextDay = suiteTime() + std::chrono::hours(24);
        SigningInput input = suiteInput("GET", u"https://iam.amazonaws.com/"_s);
        SigningInput elsewhere = input;
        elsewhere.region = "eu-west-1";
        SigningInput ofAnother = input;
        ofAnother.service = "sts";
        SigningInput written = input;
        written.method = "POST";
        SigningInput sent = written;
        sent.body = "{}";
        SigningInput withHeader = sent;
        withHeader.headers = { { "X-Amz-Target", "A" } };
        SigningInput withAnother = sent;
        withAnother.headers = { { "X-Amz-Target", "B" } };
        SigningInput there = withAnother;
        there.url = QUrl(u"https://sts.amazonaws.com/"_s);
        Credentials session = first;
        session.sessionToken = Secret(QByteArrayView("a token"));
        Credentials nextSession = first;
        nextSession.sessionToken = Secret(QByteArrayView("the next token"));
        Credentials renamed = first;
        renamed.accessKeyId = u"AKIDANOTHEREXAMPLE"_s;
        const auto all = { input, elsewhere, ofAnother, written, sent, withHeader, withAnother, there, input };
        for (int round = 0; round < 2; ++round) {
            for (const SigningInput &request : all) {
                for (const Credentials &credentials : { first, second, first, session, nextSession, renamed, first }) {
                    for (const Timestamp time :
                        { suiteTime(), suiteTime() + 999ms, suiteTime() + 1s, nextDay, suiteTime() }) {
                        const Signature fresh = sign(request, credentials, time);
                        const Signature again = sign(request, credentials, time, kept);
                        QCOMPARE(again.canonicalRequest, fresh.canonicalRequest);
                        QCOMPARE(again.stringToSign, fresh.stringToSign);
                        QCOMPARE(again.signature, fresh.signature);
                        QCOMPARE(again.authorization, fresh.authorization);
                        QCOMPARE(again.headers, fresh.headers);
                    }
                }
            }
        }
    }

    void followsTheUserGuide()
    {
        SigningInput input = suiteInput("GET", u"https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"_s);
        input.headers = { { "Content-Type", "application/x-www-form-urlencoded; charset=utf-8" } };
        input.service = "iam";
        const Signature signature = sign(input, suiteCredentials(), suiteTime());
        QCOMPARE(signature.canonicalRequest,
            "GET\n/\nAction=ListUsers&Version=2010-05-08\n"
            "content-type:application/x-www-form-urlencoded; charset=utf-8\nhost:iam.amazonaws.com\n"
            "x-amz-date:20150830T123600Z\n\ncontent-type;host;x-amz-date\n"
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        QCOMPARE(signature.stringToSign,
            "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n"
            "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59");
        QCOMPARE(signature.signature, "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
        QCOMPARE(signature.authorization,
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
            "SignedHeaders=content-type;host;x-amz-date, "
            "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    void followsTheTestSuite_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("url");
        QTest::addColumn<HttpHeaders>("headers");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QByteArray>("canonicalHash"); // the last line of the string to sign
        QTest::addColumn<QByteArray>("signature");
        const QString root = u"https://example.amazonaws.com/"_s;
        const HttpHeaders none;
        QTest::newRow("get-vanilla") << "GET"_ba << root << none << QByteArray() << QByteArray()
                                     << "bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63"_ba
                                     << "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"_ba;
        QTest::newRow("post-vanilla") << "POST"_ba << root << none << QByteArray() << QByteArray()
                                      << "553f88c9e4d10fc9e109e2aeb65f030801b70c2f6468faca261d401ae622fc87"_ba
                                      << "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"_ba;
        QTest::newRow("get-vanilla-query-order-key-case")
            << "GET"_ba << root + u"?Param2=value2&Param1=value1"_s << none << QByteArray() << QByteArray()
            << "816cd5b414d056048ba4f7c5386d6e0533120fb1fcfa93762cf0fc39e2cf19e0"_ba
            << "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"_ba;
        QTest::newRow("post-x-www-form-urlencoded")
            << "POST"_ba << root << HttpHeaders { { "Content-Type", "application/x-www-form-urlencoded" } }
            << "Param1=value1"_ba << QByteArray()
            << "42a5e5bb34198acb3e84da4f085bb7927f2bc277ca766e6d19c73c2154021281"_ba
            << "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"_ba;
        QTest::newRow("get-header-value-order")
            << "GET"_ba << root
            << HttpHeaders { { "My-Header1", "value4" }, { "My-Header1", "value1" }, { "My-Header1", "value3" },
                   { "My-Header1", "value2" } }
            << QByteArray() << QByteArray() << "31ce73cd3f3d9f66977ad3dd957dc47af14df92fcd8509f59b349e9137c58b86"_ba
            << "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01"_ba;
        QTest::newRow("get-header-value-trim")
            << "GET"_ba << root << HttpHeaders { { "My-Header1", " value1" }, { "My-Header2", " \"a   b   c\"" } }
            << QByteArray() << QByteArray() << "a726db9b0df21c14f559d0a978e563112acb1b9e05476f0a6a1c7d68f28605c7"_ba
            << "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"_ba;
        QTest::newRow("post-sts-header-before")
            << "POST"_ba << root << none << QByteArray() << QByteArray(suiteToken)
            << "c237e1b440d4c63c32ca95b5b99481081cb7b13c7e40434868e71567c1a882f6"_ba
            << "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"_ba;
        QTest::newRow("get-relative-relative")
            << "GET"_ba << root + u"example1/example2/../.."_s << none << QByteArray() << QByteArray()
            << "bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63"_ba
            << "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"_ba;
        QTest::newRow("get-slashes") << "GET"_ba << root + u"/example//"_s << none << QByteArray() << QByteArray()
                                     << "cb96b4ac96d501f7c5c15bc6d67b3035061cfced4af6585ad927f7e6c985c015"_ba
                                     << "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"_ba;
        QTest::newRow("get-slash-pointless-dot")
            << "GET"_ba << root + u"./example"_s << none << QByteArray() << QByteArray()
            << "214d50c111a8edc4819da6a636336472c916b5240f51e9a51b5c3305180cf702"_ba
            << "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"_ba;
    }
    void followsTheTestSuite()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, url);
        QFETCH(HttpHeaders, headers);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, token);
        QFETCH(QByteArray, canonicalHash);
        SigningInput input = suiteInput(method, url);
        input.headers = headers;
        input.body = body;
        const Signature made = sign(input, suiteCredentials(token), suiteTime());
        QCOMPARE(QCryptographicHash::hash(made.canonicalRequest, QCryptographicHash::Sha256).toHex(), canonicalHash);
        QCOMPARE(made.stringToSign,
            "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\n" + canonicalHash);
        QTEST(made.signature, "signature");
    }

    void sendsWhatItSigned()
    {
        const Signature made = sign(
            serviceInput(u"https://sms-voice.us-east-1.amazonaws.com"_s), suiteCredentials("tok/+=="), suiteTime());
        const HttpHeaders expected { { "Content-Type", "application/x-amz-json-1.0" },
            { "X-Amz-Date", "20150830T123600Z" }, { "X-Amz-Security-Token", "tok/+==" },
            { "Authorization", made.authorization } };
        QCOMPARE(made.headers, expected);
        QVERIFY(made.authorization.contains("/20150830/us-east-1/sms-voice/aws4_request, "
                                            "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, "));
    }

    void leavesOutTheTokenOfLongTermKeys()
    {
        const Signature made =
            sign(serviceInput(u"https://sms-voice.us-east-1.amazonaws.com"_s), suiteCredentials(), suiteTime());
        QVERIFY(headerValue(made.headers, "x-amz-security-token").isEmpty());
        QVERIFY(!made.canonicalRequest.contains("x-amz-security-token"));
    }

    void signsTheHost_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("no port") << u"https://a.example"_s << "a.example"_ba;
        QTest::newRow("usual port of https") << u"https://a.example:443/"_s << "a.example"_ba;
        QTest::newRow("usual port of http") << u"http://127.0.0.1:80/"_s << "127.0.0.1"_ba;
        QTest::newRow("own port") << u"http://127.0.0.1:8080/"_s << "127.0.0.1:8080"_ba;
        QTest::newRow("port of http with https") << u"https://a.example:80/"_s << "a.example:80"_ba;
        QTest::newRow("IPv6") << u"http://[::1]:8080/"_s << "[::1]:8080"_ba;
        QTest::newRow("IPv6 without a port") << u"http://[::1]/"_s << "[::1]"_ba;
        QTest::newRow("capital letters") << u"https://A.Example/"_s << "a.example"_ba;
        QTest::newRow("other script") << u"https://bücher.example/"_s << "xn--bcher-kva.example"_ba;
    }
    void signsTheHost()
    {
        QFETCH(QString, url);
        QFETCH(QByteArray, host);
        const Signature made = sign(serviceInput(url), suiteCredentials(), suiteTime());
        QVERIFY2(made.canonicalRequest.split('\n').contains("host:" + host), made.canonicalRequest.constData());
    }

    void writesTheTime_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QByteArray>("stamp");
        QTest::newRow("1970") << qint64(0) << "19700101T000000Z"_ba;
        QTest::newRow("fraction is cut, not rounded") << qint64(1440938160999) << "20150830T123600Z"_ba;
        QTest::newRow("leap day") << qint64(1709251199000) << "20240229T235959Z"_ba;
        QTest::newRow("before 1970") << qint64(-1) << "19691231T235959Z"_ba;
    }
    void writesTheTime()
    {
        QFETCH(qint64, ms);
        const Signature made =
            sign(serviceInput(u"https://a.example"_s), suiteCredentials(), Timestamp(std::chrono::milliseconds(ms)));
        QTEST(headerValue(made.headers, "X-Amz-Date"), "stamp");
    }

    //! HMAC hashes a key that is longer than its block of 64 bytes; "AWS4" comes before the secret. The signatures are
    //! those of Python's hmac module.
    void takesSecretsOfAnyLength_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<QByteArray>("signature");
        QTest::newRow("1 bytes") << 1 << "1e9b484dd0292072a9f303d224fbf4984a951e24dfa2d7984e200c841ea1fa48"_ba;
        QTest::newRow("59 bytes") << 59 << "7ec8c45de3dccab60a2d77556c02a1f440c2a6c9893b040d0243da2ef7cdb80d"_ba;
        QTest::newRow("60 bytes") << 60 << "8ac3a70497bca4552ae9346d300f14c806e4fd3bf89368942967c882be81a69f"_ba;
        QTest::newRow("61 bytes") << 61 << "20a87e1b87228e56ddd50a8fc45682efcb78d0c4b03a8a5259181c2383fbb70b"_ba;
        QTest::newRow("128 bytes") << 128 << "5081a635f4cd7c0c566ec23207948e323fb2fa795e56b1f7da94d1fc8c71cd73"_ba;
    }
    void takesSecretsOfAnyLength()
    {
        QFETCH(int, length);
        const Credentials credentials { .accessKeyId = u"AKIDEXAMPLE"_s,
            .secretAccessKey = Secret(QByteArrayView(QByteArray(length, 'k'))),
            .sessionToken = {} };
        QTEST(sign(suiteInput("GET", u"https://example.amazonaws.com/"_s), credentials, suiteTime()).signature,
            "signature");
    }
};

QTEST_GUILESS_MAIN(TestSigV4)
#include "tst_sigv4.moc"
