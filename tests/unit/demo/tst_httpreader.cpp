// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/httpreader.h"

#include <QtTest>

using namespace optout::demo;
using namespace Qt::Literals::StringLiterals;
using State = HttpReader::State;

class TestHttpReader final : public QObject {
    Q_OBJECT

private slots:
    void readsARequest_data()
    {
        QTest::addColumn<int>("step"); // bytes at a time
        QTest::newRow("byte by byte") << 1;
        QTest::newRow("seven at a time") << 7;
        QTest::newRow("at once") << 100'000;
    }
    void readsARequest()
    {
        QFETCH(int, step);
        const QByteArray stream =
            "\r\nPOST /a%20b?c=d HTTP/1.1\r\nHost: 127.0.0.1:1\r\nX-Amz-Target:  A.B \r\nMy: 1\r\nmy: 2\r\n"
            "Content-Length: 5\r\n\r\nhello"
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n"
            "GET / HTTP/1.0\r\n\r\n";
        HttpReader reader;
        QByteArray inbox;
        QList<HttpRequest> requests;
        for (qsizetype at = 0; at < stream.size(); at += step) {
            inbox += stream.mid(at, step);
            State state = State::Complete;
            while (state == State::Complete) {
                state = reader.read(inbox);
                QVERIFY(state != State::Failed);
                if (state == State::Complete)
                    requests.append(reader.request());
            }
        }
        QCOMPARE(requests.size(), 3);
        QCOMPARE(requests.at(0).method, "POST"_ba);
        QCOMPARE(requests.at(0).target, "/a%20b?c=d"_ba);
        QCOMPARE(requests.at(0).header("x-amz-target"), "A.B"_ba);
        QCOMPARE(requests.at(0).header("MY"), "1"_ba);
        QCOMPARE(requests.at(0).headers.size(), 5);
        QVERIFY(requests.at(0).header("absent").isNull());
        QCOMPARE(requests.at(0).body, "hello"_ba);
        QVERIFY(requests.at(0).keepAlive);
        QCOMPARE(requests.at(1).body, "abcdefg"_ba);
        QCOMPARE(requests.at(2).method, "GET"_ba);
        QVERIFY(requests.at(2).body.isEmpty());
        QVERIFY(!requests.at(2).keepAlive);
        QVERIFY(inbox.isEmpty());
    }

    void asksForTheBodyOnce()
    {
        HttpReader reader;
        QByteArray inbox = "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n";
        QCOMPARE(reader.read(inbox), State::NeedMore);
        QVERIFY(!reader.takeContinue()); // the headers are not whole yet
        inbox += "\r\n";
        QCOMPARE(reader.read(inbox), State::NeedMore);
        QVERIFY(reader.takeContinue());
        QVERIFY(!reader.takeContinue());
        inbox += "ok";
        QCOMPARE(reader.read(inbox), State::Complete);
        QCOMPARE(reader.request().body, "ok"_ba);
        inbox = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n";
        QCOMPARE(reader.read(inbox), State::NeedMore);
        QVERIFY(!reader.takeContinue());
    }

    void refusesWhatIsNoRequest_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<int>("status");
        QTest::newRow("a TLS hello") << QByteArray("\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n", 15) << 400;
        QTest::newRow("words") << "hello there\r\n\r\n"_ba << 400;
        QTest::newRow("no version") << "GET /\r\n\r\n"_ba << 400;
        QTest::newRow("an answer") << "HTTP/1.1 200 OK\r\n\r\n"_ba << 400;
        QTest::newRow("a header without a colon") << "GET / HTTP/1.1\r\nHost\r\n\r\n"_ba << 400;
        QTest::newRow("a bad length") << "POST / HTTP/1.1\r\nContent-Length: five\r\n\r\n"_ba << 400;
        QTest::newRow("two lengths") << "POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"_ba << 400;
        QTest::newRow("a bad chunk") << "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"_ba << 400;
        QTest::newRow("headers over the limit") << "GET / HTTP/1.1\r\nX: " + QByteArray(20'000, 'x') << 431;
        QTest::newRow("a body over the limit") << "POST / HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n"_ba << 413;
        QTest::newRow("chunks over the limit")
            << "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n" + QByteArray(1'048'577, 'x') << 413;
    }
    void refusesWhatIsNoRequest()
    {
        QFETCH(QByteArray, stream);
        QFETCH(int, status);
        HttpReader reader;
        QCOMPARE(reader.read(stream), State::Failed);
        QCOMPARE(reader.failureStatus(), status);
    }

    void takesABodyAtTheLimit()
    {
        HttpReader reader;
        QByteArray stream = "POST / HTTP/1.1\r\nContent-Length: 1048576\r\n\r\n" + QByteArray(1'048'576, 'x');
        QCOMPARE(reader.read(stream), State::Complete);
        QCOMPARE(reader.request().body.size(), 1'048'576);
    }
};

QTEST_GUILESS_MAIN(TestHttpReader)
#include "tst_httpreader.moc"
