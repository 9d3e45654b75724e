// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/accesskey.h"

#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestAccessKey final : public QObject {
    Q_OBJECT
private slots:
    void tellsTheAccount();
    void sameAccountSameKey();
    void onlyDigitsTellAccountsApart();
    void tellsOthersApart_data();
    void tellsOthersApart();
};

//! The id and the account that Aidan Steele's "AWS Access Key ID formats" and Tal Be'ery's "A short note on AWS KEY ID"
//! publish together.
void TestAccessKey::tellsTheAccount()
{
    QCOMPARE(accountKeyOf(u"ASIAY34FZKBOKMUTVV7A"_s), u"609629065308"_s);
    QCOMPARE(accountKeyOf(u"AKIAY34FZKBOKMUTVV7A"_s), u"609629065308"_s);
}

//! Only the first nine characters after the prefix count, and of the ninth only the first bit.
void TestAccessKey::sameAccountSameKey()
{
    const QString key = accountKeyOf(u"ASIAY34FZKBOKMUTVV7A"_s);
    QCOMPARE(accountKeyOf(u"AKIAY34FZKBOKAAAAAAA"_s), key);
    QCOMPARE(accountKeyOf(u"AKIAY34FZKBOP2222222"_s), key);
    QVERIFY(accountKeyOf(u"AKIAY34FZKBO27777777"_s) != key);
}

void TestAccessKey::onlyDigitsTellAccountsApart()
{
    const QString key = accountKeyOf(u"ASIAY34FZKBOKMUTVV7A"_s);
    QVERIFY(mayBeOneAccount(key, key));
    QVERIFY(!mayBeOneAccount(key, accountKeyOf(u"AKIAY34FZKBO27777777"_s)));
    QVERIFY(mayBeOneAccount(key, {}));
    QVERIFY(mayBeOneAccount(key, accountKeyOf(u"AKIAIOSFODNN7EXAMPLE"_s)));
    QVERIFY(mayBeOneAccount(accountKeyOf(u"AKIAIOSFODNN7EXAMPLF"_s), accountKeyOf(u"AKIAIOSFODNN7EXAMPLE"_s)));
}

void TestAccessKey::tellsOthersApart_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("older form") << u"AKIAIOSFODNN7EXAMPLE"_s;
    QTest::newRow("not base32") << u"AKIDEXAMPLE000000001"_s;
    QTest::newRow("digit that base32 lacks") << u"ASIAY34FZKBOKMUTVV71"_s;
    QTest::newRow("too short") << u"ASIAY34FZKBOKMUTVV7"_s;
    QTest::newRow("more than 12 digits") << u"AKIA7777777777777777"_s;
    QTest::newRow("another prefix") << u"AROAY34FZKBOKMUTVV7A"_s;
    QTest::newRow("empty") << QString();
}

void TestAccessKey::tellsOthersApart()
{
    QFETCH(const QString, id);
    const QString key = accountKeyOf(id);
    QCOMPARE(key.size(), 16);
    QCOMPARE(accountKeyOf(id), key);
    QVERIFY(accountKeyOf(id + u"X"_s) != key);
    QVERIFY(id.isEmpty() || !key.contains(id));
}

QTEST_GUILESS_MAIN(TestAccessKey)
#include "tst_accesskey.moc"
