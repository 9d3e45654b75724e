// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "transporttest.h"

#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using Then = ScriptedServer::Then;

Q_DECLARE_METATYPE(optout::ScriptedServer::Then)

//! A request is sent again by itself when a kept connection ends before an answer has begun. What the two connections
//! brought must never be taken for one answer.
class TestTransportResend final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase_data() { addTransports(); }

    void brokenInTheStatusLine_data()
    {
        QTest::addColumn<int>("firstStatus");
        QTest::addColumn<int>("secondStatus");
        QTest::addColumn<Then>("end");
        for (const Then end : { Then::Close, Then::Reset }) {
            const char *const how = end == Then::Close ? "closed" : "reset";
            QTest::addRow("a page, then an error, %s", how) << 200 << 400 << end;
            QTest::addRow("an error, then a page, %s", how) << 500 << 200 << end;
            QTest::addRow("a page, then a page, %s", how) << 200 << 200 << end;
        }
    }
    void brokenInTheStatusLine()
    {
        QFETCH(const int, firstStatus);
        QFETCH(const int, secondStatus);
        QFETCH(const Then, end);
        const QByteArray first = ScriptedServer::http(firstStatus, "first");
        const QByteArray second = ScriptedServer::http(secondStatus, "second");
        const qsizetype lineEnd = first.indexOf('\n');
        int answers = 0;
        for (qsizetype bytes = 0; bytes <= lineEnd + 1; ++bytes) {
            ScriptedServer server;
            server.answer(ScriptedServer::http(200, "before")); // the connection is one that was kept
            server.answer(first.first(bytes), end);
            server.answer(second);
            const auto transport = madeTransport();
            for (int i = 0; i < 2; ++i) {
                const Result<HttpReply> outcome = exchange(*transport, requestTo(server.url()));
                QVERIFY(i == 1 || outcome);
                if (i == 0 || !outcome)
                    continue;
                ++answers;
                QVERIFY2(outcome->status == secondStatus && outcome->body == "second",
                    qPrintable(u"cut after %1: %2"_s.arg(bytes).arg(outcome->status)));
            }
        }
        QVERIFY(answers > 0); // without any byte the request is sent again
    }
};

QTEST_GUILESS_MAIN(TestTransportResend)
#include "tst_transportresend.moc"
