// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "text/errortext.h"
#include "text/signintext.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class TestSignInText final : public QObject {
    Q_OBJECT
private slots:
    void timeLeft_data()
    {
        QTest::addColumn<int>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("untilNext");
        QTest::newRow("over") << -5 << u"expired"_s << 60'000;
        QTest::newRow("last moment") << 1 << u"1 s left"_s << 2;
        QTest::newRow("seconds") << 95'500 << u"96 s left"_s << 501;
        QTest::newRow("just under two minutes") << 119'999 << u"120 s left"_s << 1'000;
        QTest::newRow("two minutes") << 120'000 << u"2 min left"_s << 1;
        QTest::newRow("minutes") << 41 * 60'000 + 30'000 << u"41 min left"_s << 30'001;
        QTest::newRow("under two hours") << 119 * 60'000 << u"119 min left"_s << 1;
        QTest::newRow("hours") << 185 * 60'000 << u"3 h 5 min left"_s << 1;
    }
    void timeLeft()
    {
        QFETCH(int, milliseconds);
        const std::chrono::milliseconds left(milliseconds);
        QTEST(timeLeftText(left), "text");
        QTEST(int(untilTimeLeftChanges(left).count()), "untilNext");
    }

    // When the timer rings, there must be something else to say, and nothing must have been missed.
    void textChangesWhenItIsSaidTo()
    {
        std::chrono::milliseconds left = 124min;
        int texts = 0;
        for (; left > 0ms; ++texts) {
            const std::chrono::milliseconds step = untilTimeLeftChanges(left);
            QVERIFY(step > 0ms);
            if (step > 2ms)
                QCOMPARE(timeLeftText(left - step + 2ms), timeLeftText(left));
            left -= step;
        }
        QVERIFY2(texts > 230 && texts < 380, QByteArray::number(texts).constData());
    }

    void traceLines()
    {
        using Outcome = SignInTraceLine::Outcome;
        QCOMPARE(traceText({ Outcome::Used, u"profile dev"_s, {} }), u"Used: profile dev"_s);
        QCOMPARE(traceText({ Outcome::Failed, u"profile dev"_s, u"AccessDenied by STS"_s }),
            u"Failed: profile dev. AccessDenied by STS"_s);
        QCOMPARE(traceText({ Outcome::PassedOver, u"environment"_s, {} }), u"Not set up: environment"_s);
    }

    void failedSignInIsNotTakenForTheServices()
    {
        Error error { .kind = Error::Kind::NoCredentials, .code = u"AccessDenied"_s, .detail = u"STS refuses."_s };
        error.members = { { .name = signInKindMember(), .value = QString::number(int(Error::Kind::AccessDenied)) } };
        const ErrorText text = describe(error);
        QCOMPARE(text.headline, u"Sign-in needed."_s);
        QVERIFY(text.advice.startsWith(u"STS refuses."_s));
        QVERIFY(!text.details.contains(signInKindMember()));
        error.members.first().value = QString::number(int(Error::Kind::Cancelled));
        QVERIFY(describe(error).headline.contains(u"cancelled"_s));
    }

    void policyIsTheOneInTheReadme()
    {
        QFile readme(QStringLiteral(OPTOUT_TEST_DATA) + "/../../README.md"_L1);
        QVERIFY(readme.open(QIODevice::ReadOnly));
        QVERIFY(QString::fromUtf8(readme.readAll()).contains(leastPolicy()));
        QVERIFY(QJsonDocument::fromJson(leastPolicy().toUtf8()).isObject());
    }
};

QTEST_GUILESS_MAIN(TestSignInText)
#include "tst_signintext.moc"
