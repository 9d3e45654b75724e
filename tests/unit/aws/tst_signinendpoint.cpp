// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/signinendpoint.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

class TestSignInEndpoint final : public QObject {
    Q_OBJECT

private slots:
    void followsTheRules_data();
    void followsTheRules();
    void judgesGivenEndpoints_data();
    void judgesGivenEndpoints();
    void needsARegion();
    void signsStsInTheRegion();
};

//! The four hosts of each row: plain, dual stack, FIPS, both; as botocore's rule engine gives them for these rule sets.
void TestSignInEndpoint::followsTheRules_data()
{
    QTest::addColumn<SignInService>("service");
    QTest::addColumn<QString>("region");
    QTest::addColumn<QStringList>("hosts");
    const auto row = [](const char *name, SignInService service, const QString &region, const QStringList &hosts) {
        QTest::newRow(name) << service << region << hosts;
    };
    row("sts us-east-1", SignInService::Sts, u"us-east-1"_s,
        { u"sts.us-east-1.amazonaws.com"_s, u"sts.us-east-1.api.aws"_s, u"sts-fips.us-east-1.amazonaws.com"_s,
            u"sts-fips.us-east-1.api.aws"_s });
    row("sts eu-central-1", SignInService::Sts, u"eu-central-1"_s,
        { u"sts.eu-central-1.amazonaws.com"_s, u"sts.eu-central-1.api.aws"_s, u"sts-fips.eu-central-1.amazonaws.com"_s,
            u"sts-fips.eu-central-1.api.aws"_s });
    row("sts cn-north-1", SignInService::Sts, u"cn-north-1"_s,
        { u"sts.cn-north-1.amazonaws.com.cn"_s, u"sts.cn-north-1.api.amazonwebservices.com.cn"_s,
            u"sts-fips.cn-north-1.amazonaws.com.cn"_s, u"sts-fips.cn-north-1.api.amazonwebservices.com.cn"_s });
    row("sts us-gov-west-1", SignInService::Sts, u"us-gov-west-1"_s,
        { u"sts.us-gov-west-1.amazonaws.com"_s, u"sts.us-gov-west-1.api.aws"_s, u"sts.us-gov-west-1.amazonaws.com"_s,
            u"sts-fips.us-gov-west-1.api.aws"_s });
    row("sts eusc-de-east-1", SignInService::Sts, u"eusc-de-east-1"_s,
        { u"sts.eusc-de-east-1.amazonaws.eu"_s, u"sts.eusc-de-east-1.api.amazonwebservices.eu"_s,
            u"sts-fips.eusc-de-east-1.amazonaws.eu"_s, u"sts-fips.eusc-de-east-1.api.amazonwebservices.eu"_s });
    row("sts us-iso-east-1", SignInService::Sts, u"us-iso-east-1"_s,
        { u"sts.us-iso-east-1.c2s.ic.gov"_s, u"sts.us-iso-east-1.api.aws.ic.gov"_s,
            u"sts-fips.us-iso-east-1.c2s.ic.gov"_s, u"sts-fips.us-iso-east-1.api.aws.ic.gov"_s });
    row("sts us-isob-east-1", SignInService::Sts, u"us-isob-east-1"_s,
        { u"sts.us-isob-east-1.sc2s.sgov.gov"_s, u"sts.us-isob-east-1.api.aws.scloud"_s,
            u"sts-fips.us-isob-east-1.sc2s.sgov.gov"_s, u"sts-fips.us-isob-east-1.api.aws.scloud"_s });
    row("sts eu-isoe-west-1", SignInService::Sts, u"eu-isoe-west-1"_s,
        { u"sts.eu-isoe-west-1.cloud.adc-e.uk"_s, u"sts.eu-isoe-west-1.api.cloud-aws.adc-e.uk"_s,
            u"sts-fips.eu-isoe-west-1.cloud.adc-e.uk"_s, u"sts-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk"_s });
    row("sts us-isof-south-1", SignInService::Sts, u"us-isof-south-1"_s,
        { u"sts.us-isof-south-1.csp.hci.ic.gov"_s, u"sts.us-isof-south-1.api.aws.hci.ic.gov"_s,
            u"sts-fips.us-isof-south-1.csp.hci.ic.gov"_s, u"sts-fips.us-isof-south-1.api.aws.hci.ic.gov"_s });
    row("sts aws-global", SignInService::Sts, u"aws-global"_s,
        { u"sts.amazonaws.com"_s, u"sts.aws-global.api.aws"_s, u"sts-fips.aws-global.amazonaws.com"_s,
            u"sts-fips.aws-global.api.aws"_s });
    row("sts moon-1", SignInService::Sts, u"moon-1"_s,
        { u"sts.moon-1.amazonaws.com"_s, u"sts.moon-1.api.aws"_s, u"sts-fips.moon-1.amazonaws.com"_s,
            u"sts-fips.moon-1.api.aws"_s });
    row("sso us-east-1", SignInService::Sso, u"us-east-1"_s,
        { u"portal.sso.us-east-1.amazonaws.com"_s, u"portal.sso.us-east-1.api.aws"_s,
            u"portal.sso-fips.us-east-1.amazonaws.com"_s, u"portal.sso-fips.us-east-1.api.aws"_s });
    row("sso eu-central-1", SignInService::Sso, u"eu-central-1"_s,
        { u"portal.sso.eu-central-1.amazonaws.com"_s, u"portal.sso.eu-central-1.api.aws"_s,
            u"portal.sso-fips.eu-central-1.amazonaws.com"_s, u"portal.sso-fips.eu-central-1.api.aws"_s });
    row("sso cn-north-1", SignInService::Sso, u"cn-north-1"_s,
        { u"portal.sso.cn-north-1.amazonaws.com.cn"_s, u"portal.sso.cn-north-1.api.amazonwebservices.com.cn"_s,
            u"portal.sso-fips.cn-north-1.amazonaws.com.cn"_s,
            u"portal.sso-fips.cn-north-1.api.amazonwebservices.com.cn"_s });
    row("sso us-gov-west-1", SignInService::Sso, u"us-gov-west-1"_s,
        { u"portal.sso.us-gov-west-1.amazonaws.com"_s, u"portal.sso.us-gov-west-1.api.aws"_s,
            u"portal.sso.us-gov-west-1.amazonaws.com"_s, u"portal.sso-fips.us-gov-west-1.api.aws"_s });
    row("sso eusc-de-east-1", SignInService::Sso, u"eusc-de-east-1"_s,
        { u"portal.sso.eusc-de-east-1.amazonaws.eu"_s, u"portal.sso.eusc-de-east-1.api.amazonwebservices.eu"_s,
            u"portal.sso-fips.eusc-de-east-1.amazonaws.eu"_s,
            u"portal.sso-fips.eusc-de-east-1.api.amazonwebservices.eu"_s });
    row("sso us-iso-east-1", SignInService::Sso, u"us-iso-east-1"_s,
        { u"portal.sso.us-iso-east-1.c2s.ic.gov"_s, u"portal.sso.us-iso-east-1.api.aws.ic.gov"_s,
            u"portal.sso-fips.us-iso-east-1.c2s.ic.gov"_s, u"portal.sso-fips.us-iso-east-1.api.aws.ic.gov"_s });
    row("sso us-isob-east-1", SignInService::Sso, u"us-isob-east-1"_s,
        { u"portal.sso.us-isob-east-1.sc2s.sgov.gov"_s, u"portal.sso.us-isob-east-1.api.aws.scloud"_s,
            u"portal.sso-fips.us-isob-east-1.sc2s.sgov.gov"_s, u"portal.sso-fips.us-isob-east-1.api.aws.scloud"_s });
    row("sso eu-isoe-west-1", SignInService::Sso, u"eu-isoe-west-1"_s,
        { u"portal.sso.eu-isoe-west-1.cloud.adc-e.uk"_s, u"portal.sso.eu-isoe-west-1.api.cloud-aws.adc-e.uk"_s,
            u"portal.sso-fips.eu-isoe-west-1.cloud.adc-e.uk"_s,
            u"portal.sso-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk"_s });
    row("sso us-isof-south-1", SignInService::Sso, u"us-isof-south-1"_s,
        { u"portal.sso.us-isof-south-1.csp.hci.ic.gov"_s, u"portal.sso.us-isof-south-1.api.aws.hci.ic.gov"_s,
            u"portal.sso-fips.us-isof-south-1.csp.hci.ic.gov"_s,
            u"portal.sso-fips.us-isof-south-1.api.aws.hci.ic.gov"_s });
    row("sso aws-global", SignInService::Sso, u"aws-global"_s,
        { u"portal.sso.aws-global.amazonaws.com"_s, u"portal.sso.aws-global.api.aws"_s,
            u"portal.sso-fips.aws-global.amazonaws.com"_s, u"portal.sso-fips.aws-global.api.aws"_s });
    row("sso moon-1", SignInService::Sso, u"moon-1"_s,
        { u"portal.sso.moon-1.amazonaws.com"_s, u"portal.sso.moon-1.api.aws"_s,
            u"portal.sso-fips.moon-1.amazonaws.com"_s, u"portal.sso-fips.moon-1.api.aws"_s });
    row("sso-oidc us-east-1", SignInService::SsoOidc, u"us-east-1"_s,
        { u"oidc.us-east-1.amazonaws.com"_s, u"oidc.us-east-1.api.aws"_s, u"oidc-fips.us-east-1.amazonaws.com"_s,
            u"oidc-fips.us-east-1.api.aws"_s });
    row("sso-oidc eu-central-1", SignInService::SsoOidc, u"eu-central-1"_s,
        { u"oidc.eu-central-1.amazonaws.com"_s, u"oidc.eu-central-1.api.aws"_s,
            u"oidc-fips.eu-central-1.amazonaws.com"_s, u"oidc-fips.eu-central-1.api.aws"_s });
    row("sso-oidc cn-north-1", SignInService::SsoOidc, u"cn-north-1"_s,
        { u"oidc.cn-north-1.amazonaws.com.cn"_s, u"oidc.cn-north-1.api.amazonwebservices.com.cn"_s,
            u"oidc-fips.cn-north-1.amazonaws.com.cn"_s, u"oidc-fips.cn-north-1.api.amazonwebservices.com.cn"_s });
    row("sso-oidc us-gov-west-1", SignInService::SsoOidc, u"us-gov-west-1"_s,
        { u"oidc.us-gov-west-1.amazonaws.com"_s, u"oidc.us-gov-west-1.api.aws"_s, u"oidc.us-gov-west-1.amazonaws.com"_s,
            u"oidc-fips.us-gov-west-1.api.aws"_s });
    row("sso-oidc eusc-de-east-1", SignInService::SsoOidc, u"eusc-de-east-1"_s,
        { u"oidc.eusc-de-east-1.amazonaws.eu"_s, u"oidc.eusc-de-east-1.api.amazonwebservices.eu"_s,
            u"oidc-fips.eusc-de-east-1.amazonaws.eu"_s, u"oidc-fips.eusc-de-east-1.api.amazonwebservices.eu"_s });
    row("sso-oidc us-iso-east-1", SignInService::SsoOidc, u"us-iso-east-1"_s,
        { u"oidc.us-iso-east-1.c2s.ic.gov"_s, u"oidc.us-iso-east-1.api.aws.ic.gov"_s,
            u"oidc-fips.us-iso-east-1.c2s.ic.gov"_s, u"oidc-fips.us-iso-east-1.api.aws.ic.gov"_s });
    row("sso-oidc us-isob-east-1", SignInService::SsoOidc, u"us-isob-east-1"_s,
        { u"oidc.us-isob-east-1.sc2s.sgov.gov"_s, u"oidc.us-isob-east-1.api.aws.scloud"_s,
            u"oidc-fips.us-isob-east-1.sc2s.sgov.gov"_s, u"oidc-fips.us-isob-east-1.api.aws.scloud"_s });
    row("sso-oidc eu-isoe-west-1", SignInService::SsoOidc, u"eu-isoe-west-1"_s,
        { u"oidc.eu-isoe-west-1.cloud.adc-e.uk"_s, u"oidc.eu-isoe-west-1.api.cloud-aws.adc-e.uk"_s,
            u"oidc-fips.eu-isoe-west-1.cloud.adc-e.uk"_s, u"oidc-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk"_s });
    row("sso-oidc us-isof-south-1", SignInService::SsoOidc, u"us-isof-south-1"_s,
        { u"oidc.us-isof-south-1.csp.hci.ic.gov"_s, u"oidc.us-isof-south-1.api.aws.hci.ic.gov"_s,
            u"oidc-fips.us-isof-south-1.csp.hci.ic.gov"_s, u"oidc-fips.us-isof-south-1.api.aws.hci.ic.gov"_s });
    row("sso-oidc aws-global", SignInService::SsoOidc, u"aws-global"_s,
        { u"oidc.aws-global.amazonaws.com"_s, u"oidc.aws-global.api.aws"_s, u"oidc-fips.aws-global.amazonaws.com"_s,
            u"oidc-fips.aws-global.api.aws"_s });
    row("sso-oidc moon-1", SignInService::SsoOidc, u"moon-1"_s,
        { u"oidc.moon-1.amazonaws.com"_s, u"oidc.moon-1.api.aws"_s, u"oidc-fips.moon-1.amazonaws.com"_s,
            u"oidc-fips.moon-1.api.aws"_s });
}

void TestSignInEndpoint::followsTheRules()
{
    QFETCH(SignInService, service);
    QFETCH(QString, region);
    QFETCH(QStringList, hosts);
    qsizetype i = 0;
    for (const bool fips : { false, true }) {
        for (const bool dualStack : { false, true }) {
            const Result<QUrl> url =
                resolveSignInEndpoint(service, { .region = region, .useFips = fips, .useDualStack = dualStack });
            QVERIFY(url);
            QCOMPARE(url->toString(), "https://"_L1 + hosts.value(i++));
        }
    }
}

void TestSignInEndpoint::judgesGivenEndpoints_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("fips");
    QTest::addColumn<bool>("dualStack");
    QTest::addColumn<QString>("problem"); // empty: taken as it is
    QTest::newRow("https") << u"https://sts.example.com/path"_s << false << false << QString();
    QTest::newRow("http on loopback") << u"http://127.0.0.1:8080"_s << false << false << QString();
    QTest::newRow("http elsewhere") << u"http://sts.example.com"_s << false << false << u"plain http"_s;
    QTest::newRow("another scheme") << u"ftp://sts.example.com"_s << false << false << u"begins with"_s;
    QTest::newRow("user information") << u"https://a:b@sts.example.com"_s << false << false << u"password"_s;
    QTest::newRow("no URL") << u"sts"_s << false << false << u"is no URL"_s;
    QTest::newRow("with FIPS") << u"https://sts.example.com"_s << true << false
                               << u"FIPS and custom endpoint are not supported"_s;
    QTest::newRow("with dual stack") << u"https://sts.example.com"_s << false << true
                                     << u"Dualstack and custom endpoint are not supported"_s;
}

void TestSignInEndpoint::judgesGivenEndpoints()
{
    QFETCH(QString, url);
    QFETCH(bool, fips);
    QFETCH(bool, dualStack);
    QFETCH(QString, problem);
    const Result<QUrl> got = resolveSignInEndpoint(
        SignInService::Sts, { .region = u"us-east-1"_s, .useFips = fips, .useDualStack = dualStack, .url = url });
    QCOMPARE(got.has_value(), problem.isEmpty());
    if (got) {
        QCOMPARE(got->toString(), url);
        return;
    }
    QCOMPARE(got.error().kind, Error::Kind::InvalidInput);
    QVERIFY2(got.error().detail.contains(problem), qPrintable(got.error().detail));
    QVERIFY2(!got.error().detail.contains("a:b"_L1), qPrintable(got.error().detail));
}

void TestSignInEndpoint::needsARegion()
{
    for (const QString &region : { u""_s, u"no region"_s, u"a/b"_s, u"xn--"_s }) {
        const Result<QUrl> got = resolveSignInEndpoint(SignInService::Sso, { .region = region });
        QVERIFY(!got);
        QCOMPARE(got.error().kind, Error::Kind::InvalidInput);
    }
    QVERIFY(resolveSignInEndpoint(SignInService::Sso, { .region = {}, .url = u"https://sso.example.com"_s }));
}

void TestSignInEndpoint::signsStsInTheRegion()
{
    QCOMPARE(stsSigningRegion(u"eu-west-1"_s), "eu-west-1");
    QCOMPARE(stsSigningRegion(u"aws-global"_s), "us-east-1");
    QCOMPARE(stsSigningRegion({}), "us-east-1");
}

QTEST_GUILESS_MAIN(TestSignInEndpoint)
#include "tst_signinendpoint.moc"
