// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/seentokens.h"

#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestSeenTokens final : public QObject {
    Q_OBJECT
private slots:
    void everyTokenOnce();
    void tokensThatDifferLittle();
};

void TestSeenTokens::everyTokenOnce()
{
    SeenTokens seen;
    for (int i = 0; i < 20'000; ++i)
        QVERIFY(seen.add(u"token %1"_s.arg(i)));
    for (int i = 0; i < 20'000; i += 997)
        QVERIFY(!seen.add(u"token %1"_s.arg(i)));
}

void TestSeenTokens::tokensThatDifferLittle()
{
    SeenTokens seen;
    const QString longToken(1023, u'a');
    QVERIFY(seen.add(longToken));
    QVERIFY(seen.add(longToken + u'a'));
    QVERIFY(seen.add(longToken + u'A'));
    QVERIFY(seen.add(longToken + u' '));
    QVERIFY(seen.add(u"é"_s));
    QVERIFY(seen.add(u"e\u0301"_s)); // looks the same, is not
    QVERIFY(!seen.add(longToken));
}

QTEST_GUILESS_MAIN(TestSeenTokens)
#include "tst_seentokens.moc"
