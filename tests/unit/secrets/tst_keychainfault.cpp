// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "secrets/keychainfault.h"

#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using Operation = KeychainOperation;
using Outcome = KeychainOutcome;
using Service = SecretServiceState::Service;

class TestKeychainFault final : public QObject {
    Q_OBJECT

private slots:
    void names_data()
    {
        QTest::addColumn<Operation>("operation");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<SecretServiceState>("state");
        QTest::addColumn<QString>("name"); // of the kind, or the code; empty if it worked

        const auto only = [](Service service) { return SecretServiceState { .service = service }; };
        const SecretServiceState lockedEntry { .service = Service::Locked, .hasLockedEntry = true };
        const SecretServiceState openEntry { .service = Service::Unlocked, .hasOpenEntry = true };

        QTest::newRow("loaded") << Operation::Load << Outcome::Done << only(Service::Unknown) << QString();
        QTest::newRow("saved") << Operation::Save << Outcome::Done << only(Service::Unknown) << QString();
        QTest::newRow("removed") << Operation::Remove << Outcome::Done << only(Service::Unlocked) << QString();
        QTest::newRow("no such entry") << Operation::Load << Outcome::EntryNotFound << only(Service::Unlocked)
                                       << u"NotFound"_s;
        QTest::newRow("no such entry in a locked keyring")
            << Operation::Load << Outcome::EntryNotFound << only(Service::Locked) << u"NotFound"_s;
        QTest::newRow("the unlock prompt was dismissed")
            << Operation::Load << Outcome::EntryNotFound << lockedEntry << u"KeychainLocked"_s;
        QTest::newRow("removing nothing works")
            << Operation::Remove << Outcome::EntryNotFound << only(Service::Unlocked) << QString();
        QTest::newRow("a locked entry was not removed")
            << Operation::Remove << Outcome::Done << lockedEntry << u"KeychainLocked"_s;
        QTest::newRow("an open entry was not removed")
            << Operation::Remove << Outcome::Done << openEntry << u"KeychainFailed"_s;
        QTest::newRow("locked, saving") << Operation::Save << Outcome::AccessDenied << only(Service::Locked)
                                        << u"KeychainLocked"_s;
        QTest::newRow("denied") << Operation::Load << Outcome::AccessDenied << only(Service::Unlocked)
                                << u"KeychainDenied"_s;
        QTest::newRow("no keyring, none was made")
            << Operation::Save << Outcome::Other << only(Service::NoCollection) << u"KeychainDenied"_s;
        QTest::newRow("no keyring to save to")
            << Operation::Save << Outcome::EntryNotFound << only(Service::NoCollection) << u"KeychainDenied"_s;
        QTest::newRow("no backend") << Operation::Load << Outcome::NoBackend << only(Service::Unknown)
                                    << u"NoKeychain"_s;
        QTest::newRow("no bus") << Operation::Load << Outcome::Other << only(Service::NoBus) << u"NoKeychain"_s;
        QTest::newRow("no service") << Operation::Save << Outcome::Other << only(Service::Absent) << u"NoKeychain"_s;
        QTest::newRow("locked, another fault")
            << Operation::Save << Outcome::Other << only(Service::Locked) << u"KeychainLocked"_s;
        QTest::newRow("silent") << Operation::Save << Outcome::Other << only(Service::Silent) << u"KeychainFailed"_s;
        QTest::newRow("a fault of an open keyring")
            << Operation::Remove << Outcome::Other << only(Service::Unlocked) << u"KeychainFailed"_s;
    }
    void names()
    {
        QFETCH(Operation, operation);
        QFETCH(Outcome, outcome);
        QFETCH(SecretServiceState, state);
        QFETCH(QString, name);
        const std::optional<Error> fault = keychainFault(operation, outcome, u"its own words"_s, state);
        QCOMPARE(fault.has_value(), !name.isEmpty());
        if (!fault)
            return;
        if (fault->kind == Error::Kind::NotFound) {
            QCOMPARE(name, u"NotFound"_s);
            return;
        }
        QCOMPARE(fault->kind, Error::Kind::Storage);
        QCOMPARE(fault->code, name);
        QVERIFY(!fault->detail.isEmpty());
    }

    void keepsTheBackendsWords()
    {
        const std::optional<Error> fault = keychainFault(Operation::Save, Outcome::NoBackend, u"No service here"_s, {});
        QVERIFY(fault);
        QVERIFY(fault->detail.endsWith(u"No service here"_s));
    }

    void looksOnlyWhereTheOutcomeIsInDoubt()
    {
        QVERIFY(!needsState(Operation::Load, Outcome::Done));
        QVERIFY(!needsState(Operation::Save, Outcome::Done));
        QVERIFY(needsState(Operation::Remove, Outcome::Done));
        QVERIFY(needsState(Operation::Load, Outcome::EntryNotFound));
        QVERIFY(!needsState(Operation::Load, Outcome::NoBackend));
    }
};

QTEST_GUILESS_MAIN(TestKeychainFault)
#include "tst_keychainfault.moc"
