// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "fakesecretservice.h"
#include "fakewallet.h"
#include "keychaintest.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QtTest>

#include <cstdio>
#include <memory>

using namespace optout;
using namespace optout::test;
using namespace std::chrono_literals;

//! A real gnome-keyring with an open login keyring.
class TestUnlocked final : public QObject {
    Q_OBJECT

    std::unique_ptr<KeychainStore> m_store;
    QObject m_owner;

private slots:
    void initTestCase() { m_store = std::make_unique<KeychainStore>(); }
    void cleanupTestCase() { m_store.reset(); }

    void keepsKeys_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("as AWS makes them")
            << u"c4c5d3de-0000-4000-8000-000000000001"_s << QByteArray("CANARY/wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLE");
        QTest::newRow("not ASCII") << u"идентификатор ñ"_s << QByteArray("CANARY пароль 🔑 \"quoted\\\"");
        QTest::newRow("four kilobytes") << u"long"_s << "CANARY" + QByteArray(4096, 'x');
    }
    void keepsKeys()
    {
        QFETCH(QString, id);
        QFETCH(QByteArray, secret);
        QCOMPARE(faultOf(m_store->save(id, keys(secret), &m_owner)), QString());
        const Result<Credentials> loaded = outcomeOf(m_store->load(id, &m_owner));
        QVERIFY(loaded);
        QCOMPARE(loaded->accessKeyId, u"AKIACANARY"_s);
        QVERIFY(loaded->secretAccessKey == Secret(QByteArrayView(secret)));
        QVERIFY(loaded->sessionToken.isEmpty());
    }

    void overwrites()
    {
        QCOMPARE(faultOf(m_store->save(u"again"_s, keys("CANARY one"), &m_owner)), QString());
        QCOMPARE(faultOf(m_store->save(u"again"_s, keys("CANARY two"), &m_owner)), QString());
        const Result<Credentials> loaded = outcomeOf(m_store->load(u"again"_s, &m_owner));
        QVERIFY(loaded);
        QVERIFY(loaded->secretAccessKey == Secret(QByteArrayView("CANARY two")));
    }

    void removes()
    {
        QCOMPARE(faultOf(m_store->save(u"stays"_s, keys(), &m_owner)), QString());
        QCOMPARE(faultOf(m_store->save(u"goes"_s, keys(), &m_owner)), QString());
        QCOMPARE(faultOf(m_store->remove(u"goes"_s, &m_owner)), QString());
        QCOMPARE(faultOf(m_store->load(u"goes"_s, &m_owner)), u"NotFound"_s);
        QCOMPARE(faultOf(m_store->load(u"stays"_s, &m_owner)), QString());
    }

    void tellsWhatIsNotThere()
    {
        QCOMPARE(faultOf(m_store->load(u"never saved"_s, &m_owner)), u"NotFound"_s);
        QCOMPARE(faultOf(m_store->remove(u"never saved"_s, &m_owner)), QString());
    }

    void refusesTemporaryKeys()
    {
        Credentials temporary = keys();
        temporary.sessionToken = Secret(QByteArrayView("CANARY token"));
        const Result<Credentials> outcome = outcomeOf(m_store->save(u"temporary"_s, temporary, &m_owner));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::InvalidInput);
        QCOMPARE(faultOf(m_store->load(u"temporary"_s, &m_owner)), u"NotFound"_s);
    }

    void answersManyAtOnceWithoutHoldingTheLoop()
    {
        int answers = 0;
        LongestTurn turns;
        for (int i = 0; i < 40; ++i) {
            connect(m_store->save(u"many-%1"_s.arg(i), keys(), &m_owner), &CredentialJob::finished, this,
                [&answers](const Result<Credentials> &outcome) { answers += outcome ? 1 : 0; });
        }
        QTRY_COMPARE_WITH_TIMEOUT(answers, 40, 20'000);
        qInfo("longest turn of the event loop: %lld ms", turns.milliseconds());
    }

    void aDroppedJobSaysNothingAndHurtsNobody()
    {
        QCOMPARE(faultOf(m_store->save(u"dropped"_s, keys(), &m_owner)), QString());
        int answers = 0;
        for (const auto delay : { 0ms, 1ms, 3ms }) {
            CredentialJob *job = m_store->load(u"dropped"_s, &m_owner);
            connect(job, &CredentialJob::finished, this, [&answers] { ++answers; });
            if (delay == 0ms)
                delete job;
            else
                QTimer::singleShot(delay, job, [job] { delete job; });
        }
        QCOMPARE(faultOf(m_store->load(u"dropped"_s, &m_owner)), QString());
        QVERIFY(answers <= 2); // those that were quicker than their end
    }

    //! The last one: nobody can unlock the keyring again.
    void namesALockedKeyring()
    {
        QCOMPARE(faultOf(m_store->save(u"locked in"_s, keys(), &m_owner)), QString());
        QDBusMessage lock = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
            u"org.freedesktop.Secret.Service"_s, u"Lock"_s);
        const QList<QDBusObjectPath> all { QDBusObjectPath(u"/org/freedesktop/secrets/collection/login"_s) };
        lock.setArguments({ QVariant::fromValue(all) });
        const QDBusMessage locked = QDBusConnection::sessionBus().call(lock);
        QCOMPARE(locked.type(), QDBusMessage::ReplyMessage);

        QCOMPARE(faultOf(m_store->load(u"locked in"_s, &m_owner)), u"KeychainLocked"_s);
        QCOMPARE(faultOf(m_store->save(u"locked in"_s, keys(), &m_owner)), u"KeychainLocked"_s);
        QCOMPARE(faultOf(m_store->save(u"new"_s, keys(), &m_owner)), u"KeychainLocked"_s);
        QCOMPARE(faultOf(m_store->remove(u"locked in"_s, &m_owner)), u"KeychainLocked"_s);
        QCOMPARE(faultOf(m_store->load(u"never saved"_s, &m_owner)), u"NotFound"_s);
    }
};

//! A real gnome-keyring that has no keyring yet and nobody to ask for a password.
class TestEmpty final : public QObject {
    Q_OBJECT

private slots:
    void namesTheRefusal()
    {
        KeychainStore store;
        QCOMPARE(faultOf(store.load(u"one"_s, this)), u"NotFound"_s);
        QCOMPARE(faultOf(store.save(u"one"_s, keys(), this)), u"KeychainDenied"_s);
        QCOMPARE(faultOf(store.remove(u"one"_s, this)), QString());
    }
};

//! No keychain at all, with and without a bus.
class TestAbsent final : public QObject {
    Q_OBJECT

private slots:
    void namesTheAbsence()
    {
        KeychainStore store;
        for (int attempt = 0; attempt < 2; ++attempt) { // the second time the bus is known to be missing
            QCOMPARE(faultOf(store.load(u"one"_s, this)), u"NoKeychain"_s);
            QCOMPARE(faultOf(store.save(u"one"_s, keys(), this)), u"NoKeychain"_s);
            QCOMPARE(faultOf(store.remove(u"one"_s, this)), u"NoKeychain"_s);
        }
    }
};

//! A Secret Service that leaves its callers waiting.
class TestFake final : public QObject {
    Q_OBJECT

    std::unique_ptr<KeychainStore> m_store;

private slots:
    void initTestCase()
    {
        m_store = std::make_unique<KeychainStore>(
            KeychainStore::defaultService(), KeychainPatience { .look = 300ms, .longest = 2'500ms });
    }
    void cleanupTestCase() { m_store.reset(); }

    void waitsWhileSomebodyMayBeTyping()
    {
        const FakeSecretService service(FakeSecretService::Manner::Prompting);
        QVERIFY(service.isOnBus());
        QElapsedTimer clock;
        clock.start();
        const Result<Credentials> outcome = outcomeOf(m_store->load(u"one"_s, this));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, u"KeychainFailed"_s);
        QVERIFY2(clock.elapsed() >= 2'400, "it gave up while the keyring was waiting for its password");
    }

    void givesUpOnOneThatHangs()
    {
        const FakeSecretService service(FakeSecretService::Manner::Silent);
        QVERIFY(service.isOnBus());
        QElapsedTimer clock;
        clock.start();
        LongestTurn turns;
        QCOMPARE(faultOf(m_store->save(u"one"_s, keys(), this)), u"KeychainFailed"_s);
        QVERIFY(clock.elapsed() < 10'000);
        QVERIFY2(turns.milliseconds() < 300, "the event loop stood still");
    }
};

//! A KDE session, where QtKeychain goes to KWallet.
class TestKWallet final : public QObject {
    Q_OBJECT

    std::unique_ptr<KeychainStore> m_store;
    std::unique_ptr<FakeWallet> m_wallet;

private slots:
    void initTestCase()
    {
        m_wallet = std::make_unique<FakeWallet>();
        QVERIFY(m_wallet->isOnBus());
        m_store = std::make_unique<KeychainStore>();
    }
    void cleanupTestCase()
    {
        m_store.reset();
        m_wallet.reset();
    }

    void keepsAndRemovesKeys()
    {
        QCOMPARE(faultOf(m_store->load(u"one"_s, this)), u"NotFound"_s);
        QCOMPARE(faultOf(m_store->save(u"one"_s, keys(), this)), QString());
        QVERIFY(m_wallet->entry(KeychainStore::defaultService(), u"one"_s).contains(u"CANARY"_s));
        const Result<Credentials> loaded = outcomeOf(m_store->load(u"one"_s, this));
        QVERIFY(loaded);
        QVERIFY(loaded->secretAccessKey == keys().secretAccessKey);
        QCOMPARE(faultOf(m_store->remove(u"one"_s, this)), QString());
        QCOMPARE(faultOf(m_store->load(u"one"_s, this)), u"NotFound"_s);
    }

    void namesARefusal()
    {
        m_wallet->setRefusing(true);
        QCOMPARE(faultOf(m_store->load(u"one"_s, this)), u"KeychainDenied"_s);
        QCOMPARE(faultOf(m_store->save(u"one"_s, keys(), this)), u"KeychainDenied"_s);
        QCOMPARE(faultOf(m_store->remove(u"one"_s, this)), u"KeychainDenied"_s);
    }

    //! The last one: the service leaves the bus.
    void namesTheAbsence()
    {
        m_wallet.reset();
        QCOMPARE(faultOf(m_store->load(u"one"_s, this)), u"NoKeychain"_s);
        QCOMPARE(faultOf(m_store->save(u"one"_s, keys(), this)), u"NoKeychain"_s);
        QCOMPARE(faultOf(m_store->remove(u"one"_s, this)), u"NoKeychain"_s);
    }
};

//! A KDE session whose wallet hangs when it is asked for its presence.
class TestKWalletHangs final : public QObject {
    Q_OBJECT

private slots:
    void doesNotHoldTheLoop()
    {
        FakeWallet wallet;
        QVERIFY(wallet.isOnBus());
        wallet.setHanging(true);
        KeychainStore store;
        LongestTurn turns;
        QCOMPARE(faultOf(store.load(u"one"_s, this)), u"NoKeychain"_s);
        QVERIFY2(turns.milliseconds() < 300, "the event loop stood still");
    }
};

namespace {

std::unique_ptr<QObject> testOf(const QString &scene)
{
    if (scene == "unlocked"_L1)
        return std::make_unique<TestUnlocked>();
    if (scene == "empty"_L1)
        return std::make_unique<TestEmpty>();
    if (scene == "absent"_L1 || scene == "no-bus"_L1)
        return std::make_unique<TestAbsent>();
    if (scene == "fake"_L1)
        return std::make_unique<TestFake>();
    if (scene == "kwallet"_L1)
        return std::make_unique<TestKWallet>();
    if (scene == "kwallet-hangs"_L1)
        return std::make_unique<TestKWalletHangs>();
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const std::unique_ptr<QObject> test = testOf(qEnvironmentVariable("OPTOUT_KEYCHAIN_SCENE"));
    if (!test) {
        std::fputs("Run this through the script with-keychain.\n", stderr);
        return 1;
    }
    return QTest::qExec(test.get(), argc, argv);
}

#include "tst_keychainstore.moc"
