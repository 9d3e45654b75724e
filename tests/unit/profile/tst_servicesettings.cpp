// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/servicesettings.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

using Variables = QHash<QString, QString>;
Q_DECLARE_METATYPE(Variables)

namespace {

Result<ServiceSettings> settingsOf(
    const QByteArray &config, const Variables &variables, const QString &profile = u"p"_s)
{
    return serviceSettings(parseSharedConfig({ .config = u"/c"_s, .credentials = u"/k"_s }, config, {}),
        Environment(variables), { .name = profile, .isExplicit = true });
}

QString shortly(const ServiceSettings &settings)
{
    const auto &urls = settings.endpoints;
    return QStringList(
        { settings.region, settings.useFips ? u"fips"_s : u""_s, settings.useDualStack ? u"dual"_s : u""_s,
            settings.caBundle, urls.smsVoice, urls.sts, urls.sso, urls.ssoOidc })
        .join(u'|');
}

const QByteArray services = "[profile p]\nservices = s\nendpoint_url = https://all\n[services s]\nsts =\n"
                            "  endpoint_url = https://sts\nsso_oidc =\n  endpoint_url = https://oidc\n"
                            "pinpoint_sms_voice_v2 =\n  endpoint_url = https://sms\n";

} // namespace

class TestServiceSettings final : public QObject {
    Q_OBJECT

private slots:
    void finds_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<Variables>("variables");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &config, const Variables &variables,
                             const QString &expected) { QTest::newRow(name) << config << variables << expected; };
        row("nothing", "", {}, u"|||||||"_s);
        row("the profile's region", "[profile p]\nregion = eu-west-1\n", {}, u"eu-west-1|||||||"_s);
        row("AWS_DEFAULT_REGION goes before it", "[profile p]\nregion = eu-west-1\n",
            { { u"AWS_DEFAULT_REGION"_s, u"us-east-1"_s } }, u"us-east-1|||||||"_s);
        row("AWS_REGION goes first", "",
            { { u"AWS_DEFAULT_REGION"_s, u"us-east-1"_s }, { u"AWS_REGION"_s, u"us-west-2"_s } },
            u"us-west-2|||||||"_s);
        row("an empty variable is passed over", "[profile p]\nregion = eu-west-1\n", { { u"AWS_REGION"_s, u""_s } },
            u"eu-west-1|||||||"_s);
        row("switches of the profile", "[profile p]\nuse_fips_endpoint = TRUE\nuse_dualstack_endpoint = true\n", {},
            u"|fips|dual|||||"_s);
        row("only true is true", "[profile p]\nuse_fips_endpoint = yes\nuse_dualstack_endpoint = 1\n", {},
            u"|||||||"_s);
        row("switches of the environment go first", "[profile p]\nuse_fips_endpoint = true\n",
            { { u"AWS_USE_FIPS_ENDPOINT"_s, u"false"_s }, { u"AWS_USE_DUALSTACK_ENDPOINT"_s, u"True"_s } },
            u"||dual|||||"_s);
        row("the bundle", "[profile p]\nca_bundle = /a.pem\n", {}, u"|||/a.pem||||"_s);
        row("the bundle of the environment", "[profile p]\nca_bundle = /a.pem\n",
            { { u"AWS_CA_BUNDLE"_s, u"/b.pem"_s } }, u"|||/b.pem||||"_s);
        row("the bundle of other tools comes last", "[profile p]\nca_bundle = /a.pem\n",
            { { u"REQUESTS_CA_BUNDLE"_s, u"/c.pem"_s } }, u"|||/a.pem||||"_s);
        row("the bundle of other tools", "",
            { { u"REQUESTS_CA_BUNDLE"_s, u"/c.pem"_s }, { u"CURL_CA_BUNDLE"_s, u"/d.pem"_s } }, u"|||/c.pem||||"_s);
        row("an empty bundle is the system's", "",
            { { u"REQUESTS_CA_BUNDLE"_s, u"/c.pem"_s }, { u"AWS_CA_BUNDLE"_s, u""_s } }, u"|||||||"_s);
        row("not curl's bundle", "", { { u"CURL_CA_BUNDLE"_s, u"/d.pem"_s } }, u"|||||||"_s);
        row("endpoints of the services section, else of the profile", services, {},
            u"||||https://sms|https://sts|https://all|https://oidc"_s);
        row("AWS_ENDPOINT_URL goes before both", services, { { u"AWS_ENDPOINT_URL"_s, u"http://127.0.0.1:1"_s } },
            u"||||http://127.0.0.1:1|http://127.0.0.1:1|http://127.0.0.1:1|http://127.0.0.1:1"_s);
        row("the service's own variable goes first", services,
            { { u"AWS_ENDPOINT_URL"_s, u"https://e"_s },
                { u"AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2"_s, u"https://1"_s },
                { u"AWS_ENDPOINT_URL_STS"_s, u"https://2"_s }, { u"AWS_ENDPOINT_URL_SSO"_s, u"https://3"_s },
                { u"AWS_ENDPOINT_URL_SSO_OIDC"_s, u"https://4"_s } },
            u"||||https://1|https://2|https://3|https://4"_s);
        row("all ignored by the profile",
            "[profile p]\nignore_configured_endpoint_urls = true\nendpoint_url = https://a\n",
            { { u"AWS_ENDPOINT_URL_STS"_s, u"https://b"_s } }, u"|||||||"_s);
        row("all ignored by the environment", services, { { u"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"_s, u"true"_s } },
            u"|||||||"_s);
        row("the environment may un-ignore",
            "[profile p]\nignore_configured_endpoint_urls = true\nendpoint_url = https://a\n",
            { { u"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"_s, u"false"_s } },
            u"||||https://a|https://a|https://a|https://a"_s);
    }
    void finds()
    {
        QFETCH(QByteArray, config);
        QFETCH(Variables, variables);
        QFETCH(QString, expected);
        const auto settings = settingsOf(config, variables);
        QVERIFY2(settings.has_value(), qPrintable(settings ? QString() : settings.error().detail));
        QCOMPARE(shortly(*settings), expected);
    }

    void tellsWhoSetTheBundle()
    {
        const QByteArray config = "[profile p]\nca_bundle = /a.pem\n";
        QCOMPARE(settingsOf(config, {})->caBundleSetBy, u"ca_bundle of the profile p"_s);
        QCOMPARE(settingsOf(config, { { u"AWS_CA_BUNDLE"_s, u"/b.pem"_s } })->caBundleSetBy, u"AWS_CA_BUNDLE"_s);
        QCOMPARE(settingsOf("", { { u"REQUESTS_CA_BUNDLE"_s, u"/c.pem"_s } })->caBundleSetBy, u"REQUESTS_CA_BUNDLE"_s);
    }

    void missingProfileLeavesTheEnvironment()
    {
        const auto settings =
            settingsOf("[profile p]\nregion = eu-west-1\n", { { u"AWS_CA_BUNDLE"_s, u"/b"_s } }, u"none"_s);
        QVERIFY(settings.has_value());
        QCOMPARE(shortly(*settings), u"|||/b||||"_s);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<Variables>("variables");
        QTest::addColumn<QString>("words");
        QTest::newRow("a region with a dot")
            << QByteArray() << Variables { { u"AWS_REGION"_s, u"evil.com/"_s } } << u"The region \"evil.com/\""_s;
        QTest::newRow("a region of digits")
            << QByteArray("[profile p]\nregion = 123\n") << Variables {} << u"profile p"_s;
        QTest::newRow("a region that begins with a dash")
            << QByteArray("[profile p]\nregion = -a\n") << Variables {} << u"-a"_s;
        QTest::newRow("an endpoint without a scheme")
            << QByteArray() << Variables { { u"AWS_ENDPOINT_URL_STS"_s, u"sts.local"_s } }
            << u"AWS_ENDPOINT_URL_STS is no address"_s;
        QTest::newRow("a file") << QByteArray("[profile p]\nendpoint_url = file:///etc/passwd\n") << Variables {}
                                << u"endpoint_url of profile p"_s;
        QTest::newRow("an endpoint with a password") << QByteArray("[profile p]\nendpoint_url = https://a:b@c\n")
                                                     << Variables {} << u"endpoint_url of profile p"_s;
        QTest::newRow("a missing services section")
            << QByteArray("[profile p]\nservices = s\n") << Variables {} << u"no section [services s]"_s;
        QTest::newRow("an empty services section")
            << QByteArray("[profile p]\nservices = s\n[services s]\n") << Variables {} << u"or it is empty"_s;
        QTest::newRow("a service that is no section")
            << QByteArray("[profile p]\nservices = s\n[services s]\nsts = https://x\n") << Variables {}
            << u"[services s]: sts needs an indented line"_s;
        QTest::newRow("a file that cannot be parsed") << QByteArray("rubbish\n") << Variables {} << u"/c, line 1"_s;
    }
    void refuses()
    {
        QFETCH(QByteArray, config);
        QFETCH(Variables, variables);
        QFETCH(QString, words);
        const auto settings = settingsOf(config, variables);
        QVERIFY(!settings.has_value());
        QCOMPARE(settings.error().kind, Error::Kind::InvalidInput);
        QVERIFY2(settings.error().detail.contains(words), qPrintable(settings.error().detail));
        QVERIFY(!settings.error().detail.contains(u"a:b@c"));
    }
};

QTEST_APPLESS_MAIN(TestServiceSettings)
#include "tst_servicesettings.moc"
