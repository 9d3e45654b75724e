// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "core/result.h"

#include <QtTest>

#include <memory>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestResult final : public QObject {
    Q_OBJECT

private slots:
    void holdsAValueOrAnError()
    {
        const Result<int> value = 7;
        QVERIFY(value.has_value());
        QCOMPARE(*value, 7);
        const Result<int> error = Error { .kind = Error::Kind::Timeout, .code = u"RequestTimeout"_s };
        QVERIFY(!error);
        QCOMPARE(error.error().kind, Error::Kind::Timeout);
        QVERIFY(!Result<int>());
    }

    void movesAValueOut()
    {
        Result<std::unique_ptr<int>> result = std::make_unique<int>(3);
        const std::unique_ptr<int> taken = *std::move(result);
        QCOMPARE(*taken, 3);
    }

    void findsAMemberOfTheServicesError()
    {
        const Error error { .members = { { u"Reason"_s, u"INVALID_ARN"_s }, { u"Reason"_s, u"second"_s } } };
        QCOMPARE(error.member(u"Reason"), u"INVALID_ARN"_s);
        QCOMPARE(error.member(u"ResourceType"), QString());
    }
};

QTEST_GUILESS_MAIN(TestResult)
#include "tst_result.moc"
