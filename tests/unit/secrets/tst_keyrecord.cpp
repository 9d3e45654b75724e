// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "secrets/keyrecord.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestKeyRecord final : public QObject {
    Q_OBJECT

    // Quotation marks are written as apostrophes, to be readable.
    static QByteArray json(QByteArray text) { return text.replace('\'', '"'); }

private slots:
    void comesBackAsItWent_data()
    {
        QTest::addColumn<QString>("accessKeyId");
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("as AWS makes them")
            << u"AKIAIOSFODNN7EXAMPLE"_s << QByteArray("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        QTest::newRow("quotes and backslashes") << u"a\"b\\c"_s << QByteArray("\"\\\"\\\\");
        QTest::newRow("control characters") << u"id"_s << QByteArray("a\tb\nc\x01", 6);
        QTest::newRow("not ASCII") << u"ключ-ñ-鍵"_s << QByteArray("пароль 🔑");
        QTest::newRow("four kilobytes") << u"id"_s << QByteArray(4096, '"');
    }
    void comesBackAsItWent()
    {
        QFETCH(QString, accessKeyId);
        QFETCH(QByteArray, secret);
        const QByteArray record = writeKeyRecord(
            { .accessKeyId = accessKeyId, .secretAccessKey = Secret(QByteArrayView(secret)), .sessionToken = {} });

        const auto read = readKeyRecord(record);
        QVERIFY(read);
        QCOMPARE(read->accessKeyId, accessKeyId);
        QCOMPARE(read->secretAccessKey.expose(), QByteArrayView(secret));

        // Other programs read it too: it has to be JSON.
        const QJsonObject object = QJsonDocument::fromJson(record).object();
        QCOMPARE(object.value("accessKeyId"_L1).toString(), accessKeyId);
        QCOMPARE(object.value("secretAccessKey"_L1).toString(), QString::fromUtf8(secret));
    }

    void leavesTheSessionTokenOut()
    {
        const QByteArray record = writeKeyRecord({ .accessKeyId = u"id"_s,
            .secretAccessKey = Secret(QByteArrayView("secret")),
            .sessionToken = Secret(QByteArrayView("canary")) });
        QVERIFY(!record.contains("canary"));
    }

    void readsWhatALaterVersionMayWrite()
    {
        const auto read = readKeyRecord("{ \"note\": \"x\", \"secretAccessKey\": \"s\\/s\",\n\"accessKeyId\": \"i\" }");
        QVERIFY(read);
        QCOMPARE(read->accessKeyId, u"i"_s);
        QCOMPARE(read->secretAccessKey.expose(), QByteArrayView("s/s"));
    }

    void refusesWhatIsNoRecord_data()
    {
        QTest::addColumn<QByteArray>("record");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a bare text") << QByteArray("hunter2");
        QTest::newRow("no secret") << json("{'accessKeyId':'i'}");
        QTest::newRow("an empty secret") << json("{'accessKeyId':'i','secretAccessKey':''}");
        QTest::newRow("cut in the secret") << json("{'accessKeyId':'i','secretAccessKey':'abc");
        QTest::newRow("cut in an escape") << json("{'accessKeyId':'i','secretAccessKey':'abc\\");
        QTest::newRow("cut in a number") << json("{'accessKeyId':'i','secretAccessKey':'abc\\u00");
        QTest::newRow("a number") << json("{'accessKeyId':1,'secretAccessKey':'s'}");
        QTest::newRow("something after it") << json("{'accessKeyId':'i','secretAccessKey':'s'}x");
        QTest::newRow("an unknown escape") << json("{'accessKeyId':'i','secretAccessKey':'\\q'}");
    }
    void refusesWhatIsNoRecord()
    {
        QFETCH(QByteArray, record);
        const auto read = readKeyRecord(record);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, Error::Kind::Storage);
        QCOMPARE(read.error().code, u"KeychainFailed"_s);
        QVERIFY(!read.error().detail.contains("hunter2"_L1));
    }
};

QTEST_GUILESS_MAIN(TestKeyRecord)
#include "tst_keyrecord.moc"
