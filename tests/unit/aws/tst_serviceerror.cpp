// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/serviceerror.h"

#include <QFile>
#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;
using Kind = Error::Kind;
using std::chrono::milliseconds;

Q_DECLARE_METATYPE(optout::Error::Kind)

class TestServiceError final : public QObject {
    Q_OBJECT

private:
    static QByteArray sample(const QString &name)
    {
        QFile file(QStringLiteral(OPTOUT_TEST_DATA "/aws/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QByteArray json(const char *withSingleQuotes) { return QByteArray(withSingleQuotes).replace('\'', '"'); }
    static QByteArray namedError(const QString &code)
    {
        return json("{'__type':'") + code.toUtf8() + json("','message':'The message.'}");
    }
    template <typename Shape> static const Shape &as(const ServiceError &error) { return std::get<Shape>(error.shape); }

private slots:
    void readsThrottling()
    {
        const ServiceError error = readServiceError(400, {}, sample(u"error-throttling.json"_s));
        QCOMPARE(error.httpStatus, 400);
        QCOMPARE(error.code, u"ThrottlingException"_s);
        QCOMPARE(as<ThrottlingException>(error).message, u"Rate exceeded"_s);
        QVERIFY(error.members.isEmpty());
    }

    void readsAccessDenied()
    {
        const ServiceError own = readServiceError(
            400, {}, json("{'__type':'AccessDeniedException','Message':'No.','Reason':'ACCOUNT_DISABLED'}"));
        QCOMPARE(as<AccessDeniedException>(own).message, u"No."_s);
        QCOMPARE(as<AccessDeniedException>(own).reason, std::optional(u"ACCOUNT_DISABLED"_s));
        const ServiceError iam =
            readServiceError(400, {}, json("{'__type':'AccessDeniedException','message':'No.','Reason':null}"));
        QVERIFY(!as<AccessDeniedException>(iam).reason);
        QVERIFY(iam.members.isEmpty());
    }

    void readsNotFound()
    {
        const ServiceError error = readServiceError(400, {}, sample(u"error-not-found.json"_s));
        QCOMPARE(as<ResourceNotFoundException>(error).message, u"The opt-out list was not found."_s);
        QCOMPARE(as<ResourceNotFoundException>(error).resourceType, std::optional(u"opt-out-list"_s));
        QCOMPARE(as<ResourceNotFoundException>(error).resourceId, std::optional(u"Missing"_s));
        const QList<Error::Member> expected { { u"ResourceType"_s, u"opt-out-list"_s },
            { u"ResourceId"_s, u"Missing"_s }, { u"Hint"_s, u"{\"try\":[\"ListA\",2,true]}"_s } };
        QCOMPARE(error.members, expected);
        QCOMPARE(toError(error).members, expected);
    }

    void readsValidation()
    {
        const ServiceError error = readServiceError(400, {}, sample(u"error-validation.json"_s));
        QCOMPARE(error.code, u"ValidationException"_s);
        const auto &shape = as<ValidationException>(error);
        QCOMPARE(shape.message, u"Two fields are not valid: “NextToken”, MaxResults."_s);
        QCOMPARE(shape.reason, std::optional(u"FIELD_VALIDATION_FAILED"_s));
        QCOMPARE(shape.fields.size(), 2);
        QCOMPARE(shape.fields[0].name, u"NextToken"_s);
        QCOMPARE(shape.fields[1].message, u"must be at most 100"_s);
        const QList<Error::Member> expected { { u"Reason"_s, u"FIELD_VALIDATION_FAILED"_s },
            { u"Fields.NextToken"_s, u"is not valid"_s }, { u"Fields.MaxResults"_s, u"must be at most 100"_s } };
        QCOMPARE(toError(error).members, expected);
    }

    void keepsFieldsItDoesNotKnow_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::newRow("a member more") << json("[{'Name':'a','Message':'b','Code':7}]");
        QTest::newRow("no message") << json("[{'Name':'a'}]");
        QTest::newRow("message is a number") << json("[{'Name':'a','Message':7}]");
        QTest::newRow("texts") << json("['a','b']");
        QTest::newRow("object") << json("{'a':'b'}");
        QTest::newRow("empty") << "[]"_ba;
    }
    void keepsFieldsItDoesNotKnow()
    {
        QFETCH(QByteArray, fields);
        const ServiceError error =
            readServiceError(400, {}, json("{'__type':'ValidationException','Fields':") + fields + '}');
        QVERIFY(as<ValidationException>(error).fields.isEmpty());
        QCOMPARE(toError(error).members, (QList<Error::Member> { { u"Fields"_s, QString::fromUtf8(fields) } }));
    }

    void readsInternalServerError()
    {
        const ServiceError error =
            readServiceError(500, {}, json("{'__type':'InternalServerException','Message':'Oops.','RequestId':'r-1'}"));
        QCOMPARE(as<InternalServerException>(error).requestId, std::optional(u"r-1"_s));
        QCOMPARE(error.requestId, u"r-1"_s);
        QCOMPARE(toError(error).kind, Kind::ServiceFault);
    }

    void findsTheCode_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, const QByteArray &body, const QByteArray &header, const QString &code) {
            QTest::newRow(name) << body << header << code;
        };
        row("bare", json("{'__type':'A'}"), {}, u"A"_s);
        row("namespace", json("{'__type':'com.amazonaws.x#A'}"), {}, u"A"_s);
        row("tail", json("{'__type':'A:http://internal.amazon.com/coral/x#y/'}"), {}, u"A"_s);
        row("namespace and tail", json("{'__type':'com.amazon.coral.service#A:http://internal/'}"), {}, u"A"_s);
        row("code member", json("{'code':'A'}"), {}, u"A"_s);
        row("both, type counts", json("{'code':'B','__type':'A'}"), {}, u"A"_s);
        row("empty type, code counts", json("{'__type':'','code':'B'}"), "C", u"C"_s);
        row("header alone", json("{'message':'m'}"), "A", u"A"_s);
        row("header with namespace and tail", "{}", "aws.x#A:http://internal/", u"A"_s);
        row("body before header", json("{'__type':'A'}"), "B", u"A"_s);
        row("header of a cut body", json("{'__type':'A"), "B", u"B"_s);
        row("header of an empty body", {}, "B", u"B"_s);
        row("number as code", json("{'code':42}"), {}, QString());
        row("null as type", json("{'__type':null}"), {}, QString());
        row("wrapped by the front", sample(u"error-wrapped.json"_s), {}, u"UnknownOperationException"_s);
        row("wrapped in Error", json("{'Error':{'Code':'A','Message':'m'}}"), {}, u"A"_s);
        row("nothing", {}, {}, QString());
    }
    void findsTheCode()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, header);
        HttpHeaders headers { { "Content-Type", "application/x-amz-json-1.0" } };
        if (!header.isEmpty())
            headers.append({ "X-AMZN-errortype", header });
        QTEST(readServiceError(400, headers, body).code, "code");
    }

    void findsTheMessage_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("message");
        QTest::newRow("small letter") << json("{'__type':'A','message':'m'}") << u"m"_s;
        QTest::newRow("capital letter") << json("{'__type':'A','Message':'m'}") << u"m"_s;
        QTest::newRow("both") << json("{'Message':'n','message':'m'}") << u"m"_s;
        QTest::newRow("null and a text") << json("{'message':null,'Message':'n'}") << u"n"_s;
        QTest::newRow("none") << json("{'__type':'A'}") << QString();
        QTest::newRow("wrapped") << sample(u"error-wrapped.json"_s) << u"No such operation"_s;
        QTest::newRow("page") << sample(u"proxy-page.html"_s)
                              << u"Sign in Sign in to the network Café Wi-Fi & more: 1 < 2"_s;
        QTest::newRow("plain text") << "upstream connect error\n or reset"_ba << u"upstream connect error or reset"_s;
        QTest::newRow("JSON text") << "\"Forbidden\""_ba << u"\"Forbidden\""_s;
        QTest::newRow("Latin-1") << "<p>Zugriff verweigert f\xfcr Sie</p>"_ba << u"Zugriff verweigert für Sie"_s;
        QTest::newRow("UTF-8") << "<p>für Sie</p>"_ba << u"für Sie"_s;
        QTest::newRow("tag without an end") << "<html><body>text <div class="_ba << u"text"_s;
        QTest::newRow("script without an end") << "text <SCRIPT>alert(1)"_ba << u"text"_s;
        QTest::newRow("comment without an end") << "text <!-- more"_ba << u"text"_s;
        QTest::newRow("control characters") << QByteArray("a\0b\x1b[31mc", 9) << u"a b [31mc"_s;
        QTest::newRow("empty") << QByteArray() << QString();
        QTest::newRow("huge page") << QByteArray(3'000'000, 'x') << QString(500, u'x');
        QTest::newRow("huge page of open tags") << QByteArray("<script").repeated(500'000) << QString();
        QTest::newRow("cut at a whole character")
            << QByteArray(499, 'x') + "😀"_ba.repeated(20'000) << QString(499, u'x');
    }
    void findsTheMessage()
    {
        QFETCH(QByteArray, body);
        const ServiceError error = readServiceError(400, {}, body);
        const QString message = std::visit([](const auto &shape) { return shape.message; }, error.shape);
        QTEST(message, "message");
    }

    void keepsEverythingElse()
    {
        const ServiceError error = readServiceError(400, {},
            json("{'b':1,'__type':'A','a':{'x':[null,1.5]},'Message':'n','message':'m','t':true,'n':null,'a':'again',"
                 "'__type':'B'}"));
        QCOMPARE(as<OtherServiceError>(error).code, u"A"_s);
        QVERIFY(!as<OtherServiceError>(error).isPage);
        const QList<Error::Member> expected { { u"b"_s, u"1"_s }, { u"a"_s, u"{\"x\":[null,1.5]}"_s },
            { u"Message"_s, u"n"_s }, { u"t"_s, u"true"_s }, { u"a"_s, u"again"_s }, { u"__type"_s, u"B"_s } };
        QCOMPARE(error.members, expected);
    }

    void findsTheRequestId_data()
    {
        QTest::addColumn<HttpHeaders>("headers");
        QTest::addColumn<QString>("id");
        QTest::newRow("usual header") << HttpHeaders { { "x-amzn-requestid", "a" }, { "x-amz-request-id", "b" } }
                                      << u"a"_s;
        QTest::newRow("other header") << HttpHeaders { { "X-Amz-Request-Id", "b" } } << u"b"_s;
        QTest::newRow("body") << HttpHeaders {} << u"c"_s;
    }
    void findsTheRequestId()
    {
        QFETCH(HttpHeaders, headers);
        QTEST(readServiceError(400, headers, json("{'__type':'A','RequestId':'c'}")).requestId, "id");
    }

    void readsRetryAfter_data()
    {
        QTest::addColumn<QByteArray>("retryAfter");
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<qint64>("ms"); // -1: none
        QTest::newRow("absent") << QByteArray() << QByteArray() << qint64(-1);
        QTest::newRow("seconds") << "7"_ba << QByteArray() << qint64(7000);
        QTest::newRow("zero") << "0"_ba << QByteArray() << qint64(0);
        QTest::newRow("spaces") << " 7 "_ba << QByteArray() << qint64(7000);
        QTest::newRow("negative") << "-7"_ba << QByteArray() << qint64(-1);
        QTest::newRow("fraction") << "1.5"_ba << QByteArray() << qint64(-1);
        QTest::newRow("too large") << "99999999999999999999"_ba << QByteArray() << qint64(-1);
        QTest::newRow("words") << "soon"_ba << QByteArray() << qint64(-1);
        QTest::newRow("date") << "Sun, 06 Nov 1994 08:50:37 GMT"_ba
                              << "Sun, 06 Nov 1994 08:49:37 GMT"_ba << qint64(60'000);
        QTest::newRow("past date") << "Sun, 06 Nov 1994 08:48:37 GMT"_ba
                                   << "Sun, 06 Nov 1994 08:49:37 GMT"_ba << qint64(0);
        QTest::newRow("date against no date") << "Sun, 06 Nov 1994 08:50:37 GMT"_ba << QByteArray() << qint64(-1);
    }
    void readsRetryAfter()
    {
        QFETCH(QByteArray, retryAfter);
        QFETCH(QByteArray, date);
        QFETCH(qint64, ms);
        HttpHeaders headers;
        if (!retryAfter.isEmpty())
            headers.append({ "retry-after", retryAfter });
        if (!date.isEmpty())
            headers.append({ "date", date });
        const ServiceError error = readServiceError(503, headers, {});
        QCOMPARE(error.retryAfter, ms < 0 ? std::nullopt : std::optional(milliseconds(ms)));
        QCOMPARE(toError(error).retryAfter, error.retryAfter);
    }

    void judgesByTheCode_data()
    {
        QTest::addColumn<Kind>("kind");
        const auto rows = [](Kind kind, std::initializer_list<const char *> codes) {
            for (const char *code : codes)
                QTest::newRow(code) << kind;
        };
        rows(Kind::NoCredentials,
            { "AuthFailure", "ExpiredToken", "ExpiredTokenException", "IncompleteSignature",
                "IncompleteSignatureException", "InvalidAccessKeyId", "InvalidClientTokenId",
                "InvalidSignatureException", "InvalidToken", "MissingAuthenticationToken",
                "MissingAuthenticationTokenException", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed",
                "SignatureDoesNotMatch", "TokenRefreshRequired", "UnrecognizedClientException" });
        rows(Kind::AccessDenied,
            { "AccessDenied", "AccessDeniedException", "NotAuthorized", "OptInRequired",
                "SubscriptionRequiredException", "UnauthorizedOperation" });
        rows(Kind::NotFound, { "ResourceNotFoundException" });
        rows(Kind::Throttled,
            { "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete",
                "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
                "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
                "TooManyRequestsException", "TransactionInProgressException" });
        rows(Kind::ServiceFault,
            { "InternalError", "InternalFailure", "InternalServerError", "InternalServerException",
                "ServiceUnavailable", "ServiceUnavailableException" });
        rows(Kind::Timeout, { "RequestTimeout", "RequestTimeoutException" });
        rows(Kind::InvalidInput,
            { "SerializationException", "UnknownOperationException", "ValidationError", "ValidationException" });
    }
    void judgesByTheCode()
    {
        QFETCH(Kind, kind);
        const QString code = QString::fromLatin1(QTest::currentDataTag());
        for (const int status : { 400, 403, 404, 429, 500, 503 }) {
            const Error error = toError(readServiceError(status, {}, namedError(code)));
            QCOMPARE(error.kind, kind);
            QCOMPARE(error.code, code);
            QCOMPARE(error.detail, u"The message."_s);
        }
    }

    void judgesByTheStatusElse_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("detail");
        const QByteArray page = "<h1>Sorry</h1>";
        const QByteArray unknown = namedError(u"FutureException"_s);
        const QString message = u"The message."_s;
        const QString sorry = u"HTTP status %1: Sorry"_s;
        const auto row = [](const char *name, int status, const QByteArray &body, Kind kind, const QString &detail) {
            QTest::newRow(name) << status << body << kind << detail;
        };
        row("unknown code, 400", 400, unknown, Kind::InvalidInput, message);
        row("unknown code, 403", 403, unknown, Kind::AccessDenied, message);
        row("unknown code, 429", 429, unknown, Kind::Throttled, message);
        row("unknown code, 500", 500, unknown, Kind::ServiceFault, message);
        row("code without a message", 400, json("{'__type':'FutureException'}"), Kind::InvalidInput,
            u"HTTP status 400, without a message."_s);
        row("page, 400", 400, page, Kind::BadResponse, sorry.arg(400));
        row("page, 403", 403, page, Kind::BadResponse, sorry.arg(403));
        row("page without words, 403", 403, "<html></html>", Kind::BadResponse,
            u"HTTP status 403, without a message."_s);
        row("page, 404", 404, page, Kind::BadResponse, sorry.arg(404));
        row("page, 407", 407, page, Kind::Network, sorry.arg(407));
        row("page, 429", 429, page, Kind::Throttled, sorry.arg(429));
        row("page, 502", 502, page, Kind::ServiceFault, sorry.arg(502));
        row("page, 301", 301, page, Kind::BadResponse, sorry.arg(301));
        row("nothing, 401", 401, {}, Kind::AccessDenied, u"HTTP status 401, without a message."_s);
        row("nothing, 403", 403, {}, Kind::AccessDenied, u"HTTP status 403, without a message."_s);
        row("nothing, 408", 408, {}, Kind::Timeout, u"HTTP status 408, without a message."_s);
        row("nothing, 503", 503, {}, Kind::ServiceFault, u"HTTP status 503, without a message."_s);
        row("nothing, 418", 418, {}, Kind::BadResponse, u"HTTP status 418, without a message."_s);
        row("message alone, 403", 403, json("{'message':'Forbidden'}"), Kind::AccessDenied,
            u"HTTP status 403: Forbidden"_s);
    }
    void judgesByTheStatusElse()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(Kind, kind);
        const Error error = toError(readServiceError(status, {}, body));
        QCOMPARE(error.kind, kind);
        QTEST(error.detail, "detail");
    }

    void neverRepeatsTheSessionToken_data()
    {
        QTest::addColumn<QString>("message");
        QTest::newRow("as AWS writes it")
            << u"The request signature we calculated does not match the signature you provided.\\n\\nThe Canonical String for this request should have been\\n'POST\\n/\\n\\nhost:a\\nx-amz-security-token:CANARY\\n\\nhost\\nabc'\\n"_s;
        QTest::newRow("header alone") << u"The request signature is wrong. X-Amz-Security-Token: CANARY"_s;
    }
    void neverRepeatsTheSessionToken()
    {
        QFETCH(QString, message);
        const QByteArray body =
            json("{'__type':'InvalidSignatureException','message':'") + message.toUtf8().replace('\'', '|') + "\"}";
        const ServiceError read = readServiceError(403, {}, body);
        QVERIFY(as<OtherServiceError>(read).message.contains(u"CANARY"_s));
        const Error error = toError(read);
        QVERIFY(error.detail.startsWith(u"The request signature"_s));
        QVERIFY(error.detail.endsWith(u'.'));
        QVERIFY2(!error.detail.contains(u"CANARY"_s), qPrintable(error.detail));
    }

    void boundsTheDetail()
    {
        const Error error =
            toError(readServiceError(400, {}, namedError(u"A"_s).replace("The message.", QByteArray(100'000, 'm'))));
        QCOMPARE(error.detail.size(), 2000);
        QVERIFY(error.detail.endsWith(u'…'));
    }

    void tellsClockAndExpiry_data()
    {
        QTest::addColumn<bool>("clock");
        QTest::addColumn<bool>("expired");
        for (const char *code : { "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture",
                 "RequestTimeTooSkewed", "SignatureDoesNotMatch" })
            QTest::newRow(code) << true << false;
        for (const char *code : { "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired" })
            QTest::newRow(code) << false << true;
        for (const char *code : { "UnrecognizedClientException", "AccessDeniedException", "ThrottlingException", "" })
            QTest::addRow("other: %s", code) << false << false;
    }
    void tellsClockAndExpiry()
    {
        QFETCH(bool, clock);
        QFETCH(bool, expired);
        const QString code = QString::fromLatin1(QTest::currentDataTag()).remove(u"other: "_s);
        const Error error = toError(readServiceError(403, {}, namedError(code)));
        QCOMPARE(isClockSkew(error), clock);
        QCOMPARE(isExpiredCredentials(error), expired);
    }

    void looksHeadersUp()
    {
        const HttpHeaders headers { { "Date", "a" }, { "DATE", "b" }, { "Empty", "" } };
        QCOMPARE(headerValue(headers, "date"), "a");
        QCOMPARE(headerValue(headers, "empty"), "");
        QCOMPARE(headerValue(headers, "other"), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestServiceError)
#include "tst_serviceerror.moc"
