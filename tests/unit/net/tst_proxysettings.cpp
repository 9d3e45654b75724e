// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/proxysettings.h"

#include <QHash>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestProxySettings final : public QObject {
    Q_OBJECT
private slots:
    void noProxy_data();
    void noProxy();
    void whichProxy_data();
    void whichProxy();
    void userAndPassword();
    void neverProxied_data();
    void neverProxied();
    void uselessValues_data();
    void uselessValues();
};

namespace {

using Variables = QHash<QString, QString>;

ProxySettings settingsOf(const Variables &variables)
{
    return ProxySettings::of([variables](const QString &name) {
        return variables.contains(name) ? std::optional(variables.value(name)) : std::nullopt;
    });
}

QString inWords(const ProxySettings::Answer &answer)
{
    if (std::holds_alternative<ProxySettings::Unsaid>(answer))
        return u"unsaid"_s;
    if (std::holds_alternative<ProxySettings::Direct>(answer))
        return u"direct"_s;
    if (const auto *error = std::get_if<Error>(&answer))
        return u"error: "_s + error->detail;
    return std::get<ProxyAddress>(answer).text();
}

} // namespace

//! But for the networks, every row is what botocore.utils.should_bypass_proxies says (1.29, Debian 12).
void TestProxySettings::noProxy_data()
{
    QTest::addColumn<QString>("list");
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("matches");
    const QString aws = u"https://sms-voice.eu-west-1.amazonaws.com/"_s;
    QTest::newRow("empty") << QString() << aws << false;
    QTest::newRow("star") << u"*"_s << aws << true;
    QTest::newRow("star with space") << u" * "_s << aws << false;
    QTest::newRow("star among others") << u"example.com,*"_s << aws << false;
    QTest::newRow("the host") << u"sms-voice.eu-west-1.amazonaws.com"_s << aws << true;
    QTest::newRow("other case") << u"SMS-Voice.EU-west-1.Amazonaws.Com"_s << aws << true;
    QTest::newRow("a domain") << u"amazonaws.com"_s << aws << true;
    QTest::newRow("with a dot") << u".amazonaws.com"_s << aws << true;
    QTest::newRow("with two dots") << u"..amazonaws.com"_s << aws << true;
    QTest::newRow("with a star and a dot") << u"*.amazonaws.com"_s << aws << false;
    QTest::newRow("a dot stands for the domain itself too")
        << u".amazonaws.com"_s << u"https://amazonaws.com/"_s << true;
    QTest::newRow("only the end of a label") << u"zonaws.com"_s << aws << false;
    QTest::newRow("the beginning") << u"sms-voice"_s << aws << false;
    QTest::newRow("second of a list") << u"example.com , amazonaws.com"_s << aws << true;
    QTest::newRow("empty parts") << u",, ,"_s << aws << false;
    QTest::newRow("space does not separate") << u"example.com amazonaws.com"_s << aws << false;
    QTest::newRow("port that the URL names") << u"example.com:8443"_s << u"https://example.com:8443/"_s << true;
    QTest::newRow("port of a name below") << u"example.com:8443"_s << u"https://a.example.com:8443/"_s << true;
    QTest::newRow("another port") << u"example.com:8443"_s << u"https://example.com:9443/"_s << false;
    QTest::newRow("no port in the URL") << u"example.com:443"_s << u"https://example.com/"_s << false;
    QTest::newRow("no port in the list") << u"example.com"_s << u"https://example.com:8443/"_s << true;
    QTest::newRow("an address") << u"10.1.2.3"_s << u"https://10.1.2.3/"_s << true;
    QTest::newRow("another address") << u"10.1.2.3"_s << u"https://10.1.2.33/"_s << false;
    QTest::newRow("IPv6") << u"[2001:db8::1]"_s << u"https://[2001:db8::1]/"_s << true;
    QTest::newRow("IPv6 and port") << u"[2001:db8::1]:8443"_s << u"https://[2001:db8::1]:8443/"_s << true;
    // Not known to botocore; as in requests.
    QTest::newRow("a network") << u"10.0.0.0/8"_s << u"https://10.1.2.3/"_s << true;
    QTest::newRow("outside the network") << u"10.0.0.0/8"_s << u"https://11.1.2.3/"_s << false;
    QTest::newRow("a network and a port") << u"10.0.0.0/8"_s << u"https://10.1.2.3:8443/"_s << true;
    QTest::newRow("a network and a name") << u"0.0.0.0/0"_s << aws << false;
    QTest::newRow("a network of IPv6") << u"fd00::/8"_s << u"https://[fd12::1]/"_s << true;
    QTest::newRow("no network") << u"10.0.0.0/99"_s << u"https://10.0.0.0/"_s << false;
}

void TestProxySettings::noProxy()
{
    QFETCH(QString, list);
    QFETCH(QString, url);
    QFETCH(bool, matches);
    QCOMPARE(NoProxyList(list).matches(QUrl(url)), matches);
}

void TestProxySettings::whichProxy_data()
{
    QTest::addColumn<Variables>("variables");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("answer");
    const QString https = u"https://example.com/"_s;
    const QString http = u"http://example.com/"_s;
    const auto row = [](const char *name) -> QTestData & { return QTest::newRow(name); };
    row("nothing set") << Variables {} << https << u"unsaid"_s;
    row("https") << Variables { { u"HTTPS_PROXY"_s, u"http://p.example:3128"_s } } << https << u"p.example:3128"_s;
    row("only https") << Variables { { u"HTTPS_PROXY"_s, u"http://p.example:3128"_s } } << http << u"unsaid"_s;
    row("only http") << Variables { { u"HTTP_PROXY"_s, u"http://p.example:3128"_s } } << https << u"unsaid"_s;
    row("http") << Variables { { u"http_proxy"_s, u"http://p.example:3128/"_s } } << http << u"p.example:3128"_s;
    row("lower case first") << Variables { { u"HTTPS_PROXY"_s, u"http://a:1"_s },
        { u"https_proxy"_s, u"http://b:2"_s } }
                            << https << u"b:2"_s;
    row("lower case first, though empty")
        << Variables { { u"HTTPS_PROXY"_s, u"http://a:1"_s }, { u"https_proxy"_s, QString() } } << https << u"direct"_s;
    row("all_proxy is not asked") << Variables { { u"ALL_PROXY"_s, u"http://a:1"_s } } << https << u"unsaid"_s;
    row("no scheme") << Variables { { u"HTTPS_PROXY"_s, u"p.example:3128"_s } } << https << u"p.example:3128"_s;
    row("only slashes") << Variables { { u"HTTPS_PROXY"_s, u"//p.example:3128"_s } } << https << u"p.example:3128"_s;
    row("no port") << Variables { { u"HTTPS_PROXY"_s, u"http://p.example"_s } } << https << u"p.example:80"_s;
    row("IPv6") << Variables { { u"HTTPS_PROXY"_s, u"http://[2001:db8::1]:3128"_s } } << https
                << u"[2001:db8::1]:3128"_s;
    row("excepted") << Variables { { u"HTTPS_PROXY"_s, u"http://p.example:3128"_s },
        { u"NO_PROXY"_s, u"example.com"_s } }
                    << https << u"direct"_s;
    row("excepted from the system's") << Variables { { u"no_proxy"_s, u".com"_s } } << https << u"direct"_s;
    row("no_proxy in lower case first") << Variables { { u"HTTPS_PROXY"_s, u"http://p.example:3128"_s },
        { u"no_proxy"_s, QString() }, { u"NO_PROXY"_s, u"*"_s } }
                                        << https << u"p.example:3128"_s;
    row("user and password do not show") << Variables { { u"HTTPS_PROXY"_s, u"http://ann:hidden@p.example:3128"_s } }
                                         << https << u"p.example:3128"_s;
}

void TestProxySettings::whichProxy()
{
    QFETCH(Variables, variables);
    QFETCH(QString, url);
    QFETCH(QString, answer);
    QCOMPARE(inWords(settingsOf(variables).forUrl(QUrl(url))), answer);
}

void TestProxySettings::userAndPassword()
{
    const ProxySettings settings = settingsOf({ { u"HTTPS_PROXY"_s, u"http://DOM%5Cann:p%40ss%3A%2f@p:1"_s } });
    const auto proxy = std::get<ProxyAddress>(settings.forUrl(QUrl(u"https://example.com"_s)));
    QVERIFY(proxy.credentials);
    QCOMPARE(proxy.credentials->user, u"DOM\\ann"_s);
    QCOMPARE(proxy.credentials->password.expose(), "p@ss:/");
    const auto plain = settingsOf({ { u"HTTPS_PROXY"_s, u"http://p:1"_s } }).forUrl(QUrl(u"https://example.com"_s));
    QVERIFY(!std::get<ProxyAddress>(plain).credentials);
}

void TestProxySettings::neverProxied_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("never");
    QTest::newRow("localhost") << u"LocalHost"_s << true;
    QTest::newRow("loopback") << u"127.1.2.3"_s << true;
    QTest::newRow("loopback of IPv6") << u"[::1]"_s << true;
    QTest::newRow("instance metadata") << u"169.254.169.254"_s << true;
    QTest::newRow("container credentials") << u"169.254.170.2"_s << true;
    QTest::newRow("instance metadata of IPv6") << u"[fd00:ec2::254]"_s << true;
    QTest::newRow("another private network") << u"[fd00:ec3::254]"_s << false;
    QTest::newRow("a private address") << u"10.0.0.1"_s << false;
    QTest::newRow("a name that begins so") << u"localhost.example.com"_s << false;
}

void TestProxySettings::neverProxied()
{
    QFETCH(QString, host);
    QFETCH(bool, never);
    const QUrl url(u"http://%1:8080/"_s.arg(host));
    QCOMPARE(ProxySettings::isNeverProxied(url), never);
    const ProxySettings settings = settingsOf({ { u"HTTP_PROXY"_s, u"http://p:1"_s } });
    QCOMPARE(inWords(settings.forUrl(url)), never ? u"direct"_s : u"p:1"_s);
}

void TestProxySettings::uselessValues_data()
{
    QTest::addColumn<QString>("value");
    QTest::newRow("TLS to the proxy") << u"https://ann:hidden@p.example:3128"_s;
    QTest::newRow("SOCKS") << u"socks5://ann:hidden@p.example:1080"_s;
    QTest::newRow("no host") << u"http://ann:hidden@"_s;
    QTest::newRow("no such port") << u"http://ann:hidden@p.example:99999"_s;
    QTest::newRow("a space") << u"http://ann:hidden@p exa mple"_s;
}

void TestProxySettings::uselessValues()
{
    QFETCH(QString, value);
    const ProxySettings settings = settingsOf({ { u"https_proxy"_s, value } });
    const ProxySettings::Answer answer = settings.forUrl(QUrl(u"https://example.com/"_s));
    const auto *error = std::get_if<Error>(&answer);
    QVERIFY(error);
    QCOMPARE(error->kind, Error::Kind::InvalidInput);
    QVERIFY2(error->detail.contains(u"https_proxy"), qPrintable(error->detail));
    QVERIFY2(!error->detail.contains(u"hidden"), qPrintable(error->detail));
    // What needs no proxy is not held up.
    QCOMPARE(inWords(settings.forUrl(QUrl(u"https://127.0.0.1/"_s))), u"direct"_s);
}

QTEST_GUILESS_MAIN(TestProxySettings)
#include "tst_proxysettings.moc"
