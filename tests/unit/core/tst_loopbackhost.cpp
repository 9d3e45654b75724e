// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "core/loopbackhost.h"

#include <QUrl>
#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

class TestLoopbackHost final : public QObject {
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<bool>("expected");
        for (const char *host : { "localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "127.1", "[::1]",
                 "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]" })
            QTest::newRow(host) << true;
        for (const char *host : { "localhost.example.com", "127.0.0.1.example.com", "128.0.0.1", "0.0.0.0", "[::2]",
                 "[::ffff:10.0.0.1]", "169.254.170.2", "example.com" })
            QTest::newRow(host) << false;
    }
    void judges()
    {
        const QUrl url(u"http://%1:80/"_s.arg(QString::fromLatin1(QTest::currentDataTag())));
        QVERIFY(url.isValid());
        QTEST(isLoopbackHost(url.host()), "expected");
    }
};

QTEST_APPLESS_MAIN(TestLoopbackHost)
#include "tst_loopbackhost.moc"
