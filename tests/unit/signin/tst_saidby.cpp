// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/httptransport.h"
#include "signin/stepwords.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

//! Whose error it is.
class TestSaidBy final : public QObject {
    Q_OBJECT

private slots:
    void blamesTheServiceForItsOwnOnly_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("isIts");
        QTest::newRow("its own") << u"AccessDenied"_s << true;
        QTest::newRow("none") << QString() << false;
        for (const QLatin1StringView code :
            { errorcode::tlsUntrusted, errorcode::proxyAuthenticationRequired, errorcode::proxyRefused })
            QTest::newRow(code.data()) << QString(code) << false;
    }
    void blamesTheServiceForItsOwnOnly()
    {
        QFETCH(const QString, code);
        QFETCH(const bool, isIts);
        const Error error =
            saidBy(SignInService::Sts, { .kind = Error::Kind::Network, .code = code, .detail = u"words"_s });
        QCOMPARE(error.detail.contains(u" by "), isIts);
        QVERIFY(error.detail.endsWith(u": words"));
        QCOMPARE(error.code, code);
    }
};

QTEST_APPLESS_MAIN(TestSaidBy)
#include "tst_saidby.moc"
