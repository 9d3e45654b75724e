// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "fakekeychain.h"
#include "presenters/connectionlist.h"
#include "settings/settings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

using namespace optout;
using namespace optout::test;
using KeepKeys = ConnectionList::KeepKeys;
using RemoveKeys = ConnectionList::RemoveKeys;

class TestConnectionList final : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<FakeKeychain> m_keychain;
    std::unique_ptr<ConnectionList> m_list;
    QObject m_owner;
    Environment m_environment;

    //! As if the program had been started with it.
    void setVariable(const QString &name, const QString &value)
    {
        m_environment.set(name, value);
        restart();
    }

    void setProfiles(const QString &config, const Result<ServiceSettings> &settings = ServiceSettings {})
    {
        m_list->setConfig(parseSharedConfig({ u"config"_s, u"credentials"_s }, config.toUtf8(), {}),
            [settings](const SharedConfig &, const ProfileChoice &) { return settings; });
    }

    QString fileName() const { return m_folder->filePath(u"settings.ini"_s); }

    void restart()
    {
        m_list.reset();
        m_settings = std::make_unique<Settings>(fileName());
        m_list = std::make_unique<ConnectionList>(*m_settings, *m_keychain, m_environment);
    }

    template <typename Job> static auto outcomeOf(Job *job)
    {
        QSignalSpy spy(job, &Job::finished);
        (void)spy.wait(2000);
        using Outcome = std::conditional_t<std::is_same_v<Job, CredentialJob>, Result<Credentials>, Result<Connection>>;
        return spy.isEmpty() ? Outcome(Error { .kind = Error::Kind::Timeout }) : spy.at(0).at(0).value<Outcome>();
    }

    static Connection named(const QString &name) { return { .name = name, .region = u"eu-central-1"_s }; }

    QString create(const QString &name, KeepKeys keep = KeepKeys::InKeychain)
    {
        const auto made = outcomeOf(m_list->create(named(name), longTermKeys(), keep, &m_owner));
        return made ? made->id : QString();
    }

    QString keysFaultOf(const QString &id)
    {
        const auto keys = outcomeOf(m_list->credentialsFor(id, &m_owner));
        return keys ? QString() : keys.error().code;
    }

private slots:
    void init()
    {
        m_environment = {};
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_keychain = std::make_unique<FakeKeychain>();
        restart();
    }

    void ordersThem()
    {
        create(u"Zebra"_s);
        create(u"Antelope"_s);
        setVariable(u"AWS_ACCESS_KEY_ID"_s, u"AKIAENVIRONMENT00001"_s);
        setVariable(u"AWS_SECRET_ACCESS_KEY"_s, u"CANARY"_s);
        m_list->setDemo(u"http://127.0.0.1:1"_s, u"us-east-1"_s, longTermKeys());
        setProfiles(u"[profile b]\n[profile a]\n[default]\n"_s);
        QStringList names;
        const QList<Connection> all = m_list->all();
        for (const Connection &connection : all)
            names.append(connection.name);
        QCOMPARE(names,
            QStringList({ u"Zebra"_s, u"Antelope"_s, u"default"_s, u"a"_s, u"b"_s, u"Environment variables"_s,
                u"Demo lists"_s }));
    }

    void takesTheEnvironmentAsAwsToolsDo()
    {
        setVariable(u"AWS_ACCESS_KEY_ID"_s, u"AKIAENVIRONMENT00001"_s);
        QVERIFY(m_list->all().isEmpty()); // half of the keys is none
        setVariable(u"AWS_SECRET_ACCESS_KEY"_s, u"CANARY"_s);
        setVariable(u"AWS_DEFAULT_REGION"_s, u"eu-west-1"_s);
        setVariable(u"AWS_ENDPOINT_URL"_s, u"https://all.example"_s);
        Connection found = m_list->all().constFirst();
        QCOMPARE(found.source, Connection::Source::Environment);
        QCOMPARE(found.region, u"eu-west-1"_s);
        QCOMPARE(found.endpointUrl, u"https://all.example"_s);

        setVariable(u"AWS_REGION"_s, u"eu-west-2"_s);
        setVariable(u"AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2"_s, u"https://own.example"_s);
        setVariable(u"AWS_USE_FIPS_ENDPOINT"_s, u"True"_s);
        found = m_list->all().constFirst();
        QCOMPARE(found.region, u"eu-west-2"_s);
        QCOMPARE(found.endpointUrl, u"https://own.example"_s);
        QVERIFY(found.useFips);

        setVariable(u"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"_s, u"true"_s);
        QVERIFY(m_list->all().constFirst().endpointUrl.isEmpty());
        const auto keys = outcomeOf(m_list->credentialsFor(found.id, &m_owner));
        QVERIFY(keys);
        QCOMPARE(keys->accessKeyId, u"AKIAENVIRONMENT00001"_s);
        const auto renamed = outcomeOf(m_list->update(found, std::nullopt, KeepKeys::InKeychain, &m_owner));
        QVERIFY(!renamed);
        QCOMPARE(renamed.error().kind, Error::Kind::NotFound);
    }

    void asksTheKeychainOnce()
    {
        const QString id = create(u"Production"_s);
        for (int i = 0; i < 3; ++i)
            QVERIFY(outcomeOf(m_list->credentialsFor(id, &m_owner)));
        QCOMPARE(m_keychain->loads(), 1);
        m_list->forgetLoadedKeys(id);
        QVERIFY(outcomeOf(m_list->credentialsFor(id, &m_owner)));
        QCOMPARE(m_keychain->loads(), 2);

        Credentials other = longTermKeys();
        other.accessKeyId = u"AKIAOTHER00000000001"_s;
        QSignalSpy changed(m_list.get(), &ConnectionList::keysChanged);
        QVERIFY(outcomeOf(m_list->update(*m_list->find(id), other, KeepKeys::InKeychain, &m_owner)));
        QCOMPARE(changed.count(), 1);
        const auto keys = outcomeOf(m_list->credentialsFor(id, &m_owner));
        QVERIFY(keys);
        QCOMPARE(keys->accessKeyId, other.accessKeyId); // not those of before
    }

    void takesProfilesFromTheFiles()
    {
        QSignalSpy changed(m_list.get(), &ConnectionList::changed);
        setProfiles(u"[profile dev]\n"_s, ServiceSettings { .region = u"eu-west-3"_s, .useFips = true });
        QCOMPARE(changed.count(), 1);
        const std::optional<Connection> dev = m_list->find(u"profile:dev"_s);
        QVERIFY(dev);
        QCOMPARE(dev->source, Connection::Source::Profile);
        QCOMPARE(dev->region, u"eu-west-3"_s);
        QVERIFY(dev->useFips);
        const Error refused { .kind = Error::Kind::InvalidInput, .detail = u"no such region"_s };
        setProfiles(u"[profile dev]\n"_s, refused);
        QCOMPARE(m_list->find(u"profile:dev"_s)->problem, u"no such region"_s);
        setProfiles({});
        QVERIFY(!m_list->find(u"profile:dev"_s));
    }

    void keepsTheRoleToAssume()
    {
        Connection role = *m_list->find(create(u"Production"_s));
        role.roleArn = u"arn:aws:iam::111122223333:role/Reader"_s;
        role.externalId = u"ticket-7"_s;
        role.mfaSerial = u"arn:aws:iam::111122223333:mfa/ann"_s;
        QVERIFY(outcomeOf(m_list->update(role, std::nullopt, KeepKeys::InKeychain, &m_owner)));
        restart();
        QCOMPARE(*m_list->find(role.id), role);
    }

    void keepsKeysInTheKeychainAndTheRestInTheSettings()
    {
        QSignalSpy changed(m_list.get(), &ConnectionList::changed);
        const QString id = create(u"Production"_s);
        QVERIFY(!id.isEmpty());
        QCOMPARE(changed.count(), 1);
        QVERIFY(m_keychain->entries().contains(id));
        restart();
        const std::optional<Connection> found = m_list->find(id);
        QVERIFY(found);
        QCOMPARE(found->name, u"Production"_s);
        QVERIFY(!found->sessionOnly);
        const auto keys = outcomeOf(m_list->credentialsFor(id, &m_owner));
        QVERIFY(keys);
        QVERIFY(keys->secretAccessKey == longTermKeys().secretAccessKey);
        QFile file(fileName());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains("Production"));
        QVERIFY2(!text.contains("CANARY") && !text.contains("AKIA"), "keys are in the settings");
    }

    void savesNothingWhenTheKeychainFails()
    {
        m_keychain->failWith(u"KeychainLocked"_s);
        QSignalSpy changed(m_list.get(), &ConnectionList::changed);
        const auto made = outcomeOf(m_list->create(named(u"A"_s), longTermKeys(), KeepKeys::InKeychain, &m_owner));
        QVERIFY(!made);
        QCOMPARE(made.error().code, u"KeychainLocked"_s);
        QVERIFY(m_list->all().isEmpty());
        QCOMPARE(changed.count(), 0);
    }

    void forgetsSessionKeysAtTheEnd()
    {
        const QString id = create(u"Guest"_s, KeepKeys::ThisSession);
        QCOMPARE(m_keychain->saves(), 0);
        QVERIFY(m_list->find(id)->sessionOnly);
        QCOMPARE(keysFaultOf(id), QString());
        restart();
        QVERIFY(m_list->find(id)->sessionOnly);
        QCOMPARE(keysFaultOf(id), u"KeysNotKept"_s);
    }

    void neverKeepsTemporaryKeys()
    {
        Credentials temporary = longTermKeys();
        temporary.sessionToken = Secret(QByteArrayView("CANARY token"));
        const auto made = outcomeOf(m_list->create(named(u"SSO"_s), temporary, KeepKeys::InKeychain, &m_owner));
        QVERIFY(made);
        QVERIFY(made->sessionOnly);
        QCOMPARE(m_keychain->saves(), 0);
        const auto keys = outcomeOf(m_list->credentialsFor(made->id, &m_owner));
        QVERIFY(keys);
        QVERIFY(!keys->sessionToken.isEmpty());
    }

    void saysWhenTheKeychainLostTheKeys()
    {
        const QString id = create(u"Production"_s);
        m_keychain->entries().erase(id);
        QCOMPARE(keysFaultOf(id), u"KeysMissing"_s);
        m_keychain->failWith(u"KeychainDenied"_s);
        QCOMPARE(keysFaultOf(id), u"KeychainDenied"_s);
    }

    void changesWithoutTouchingTheKeys()
    {
        const QString id = create(u"Before"_s);
        Connection changed = *m_list->find(id);
        changed.name = u"After"_s;
        changed.useDualStack = true;
        const auto outcome = outcomeOf(m_list->update(changed, std::nullopt, KeepKeys::InKeychain, &m_owner));
        QVERIFY(outcome);
        QCOMPARE(*outcome, changed);
        QCOMPARE(m_list->find(id), changed);
        QCOMPARE(m_keychain->saves(), 1); // that of create()
    }

    void movesKeysFromTheSessionToTheKeychain()
    {
        const QString id = create(u"Guest"_s, KeepKeys::ThisSession);
        const auto outcome =
            outcomeOf(m_list->update(*m_list->find(id), longTermKeys("CANARY new"), KeepKeys::InKeychain, &m_owner));
        QVERIFY(outcome);
        QVERIFY(!m_list->find(id)->sessionOnly);
        QVERIFY(!m_list->hasKeysInMemory(id));
        restart();
        const auto keys = outcomeOf(m_list->credentialsFor(id, &m_owner));
        QVERIFY(keys);
        QVERIFY(keys->secretAccessKey == Secret(QByteArrayView("CANARY new")));
    }

    //! After a restart the older keys of the keychain must not stand in for those of the session.
    void olderKeysDoNotComeBack_data()
    {
        QTest::addColumn<KeepKeys>("keep");
        QTest::addColumn<bool>("staysInKeychain");
        QTest::newRow("taken out of the keychain") << KeepKeys::ThisSession << false;
        QTest::newRow("left in one that failed") << KeepKeys::ThisSessionWithoutKeychain << true;
    }
    void olderKeysDoNotComeBack()
    {
        QFETCH(KeepKeys, keep);
        const QString id = create(u"Production"_s);
        QVERIFY(outcomeOf(m_list->update(*m_list->find(id), longTermKeys("CANARY new"), keep, &m_owner)));
        QTEST(m_keychain->entries().contains(id), "staysInKeychain");
        restart();
        QCOMPARE(keysFaultOf(id), u"KeysNotKept"_s);
    }

    void removesKeysFirst()
    {
        const QString id = create(u"Production"_s);
        m_settings->setLastConnectionId(id);
        m_keychain->failWith(u"KeychainLocked"_s);
        const auto refused = outcomeOf(m_list->remove(id, RemoveKeys::Required, &m_owner));
        QVERIFY(!refused);
        QVERIFY(m_list->find(id));

        m_keychain->failWith({});
        QVERIFY(outcomeOf(m_list->remove(id, RemoveKeys::Required, &m_owner)));
        QVERIFY(!m_list->find(id));
        QVERIFY(!m_keychain->entries().contains(id));
        QVERIFY(m_settings->lastConnectionId().isEmpty());
    }

    void removesWithoutTheKeychainIfToldSo()
    {
        const QString id = create(u"Production"_s);
        m_keychain->failWith(u"NoKeychain"_s);
        QVERIFY(outcomeOf(m_list->remove(id, RemoveKeys::IfPossible, &m_owner)));
        QVERIFY(!m_list->find(id));
    }

    void leavesNoKeysBehindWhoeverStopsWaiting()
    {
        auto owner = std::make_unique<QObject>();
        m_list->create(named(u"Given up"_s), longTermKeys(), KeepKeys::InKeychain, owner.get());
        owner.reset();
        QTRY_COMPARE(m_keychain->removals(), 1);
        QVERIFY(m_list->all().isEmpty());
    }

    void leavesNoKeysBehindThatCameTooLate()
    {
        m_keychain->failWith(u"KeychainFailed"_s);
        const auto made = outcomeOf(m_list->create(named(u"Slow"_s), longTermKeys(), KeepKeys::InKeychain, &m_owner));
        QVERIFY(!made);
        QCOMPARE(m_keychain->removals(), 1);
    }

    void refusesNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("code");
        QTest::newRow("empty") << QString() << u"ConnectionName"_s;
        QTest::newRow("blank") << u"   "_s << u"ConnectionName"_s;
        QTest::newRow("65 characters") << QString(65, u'x') << u"ConnectionName"_s;
        QTest::newRow("taken") << u"PRODUCTION"_s << u"ConnectionNameTaken"_s;
        QTest::newRow("64 characters") << QString(64, u'x') << QString();
    }
    void refusesNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, code);
        create(u"Production"_s);
        const auto made = outcomeOf(m_list->create(named(name), longTermKeys(), KeepKeys::InKeychain, &m_owner));
        QCOMPARE(made ? QString() : made.error().code, code);
    }

    void refusesHalfOfTheKeys()
    {
        const auto made = outcomeOf(m_list->create(named(u"A"_s), longTermKeys(""), KeepKeys::InKeychain, &m_owner));
        QVERIFY(!made);
        QCOMPARE(made.error().kind, Error::Kind::InvalidInput);
        QVERIFY(m_list->all().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestConnectionList)
#include "tst_connectionlist.moc"
