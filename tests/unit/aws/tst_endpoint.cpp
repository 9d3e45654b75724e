// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/endpoint.h"

#include <QtTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

class TestEndpoint final : public QObject {
    Q_OBJECT

private slots:
    void followsThePartitionTable_data()
    {
        QTest::addColumn<QString>("region");
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<QString>("dualStackSuffix");
        const auto row = [](const char *name, const QString &region, const QString &suffix, const QString &dualStack) {
            QTest::newRow(name) << region << suffix << dualStack;
        };
        row("aws", u"us-east-1"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("aws, Europe", u"eu-central-2"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("aws, Asia Pacific", u"ap-southeast-6"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("aws, South America", u"sa-east-1"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("aws, Canada", u"ca-west-1"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("aws, Middle East", u"me-south-1"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("aws, Africa", u"af-south-1"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("aws, Israel", u"il-central-1"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("aws, Mexico", u"mx-central-1"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("aws, region to come", u"eu-somewhere-12"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("aws-cn", u"cn-north-1"_s, u"amazonaws.com.cn"_s, u"api.amazonwebservices.com.cn"_s);
        row("aws-us-gov", u"us-gov-west-1"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("aws-eusc", u"eusc-de-east-1"_s, u"amazonaws.eu"_s, u"api.amazonwebservices.eu"_s);
        row("aws-iso", u"us-iso-east-1"_s, u"c2s.ic.gov"_s, u"api.aws.ic.gov"_s);
        row("aws-iso-b", u"us-isob-east-1"_s, u"sc2s.sgov.gov"_s, u"api.aws.scloud"_s);
        row("aws-iso-e", u"eu-isoe-west-1"_s, u"cloud.adc-e.uk"_s, u"api.cloud-aws.adc-e.uk"_s);
        row("aws-iso-f", u"us-isof-south-1"_s, u"csp.hci.ic.gov"_s, u"api.aws.hci.ic.gov"_s);
        // What partitions list but their pattern does not match.
        row("aws-global", u"aws-global"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("aws-cn-global", u"aws-cn-global"_s, u"amazonaws.com.cn"_s, u"api.amazonwebservices.com.cn"_s);
        row("aws-iso-b-global", u"aws-iso-b-global"_s, u"sc2s.sgov.gov"_s, u"api.aws.scloud"_s);
        // What matches nothing falls back to aws.
        row("unknown shape", u"moon-1"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("eusc of another country", u"eusc-fr-east-1"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("pattern not at the end", u"cn-north-1-x"_s, u"amazonaws.com"_s, u"api.aws"_s);
        row("pattern not at the start", u"x-cn-north-1"_s, u"amazonaws.com"_s, u"api.aws"_s);
    }
    void followsThePartitionTable()
    {
        QFETCH(QString, region);
        QFETCH(QString, suffix);
        QFETCH(QString, dualStackSuffix);
        for (const bool fips : { false, true }) {
            for (const bool dualStack : { false, true }) {
                const Result<QUrl> url =
                    resolveEndpoint({ .region = region, .useFips = fips, .useDualStack = dualStack });
                QVERIFY(url.has_value());
                QCOMPARE(url->toString(QUrl::FullyEncoded),
                    u"https://sms-voice%1.%2.%3"_s.arg(
                        fips ? u"-fips"_s : QString(), region, dualStack ? dualStackSuffix : suffix));
            }
        }
    }

    void takesGivenUrls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("expected");
        QTest::newRow("https") << u"https://vpce-1.sms-voice.us-east-1.vpce.amazonaws.com"_s
                               << u"https://vpce-1.sms-voice.us-east-1.vpce.amazonaws.com"_s;
        QTest::newRow("path is kept") << u"https://proxy.example/aws/sms"_s << u"https://proxy.example/aws/sms"_s;
        QTest::newRow("port") << u"https://proxy.example:8443"_s << u"https://proxy.example:8443"_s;
        QTest::newRow("usual port goes") << u"https://proxy.example:443/"_s << u"https://proxy.example/"_s;
        QTest::newRow("usual port of http goes") << u"http://localhost:80"_s << u"http://localhost"_s;
        QTest::newRow("http on localhost") << u"http://localhost:8080"_s << u"http://localhost:8080"_s;
        QTest::newRow("http on 127.0.0.1") << u"http://127.0.0.1:8080"_s << u"http://127.0.0.1:8080"_s;
        QTest::newRow("http on 127.1.2.3") << u"http://127.1.2.3:8080"_s << u"http://127.1.2.3:8080"_s;
        QTest::newRow("http on ::1") << u"http://[::1]:8080/"_s << u"http://[::1]:8080/"_s;
        QTest::newRow("http on ::1, long form") << u"http://[0:0:0:0:0:0:0:1]:8080/"_s << u"http://[::1]:8080/"_s;
        QTest::newRow("capitals and spaces") << u"  HTTPS://Proxy.Example "_s << u"https://proxy.example"_s;
    }
    void takesGivenUrls()
    {
        QFETCH(QString, url);
        QFETCH(QString, expected);
        for (const QString &region : { QString(), u"us-east-1"_s }) {
            const Result<QUrl> resolved = resolveEndpoint({ .region = region, .url = url });
            QVERIFY(resolved.has_value());
            QCOMPARE(resolved->toString(QUrl::FullyEncoded), expected);
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("region");
        QTest::addColumn<bool>("fips");
        QTest::addColumn<bool>("dualStack");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("words");
        const auto url = [](const char *name, const QString &text, const QString &words) {
            QTest::newRow(name) << u"us-east-1"_s << false << false << text << words;
        };
        const QString given = u"https://a.example"_s;
        QTest::newRow("FIPS with a URL") << u"us-east-1"_s << true << false << given
                                         << u"Invalid Configuration: FIPS and custom endpoint are not supported"_s;
        QTest::newRow("dual stack with a URL")
            << u"us-east-1"_s << false << true << given
            << u"Invalid Configuration: Dualstack and custom endpoint are not supported"_s;
        QTest::newRow("both with a URL") << u"us-east-1"_s << true << true << given
                                         << u"Invalid Configuration: FIPS and custom endpoint are not supported"_s;
        QTest::newRow("neither region nor URL")
            << QString() << false << false << QString() << u"Invalid Configuration: Missing Region"_s;
        QTest::newRow("region with a dot")
            << u"us-east-1.evil.example/"_s << false << false << QString() << u"cannot be a region"_s;
        QTest::newRow("region in capitals") << u"US-EAST-1"_s << false << false << QString() << u"cannot be a region"_s;
        QTest::newRow("region that is no label of a host name")
            << u"us-east-"_s << false << false << QString() << u"makes no host name"_s;
        url("words", u"my endpoint"_s, u"is no URL"_s);
        url("no scheme", u"a.example"_s, u"is no URL"_s);
        url("host and port without a scheme", u"localhost:8080"_s, u"is no URL"_s);
        url("no host", u"https:///path"_s, u"is no URL"_s);
        url("bad port", u"https://a.example:99999"_s, u"is no URL"_s);
        url("space in the host", u"https://a b.example"_s, u"is no URL"_s);
        url("other scheme", u"ftp://a.example"_s, u"begins with \"ftp:\""_s);
        url("file", u"file://host/etc/passwd"_s, u"begins with \"file:\""_s);
        url("user name", u"https://me@a.example"_s, u"user name or a password"_s);
        url("password", u"https://me:secret@a.example"_s, u"user name or a password"_s);
        url("query", u"https://a.example/?x=1"_s, u"after \"?\""_s);
        url("fragment", u"https://a.example/#x"_s, u"after \"?\" or \"#\""_s);
        url("http to a host", u"http://a.example"_s, u"plain http"_s);
        url("http to a name like localhost", u"http://localhost.example"_s, u"plain http"_s);
        url("http to a name like 127.0.0.1", u"http://127.0.0.1.example"_s, u"plain http"_s);
        url("http to a private address", u"http://192.168.1.1:8080"_s, u"plain http"_s);
        url("http to all addresses", u"http://0.0.0.0:8080"_s, u"plain http"_s);
        url("http to another IPv6 address", u"http://[::2]:8080"_s, u"plain http"_s);
    }
    void refuses()
    {
        QFETCH(QString, region);
        QFETCH(bool, fips);
        QFETCH(bool, dualStack);
        QFETCH(QString, url);
        QFETCH(QString, words);
        const Result<QUrl> resolved =
            resolveEndpoint({ .region = region, .useFips = fips, .useDualStack = dualStack, .url = url });
        QVERIFY(!resolved.has_value());
        QCOMPARE(resolved.error().kind, Error::Kind::InvalidInput);
        QVERIFY2(resolved.error().detail.contains(words), qPrintable(resolved.error().detail));
        QVERIFY2(!resolved.error().detail.contains(u"secret"_s), "a password must not be repeated");
    }

    void knowsRegionNames_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("expected");
        QTest::newRow("usual") << u"us-east-1"_s << true;
        QTest::newRow("one letter") << u"x"_s << true;
        QTest::newRow("63 characters") << QString(63, u'a') << true;
        QTest::newRow("64 characters") << QString(64, u'a') << false;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("capital") << u"Us-east-1"_s << false;
        QTest::newRow("space") << u"us east"_s << false;
        QTest::newRow("dot") << u"us.east"_s << false;
        QTest::newRow("slash") << u"us/east"_s << false;
        QTest::newRow("line end") << u"us-east-1\n"_s << false;
        QTest::newRow("letter of another script") << u"us-éast-1"_s << false;
        QTest::newRow("digit of another script") << u"us-east-١"_s << false;
    }
    void knowsRegionNames()
    {
        QFETCH(QString, text);
        QTEST(isRegionName(text), "expected");
    }

    void listsTheRegions()
    {
        const QList<Region> &regions = serviceRegions();
        QCOMPARE(regions.size(), 34); // 31 of aws, 2 of aws-us-gov, 1 of aws-eusc
        QVERIFY(std::is_sorted(
            regions.begin(), regions.end(), [](const Region &a, const Region &b) { return a.id < b.id; }));
        QStringList fips;
        QSet<QString> names;
        for (const Region &region : regions) {
            QVERIFY(isRegionName(region.id));
            QVERIFY(!region.name.isEmpty());
            names.insert(region.name);
            if (region.fips)
                fips.append(region.id);
        }
        QCOMPARE(names.size(), regions.size());
        QCOMPARE(fips,
            QStringList({ u"ca-central-1"_s, u"ca-west-1"_s, u"us-east-1"_s, u"us-east-2"_s, u"us-gov-east-1"_s,
                u"us-gov-west-1"_s, u"us-west-1"_s, u"us-west-2"_s }));
        const auto has = [&](const QString &id) {
            return std::any_of(regions.begin(), regions.end(), [&](const Region &r) { return r.id == id; });
        };
        QVERIFY(has(u"eu-central-1"_s) && has(u"eusc-de-east-1"_s) && has(u"mx-central-1"_s));
        QVERIFY(!has(u"ap-east-1"_s) && !has(u"ap-southeast-5"_s) && !has(u"ap-southeast-7"_s));
    }
};

QTEST_GUILESS_MAIN(TestEndpoint)
#include "tst_endpoint.moc"
