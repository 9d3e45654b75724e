// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/sharedconfig.h"

#include "fakes/canary.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

namespace {

SharedConfig parsed(const QByteArray &config, const QByteArray &credentials = {})
{
    return parseSharedConfig({ .config = u"/c"_s, .credentials = u"/k"_s }, config, credentials);
}

bool write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

} // namespace

class TestSharedConfig final : public QObject {
    Q_OBJECT

private slots:
    void namesProfiles_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QStringList>("profiles");
        const auto row = [](const char *header, const QStringList &profiles) {
            QTest::newRow(header) << QByteArray(header) << profiles;
        };
        row("[profile a]", { u"a"_s });
        row("[profile   a  ]", { u"a"_s });
        row("[profile\ta]", { u"a"_s });
        row("[profile \"a b\"]", { u"a b"_s });
        row("[profile 'a b']", { u"a b"_s });
        row("[profile a\\ b]", { u"a b"_s });
        row("[profile Ünï]", { u"Ünï"_s });
        row("[profile A]", { u"A"_s });
        row("[default]", { u"default"_s });
        row("[profile default]", { u"default"_s });
        row("[profiles a]", { u"a"_s }); // the CLI looks at the beginning of the word only
        row("[Default]", {});
        row("[Profile a]", {});
        row("[ profile a]", {});
        row("[a]", {});
        row("[profile]", {});
        row("[profile a b]", {});
        row("[profile \"a]", {});
    }
    void namesProfiles()
    {
        QFETCH(QByteArray, header);
        QFETCH(QStringList, profiles);
        const SharedConfig config = parsed(header + "\nregion = x\n");
        QVERIFY(!config.fatal);
        QCOMPARE(config.profiles.keys(), profiles);
        QCOMPARE(config.problems.isEmpty(), !profiles.isEmpty()); // what is not used is told
    }

    void readsSessionsAndServices()
    {
        const SharedConfig config = parsed("[sso-session a]\nsso_region = x\n[services 'b c']\nsts =\n"
                                           "  endpoint_url = https://y\n[profile d]\nsso_session = a\n");
        QCOMPARE(config.ssoSessions.value(u"a"_s).value(u"sso_region"_s), u"x"_s);
        QCOMPARE(config.services.value(u"b c"_s).nested.value(u"sts"_s).value(u"endpoint_url"_s), u"https://y"_s);
        QVERIFY(config.profile(u"d"_s));
        QVERIFY(!config.profile(u"a"_s));
    }

    void laterHeaderOfAProfileCountsAsAWhole()
    {
        const SharedConfig config = parsed("[default]\nregion = x\noutput = json\n[profile default]\nregion = y\n");
        QCOMPARE(config.profile(u"default"_s)->settings, (QMap<QString, QString> { { u"region"_s, u"y"_s } }));
    }

    void credentialsGoOverConfig()
    {
        const SharedConfig config = parsed("[profile a]\nregion = x\naws_access_key_id = C\n",
            "[a]\naws_access_key_id = K\n[b]\nregion = z\n[profile c]\nregion = z\n");
        const ConfigSection a = *config.profile(u"a"_s);
        QCOMPARE(a.value(u"region"_s), u"x"_s);
        QCOMPARE(a.value(u"aws_access_key_id"_s), u"K"_s);
        QCOMPARE(a.fromCredentialsFile, QStringList { u"aws_access_key_id"_s });
        QCOMPARE(a.inConfigFile(u"aws_access_key_id"_s), std::optional(u"C"_s));
        QCOMPARE(a.inCredentialsFile(u"aws_access_key_id"_s), std::optional(u"K"_s));
        QCOMPARE(a.inConfigFile(u"region"_s), std::optional(u"x"_s));
        QCOMPARE(a.inCredentialsFile(u"region"_s), std::nullopt);
        QVERIFY(config.profile(u"b"_s));
        // A plain name in the credentials file: this one is called "profile c", and a note says what was meant.
        QVERIFY(config.profile(u"profile c"_s));
        QVERIFY(!config.profile(u"c"_s));
        QCOMPARE(config.problems.size(), 1);
        QVERIFY(config.problems.first().detail.startsWith(u"/k, line 5, [profile c]"));
    }

    void keepsSecretsApart()
    {
        const SharedConfig config = parsed("[DEFAULT]\naws_session_token = D\n[profile a]\naws_secret_access_key = C\n"
                                           "region = x\n[sso-session s]\naws_security_token = S\n",
            "[a]\nAWS_Secret_Access_Key = K\naws_session_token =\n");
        const ConfigSection a = *config.profile(u"a"_s);
        QCOMPARE(a.settings.keys(), QStringList { u"region"_s });
        QVERIFY(a.overridden.isEmpty());
        const QString secret = u"aws_secret_access_key"_s;
        const QString token = u"aws_session_token"_s;
        QCOMPARE(a.value(secret), QString());
        QVERIFY(!a.inConfigFile(secret) && !a.inCredentialsFile(secret));
        QVERIFY(a.has(secret) && a.has(token));
        QCOMPARE(a.secretInConfigFile(secret), std::optional(Secret(QByteArrayView("C"))));
        QCOMPARE(a.secretInCredentialsFile(secret), std::optional(Secret(QByteArrayView("K"))));
        QCOMPARE(a.secretInConfigFile(token), std::optional(Secret(QByteArrayView("D"))));
        QCOMPARE(a.secretInCredentialsFile(token), std::optional(Secret()));
        QCOMPARE(config.ssoSessions.value(u"s"_s).settings, (QMap<QString, QString> {}));
        const SharedConfig twice = parsed("[profile a]\naws_session_token = D\naws_session_token = E\n");
        QVERIFY(twice.fatal && twice.fatal->detail.contains(u"twice"));
    }

    //! Neither file's text stays in memory.
    void leavesNoSecretBehind_data()
    {
        QTest::addColumn<QString>("variable");
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("config file") << u"AWS_CONFIG_FILE"_s << QByteArray("[profile a]\n");
        QTest::newRow("credentials file") << u"AWS_SHARED_CREDENTIALS_FILE"_s << QByteArray("[a]\n");
    }
    void leavesNoSecretBehind()
    {
        if (!Canary::canSearch())
            QSKIP("memory cannot be searched here");
        QFETCH(const QString, variable);
        QFETCH(const QByteArray, header);
        QTemporaryDir folder;
        QFile file(folder.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        QByteArray text;
        text.reserve(60'000);
        text += header;
        while (text.size() < 55'000) // what is given back is used again from its beginning
            text += "# a long file\n";
        text += "aws_secret_access_key = ";
        Canary::appendTo(text);
        text += "\naws_access_key_id = K\n";
        QVERIFY(file.write(text) == text.size());
        file.close();
        wipe(text);
        QCOMPARE(Canary::copies(1), 0);
        Environment environment({ { u"HOME"_s, folder.path() }, { u"USERPROFILE"_s, folder.path() } });
        environment.set(variable, file.fileName());
        SharedConfig config = readSharedConfig(environment);
        QVERIFY(config.profile(u"a"_s)->has(u"aws_secret_access_key"_s));
        QCOMPARE(Canary::copies(2), 0);
        QCOMPARE(Canary::copies(1), 1); // the Secret
        config = {};
        QCOMPARE(Canary::copies(1), 0);
    }

    void badFilesAreFatal()
    {
        const SharedConfig config = parsed("[default]\nregion = x\nrubbish\n", "rubbish\n");
        QVERIFY(config.fatal);
        QVERIFY(config.fatal->detail.startsWith(u"/c, line 3"));
        QCOMPARE(config.problems.size(), 2);
        QVERIFY(config.problems.last().detail.startsWith(u"/k, line 1"));
        QCOMPARE(config.profile(u"default"_s)->value(u"region"_s), u"x"_s); // for the list of what there is
    }

    void findsFiles_data()
    {
        QTest::addColumn<QString>("variable"); // null: not set
        QTest::addColumn<QString>("config");
        QTest::newRow("not set") << QString() << u"/home/ann/.aws/config"_s;
        QTest::newRow("a path") << u"/etc/aws"_s << u"/etc/aws"_s;
        QTest::newRow("home") << u"~/x"_s << u"/home/ann/x"_s;
        QTest::newRow("no home") << u"~bob/x"_s << u"~bob/x"_s;
        QTest::newRow("a variable") << u"$HOME/x"_s << u"/home/ann/x"_s;
        QTest::newRow("a variable in braces") << u"${AWS_X}y$"_s << u"1y$"_s;
        QTest::newRow("unknown variables") << u"$NO/${NO}/${"_s << u"$NO/${NO}/${"_s;
        QTest::newRow("empty") << u""_s << u""_s;
    }
    void findsFiles()
    {
        QFETCH(QString, variable);
        QFETCH(QString, config);
        Environment environment(
            { { u"HOME"_s, u"/home/ann"_s }, { u"USERPROFILE"_s, u"/home/ann"_s }, { u"AWS_X"_s, u"1"_s } });
        if (!variable.isNull())
            environment.set(u"AWS_CONFIG_FILE"_s, variable);
        QCOMPARE(ConfigPaths::of(environment).config, config);
        QCOMPARE(ConfigPaths::of(environment).credentials, u"/home/ann/.aws/credentials"_s);
    }

    void readsFiles()
    {
        QTemporaryDir folder;
        const QString config = folder.filePath(u"config"_s);
        QVERIFY(write(config, "[profile a]\nregion = x\n"));
        // Missing, or a folder: as if it were empty.
        for (const QString &credentials : { folder.filePath(u"none"_s), folder.path(), QString() }) {
            const SharedConfig read = readSharedConfig(
                Environment({ { u"AWS_CONFIG_FILE"_s, config }, { u"AWS_SHARED_CREDENTIALS_FILE"_s, credentials } }));
            QVERIFY(!read.fatal);
            QCOMPARE(read.problems, QList<Error> {});
            QCOMPARE(read.profile(u"a"_s)->value(u"region"_s), u"x"_s);
        }
    }

    void tellsWhatCannotBeRead_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("words");
        QTest::newRow("too large") << u"large"_s << u"larger than 16 MiB"_s;
#ifdef Q_OS_LINUX
        // Opens, but each read fails; permissions would not stop root.
        QTest::newRow("a failing disk") << u"/proc/self/mem"_s << u"cannot be read"_s;
#endif
    }
    void tellsWhatCannotBeRead()
    {
        QFETCH(QString, path);
        QFETCH(QString, words);
        QTemporaryDir folder;
        QFile large(folder.filePath(u"large"_s));
        QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(16 * 1024 * 1024 + 1));
        large.close();
        const QString full = QDir(folder.path()).absoluteFilePath(path);
        const SharedConfig read = readSharedConfig(
            Environment({ { u"AWS_CONFIG_FILE"_s, full }, { u"AWS_SHARED_CREDENTIALS_FILE"_s, u""_s } }));
        QVERIFY(read.fatal);
        QCOMPARE(read.fatal->kind, Error::Kind::Storage);
        QVERIFY2(
            read.fatal->detail.startsWith(full) && read.fatal->detail.contains(words), qPrintable(read.fatal->detail));
    }

    void takesALineOfAMegabyte()
    {
        const QByteArray value(1024 * 1024, 'v');
        const SharedConfig config = parsed("[profile a]\nregion = " + value + "\noutput = json\n");
        QVERIFY(!config.fatal);
        QCOMPARE(config.profile(u"a"_s)->value(u"region"_s).size(), value.size());
        QCOMPARE(config.profile(u"a"_s)->value(u"output"_s), u"json"_s);
    }
};

QTEST_APPLESS_MAIN(TestSharedConfig)
#include "tst_sharedconfig.moc"
