// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/pagetoken.h"

#include <QtTest>

using namespace optout::demo;
using namespace Qt::Literals::StringLiterals;

class TestPageToken final : public QObject {
    Q_OBJECT

private slots:
    void opensWhatItSealed()
    {
        const PageTokens tokens(1);
        QSet<QByteArray> met;
        for (const quint32 row : { 0u, 1u, 100u, 20'000u, 9'999'900u, 4'294'967'295u }) {
            for (const quint32 turn : { 0u, 1u, 7u }) {
                const QByteArray token = tokens.seal("query", { row, turn });
                QVERIFY(!met.contains(token));
                met += token;
                QVERIFY(token.size() >= 1 && token.size() <= 1024); // the model's limits
                const auto place = tokens.open("query", token);
                QVERIFY(place);
                QCOMPARE(place->row, row);
                QCOMPARE(place->turn, turn);
            }
        }
    }

    void isTheSameForTheSameSeed()
    {
        QCOMPARE(PageTokens(5).seal("q", { 1, 0 }), PageTokens(5).seal("q", { 1, 0 }));
        QVERIFY(PageTokens(5).seal("q", { 1, 0 }) != PageTokens(6).seal("q", { 1, 0 }));
    }

    void refusesTheTokenOfAnotherQueryOrSeed()
    {
        const QByteArray token = PageTokens(1).seal("query", { 100, 0 });
        QVERIFY(!PageTokens(1).open("quer", token));
        QVERIFY(!PageTokens(1).open("query2", token));
        QVERIFY(!PageTokens(1).open("", token));
        QVERIFY(!PageTokens(2).open("query", token));
    }

    void refusesAnyChange()
    {
        const PageTokens tokens(1);
        const QByteArray token = tokens.seal("query", { 100, 0 });
        for (qsizetype i = 0; i < token.size(); ++i) {
            QByteArray changed = token;
            changed[i] = changed.at(i) == 'A' ? 'B' : 'A';
            QVERIFY2(!tokens.open("query", changed), changed.constData());
            QVERIFY(!tokens.open("query", token.left(i)));
        }
        for (const QByteArray &other : { token + 'A', token + "AAAA", token + '\n', ' ' + token, token.toLower(),
                 QByteArray("not base64!"), QByteArray() })
            QVERIFY(!tokens.open("query", other));
    }

    void tellsNothing()
    {
        // Tokens of neighbouring places have no more in common than chance gives.
        const PageTokens tokens(1);
        const QByteArray a = tokens.seal("query", { 100, 0 }), b = tokens.seal("query", { 101, 0 });
        int same = 0;
        for (qsizetype i = 0; i < a.size(); ++i)
            same += a.at(i) == b.at(i);
        QVERIFY2(same < 8, qPrintable(QString::number(same)));
    }
};

QTEST_GUILESS_MAIN(TestPageToken)
#include "tst_pagetoken.moc"
