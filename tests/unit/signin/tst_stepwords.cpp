// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/stepwords.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

class TestStepWords final : public QObject {
    Q_OBJECT

private slots:
    void namesTheProgram_data();
    void namesTheProgram();
    void isFitForATerminal_data();
    void isFitForATerminal();
};

void TestStepWords::namesTheProgram_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("words");
    QTest::newRow("plain") << u"tool --password canary"_s << u"profile dev: credential_process tool"_s;
    QTest::newRow("blank in quotes") << u"\"/opt/my tools/tool\" canary"_s
                                     << u"profile dev: credential_process /opt/my tools/tool"_s;
    QTest::newRow("tab") << u"tool\tcanary"_s << u"profile dev: credential_process tool"_s;
    QTest::newRow("cannot be split") << u"tool \"canary"_s << u"profile dev: credential_process"_s;
    QTest::newRow("none") << QString() << u"profile dev: credential_process"_s;
}

void TestStepWords::namesTheProgram()
{
    QFETCH(QString, command);
    QFETCH(QString, words);
    QCOMPARE(
        stepWords({ .origin = SignInStep::Origin::ConfigFile, .profile = u"dev"_s, .how = ProcessStep { command } }),
        words);
}

void TestStepWords::isFitForATerminal_data()
{
    QTest::addColumn<SignInStep>("step");
    const QString bad = u"x\x1b[2J\n\r\x7f"_s + QString(3000, u'y');
    const auto row = [](const char *name, const QString &profile, const SignInStep::How &how) {
        QTest::newRow(name) << SignInStep { .origin = SignInStep::Origin::ConfigFile, .profile = profile, .how = how };
    };
    row("profile", bad, StaticKeysStep {});
    row("role", u"dev"_s, AssumeRoleStep { .roleArn = bad });
    row("web identity", u"dev"_s, WebIdentityStep { .tokenFile = bad, .roleArn = bad });
    row("session", u"dev"_s,
        SsoStep { .sessionName = bad, .startUrl = bad, .region = bad, .accountId = bad, .roleName = bad });
    row("start URL", u"dev"_s, SsoStep { .startUrl = bad, .region = bad, .accountId = bad, .roleName = bad });
    row("process", u"dev"_s, ProcessStep { u'"' + bad + u'"' });
    row("login", u"dev"_s, LoginStep { .session = bad });
}

void TestStepWords::isFitForATerminal()
{
    QFETCH(SignInStep, step);
    for (const QString &words : { stepWords(step), shortStepWords(step) }) {
        QVERIFY(words.size() < 1'000);
        for (const QChar c : words)
            QVERIFY2(c.isPrint(), qPrintable(words));
    }
}

QTEST_GUILESS_MAIN(TestStepWords)
#include "tst_stepwords.moc"
