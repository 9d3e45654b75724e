// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogscene.h"

#include <QAccessible>
#include <QCheckBox>
#include <QFile>
#include <QMessageBox>
#include <QToolButton>
#include <QtTest>

#include <memory>

using namespace optout;
using namespace optout::test;

class TestConnectionsDialog final : public QObject {
    Q_OBJECT

    std::unique_ptr<DialogScene> m_scene;

    QMessageBox *question(const char *name) const { return m_scene->widget<QMessageBox>(name); }
    static void answer(QMessageBox *question, QMessageBox::StandardButton button)
    {
        QTest::mouseClick(question->button(button), Qt::LeftButton);
    }

private slots:
    void init() { m_scene = std::make_unique<DialogScene>(); }
    void cleanup() { m_scene.reset(); }

    void startsWithANewConnectionWhenThereIsNone()
    {
        m_scene->open();
        QTRY_VERIFY(m_scene->widget("connectionName")->hasFocus());
        QVERIFY(m_scene->widget<QPushButton>("connect")->isDefault());
        QCOMPARE(m_scene->widget<QListWidget>("connectionList")->count(), 2); // a title and the new one
        QTest::keyClick(m_scene->dialog.get(), Qt::Key_Escape); // nothing was typed, so nothing is asked
        QTRY_VERIFY(m_scene->dialog->isHidden());
    }

    void makesAConnectionByKeysAlone()
    {
        m_scene->open();
        QTRY_VERIFY(m_scene->widget("connectionName")->hasFocus());
        const auto press = [this](const QString &text) {
            QTest::keyClicks(m_scene->dialog->focusWidget(), text);
            DialogScene::tab(m_scene->dialog->focusWidget());
        };
        press(u"Production"_s);
        press(u"eu-central-1"_s);
        press(u"AKIAIOSFODNN7EXAMPLE"_s);
        QTest::keyClicks(m_scene->dialog->focusWidget(), u"CANARY-secret"_s);
        QTest::keyClick(m_scene->dialog->focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(m_scene->connectSpy->count(), 1);
        QVERIFY(m_scene->dialog->isHidden());
        const Connection made = m_scene->connections.all().constFirst();
        QCOMPARE(m_scene->connectSpy->at(0).at(0).toString(), made.id);
        QCOMPARE(made.name, u"Production"_s);
        QCOMPARE(made.region, u"eu-central-1"_s);
        QVERIFY(m_scene->keychain.entries().contains(made.id));
        QVERIFY(m_scene->widget<QLineEdit>("secretAccessKey")->text().isEmpty());
    }

    void findsRegionsByTheirNames()
    {
        m_scene->open();
        auto *region = m_scene->widget<QComboBox>("region");
        region->setFocus();
        QTest::keyClicks(region, u"frankf"_s);
        QTRY_VERIFY(region->completer()->popup()->isVisible());
        QTest::keyClick(region->completer()->popup(), Qt::Key_Down);
        QTest::keyClick(region->completer()->popup(), Qt::Key_Return);
        QTRY_VERIFY(region->currentText().startsWith(u"eu-central-1"_s));
        m_scene->type("connectionName", u"A"_s);
        QTest::keyClicks(region, QString()); // keeps what was chosen
        QVERIFY(region->currentText().contains(u"Frankfurt"_s));
    }

    void givesATypedRegionItsName()
    {
        m_scene->open();
        m_scene->fillIn(u"Production"_s);
        auto *region = m_scene->widget<QComboBox>("region");
        QVERIFY(region->currentText().contains(u"Frankfurt"_s));
        region->setFocus();
        region->lineEdit()->selectAll();
        QTest::keyClicks(region, u"EU-NORTH-9"_s); // one that is not known yet stays as typed
        DialogScene::tab(region);
        QCOMPARE(region->currentText(), u"eu-north-9"_s);
        QVERIFY(m_scene->note("region").contains(u"not known"_s));
    }

    void saysBesideTheFieldWhatIsWrong()
    {
        m_scene->open();
        m_scene->click("saveConnection");
        QVERIFY(!m_scene->note("connectionName").isEmpty());
        QVERIFY(!m_scene->note("region").isEmpty());
        QVERIFY(!m_scene->note("accessKeyId").isEmpty());
        QVERIFY(!m_scene->note("secretAccessKey").isEmpty());
        QTRY_VERIFY(m_scene->widget("connectionName")->hasFocus());
        QVERIFY(!m_scene->widget("connectionName")->accessibleDescription().isEmpty());

        m_scene->fillIn(u"Production"_s);
        for (const char *field : { "connectionName", "region", "accessKeyId", "secretAccessKey" })
            QCOMPARE(m_scene->note(field), QString());

        m_scene->click("testConnection"); // with no exchange in the script a call would be complained about
        m_scene->click("cancelTask");
        m_scene->transport.clear();
        QVERIFY(m_scene->connections.all().isEmpty());
    }

    void opensAdvancedForAProblemThere()
    {
        m_scene->open();
        m_scene->fillIn(u"Production"_s);
        m_scene->click("advanced");
        QVERIFY(m_scene->widget("endpointUrl")->isVisible());
        m_scene->type("endpointUrl", u"http://example.com"_s);
        m_scene->click("advanced");
        m_scene->click("saveConnection");
        QVERIFY(m_scene->widget("endpointUrl")->isVisible());
        QVERIFY(!m_scene->note("endpointUrl").isEmpty());
        QVERIFY(m_scene->connections.all().isEmpty());
    }

    void neverShowsKeysThatAreKept()
    {
        m_scene->addSaved(u"Production"_s);
        m_scene->open();
        for (const char *field : { "accessKeyId", "secretAccessKey" }) {
            const auto *edit = m_scene->widget<QLineEdit>(field);
            QVERIFY(edit->text().isEmpty());
            QCOMPARE(edit->placeholderText(), u"Unchanged"_s);
        }
        QCOMPARE(m_scene->widget<QLineEdit>("secretAccessKey")->echoMode(), QLineEdit::Password);
        m_scene->click("saveConnection");
        QVERIFY(!m_scene->widget<QPushButton>("saveConnection")->isEnabled());
        m_scene->click("connect");
        QCOMPARE(m_scene->connectSpy->count(), 1);
        QCOMPARE(m_scene->keychain.saves(), 0);
    }

    void changesOnlyWhatWasChanged()
    {
        const QString id = m_scene->addSaved(u"Production"_s);
        m_scene->open();
        m_scene->type("connectionName", u"Renamed"_s);
        m_scene->click("saveConnection");
        QTRY_COMPARE(m_scene->connections.find(id)->name, u"Renamed"_s);
        QTRY_COMPARE(m_scene->notice(), u"Saved."_s);
        QCOMPARE(m_scene->widget<QListWidget>("connectionList")->item(1)->text(), u"Renamed"_s);
        QCOMPARE(m_scene->keychain.saves(), 0);
        QVERIFY(!m_scene->widget<QPushButton>("saveConnection")->isEnabled());
    }

    void keychainTrouble_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("reason");
        QTest::newRow("locked") << u"KeychainLocked"_s << u"locked"_s;
        QTest::newRow("denied") << u"KeychainDenied"_s << u"refused"_s;
        QTest::newRow("absent") << u"NoKeychain"_s << u"no keychain"_s;
        QTest::newRow("failed") << u"KeychainFailed"_s << u"failed"_s;
    }
    void keychainTrouble()
    {
        QFETCH(QString, code);
        QFETCH(QString, reason);
        m_scene->keychain.failWith(code);
        m_scene->open();
        m_scene->fillIn(u"Production"_s);
        m_scene->click("saveConnection");
        QTRY_VERIFY(m_scene->notice().contains(reason));
        QVERIFY(m_scene->connections.all().isEmpty());
        QVERIFY(!m_scene->widget<QLineEdit>("secretAccessKey")->text().isEmpty()); // not to be typed again

        m_scene->click("tryAgain");
        QTRY_COMPARE(m_scene->keychain.saves(), 2);
        QTRY_VERIFY(m_scene->widget<QPushButton>("keepForSession"));
        m_scene->click("keepForSession");
        QTRY_COMPARE(m_scene->connections.all().size(), 1);
        const Connection made = m_scene->connections.all().constFirst();
        QVERIFY(made.sessionOnly);
        QVERIFY(m_scene->connections.hasKeysInMemory(made.id));
        QVERIFY(!m_scene->keychain.entries().contains(made.id));
    }

    void tryingAgainWorksOnceTheKeychainIsOpen()
    {
        m_scene->keychain.failWith(u"KeychainLocked"_s);
        m_scene->open();
        m_scene->fillIn(u"Production"_s);
        QTest::keyClick(m_scene->widget("secretAccessKey"), Qt::Key_Return);
        QTRY_VERIFY(m_scene->widget<QPushButton>("tryAgain"));
        m_scene->keychain.failWith({});
        m_scene->click("tryAgain");
        QTRY_COMPARE(m_scene->connectSpy->count(), 1); // Enter meant Connect, and still does
        QVERIFY(!m_scene->connections.all().constFirst().sessionOnly);
    }

    void waitingForTheKeychainCanBeCancelled()
    {
        m_scene->keychain.stall(true);
        m_scene->open();
        m_scene->fillIn(u"Production"_s);
        m_scene->click("saveConnection");
        QVERIFY(!m_scene->widget("connectionName")->isEnabled());
        QTRY_VERIFY(m_scene->widget("cancelTask")->hasFocus());
        QTest::keyClick(m_scene->widget("cancelTask"), Qt::Key_Space);
        QVERIFY(m_scene->widget("connectionName")->isEnabled());
        QVERIFY(m_scene->connections.all().isEmpty());
        QVERIFY(!m_scene->widget<QLineEdit>("secretAccessKey")->text().isEmpty());
    }

    void keepsTemporaryKeysForTheSession()
    {
        m_scene->open();
        m_scene->fillIn(u"SSO"_s);
        auto *keep = m_scene->widget<QCheckBox>("keepKeys");
        QVERIFY(keep->isEnabled());
        m_scene->type("sessionToken", u"CANARY-token"_s);
        QVERIFY(!keep->isVisible());
        m_scene->click("saveConnection");
        QTRY_COMPARE(m_scene->connections.all().size(), 1);
        QVERIFY(m_scene->connections.all().constFirst().sessionOnly);
        QCOMPARE(m_scene->keychain.saves(), 0);
    }

    void asksForKeysThatAreGone()
    {
        const QString id = m_scene->addSaved(u"Guest"_s);
        QList<SavedConnection> saved = m_scene->settings.connections();
        saved.first().keysSaved = false;
        m_scene->settings.setConnections(saved);
        m_scene->open();
        m_scene->dialog->select(id);
        QTRY_VERIFY(m_scene->widget("accessKeyId")->hasFocus());
        m_scene->click("connect");
        QCOMPARE(m_scene->connectSpy->count(), 0);
        QVERIFY(!m_scene->note("secretAccessKey").isEmpty());
    }

    void showsTheEnvironmentReadOnly()
    {
        m_scene = std::make_unique<DialogScene>(Environment({ { u"AWS_ACCESS_KEY_ID"_s, u"AKIAENVIRONMENT00001"_s },
            { u"AWS_SECRET_ACCESS_KEY"_s, u"CANARY"_s }, { u"AWS_REGION"_s, u"eu-west-1"_s } }));
        m_scene->open();
        QVERIFY(!m_scene->widget("connectionName")->isVisible());
        QVERIFY(m_scene->widget<QLabel>("infoExplanation")->text().contains(u"AWS_ACCESS_KEY_ID"_s));
        QVERIFY(m_scene->widget<QLabel>("infoRegion")->text().startsWith(u"eu-west-1"_s));
        QVERIFY(!m_scene->widget("deleteConnection")->isEnabled());
        QVERIFY(!m_scene->widget("saveConnection")->isEnabled());
        m_scene->click("connect");
        QCOMPARE(m_scene->connectSpy->count(), 1);
    }

    void deletesAfterAsking()
    {
        const QString id = m_scene->addSaved(u"Production"_s);
        m_scene->addSaved(u"Staging"_s);
        m_scene->open();
        m_scene->click("deleteConnection");
        QVERIFY(question("deleteQuestion"));
        answer(question("deleteQuestion"), QMessageBox::Cancel);
        QTRY_VERIFY(!question("deleteQuestion"));
        QVERIFY(m_scene->connections.find(id));

        m_scene->click("deleteConnection");
        QVERIFY(question("deleteQuestion")->text().contains(u"Production"_s));
        m_scene->click("confirmDelete");
        QTRY_VERIFY(!m_scene->connections.find(id));
        QVERIFY(!m_scene->keychain.entries().contains(id));
        QTRY_COMPARE(m_scene->widget<QLineEdit>("connectionName")->text(), u"Staging"_s);
    }

    void showsThatTheKeysCouldNotBeDeleted()
    {
        const QString id = m_scene->addSaved(u"Production"_s);
        m_scene->keychain.failWith(u"KeychainLocked"_s);
        m_scene->open();
        m_scene->click("deleteConnection");
        m_scene->click("confirmDelete");
        QTRY_VERIFY(m_scene->notice().contains(u"locked"_s));
        QVERIFY(m_scene->connections.find(id));
        m_scene->click("removeFromList");
        QTRY_VERIFY(!m_scene->connections.find(id));
    }

    void guardsUnsavedChanges_data()
    {
        QTest::addColumn<QMessageBox::StandardButton>("button");
        QTest::addColumn<QString>("saved");
        QTest::addColumn<QString>("shown");
        QTest::newRow("save") << QMessageBox::Save << u"Changed"_s << u"Staging"_s;
        QTest::newRow("discard") << QMessageBox::Discard << u"Production"_s << u"Staging"_s;
        QTest::newRow("cancel") << QMessageBox::Cancel << u"Production"_s << u"Changed"_s;
    }
    void guardsUnsavedChanges()
    {
        QFETCH(QMessageBox::StandardButton, button);
        QFETCH(QString, saved);
        QFETCH(QString, shown);
        const QString id = m_scene->addSaved(u"Production"_s);
        m_scene->addSaved(u"Staging"_s);
        m_scene->open();
        m_scene->type("connectionName", u"Changed"_s);
        auto *list = m_scene->widget<QListWidget>("connectionList");
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(2)).center());
        QVERIFY(question("unsavedQuestion"));
        answer(question("unsavedQuestion"), button);
        QTRY_COMPARE(m_scene->widget<QLineEdit>("connectionName")->text(), shown);
        QCOMPARE(m_scene->connections.find(id)->name, saved);
        QCOMPARE(list->currentRow(), shown == "Staging"_L1 ? 2 : 1);
    }

    void asksBeforeItCloses()
    {
        m_scene->open();
        m_scene->type("connectionName", u"Half done"_s);
        QTest::keyClick(m_scene->dialog.get(), Qt::Key_Escape);
        QVERIFY(question("unsavedQuestion"));
        answer(question("unsavedQuestion"), QMessageBox::Cancel);
        QVERIFY(m_scene->dialog->isVisible());
        QTRY_VERIFY(!question("unsavedQuestion"));
        QTest::keyClick(m_scene->dialog.get(), Qt::Key_Escape);
        answer(question("unsavedQuestion"), QMessageBox::Discard);
        QTRY_VERIFY(m_scene->dialog->isHidden());
        QVERIFY(m_scene->connections.all().isEmpty());
    }

    void forgetsWhatWasTypedWhenItCloses()
    {
        m_scene->addSaved(u"Production"_s);
        m_scene->open();
        m_scene->type("secretAccessKey", u"CANARY"_s);
        m_scene->dialog->done(0);
        QVERIFY(m_scene->widget<QLineEdit>("secretAccessKey")->text().isEmpty());
    }

    //! With nothing saved and nothing found, the group's title goes with its last row.
    void addingTwiceLeavesOneNewRow()
    {
        m_scene->open();
        m_scene->click("addConnection");
        m_scene->click("addConnection");
        auto *list = m_scene->widget<QListWidget>("connectionList");
        QCOMPARE(list->count(), 2);
    }

    void theTabKeyGoesFromTopToBottom()
    {
        m_scene->open();
        m_scene->click("advanced");
        m_scene->widget("connectionList")->setFocus();
        QStringList stops;
        do {
            stops.append(m_scene->dialog->focusWidget()->objectName());
            DialogScene::tab(m_scene->dialog->focusWidget());
        } while (m_scene->dialog->focusWidget() != m_scene->widget("connectionList") && stops.size() < 40);
        QCOMPARE(stops,
            QStringList({ u"connectionList"_s, u"addConnection"_s, u"deleteConnection"_s, u"connectionName"_s,
                u"region"_s, u"accessKeyId"_s, u"secretAccessKey"_s, u"showSecret"_s, u"sessionToken"_s,
                u"showSecret"_s, u"keepKeys"_s, u"advanced"_s, u"endpointUrl"_s, u"useFips"_s, u"useDualStack"_s,
                u"roleArn"_s, u"externalId"_s, u"mfaSerial"_s, u"testConnection"_s, u"saveConnection"_s, u"connect"_s,
                u"close"_s }));
    }

    void everyControlHasANameAndAPlaceInTheTabOrder()
    {
        m_scene->addSaved(u"Production"_s);
        m_scene->open();
        m_scene->click("advanced");
        int controls = 0;
        for (QWidget *widget : m_scene->dialog->findChildren<QWidget *>()) {
            const bool control = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget)
                || qobject_cast<QComboBox *>(widget) || qobject_cast<QListWidget *>(widget);
            if (!control || !widget->isVisible() || widget->objectName().startsWith("qt_"_L1))
                continue;
            ++controls;
            const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
            const QByteArray which = widget->metaObject()->className() + (' ' + widget->objectName().toUtf8());
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), which.constData());
            const bool insideAnother = qobject_cast<QComboBox *>(widget->parentWidget());
            QVERIFY2(insideAnother || widget->focusPolicy() & Qt::TabFocus, which.constData());
        }
        QVERIFY(controls >= 18);
    }
};

QTEST_MAIN(TestConnectionsDialog)
#include "tst_connectionsdialog.moc"
