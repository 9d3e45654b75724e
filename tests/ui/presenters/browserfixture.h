// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/browser.h"
#include "settings/settings.h"
#include "ui/fakesignin.h"
#include "unit/service/servicefixture.h"

#include <QTemporaryDir>

namespace optout {

inline QString arnOf(const QString &name, const QString &account = QStringLiteral("111122223333"))
{
    return QStringLiteral("arn:aws:sms-voice:us-east-1:%1:opt-out-list/%2").arg(account, name);
}

//! A page of DescribeOptOutLists, the last one.
inline QByteArray listsPage(const QStringList &arns)
{
    QJsonArray lists;
    for (const QString &arn : arns) {
        lists += QJsonObject { { QStringLiteral("OptOutListName"), arn.section(u'/', -1) },
            { QStringLiteral("OptOutListArn"), arn }, { QStringLiteral("CreatedTimestamp"), 1600000000 } };
    }
    return QJsonDocument(QJsonObject { { QStringLiteral("OptOutLists"), lists } }).toJson();
}

//! All presenters over fake borders: two connections, a network that plays a script, settings in a folder of their own.
struct BrowserFixture {
    ServiceFixture borders;
    QTemporaryDir folder;
    Settings settings { folder.filePath(QStringLiteral("settings.ini")) };
    MemoryStore keychain;
    ConnectionList connections { settings, keychain };
    test::FakeSignIns signIns;
    QList<Connection> served; // what services were made for
    int demoStarts = 0;
    CredentialStore *keepersKeychain = &keychain;
    std::unique_ptr<ReadKeeper> keeper; // null unless reads are kept
    std::unique_ptr<Browser> browser;

    BrowserFixture()
    {
        settings.setConnections({ { .id = QStringLiteral("a"),
                                      .name = QStringLiteral("prod-readonly"),
                                      .region = QStringLiteral("us-east-1") },
            { .id = QStringLiteral("b"), .name = QStringLiteral("staging"), .region = QStringLiteral("eu-west-1") } });
        for (const char *id : { "a", "b" })
            keychain.insert(
                QLatin1StringView(id), FakeCredentialsProvider::credentials(QStringLiteral("AKIDEXAMPLE000000001")));
        makeBrowser();
    }

    //! As at a start of the program, with the settings and the keychain there are.
    void makeBrowser()
    {
        browser = std::make_unique<Browser>(Browser::Parts { .connections = connections,
            .settings = settings,
            .clock = borders.clock,
            .prepareSignIn = signIns.function(),
            .serviceFactory = [this](const Connection &connection,
                                  const std::shared_ptr<CredentialsProvider> &credentials,
                                  const ServiceSettings &) -> Result<std::shared_ptr<OptOutService>> {
                served += connection;
                if (connection.region == QStringLiteral("nowhere-1"))
                    return Error { .kind = Error::Kind::InvalidInput, .detail = QStringLiteral("no such region") };
                ServiceAddress address = ServiceFixture::address();
                address.region = connection.region;
                return std::make_shared<OptOutService>(borders.parts(), address, credentials);
            },
            .startDemo = [this]() -> Result<QString> {
                ++demoStarts;
                connections.setDemo(QStringLiteral("http://127.0.0.1:1"), QStringLiteral("us-east-1"),
                    FakeCredentialsProvider::credentials(QStringLiteral("AKIDEXAMPLE000000001")));
                return connections.all().last().id;
            },
            .keeper = keeper.get() });
    }

    //! The same, with reads kept for later.
    void makeBrowserThatKeeps()
    {
        browser.reset();
        keeper.reset();
        keeper = std::make_unique<ReadKeeper>(ReadKeeper::Parts { .store = *keepersKeychain,
            .settings = settings,
            .clock = borders.clock,
            .folder = folder.filePath(QStringLiteral("reads")) });
        makeBrowser();
    }

    void setProfiles(const QString &configText)
    {
        connections.setConfig(
            parseSharedConfig({ QStringLiteral("config"), QStringLiteral("credentials") }, configText.toUtf8(), {}),
            [](const SharedConfig &, const ProfileChoice &) -> Result<ServiceSettings> {
                return ServiceSettings { .region = QStringLiteral("us-east-1") };
            });
    }

    FakeTransport &transport() { return borders.transport; }

    void expectLists(const QStringList &own = { arnOf(QStringLiteral("Default")) }, const QStringList &shared = {})
    {
        transport().expect(Action::DescribeOptOutLists).reply(200, listsPage(own), answerHeaders());
        transport().expect(Action::DescribeOptOutLists).reply(200, listsPage(shared), answerHeaders());
    }
    FakeTransport::Expectation &expectNumbers(const QStringList &numbers, const QString &token = {})
    {
        return transport()
            .expect(Action::DescribeOptedOutNumbers)
            .reply(200, numbersPage(numbers, token), answerHeaders());
    }
};

} // namespace optout
