// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "core/redact.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;

class TestRedact final : public QObject {
    Q_OBJECT

private slots:
    void redacts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain words stay") << u"Rate exceeded."_s << u"Rate exceeded."_s;
        QTest::newRow("number with plus") << u"on +14165550123 now"_s << u"on *** now"_s;
        QTest::newRow("number without plus") << u"14165550123"_s << u"***"_s;
        QTest::newRow("two numbers") << u"+14165550123,+14165550124"_s << u"***,***"_s;
        QTest::newRow("short figures stay") << u"400 after 12345 ms"_s << u"400 after 12345 ms"_s;
        QTest::newRow("access key id") << u"key AKIAIOSFODNN7EXAMPLE is unknown"_s << u"key *** is unknown"_s;
        QTest::newRow("secret key") << u"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY="_s << u"***"_s;
        QTest::newRow("account id") << u"arn:aws:iam::111122223333:user/x"_s << u"arn:aws:iam::***:user/x"_s;
        QTest::newRow("request id stays") << u"request 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0 failed"_s
                                          << u"request 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0 failed"_s;
        QTest::newRow("number beside a request id")
            << u"12345678-1234-1234-1234-123456789012 +447700900123"_s << u"12345678-1234-1234-1234-123456789012 ***"_s;
        QTest::newRow("nothing") << QString() << QString();
    }
    void redacts()
    {
        QFETCH(QString, text);
        QTEST(optout::redacted(text), "expected");
    }
};

QTEST_GUILESS_MAIN(TestRedact)
#include "tst_redact.moc"
