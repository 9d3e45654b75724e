// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/accesskey.h"
#include "cli/lookuptask.h"
#include "cli/message.h"
#include "cli/tracewords.h"

#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestMessage : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void errorLineTellsAll()
    {
        const Error error { .kind = Error::Kind::InvalidInput,
            .code = u"ValidationException"_s,
            .detail = u"Two\nlines."_s,
            .requestId = u"7a5f0b34-0000-4000-8000-000000000001"_s,
            .members = { { u"Reason"_s, u"FIELD_VALIDATION_FAILED"_s }, { u"Fields.MaxResults"_s, u"too\tlarge"_s } } };
        QCOMPARE(errorLine(error),
            u"ValidationException: Two lines [Reason: FIELD_VALIDATION_FAILED; Fields.MaxResults: too large] "
            "(request id 7a5f0b34-0000-4000-8000-000000000001)"_s);
    }

    void errorWithoutCodeIsNamedByKind()
    {
        QCOMPARE(errorLine(Error { .kind = Error::Kind::Storage, .detail = u"The disk is full."_s }),
            u"Storage: The disk is full"_s);
    }

    void advice_data()
    {
        QTest::addColumn<Error::Kind>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("keys") << Error::Kind::NoCredentials << u"AWS_SECRET_ACCESS_KEY"_s;
        QTest::newRow("permission") << Error::Kind::AccessDenied << u"sms-voice:DescribeOptedOutNumbers"_s;
        QTest::newRow("list") << Error::Kind::NotFound << u"optout-browser lists"_s;
        QTest::newRow("quota") << Error::Kind::Throttled << u"--max-rate"_s;
    }

    void advice()
    {
        QFETCH(const Error::Kind, kind);
        QFETCH(const QString, words);
        const QString line = errorLine(Error { .kind = kind, .code = u"Code"_s, .detail = u"text"_s });
        QVERIFY2(line.startsWith("Code: text; "_L1) && line.contains(words), qPrintable(line));
    }

    void adviceAboutAnotherAccount()
    {
        const QString line = errorLine(
            Error { .kind = Error::Kind::NoCredentials, .code = errorcode::accountChanged, .detail = u"text"_s });
        QVERIFY2(line.contains(u"the account that the command began with"_s), qPrintable(line));
    }

    void adviceOfASignIn()
    {
        // It says itself which permission is missing, and what to run.
        QCOMPARE(errorLine(ofSignIn(
                     { .kind = Error::Kind::AccessDenied, .code = u"AccessDenied"_s, .detail = u"STS: no"_s })),
            u"AccessDenied: STS: no"_s);
        QCOMPARE(errorLine(ofSignIn({ .kind = Error::Kind::NoCredentials, .detail = u"Run 'aws configure'."_s })),
            u"NoCredentials: Run 'aws configure'; without any keys, try --demo"_s);
        const Error refused = ofSignIn({ .kind = Error::Kind::Cancelled, .detail = u"No MFA code was given."_s });
        QCOMPARE(refused.kind, Error::Kind::NoCredentials); // the program itself was not stopped
        QCOMPARE(ofSignIn(refused), refused);
    }

    void traceInWords()
    {
        using Outcome = SignInTraceLine::Outcome;
        QCOMPARE(traceWords({ Outcome::Used, u"profile dev: access key"_s, u"keys that do not expire"_s }),
            u"profile dev: access key: used (keys that do not expire)"_s);
        QCOMPARE(traceWords({ Outcome::Failed, u"profile dev: role_arn x"_s, u"AccessDenied by STS: no\nway."_s }),
            u"profile dev: role_arn x: failed: AccessDenied by STS: no way"_s);
        QCOMPARE(traceWords({ Outcome::PassedOver, u"environment: not set"_s, QString() }),
            u"environment: not set: passed over"_s);
    }

    void oneLineDisarms_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("line");
        QTest::newRow("plain") << u"Grüße, 1 < 2"_s << u"Grüße, 1 < 2"_s;
        QTest::newRow("colours") << u"\x1b[31mred\x1b[0m"_s << u"[31mred [0m"_s;
        QTest::newRow("line ends") << u"a\r\nb\u2028c\u0085"_s << u"a b c"_s;
        QTest::newRow("right to left") << u"a\u202eb"_s << u"a b"_s;
        QTest::newRow("bell") << u"\ading"_s << u"ding"_s;
    }

    void oneLineDisarms()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, line);
        QCOMPARE(oneLine(text), line);
    }

    void linesBecomeNumbers()
    {
        QCOMPARE(numbersOfLines("+14165550123\r\n\n  15550001111 \n+1 (416) 555-0199"),
            QStringList({ u"+14165550123"_s, u"15550001111"_s, u"+1 (416) 555-0199"_s }));
        QCOMPARE(numbersOfLines(""), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestMessage)
#include "tst_message.moc"
