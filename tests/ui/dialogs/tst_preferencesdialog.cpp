// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/preferencesdialog.h"

#include "settings/settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class TestPreferencesDialog final : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<PreferencesDialog> m_dialog;

    void open(bool canNotify = true)
    {
        m_dialog = std::make_unique<PreferencesDialog>(PreferencesDialog::Parts {
            .settings = *m_settings, .readsFolder = u"/home/somebody/reads"_s, .canNotify = canNotify });
        m_dialog->show();
    }
    void page(int index) { m_dialog->findChild<QTabWidget *>()->setCurrentIndex(index); }
    template <typename Field> Field *field(const char *name)
    {
        return m_dialog->findChild<Field *>(QLatin1String(name));
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(u"settings.ini"_s));
    }
    void cleanup() { m_dialog.reset(); }

    void showsWhatIsSet()
    {
        m_settings->setHeadroomPercent(25);
        m_settings->setMaxRate(2.5);
        m_settings->setGiveUpAfter(2h);
        m_settings->setKeepsUnfinishedReads(true);
        m_settings->setKeepReadsForDays(30);
        m_settings->setNotifiesAtEnd(false);
        m_settings->setInhibitsSleep(true);
        open();
        QCOMPARE(field<QSpinBox>("headroom")->value(), 25);
        QVERIFY(field<QCheckBox>("fixedPace")->isChecked());
        QCOMPARE(field<QDoubleSpinBox>("rate")->value(), 2.5);
        QCOMPARE(field<QSpinBox>("giveUp")->value(), 2);
        QCOMPARE(field<QComboBox>("giveUpUnit")->currentIndex(), 2);
        QVERIFY(field<QCheckBox>("keepReads")->isChecked());
        QCOMPARE(field<QSpinBox>("keepDays")->value(), 30);
        QVERIFY(!field<QCheckBox>("notify")->isChecked());
        QVERIFY(field<QCheckBox>("keepAwake")->isChecked());
        QCOMPARE(field<QLineEdit>("readsFolder")->text(), QDir::toNativeSeparators(u"/home/somebody/reads"_s));
    }

    void openingChangesNothing()
    {
        open();
        QVERIFY(!m_settings->keepsUnfinishedReads().has_value()); // not asked yet
        QCOMPARE(m_settings->maxRate(), 0.0);
        QCOMPARE(m_settings->giveUpAfter(), 600s);
        QCOMPARE(field<QSpinBox>("giveUp")->value(), 10);
        QCOMPARE(field<QComboBox>("giveUpUnit")->currentIndex(), 1);
    }

    void holdsAtOnce()
    {
        open();
        const QSignalSpy changed(m_dialog.get(), &PreferencesDialog::settingsChanged);
        field<QSpinBox>("headroom")->setFocus();
        QTest::keyClick(field<QSpinBox>("headroom"), Qt::Key_Up);
        QCOMPARE(m_settings->headroomPercent(), 11);
        QCOMPARE(changed.size(), 1);
        page(1);
        QTest::keyClick(field<QCheckBox>("keepReads"), Qt::Key_Space);
        QCOMPARE(m_settings->keepsUnfinishedReads(), std::optional<bool>(true));
        field<QSpinBox>("keepDays")->setValue(3);
        QCOMPARE(m_settings->keepReadsForDays(), 3);
        page(2);
        QTest::keyClick(field<QCheckBox>("notify"), Qt::Key_Space);
        QVERIFY(!m_settings->notifiesAtEnd());
        QTest::keyClick(field<QCheckBox>("keepAwake"), Qt::Key_Space);
        QVERIFY(m_settings->inhibitsSleep());
        QCOMPARE(changed.size(), 5);
    }

    void daysHoldWhenTheyAreTypedToTheEnd()
    {
        m_settings->setKeepsUnfinishedReads(true);
        open();
        page(1);
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
        auto *days = field<QSpinBox>("keepDays");
        days->setFocus();
        days->selectAll();
        const QSignalSpy changed(m_dialog.get(), &PreferencesDialog::settingsChanged);
        QTest::keyClicks(days, u"30"_s);
        QCOMPARE(m_settings->keepReadsForDays(), 7);
        QTest::keyClick(days, Qt::Key_Tab);
        QCOMPARE(m_settings->keepReadsForDays(), 30);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(days->text(), u"30 days"_s);
        days->setValue(1);
        QCOMPARE(days->text(), u"1 day"_s);
        days->selectAll();
        QTest::keyClicks(days, u"2"_s);
        m_dialog.reset(); // with the window, say: what is half typed is nobody's word
        QCOMPARE(m_settings->keepReadsForDays(), 1);
    }

    void theFixedPaceIsOffUntilAskedFor()
    {
        open();
        QVERIFY(!field<QDoubleSpinBox>("rate")->isEnabled());
        QTest::keyClick(field<QCheckBox>("fixedPace"), Qt::Key_Space);
        QVERIFY(field<QDoubleSpinBox>("rate")->isEnabled());
        QVERIFY(!field<QSpinBox>("headroom")->isEnabled());
        QCOMPARE(m_settings->maxRate(), 1.0);
        field<QDoubleSpinBox>("rate")->setValue(7.5);
        QCOMPARE(m_settings->maxRate(), 7.5);
        QTest::keyClick(field<QCheckBox>("fixedPace"), Qt::Key_Space);
        QCOMPARE(m_settings->maxRate(), 0.0);
    }

    void theUnitStaysWithinAWeek()
    {
        open();
        auto *unit = field<QComboBox>("giveUpUnit");
        auto *count = field<QSpinBox>("giveUp");
        unit->setCurrentIndex(0);
        QCOMPARE(m_settings->giveUpAfter(), 10s);
        count->setValue(100'000);
        QCOMPARE(m_settings->giveUpAfter(), 100'000s);
        unit->setCurrentIndex(2);
        QCOMPARE(count->value(), 168);
        QCOMPARE(m_settings->giveUpAfter(), 168h);
    }

    void withoutAKeychainNothingIsKept()
    {
        m_settings->setKeepsUnfinishedReads(true);
        open();
        QVERIFY(field<QSpinBox>("keepDays")->isEnabled());
        m_dialog->sayNoKeychain(u"There is no keychain."_s);
        QVERIFY(!field<QCheckBox>("keepReads")->isEnabled());
        QCOMPARE(field<QCheckBox>("keepReads")->accessibleDescription(), u"There is no keychain."_s);
        QVERIFY(!field<QSpinBox>("keepDays")->isEnabled());
        QVERIFY(field<QPushButton>("forgetReads")->isEnabled()); // what is there can still be removed
    }

    void withoutMessagesItSaysSo()
    {
        open(false);
        QVERIFY(!field<QCheckBox>("notify")->isEnabled());
        QCOMPARE(field<QCheckBox>("notify")->accessibleDescription(), u"This desktop shows no messages of programs."_s);
    }

    void forgetsOnlyWhenAgreedTo()
    {
        open();
        page(1);
        const QSignalSpy forget(m_dialog.get(), &PreferencesDialog::forgetReadsRequested);
        field<QPushButton>("forgetReads")->click();
        QPointer<QMessageBox> question = field<QMessageBox>("forgetQuestion");
        QVERIFY(question);
        question->reject();
        QTRY_VERIFY(!question);
        QCOMPARE(forget.size(), 0);
        field<QPushButton>("forgetReads")->click();
        field<QPushButton>("forgetAll")->click();
        QCOMPARE(forget.size(), 1);
        m_dialog->sayForgotten(u"2 reads are forgotten."_s);
        QCOMPARE(field<QPushButton>("forgetReads")->accessibleDescription(), u"2 reads are forgotten."_s);
    }

    void everyLetterIsHeldOnce()
    {
        for (int index = 0; index < 3; ++index) {
            open();
            page(index);
            QStringList texts;
            const auto *tabs = m_dialog->findChild<QTabWidget *>();
            for (int tab = 0; tab < tabs->count(); ++tab)
                texts += tabs->tabText(tab);
            for (const QAbstractButton *button : m_dialog->findChildren<QAbstractButton *>())
                texts += button->isVisible() ? button->text() : QString();
            for (const QLabel *label : m_dialog->findChildren<QLabel *>())
                texts += label->isVisible() && label->buddy() ? label->text() : QString();
            QSet<QString> held;
            for (const QString &text : texts) {
                const QString keys = QKeySequence::mnemonic(text).toString();
                QVERIFY2(keys.isEmpty() || !held.contains(keys), qPrintable(text));
                held += keys;
            }
            QVERIFY(held.size() > 5);
        }
    }

    void showsTheFolder()
    {
        open();
        page(1);
        const QSignalSpy folder(m_dialog.get(), &PreferencesDialog::openFolderRequested);
        field<QPushButton>("openFolder")->click();
        QCOMPARE(folder.size(), 1);
        QCOMPARE(folder.first().first().toString(), u"/home/somebody/reads"_s);
    }

    void everyFieldIsNamedAndReached_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<QStringList>("order");
        QTest::newRow("reading") << 0
                                 << QStringList { u"headroom"_s, u"fixedPace"_s, u"rate"_s, u"giveUp"_s,
                                        u"giveUpUnit"_s };
        QTest::newRow("unfinished reads")
            << 1 << QStringList { u"keepReads"_s, u"keepDays"_s, u"readsFolder"_s, u"openFolder"_s, u"forgetReads"_s };
        QTest::newRow("desktop") << 2 << QStringList { u"notify"_s, u"keepAwake"_s };
    }
    void everyFieldIsNamedAndReached()
    {
        QFETCH(int, index);
        QFETCH(QStringList, order);
        m_settings->setKeepsUnfinishedReads(true);
        open();
        page(index);
        QStringList reached;
        QWidget *const first = m_dialog->findChild<QWidget *>(order.constFirst());
        QWidget *next = first;
        do {
            if (order.contains(next->objectName()))
                reached += next->objectName();
            next = next->nextInFocusChain();
        } while (next != first);
        QCOMPARE(reached, order);
        for (const QString &name : order) {
            const auto *one = m_dialog->findChild<QWidget *>(name);
            QVERIFY2(!one->accessibleName().isEmpty(), qPrintable(name));
            QVERIFY2(!one->accessibleName().contains(u'&'), qPrintable(name));
        }
    }
};

QTEST_MAIN(TestPreferencesDialog)
#include "tst_preferencesdialog.moc"
