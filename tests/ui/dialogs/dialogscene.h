// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/endpoint.h"
#include "dialogs/connectionsdialog.h"
#include "fakekeychain.h"
#include "fakes/fakeclock.h"
#include "fakes/faketransport.h"
#include "settings/settings.h"
#include "ui/fakesignin.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace optout::test {

//! A connections dialog with all that it stands on, as somebody meets it who opens it.
class DialogScene final {
public:
    explicit DialogScene(Environment environment = {})
        : settings(folder.filePath(u"settings.ini"_s))
        , connections(settings, keychain, std::move(environment))
        , pacers(clock, { .headroom = 0, .fixedRate = 1'000'000 })
        , desk(connections, signIns.function())
    {
    }

    void open()
    {
        dialog = std::make_unique<ConnectionsDialog>(ConnectionsDialog::Parts {
            .connections = connections, .desk = desk, .clock = clock, .factory = factory() });
        connectSpy = std::make_unique<QSignalSpy>(dialog.get(), &ConnectionsDialog::connectRequested);
        dialog->show();
        dialog->activateWindow();
        (void)QTest::qWaitForWindowActive(dialog.get());
    }

    //! A connection saved earlier, its keys in the keychain.
    QString addSaved(const QString &name, const QString &region = u"eu-central-1"_s)
    {
        const QString id = u"id-of-"_s + name;
        QList<SavedConnection> saved = settings.connections();
        saved.append({ .id = id, .name = name, .region = region });
        settings.setConnections(saved);
        keychain.entries().insert(id, longTermKeys());
        return id;
    }

    template <typename Widget = QWidget> Widget *widget(const char *name) const
    {
        return dialog->findChild<Widget *>(QString::fromLatin1(name));
    }

    void type(const char *field, const QString &text) const
    {
        auto *edit = widget<QLineEdit>(field);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }

    void click(const char *button) const { QTest::mouseClick(widget<QAbstractButton>(button), Qt::LeftButton); }

    //! What is said below a field.
    QString note(const char *field) const
    {
        const QWidget *note = widget((QByteArray(field) + "Note").constData());
        QStringList texts;
        for (const QLabel *label : note->findChildren<QLabel *>()) {
            if (note->isVisible())
                texts.append(label->text());
        }
        return texts.join(u' ').trimmed();
    }

    QString notice() const { return dialog->findChild<FormNotice *>(u"notice"_s)->text(); }

    //! Presses Tab as somebody does for whom a list of suggestions has opened: it gets the keys first.
    static void tab(QWidget *field)
    {
        QWidget *popup = QApplication::activePopupWidget();
        QTest::keyClick(popup ? popup : field, Qt::Key_Tab);
    }

    //! Fills in a whole new connection.
    void fillIn(const QString &name) const
    {
        type("connectionName", name);
        auto *region = widget<QComboBox>("region");
        region->setFocus();
        QTest::keyClicks(region, u"eu-central-1"_s);
        tab(region);
        type("accessKeyId", u"AKIAIOSFODNN7EXAMPLE"_s);
        type("secretAccessKey", u"CANARY-secret/of+forty-characters-xxxxxx"_s);
    }

    BrowserSession::ServiceFactory factory()
    {
        return [this](const Connection &connection, const std::shared_ptr<CredentialsProvider> &credentials,
                   const ServiceSettings &signInSettings) -> Result<std::shared_ptr<OptOutService>> {
            const Result<QUrl> endpoint = resolveEndpoint({ .region = signInSettings.region,
                .useFips = connection.useFips,
                .useDualStack = connection.useDualStack,
                .url = connection.endpointUrl });
            if (!endpoint)
                return endpoint.error();
            OptOutService::Parts parts { .transport = transport, .pacers = pacers, .clock = clock, .jitter = [] {
                                            return 0.0;
                                        } };
            return std::make_shared<OptOutService>(std::move(parts),
                ServiceAddress { .endpoint = *endpoint, .region = signInSettings.region }, credentials);
        };
    }

    //! The files of the AWS CLI as a person has them; each profile in that region.
    void setProfiles(const QString &configText, const QString &region = u"eu-central-1"_s)
    {
        connections.setConfig(parseSharedConfig({ u"config"_s, u"credentials"_s }, configText.toUtf8(), {}),
            [region](const SharedConfig &, const ProfileChoice &) -> Result<ServiceSettings> {
                return ServiceSettings { .region = region };
            });
    }

    QTemporaryDir folder;
    Settings settings;
    FakeKeychain keychain;
    ConnectionList connections;
    FakeClock clock;
    Pacers pacers;
    FakeTransport transport;
    FakeSignIns signIns;
    SignInDesk desk;
    std::unique_ptr<ConnectionsDialog> dialog;
    std::unique_ptr<QSignalSpy> connectSpy;
};

} // namespace optout::test
