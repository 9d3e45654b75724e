// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/signaturecheck.h"

#include "signedrequest.h"

#include <QtTest>

using namespace optout;
using namespace optout::demo;
using namespace optout::test;
using namespace Qt::Literals::StringLiterals;

Q_DECLARE_METATYPE(optout::demo::HttpRequest)

namespace {

using namespace std::chrono;

const Credentials &keys()
{
    static const Credentials credentials { .accessKeyId = u"AKIAEXAMPLE"_s,
        .secretAccessKey = Secret(QByteArrayView("secret/of+nobody")),
        .sessionToken = Secret(QByteArrayView("token/of+nobody==")) };
    return credentials;
}

Timestamp noon() { return sys_days { 2026y / March / 4 } + 12h; }

SignatureCheck check() { return SignatureCheck("us-east-1", "sms-voice", { keys() }); }

HttpRequest rightRequest(const SigningChoices &choices = {}, Timestamp time = noon())
{
    return signedRequest("DescribeOptOutLists", R"({"MaxResults":5})", keys(), time, choices);
}

} // namespace

class TestSignatureCheck final : public QObject {
    Q_OBJECT

private slots:
    //! From the signing test suite that AWS publishes (awslabs/aws-c-auth, tests/aws-signing-test-suite/v4).
    void acceptsPublishedVectors_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("further"); // headers, one a line
        QTest::addColumn<QByteArray>("signedHeaders");
        QTest::addColumn<QByteArray>("signature");
        QTest::addColumn<QByteArray>("body");
        const QByteArray plain = "host;x-amz-date", none;
        const QByteArray vanilla = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
        QTest::newRow("get-vanilla") << "GET"_ba
                                     << "/"_ba << none << plain << vanilla << none;
        QTest::newRow("get-slash-dot-slash-normalized") << "GET"_ba
                                                        << "/./"_ba << none << plain << vanilla << none;
        QTest::newRow("get-utf8") << "GET"_ba
                                  << "/\xe1\x88\xb4"_ba << none << plain
                                  << "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"_ba << none;
        QTest::newRow("get-vanilla-query-order-key-case")
            << "GET"_ba
            << "/?Param2=value2&Param1=value1"_ba << none << plain
            << "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"_ba << none;
        QTest::newRow("get-header-key-duplicate")
            << "GET"_ba
            << "/"_ba
            << "My-Header1:value2\nMy-Header1:value2\nMy-Header1:value1"_ba
            << "host;my-header1;x-amz-date"_ba
            << "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"_ba << none;
        QTest::newRow("get-header-value-trim")
            << "GET"_ba
            << "/"_ba
            << "My-Header1: value1\nMy-Header2: \"a   b   c\""_ba
            << "host;my-header1;my-header2;x-amz-date"_ba
            << "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"_ba << none;
        QTest::newRow("post-x-www-form-urlencoded")
            << "POST"_ba
            << "/"_ba
            << "Content-Type:application/x-www-form-urlencoded\nContent-Length:13\n"
               "x-amz-content-sha256:9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e"_ba
            << "content-length;content-type;host;x-amz-content-sha256;x-amz-date"_ba
            << "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b"_ba
            << "Param1=value1"_ba;
    }
    void acceptsPublishedVectors()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, further);
        QFETCH(QByteArray, signedHeaders);
        QFETCH(QByteArray, signature);
        QFETCH(QByteArray, body);
        const Credentials example { .accessKeyId = u"AKIDEXAMPLE"_s,
            .secretAccessKey = Secret(QByteArrayView("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")),
            .sessionToken = {} };
        const Timestamp time = sys_days { 2015y / August / 30 } + 12h + 36min;
        HttpRequest request { .method = method, .target = target, .headers = {}, .body = body };
        request.headers = { { "Host", "example.amazonaws.com" }, { "X-Amz-Date", "20150830T123600Z" },
            { "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders="
                    + signedHeaders + ", Signature=" + signature } };
        for (const QByteArray &line : further.split('\n')) {
            if (const qsizetype colon = line.indexOf(':'); colon > 0)
                request.headers.append({ line.left(colon), line.mid(colon + 1) });
        }
        SignatureCheck published("us-east-1", "service", { example });
        const auto finding = published.judge(request, time);
        QVERIFY2(!finding.refusal, finding.refusal ? qPrintable(finding.refusal->message) : "");

        request.target += request.target.contains('?') ? "&a=b" : "?a=b";
        QVERIFY(published.judge(request, time).refusal);
    }

    void acceptsTheSessionTokenVector()
    {
        const QByteArray token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
        const Credentials example { .accessKeyId = u"AKIDEXAMPLE"_s,
            .secretAccessKey = Secret(QByteArrayView("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")),
            .sessionToken = Secret(QByteArrayView(token)) };
        HttpRequest request { .method = "GET", .target = "/", .headers = {}, .body = {} };
        request.headers = { { "Host", "example.amazonaws.com" }, { "X-Amz-Date", "20150830T123600Z" },
            { "X-Amz-Security-Token", token },
            { "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                "SignedHeaders=host;x-amz-date;x-amz-security-token, "
                "Signature=07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8" } };
        SignatureCheck published("us-east-1", "service", { example });
        QVERIFY(!published.judge(request, sys_days { 2015y / August / 30 } + 12h + 36min).refusal);
    }

    void acceptsARightRequestAndTellsWhoSigned()
    {
        const auto finding = check().judge(rightRequest(), noon());
        QVERIFY2(!finding.refusal, finding.refusal ? qPrintable(finding.refusal->message) : "");
        QCOMPARE(finding.accessKeyId, "AKIAEXAMPLE"_ba);
        QCOMPARE(finding.scope, "20260304/us-east-1/sms-voice/aws4_request"_ba);
        QCOMPARE(finding.signedHeaders,
            (QByteArrayList { "content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target" }));
    }

    void wantsTheDateHeaderSignedWhereItStandsIn()
    {
        HttpRequest request = rightRequest();
        request.headers.removeIf([](const auto &header) { return header.first == "X-Amz-Date"; });
        request.headers.emplaceBack("Date", "Wed, 04 Mar 2026 12:00:00 GMT");
        const auto finding = check().judge(request, noon());
        QVERIFY(finding.refusal);
        QCOMPARE(finding.refusal->message, u"'Date' must be a 'SignedHeader' in the AWS Authorization."_s);
    }

    //! Whatever is changed on the way, the signature does not match any more.
    void refusesTampering_data()
    {
        QTest::addColumn<HttpRequest>("request");
        const auto row = [](const char *name, const std::function<void(HttpRequest &)> &change) {
            HttpRequest request = rightRequest();
            change(request);
            QTest::newRow(name) << request;
        };
        row("method", [](HttpRequest &r) { r.method = "PUT"; });
        row("path", [](HttpRequest &r) { r.target = "/x"; });
        row("query", [](HttpRequest &r) { r.target = "/?a=b"; });
        row("body", [](HttpRequest &r) { r.body = R"({"MaxResults":6})"; });
        row("host", [](HttpRequest &r) { setHeader(r, "Host", "127.0.0.1:8001"); });
        row("target", [](HttpRequest &r) { setHeader(r, "X-Amz-Target", "PinpointSMSVoiceV2.PutOptedOutNumber"); });
        row("content type", [](HttpRequest &r) { setHeader(r, "Content-Type", "application/json"); });
        row("date, within what is allowed", [](HttpRequest &r) { setHeader(r, "X-Amz-Date", "20260304T120001Z"); });
        row("a second value", [](HttpRequest &r) { r.headers.emplaceBack("Host", "evil"); });
        row("a signed header gone",
            [](HttpRequest &r) { r.headers.removeIf([](const auto &h) { return h.first == "Content-Type"; }); });
        row("a digit of the signature", [](HttpRequest &r) {
            QByteArray value = r.header("authorization");
            value.back() = value.back() == '0' ? '1' : '0';
            setHeader(r, "Authorization", value);
        });
        row("a shorter signature", [](HttpRequest &r) {
            QByteArray value = r.header("authorization");
            value.chop(1);
            setHeader(r, "Authorization", value);
        });
        row("signature in capitals", [](HttpRequest &r) {
            const QByteArray value = r.header("authorization");
            setHeader(r, "Authorization", value.left(value.size() - 64) + value.right(64).toUpper());
        });
    }
    void refusesTampering()
    {
        QFETCH(HttpRequest, request);
        const auto finding = check().judge(request, noon());
        QVERIFY(finding.refusal);
        QCOMPARE(finding.refusal->code, "InvalidSignatureException"_ba);
        QVERIFY2(finding.refusal->message.startsWith("The request signature we calculated does not match"_L1),
            qPrintable(finding.refusal->message));
    }

    void refusesWhoIsUnknown_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("another key id") << "AKIAEXAMPLE/"_ba
                                        << "AKIAEXAMPLF/"_ba;
        QTest::newRow("another token") << "token/of+nobody=="_ba
                                       << "token/of+somebody"_ba;
        QTest::newRow("no token") << "token/of+nobody=="_ba
                                  << ""_ba;
    }
    void refusesWhoIsUnknown()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        HttpRequest request = rightRequest();
        for (auto &[name, value] : request.headers)
            value.replace(from, to);
        const auto finding = check().judge(request, noon());
        QVERIFY(finding.refusal);
        QCOMPARE(finding.refusal->code, "UnrecognizedClientException"_ba);
    }

    void refusesAWrongScope_data()
    {
        QTest::addColumn<QByteArray>("region");
        QTest::addColumn<QByteArray>("service");
        QTest::addColumn<QByteArray>("terminator");
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<QString>("says");
        const QByteArray region = "us-east-1", service = "sms-voice", end = "aws4_request", none;
        QTest::newRow("region") << "eu-west-1"_ba << service << end << none
                                << u"Credential should be scoped to a valid region, not 'eu-west-1'."_s;
        QTest::newRow("service") << region << "sms"_ba << end << none
                                 << u"Credential should be scoped to correct service: 'sms-voice'."_s;
        QTest::newRow("terminator") << region << service << "aws5_request"_ba << none
                                    << u"Credential should be scoped with a valid terminator: 'aws4_request'."_s;
        QTest::newRow("day") << region << service << end << "20260303"_ba
                             << u"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
                                "HTTP: '20260303' != '20260304'."_s;
    }
    void refusesAWrongScope()
    {
        QFETCH(QByteArray, region);
        QFETCH(QByteArray, service);
        QFETCH(QByteArray, terminator);
        QFETCH(QByteArray, date);
        QFETCH(QString, says);
        const HttpRequest request =
            rightRequest({ .region = region, .service = service, .terminator = terminator, .scopeDate = date });
        const auto finding = check().judge(request, noon());
        QVERIFY(finding.refusal);
        QCOMPARE(finding.refusal->code, "InvalidSignatureException"_ba);
        QCOMPARE(finding.refusal->message, says);
    }

    void allowsFiveMinutesEitherWay()
    {
        const HttpRequest request = rightRequest();
        for (const seconds skew : { 0s, 299s, 300s, -299s, -300s })
            QVERIFY(!check().judge(request, noon() + skew).refusal);
        const auto expired = check().judge(request, noon() + 301s);
        QVERIFY(expired.refusal);
        QCOMPARE(expired.refusal->code, "InvalidSignatureException"_ba);
        QCOMPARE(expired.refusal->message,
            u"Signature expired: 20260304T120000Z is now earlier than 20260304T120001Z (20260304T120501Z - 5 min.)"_s);
        const auto early = check().judge(request, noon() - 301s);
        QVERIFY(early.refusal);
        QCOMPARE(early.refusal->message,
            u"Signature not yet current: 20260304T120000Z is still later than 20260304T115959Z (20260304T115459Z + 5 min.)"_s);
    }

    void refusesExpiredKeysAsExpired()
    {
        Credentials issued = keys();
        issued.accessKeyId = u"ASIAEXAMPLE"_s;
        issued.expires = noon() + 3s;
        SignatureCheck signatures = check();
        const HttpRequest request = signedRequest("DescribeOptOutLists", "{}", issued, noon());
        QCOMPARE(signatures.judge(request, noon()).refusal->code, "UnrecognizedClientException"_ba);
        signatures.add(issued);
        QVERIFY(!signatures.judge(request, noon() + 2999ms).refusal);
        QCOMPARE(signatures.judge(request, noon() + 3s).refusal->code, "ExpiredTokenException"_ba);
        QVERIFY(!signatures.judge(rightRequest(), noon() + 3s).refusal); // the others go on

        issued.secretAccessKey = Secret(QByteArrayView("another/secret"));
        const HttpRequest forged = signedRequest("DescribeOptOutLists", "{}", issued, noon());
        QCOMPARE(signatures.judge(forged, noon() + 3s).refusal->code, "InvalidSignatureException"_ba);
    }

    void forgetsTheOldestIssuedKeysOnly()
    {
        SignatureCheck signatures = check();
        for (int i = 0; i < 1500; ++i) {
            Credentials issued = keys();
            issued.accessKeyId = u"ASIA%1"_s.arg(i);
            issued.expires = noon() + 3s;
            signatures.add(issued);
        }
        const auto code = [&](const QString &accessKeyId) {
            Credentials caller = keys();
            caller.accessKeyId = accessKeyId;
            const auto refusal =
                signatures.judge(signedRequest("DescribeOptOutLists", "{}", caller, noon()), noon()).refusal;
            return refusal ? refusal->code : QByteArray();
        };
        QCOMPARE(code(u"ASIA0"_s), "UnrecognizedClientException"_ba);
        QCOMPARE(code(u"ASIA1499"_s), QByteArray());
        QCOMPARE(code(keys().accessKeyId), QByteArray());
    }

    void wantsWhatMattersSigned_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name : { "host", "x-amz-date", "x-amz-target", "x-amz-security-token" })
            QTest::newRow(name) << QByteArray(name);
    }
    void wantsWhatMattersSigned()
    {
        QFETCH(QByteArray, name);
        const auto finding = check().judge(rightRequest({ .unsignedHeaders = { name } }), noon());
        QVERIFY(finding.refusal);
        QCOMPARE(finding.refusal->code, "InvalidSignatureException"_ba);
        QVERIFY(finding.refusal->message.endsWith("must be a 'SignedHeader' in the AWS Authorization."_L1));
    }

    void saysWhatIsMissing_data()
    {
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<QByteArray>("code");
        const QByteArray incomplete = "IncompleteSignatureException";
        QTest::newRow("nothing") << QByteArray() << "MissingAuthenticationTokenException"_ba;
        QTest::newRow("empty") << ""_ba << incomplete;
        QTest::newRow("another scheme") << "Basic Zm9vOmJhcg=="_ba << incomplete;
        QTest::newRow("algorithm alone") << "AWS4-HMAC-SHA256"_ba << incomplete;
        QTest::newRow("no pair") << "AWS4-HMAC-SHA256 Credential"_ba << incomplete;
        QTest::newRow("no signature") << "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host"_ba << incomplete;
        QTest::newRow("no headers") << "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, Signature=00"_ba << incomplete;
        QTest::newRow("no credential") << "AWS4-HMAC-SHA256 SignedHeaders=host, Signature=00"_ba << incomplete;
        QTest::newRow("short scope") << "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00"_ba
                                     << incomplete;
    }
    void saysWhatIsMissing()
    {
        QFETCH(QByteArray, authorization);
        QFETCH(QByteArray, code);
        HttpRequest request = rightRequest();
        request.headers.removeIf([](const auto &header) { return header.first == "Authorization"; });
        if (!authorization.isNull())
            request.headers.append({ "Authorization", authorization });
        const auto finding = check().judge(request, noon());
        QVERIFY(finding.refusal);
        QCOMPARE(finding.refusal->code, code);
    }

    void wantsADateItCanRead_data()
    {
        QTest::addColumn<QByteArray>("date");
        for (const char *date : { "", "yesterday", "2026-03-04T12:00:00Z", "20260304T120000", "20261304T120000Z" })
            QTest::newRow(date) << QByteArray(date);
    }
    void wantsADateItCanRead()
    {
        QFETCH(QByteArray, date);
        HttpRequest request = rightRequest();
        setHeader(request, "X-Amz-Date", date);
        const auto finding = check().judge(request, noon());
        QVERIFY(finding.refusal);
        QCOMPARE(finding.refusal->code, "IncompleteSignatureException"_ba);
    }
};

QTEST_GUILESS_MAIN(TestSignatureCheck)
#include "tst_signaturecheck.moc"
