// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "apicallfixture.h"

#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

using Kind = Error::Kind;
Q_DECLARE_METATYPE(optout::Error::Kind)
Q_DECLARE_METATYPE(QList<optout::Error::Member>)

class TestApiCall final : public ApiCallFixture {
    Q_OBJECT
private slots:
    void requestIsSigned();
    void nothingIsToldBeforeTheEventLoop();
    void answerIsRead();
    void serviceErrors_data();
    void serviceErrors();
    void transportErrors_data();
    void transportErrors();
    void unreadableAnswerIsTriedAgain();
    void requestIdOfUnreadableAnswer();

    void deletionInSlots_data();
    void deletionInSlots();
    void deletionAtAnyTime();
};

void TestApiCall::requestIsSigned()
{
    f->transport.expect(action).reply(200, "{}").check([](const HttpRequest &request) {
        const QByteArray authorization = FakeTransport::header(request, "Authorization");
        if (request.url != ServiceFixture::address().endpoint)
            return u"goes to %1"_s.arg(request.url.toString());
        if (FakeTransport::header(request, "Content-Type") != "application/x-amz-json-1.0")
            return u"wrong content type"_s;
        if (!authorization.startsWith("AWS4-HMAC-SHA256 ")
            || !authorization.contains("AKIDEXAMPLE000000001/20240301/us-east-1/sms-voice/aws4_request"))
            return u"wrong scope: "_s + QString::fromLatin1(authorization);
        if (FakeTransport::header(request, "X-Amz-Date") != "20240301T100000Z")
            return u"wrong date"_s;
        if (request.logName != "PinpointSMSVoiceV2.DescribeOptedOutNumbers")
            return u"wrong name for logs"_s;
        return QString();
    });
    QVERIFY(run());
    QCOMPARE(m_sent, 1);
}

void TestApiCall::nothingIsToldBeforeTheEventLoop()
{
    QObject owner;
    ApiCall *call = newCall(&owner);
    QSignalSpy finished(call, &ApiCall::finished);
    f->transport.expect(action).reply(200, "{}");
    call->start();
    QCOMPARE(f->transport.requests().size(), f->credentials->isAtHand ? 1 : 0);
    QCOMPARE(finished.size(), 0);
    QVERIFY(finished.wait());
}

void TestApiCall::answerIsRead()
{
    f->transport.expect(action).reply(200, R"({"some":"thing"})");
    QVERIFY(run());
    QCOMPARE(m_read, R"({"some":"thing"})");
    QVERIFY(m_waits.isEmpty());
}

void TestApiCall::serviceErrors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QList<Error::Member>>("members");
    QTest::newRow("throttled") << 400 << throttled() << Kind::Throttled << u"ThrottlingException"_s
                               << u"Rate exceeded"_s << QList<Error::Member> {};
    QTest::newRow("denied by the service")
        << 400 << QByteArray(R"({"__type":"AccessDeniedException","Message":"No","Reason":"ACCOUNT_DISABLED"})")
        << Kind::AccessDenied << u"AccessDeniedException"_s << u"No"_s
        << QList<Error::Member> { { u"Reason"_s, u"ACCOUNT_DISABLED"_s } };
    QTest::newRow("denied by IAM") << 400
                                   << QByteArray(R"({"__type":"AccessDeniedException","message":"not authorized"})")
                                   << Kind::AccessDenied << u"AccessDeniedException"_s << u"not authorized"_s
                                   << QList<Error::Member> {};
    QTest::newRow("not found")
        << 400
        << QByteArray(R"({"__type":"ResourceNotFoundException","Message":"Gone","ResourceType":"opt-out-list",)"
                      R"("ResourceId":"Nope"})")
        << Kind::NotFound << u"ResourceNotFoundException"_s << u"Gone"_s
        << QList<Error::Member> { { u"ResourceType"_s, u"opt-out-list"_s }, { u"ResourceId"_s, u"Nope"_s } };
    QTest::newRow("invalid") << 400
                             << QByteArray(R"({"__type":"ValidationException","Message":"Bad","Reason":"NEW_REASON",)"
                                           R"("Fields":[{"Name":"MaxResults","Message":"too many"}]})")
                             << Kind::InvalidInput << u"ValidationException"_s << u"Bad"_s
                             << QList<Error::Member> { { u"Reason"_s, u"NEW_REASON"_s },
                                    { u"Fields.MaxResults"_s, u"too many"_s } };
    QTest::newRow("service failed") << 500 << QByteArray(R"({"__type":"InternalServerException","Message":"Oops"})")
                                    << Kind::ServiceFault << u"InternalServerException"_s << u"Oops"_s
                                    << QList<Error::Member> {};
    QTest::newRow("unknown keys") << 403
                                  << QByteArray(R"({"__type":"UnrecognizedClientException","message":"invalid"})")
                                  << Kind::NoCredentials << u"UnrecognizedClientException"_s << u"invalid"_s
                                  << QList<Error::Member> {};
}

void TestApiCall::serviceErrors()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Kind, kind);
    QFETCH(QString, code);
    QFETCH(QString, message);
    QFETCH(QList<Error::Member>, members);
    f->retry.maxAttempts = 1;
    f->transport.expect(action).reply(status, body, answerHeaders());
    const Result<Done> outcome = run();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, kind);
    QCOMPARE(outcome.error().code, code);
    QVERIFY2(outcome.error().detail.contains(message), qPrintable(outcome.error().detail));
    QCOMPARE(outcome.error().requestId, QString::fromLatin1(requestId));
    for (const Error::Member &member : members)
        QVERIFY2(outcome.error().members.contains(member), qPrintable(member.name));
    QCOMPARE(outcome.error().members.size(), members.size());
}

void TestApiCall::transportErrors_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<bool>("again");
    QTest::newRow("no connection") << Kind::Network << true;
    QTest::newRow("timeout") << Kind::Timeout << true;
    QTest::newRow("cut") << Kind::BadResponse << true;
    QTest::newRow("a defect") << Kind::Internal << false;
}

void TestApiCall::transportErrors()
{
    QFETCH(Kind, kind);
    QFETCH(bool, again);
    const Error error { .kind = kind, .detail = u"why"_s };
    f->transport.expect(action).fail(error);
    if (again)
        f->transport.expect(action).reply(200, "{}");
    const Result<Done> outcome = run();
    QCOMPARE(outcome.has_value(), again);
    if (!again)
        QCOMPARE(outcome.error(), error);
    QCOMPARE(m_waits.size(), again ? 1 : 0);
}

void TestApiCall::unreadableAnswerIsTriedAgain()
{
    f->transport.expect(action).reply(200, "unreadable", answerHeaders());
    f->transport.expect(action).reply(200, R"({"fine":1})");
    QVERIFY(run());
    QCOMPARE(m_read, R"({"fine":1})");
    QCOMPARE(m_waits.size(), 1);
    QCOMPARE(m_waits.at(0).reason.kind, Kind::BadResponse);
}

void TestApiCall::requestIdOfUnreadableAnswer()
{
    f->retry.maxAttempts = 1;
    f->transport.expect(action).reply(200, "unreadable", answerHeaders());
    const Result<Done> outcome = run();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Kind::BadResponse);
    QCOMPARE(outcome.error().requestId, QString::fromLatin1(requestId));
}

void TestApiCall::deletionInSlots_data()
{
    QTest::addColumn<bool>("throttle");
    QTest::newRow("in finished") << false;
    QTest::newRow("in waiting") << true;
}

void TestApiCall::deletionInSlots()
{
    QFETCH(bool, throttle);
    if (throttle)
        f->transport.expect(action).reply(400, throttled(), againAtOnce());
    else
        f->transport.expect(action).reply(200, "{}");
    QObject owner;
    ApiCall *call = newCall(&owner);
    int seen = 0;
    const auto deleteIt = [&seen, call] {
        ++seen;
        delete call;
    };
    if (throttle)
        connect(call, &ApiCall::waiting, this, deleteIt);
    else
        connect(call, &ApiCall::finished, this, deleteIt);
    call->start();
    QTRY_COMPARE(seen, 1);
    QTest::qWait(5);
    QCOMPARE(seen, 1);
    QCOMPARE(f->transport.underWay(), 0);
}

void TestApiCall::deletionAtAnyTime()
{
    for (int turns = 0; turns < 8; ++turns) {
        f->transport.expect(action).reply(200, "{}");
        auto owner = std::make_unique<QObject>();
        ApiCall *call = newCall(owner.get());
        QSignalSpy finished(call, &ApiCall::finished);
        call->start();
        for (int i = 0; i < turns; ++i)
            QCoreApplication::processEvents();
        const qsizetype before = finished.size();
        owner.reset();
        QTest::qWait(2);
        QCOMPARE(finished.size(), before);
        QCOMPARE(f->transport.underWay(), 0);
        f->transport.clear();
    }
}

QTEST_GUILESS_MAIN(TestApiCall)
#include "tst_apicall.moc"
