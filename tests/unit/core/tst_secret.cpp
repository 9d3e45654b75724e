// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "core/secret.h"

#include <QtTest>

using optout::Secret;
using namespace Qt::Literals::StringLiterals;

class TestSecret final : public QObject {
    Q_OBJECT

private slots:
    void keepsItsBytes()
    {
        const Secret secret(QByteArrayView("kept \0 whole", 12));
        QCOMPARE(secret.expose(), QByteArrayView("kept \0 whole", 12));
        QVERIFY(!secret.isEmpty());
        QVERIFY(Secret().isEmpty());
        QVERIFY(Secret(QByteArrayView()).isEmpty());
    }

    void takesTheCallersBufferOver()
    {
        QByteArray bytes("only one may hold this");
        bytes.detach();
        const Secret secret(std::move(bytes));
        QVERIFY(bytes.isEmpty()); // NOLINT(bugprone-use-after-move): the move is documented to empty it
        QCOMPARE(secret.expose(), QByteArrayView("only one may hold this"));
    }

    void isNotPrinted()
    {
        QString text;
        QDebug(&text) << Secret(QByteArrayView("canary")) << Secret();
        QCOMPARE(text.trimmed(), u"Secret(***) Secret()"_s);
    }

    void comparesByContent_data()
    {
        QTest::addColumn<QByteArray>("a");
        QTest::addColumn<QByteArray>("b");
        QTest::addColumn<bool>("equal");
        QTest::newRow("same bytes") << QByteArray("abc") << QByteArray("abc") << true;
        QTest::newRow("last byte differs") << QByteArray("abc") << QByteArray("abd") << false;
        QTest::newRow("one is longer") << QByteArray("abc") << QByteArray("abcd") << false;
        QTest::newRow("both empty") << QByteArray() << QByteArray() << true;
    }
    void comparesByContent()
    {
        QFETCH(QByteArray, a);
        QFETCH(QByteArray, b);
        QTEST(Secret(QByteArrayView(a)) == Secret(QByteArrayView(b)), "equal");
    }

    void wipeLeavesASharedBufferToItsOtherOwner()
    {
        QByteArray bytes("a key that must go");
        const QByteArray other = bytes;
        optout::wipe(bytes);
        QVERIFY(bytes.isEmpty());
        QCOMPARE(other, QByteArray("a key that must go"));
    }
};

QTEST_GUILESS_MAIN(TestSecret)
#include "tst_secret.moc"
