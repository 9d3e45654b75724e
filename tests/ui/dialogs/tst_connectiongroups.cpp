// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogscene.h"

#include <QtTest>

#include <memory>

using namespace optout;
using namespace optout::test;

//! What the connections dialog finds beside the keychain, and a key that leads on to a role.
class TestConnectionGroups final : public QObject {
    Q_OBJECT

    std::unique_ptr<DialogScene> m_scene;

private slots:
    void init() { m_scene = std::make_unique<DialogScene>(); }
    void cleanup() { m_scene.reset(); }

    void groupsWhatItFinds()
    {
        m_scene->addSaved(u"Production"_s);
        m_scene->setProfiles(u"[profile dev]\n[default]\n"_s);
        m_scene->open();
        const auto *list = m_scene->widget<QListWidget>("connectionList");
        QStringList rows;
        for (int row = 0; row < list->count(); ++row)
            rows += list->item(row)->text();
        QCOMPARE(rows,
            QStringList({ u"Keychain"_s, u"Production"_s, u"Profiles of the AWS CLI"_s, u"default"_s, u"dev"_s }));
        QCOMPARE(list->currentRow(), 1);
        QTest::keyClick(m_scene->widget("connectionList"), Qt::Key_Down); // over the title
        QTRY_COMPARE(m_scene->widget<QLabel>("infoName")->text(), u"Profile default"_s);
        QCOMPARE(list->currentRow(), 3);
        QVERIFY(!m_scene->widget("deleteConnection")->isEnabled());
        QTest::keyClick(m_scene->widget("connectionList"), Qt::Key_Up);
        QTRY_COMPARE(list->currentRow(), 1);
        QVERIFY(m_scene->widget("connectionName")->isVisible());
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(2)).center());
        QCOMPARE(list->currentRow(), 1); // a title is nothing to choose
    }

    void followsTheFilesOnDisk()
    {
        m_scene->setProfiles(u"[profile dev]\n"_s);
        m_scene->open();
        QCOMPARE(m_scene->widget<QLabel>("infoName")->text(), u"Profile dev"_s);
        m_scene->setProfiles(u"[profile dev]\n[profile ops]\n"_s, u"us-west-2"_s);
        QVERIFY(m_scene->widget<QLabel>("infoRegion")->text().startsWith(u"us-west-2"_s));
        QCOMPARE(m_scene->widget<QListWidget>("connectionList")->count(), 3);
        m_scene->setProfiles(u"[profile ops]\n"_s);
        QTRY_COMPARE(m_scene->widget<QLabel>("infoName")->text(), u"Profile ops"_s);
    }

    void tellsWhatIsWrongInTheFiles()
    {
        SharedConfig config;
        config.problems = { Error { .kind = Error::Kind::InvalidInput, .detail = u"config, line 3: no name."_s },
            Error { .kind = Error::Kind::InvalidInput, .detail = u"config, line 9: no value."_s } };
        const auto settingsOf = [](const SharedConfig &, const ProfileChoice &) -> Result<ServiceSettings> {
            return ServiceSettings {};
        };
        m_scene->connections.setConfig(config, settingsOf);
        m_scene->open();
        const auto *notice = m_scene->dialog->findChild<FormNotice *>(u"configNotice"_s);
        QVERIFY(notice->isVisible());
        QVERIFY2(notice->text().contains(u"line 3"_s), qPrintable(notice->text()));
        m_scene->connections.setConfig({}, settingsOf);
        QVERIFY(!notice->isVisible());
    }

    void savesTheRoleToAssume()
    {
        m_scene->open();
        m_scene->fillIn(u"Production"_s);
        m_scene->click("advanced");
        m_scene->type("roleArn", u"Reader"_s);
        m_scene->click("saveConnection");
        QVERIFY(!m_scene->note("roleArn").isEmpty());
        m_scene->type("roleArn", u"arn:aws:iam::111122223333:role/Reader"_s);
        m_scene->type("externalId", u"ticket-7"_s);
        m_scene->type("mfaSerial", u"arn:aws:iam::111122223333:mfa/ann"_s);
        m_scene->click("saveConnection");
        QTRY_COMPARE(m_scene->connections.all().size(), 1);
        const Connection made = m_scene->connections.all().constFirst();
        QCOMPARE(made.roleArn, u"arn:aws:iam::111122223333:role/Reader"_s);
        QCOMPARE(made.externalId, u"ticket-7"_s);
        QCOMPARE(made.mfaSerial, u"arn:aws:iam::111122223333:mfa/ann"_s);
    }
};

QTEST_MAIN(TestConnectionGroups)
#include "tst_connectiongroups.moc"
