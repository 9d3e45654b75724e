// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/transporterror.h"

#include "net/httptransport.h"

#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

using Kind = Error::Kind;
Q_DECLARE_METATYPE(optout::Error::Kind)

class TestTransportError final : public QObject {
    Q_OBJECT
private slots:
    void hostTextHidesTheRest_data();
    void hostTextHidesTheRest();
    void kinds_data();
    void kinds();
    void certificateProblemIsNamed();
};

void TestTransportError::hostTextHidesTheRest_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("expected");
    QTest::newRow("host") << u"https://sms-voice.us-east-1.amazonaws.com/"_s << u"sms-voice.us-east-1.amazonaws.com"_s;
    QTest::newRow("port") << u"http://127.0.0.1:8080/path?query=1"_s << u"127.0.0.1:8080"_s;
    QTest::newRow("IPv6") << u"http://[::1]:8080/"_s << u"[::1]:8080"_s;
    QTest::newRow("user and password") << u"https://user:hidden@example.com:444/"_s << u"example.com:444"_s;
}

void TestTransportError::hostTextHidesTheRest()
{
    QFETCH(QString, url);
    QFETCH(QString, expected);
    QCOMPARE(hostText(QUrl(url)), expected);
}

void TestTransportError::kinds_data()
{
    QTest::addColumn<QNetworkReply::NetworkError>("error");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("refused") << QNetworkReply::ConnectionRefusedError << Kind::Network;
    QTest::newRow("closed") << QNetworkReply::RemoteHostClosedError << Kind::Network;
    QTest::newRow("no such host") << QNetworkReply::HostNotFoundError << Kind::Network;
    QTest::newRow("socket timeout") << QNetworkReply::TimeoutError << Kind::Timeout;
    QTest::newRow("TLS") << QNetworkReply::SslHandshakeFailedError << Kind::Network;
    QTest::newRow("network down") << QNetworkReply::TemporaryNetworkFailureError << Kind::Network;
    QTest::newRow("unknown") << QNetworkReply::UnknownNetworkError << Kind::Network;
    QTest::newRow("proxy refused") << QNetworkReply::ProxyConnectionRefusedError << Kind::Network;
    QTest::newRow("proxy wants sign-in") << QNetworkReply::ProxyAuthenticationRequiredError << Kind::Network;
    QTest::newRow("proxy timeout") << QNetworkReply::ProxyTimeoutError << Kind::Timeout;
    QTest::newRow("no HTTP") << QNetworkReply::ProtocolFailure << Kind::BadResponse;
    QTest::newRow("unknown protocol") << QNetworkReply::ProtocolUnknownError << Kind::BadResponse;
}

void TestTransportError::kinds()
{
    QFETCH(QNetworkReply::NetworkError, error);
    QFETCH(Kind, kind);
    const Error made =
        toError(NoAnswer { .error = error, .reason = u"the reason."_s }, QUrl(u"https://u:hidden@example.com/x"_s));
    QCOMPARE(made.kind, kind);
    QCOMPARE(made.code, QString());
    QCOMPARE(made.members, QList<Error::Member>());
    QVERIFY2(made.detail.contains(u"example.com"), qPrintable(made.detail));
    QVERIFY2(!made.detail.contains(u"hidden"), qPrintable(made.detail));
    QVERIFY2(!made.detail.contains(u".."), qPrintable(made.detail));
    QVERIFY2(made.detail.endsWith(u'.'), qPrintable(made.detail));
}

void TestTransportError::certificateProblemIsNamed()
{
    const NoAnswer failure { .error = QNetworkReply::SslHandshakeFailedError,
        .reason = u"SSL handshake failed"_s,
        .tlsProblems = { u"The certificate has expired"_s, u"The host name did not match"_s } };
    const Error made = toError(failure, QUrl(u"https://example.com/"_s));
    QCOMPARE(made.kind, Kind::Network);
    QCOMPARE(made.code, QString(errorcode::tlsUntrusted));
    QVERIFY(made.detail.contains(u"The certificate has expired; The host name did not match"));
}

QTEST_GUILESS_MAIN(TestTransportError)
#include "tst_transporterror.moc"
