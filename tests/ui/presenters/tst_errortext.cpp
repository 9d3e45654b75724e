// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "text/errortext.h"

#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using Kind = Error::Kind;

class TestErrorText final : public QObject {
    Q_OBJECT
private slots:
    void everyKindSaysSomething();
    void says_data();
    void says();
    void detailsHoldAllTheServiceSaid();
    void signIn();
};

void TestErrorText::everyKindSaysSomething()
{
    for (const Kind kind :
        { Kind::Internal, Kind::InvalidInput, Kind::NoCredentials, Kind::AccessDenied, Kind::NotFound, Kind::Throttled,
            Kind::ServiceFault, Kind::Network, Kind::Timeout, Kind::BadResponse, Kind::Storage, Kind::Cancelled }) {
        const ErrorText text = describe({ .kind = kind });
        QVERIFY2(text.headline.endsWith(u'.'), qPrintable(text.headline));
        QVERIFY(text.details.isEmpty());
    }
}

void TestErrorText::says_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("words");

    const auto row = [](const char *name, const Error &error, const char *words) {
        QTest::newRow(name) << error << QString::fromLatin1(words);
    };
    row("IAM names the permission",
        { .kind = Kind::AccessDenied,
            .code = u"AccessDeniedException"_s,
            .detail = u"User: arn:aws:iam::111122223333:user/u is not authorized to perform: "
                      "sms-voice:DescribeOptOutLists on resource: *"_s },
        "sms-voice:DescribeOptOutLists");
    row("IAM does not name it", { .kind = Kind::AccessDenied, .code = u"AccessDeniedException"_s },
        "sms-voice:DescribeOptedOutNumbers");
    row("account disabled", { .kind = Kind::AccessDenied, .members = { { u"Reason"_s, u"ACCOUNT_DISABLED"_s } } },
        "disabled for this account");
    row("a reason yet unknown", { .kind = Kind::AccessDenied, .members = { { u"Reason"_s, u"FULL_MOON"_s } } },
        "FULL_MOON");
    row("expired", { .kind = Kind::NoCredentials, .code = u"ExpiredTokenException"_s }, "have expired");
    row("unknown key", { .kind = Kind::NoCredentials, .code = u"UnrecognizedClientException"_s }, "does not know");
    row("wrong secret", { .kind = Kind::NoCredentials, .code = u"InvalidSignatureException"_s }, "secret access key");
    row("clock",
        { .kind = Kind::NoCredentials,
            .code = u"InvalidSignatureException"_s,
            .detail = u"Signature expired: 20240301T100000Z is now earlier than 20240301T101000Z"_s },
        "clock");
    row("other account", { .kind = Kind::NoCredentials, .code = u"AccountChanged"_s }, "those of another account");
    row("no keys in the keychain", { .kind = Kind::NoCredentials, .code = u"KeysMissing"_s }, "keychain holds no keys");
    row("no such list",
        { .kind = Kind::NotFound,
            .members = { { u"ResourceType"_s, u"opt-out-list"_s }, { u"ResourceId"_s, u"Marketing"_s } } },
        "no opt-out list Marketing");
    row("number not on the list",
        { .kind = Kind::NotFound, .members = { { u"ResourceType"_s, u"opted-out-number"_s } } }, "not on this list");
    row("another resource",
        { .kind = Kind::NotFound, .members = { { u"ResourceType"_s, u"pool"_s }, { u"ResourceId"_s, u"p-1"_s } } },
        "pool p-1");
    row("stale token",
        { .kind = Kind::InvalidInput,
            .code = u"ValidationException"_s,
            .members = { { u"Reason"_s, u"INVALID_NEXT_TOKEN"_s } } },
        "Refresh");
    row("filter refused",
        { .kind = Kind::InvalidInput,
            .code = u"ValidationException"_s,
            .members = { { u"Reason"_s, u"INVALID_FILTER_VALUES"_s } } },
        "Read only these");
    row("validation reason yet unknown",
        { .kind = Kind::InvalidInput,
            .code = u"ValidationException"_s,
            .detail = u"No."_s,
            .members = { { u"Reason"_s, u"NEW_REASON"_s } } },
        "NEW_REASON");
    row("throttled", { .kind = Kind::Throttled, .code = u"ThrottlingException"_s }, "limits how often");
    row("TLS", { .kind = Kind::Network, .detail = u"The TLS handshake failed."_s }, "secure connection");
    row("no network", { .kind = Kind::Network, .detail = u"Host not found."_s }, "cannot be reached");
    row("repeated token", { .kind = Kind::BadResponse, .code = u"RepeatedToken"_s }, "same page mark twice");
    row("a page of a proxy", { .kind = Kind::BadResponse }, "proxy");
    row("locked keychain", { .kind = Kind::Storage, .code = u"KeychainLocked"_s }, "keychain is locked");
    row("disk", { .kind = Kind::Storage, .detail = u"The disk is full."_s }, "The disk is full.");
}

void TestErrorText::says()
{
    QFETCH(const Error, error);
    QFETCH(const QString, words);
    const ErrorText text = describe(error, u"sms-voice:DescribeOptedOutNumbers"_s);
    const QString all = text.headline + u' ' + text.advice;
    QVERIFY2(all.contains(words), qPrintable(all));
}

void TestErrorText::detailsHoldAllTheServiceSaid()
{
    const ErrorText text = describe({ .kind = Kind::InvalidInput,
        .code = u"ValidationException"_s,
        .detail = u"1 validation error"_s,
        .requestId = u"b2c1a1d0-0000-4000-8000-000000000001"_s,
        .members = { { u"Reason"_s, u"FIELD_VALIDATION_FAILED"_s }, { u"Fields.MaxResults"_s, u"too large"_s } } });
    QCOMPARE(text.details,
        u"Code: ValidationException\nMessage: 1 validation error\nRequest id: b2c1a1d0-0000-4000-8000-000000000001\n"
        "Reason: FIELD_VALIDATION_FAILED\nFields.MaxResults: too large"_s);
}

void TestErrorText::signIn()
{
    QVERIFY(needsSignIn({ .kind = Kind::NoCredentials, .code = u"ExpiredTokenException"_s }));
    QVERIFY(!needsSignIn({ .kind = Kind::NoCredentials, .code = u"RequestTimeTooSkewed"_s }));
    QVERIFY(!needsSignIn({ .kind = Kind::AccessDenied }));
}

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_errortext.moc"
