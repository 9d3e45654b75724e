// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/cachefolders.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

class TestEnvironment final : public QObject {
    Q_OBJECT

private slots:
    void handsOutNoSecretAsText_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name :
            { "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN" })
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void handsOutNoSecretAsText()
    {
        QFETCH(const QString, name);
        Environment environment({ { name, u"canary"_s }, { u"AWS_CONFIG_FILE"_s, u"/x"_s } });
        QVERIFY(environment.isSet(name));
        QCOMPARE(environment.value(name), QString());
        QVERIFY(!environment.find(name));
        QCOMPARE(environment.secret(name).expose(), QByteArrayView("canary"));
        QCOMPARE(environment.expanded(u"$"_s + name), u"$"_s + name);
        QVERIFY(environment.secret(u"AWS_CONFIG_FILE"_s).isEmpty());

        const QByteArray before = qgetenv(name.toLatin1().constData());
        qputenv(name.toLatin1().constData(), "canary");
        const Environment process = Environment::ofProcess();
        qputenv(name.toLatin1().constData(), before);
        QVERIFY(!process.find(name));
        QCOMPARE(process.secret(name).expose(), QByteArrayView("canary"));

        environment.unset(name);
        QVERIFY(!environment.isSet(name));
    }

    void keepsTheBundleOfOtherTools()
    {
        qputenv("REQUESTS_CA_BUNDLE", "/c.pem");
        const Environment environment = Environment::ofProcess();
        qunsetenv("REQUESTS_CA_BUNDLE");
        QCOMPARE(environment.value(u"REQUESTS_CA_BUNDLE"_s), u"/c.pem"_s);
    }

    void keepsWhatPathsName_data()
    {
        QTest::addColumn<QByteArray>("variable");
        QTest::newRow("config") << QByteArray("AWS_CONFIG_FILE");
        QTest::newRow("credentials") << QByteArray("AWS_SHARED_CREDENTIALS_FILE");
        QTest::newRow("cache of aws login") << QByteArray("AWS_LOGIN_CACHE_DIRECTORY");
    }
    void keepsWhatPathsName()
    {
        QFETCH(const QByteArray, variable);
        qputenv("OPTOUT_TEST_WORK", "/work");
        qputenv("OPTOUT_TEST_NAME", "aws");
        qputenv("OPTOUT_TEST_OTHER", "x");
        qputenv(variable.constData(), "${OPTOUT_TEST_WORK}/$OPTOUT_TEST_NAME-1");
        const Environment environment = Environment::ofProcess();
        for (const char *name : { "OPTOUT_TEST_WORK", "OPTOUT_TEST_NAME", "OPTOUT_TEST_OTHER" })
            qunsetenv(name);
        qunsetenv(variable.constData());
        QCOMPARE(environment.expanded(environment.value(QString::fromLatin1(variable))), u"/work/aws-1"_s);
        QVERIFY(!environment.isSet(u"OPTOUT_TEST_OTHER"_s));
    }

    void findsTheClisCaches_data()
    {
        QTest::addColumn<QString>("home"); // null: not set
        QTest::addColumn<QString>("variable");
        QTest::addColumn<QString>("sso");
        QTest::addColumn<QString>("login");
        const QString own = QDir::homePath();
        const auto row = [](const char *name, const QString &home, const QString &variable, const QString &root,
                             const QString &login) {
            QTest::newRow(name) << home << variable << root + u"/.aws/sso/cache"_s << login;
        };
        row("home", u"/home/ann"_s, {}, u"/home/ann"_s, u"/home/ann/.aws/login/cache"_s);
        row("a slash at its end", u"/home/ann/"_s, {}, u"/home/ann"_s, u"/home/ann/.aws/login/cache"_s);
        row("an empty home", u""_s, {}, own, own + u"/.aws/login/cache"_s);
        row("no home", {}, {}, own, own + u"/.aws/login/cache"_s);
        row("a folder", u"/home/ann"_s, u"/keys"_s, u"/home/ann"_s, u"/keys"_s);
        row("below an empty home", u""_s, u"~/keys"_s, own, own + u"/keys"_s);
        row("below home", u"/home/ann/"_s, u"~/keys"_s, u"/home/ann"_s, u"/home/ann/keys"_s);
        row("a variable", u"/home/ann"_s, u"${AWS_X}/$AWS_X/$NO"_s, u"/home/ann"_s, u"1/1/$NO"_s);
    }
    void findsTheClisCaches()
    {
        QFETCH(const QString, home);
        QFETCH(const QString, variable);
        Environment environment({ { u"AWS_X"_s, u"1"_s } });
        for (const QString &name : { u"HOME"_s, u"USERPROFILE"_s }) {
            if (!home.isNull())
                environment.set(name, home);
        }
        if (!variable.isNull())
            environment.set(u"AWS_LOGIN_CACHE_DIRECTORY"_s, variable);
        QTEST(ssoCacheFolder(environment), "sso");
        QTEST(loginCacheFolder(environment), "login");
    }
};

QTEST_APPLESS_MAIN(TestEnvironment)
#include "tst_environment.moc"
