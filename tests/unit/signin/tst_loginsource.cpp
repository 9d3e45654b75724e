// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/loginsource.h"

#include "ssofixture.h"

using namespace optout;
using namespace std::chrono_literals;
using Kind = Error::Kind;

namespace {

const QString loginSession = u"arn:aws:iam::111122223333:user/ann"_s;
const QString cacheFile = u"617a42bf0cc7e52ae16d10443f260d451c255a489505091810c95d5c7ec927d1.json"_s;

QByteArray cached(const QByteArray &expires)
{
    return R"({"accessToken":{"accessKeyId":"ASIACACHED","secretAccessKey":"CANARYsecret","sessionToken":"CANARYsession",)"
           R"( "accountId":"111122223333","expiresAt": )"
        + ('"' + expires) + '"'
        + R"(},"refreshToken":"CANARYrefresh","dpopKey":"CANARYkey","clientId":"arn:aws:signin:::devtools/x"})";
}

struct LoginFixture : SsoFixture {
    QObject owner;
    std::unique_ptr<QSignalSpy> finished;

    //! An `aws` on the PATH that notes how it was called and runs that script.
    void makeCli(const QByteArray &script)
    {
        QFile file(home.path() + u"/bin/aws"_s);
        QVERIFY(QDir().mkpath(home.path() + u"/bin"_s) && file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$(dirname \"$0\")/called\"\n" + script + '\n');
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
    QByteArray called() const
    {
        QFile file(home.path() + u"/bin/called"_s);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void writeCache(const QByteArray &text)
    {
        const QString folder = home.path() + u"/.aws/login/cache/"_s;
        QFile file(folder + cacheFile);
        QVERIFY(QDir().mkpath(folder) && file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    Result<Credentials> run(const QString &profile = u"dev"_s)
    {
        // dirname of the script is in /usr/bin; the machine's own CLI must not be found.
        qputenv("PATH", QFile::encodeName(home.path()) + "/bin:" + QFile::encodeName(home.path()) + "/tools");
        QDir().mkpath(home.path() + u"/tools"_s);
        QFile::link(QStringLiteral("/usr/bin/dirname"), home.path() + u"/tools/dirname"_s);
        const SignInStep step {
            .origin = SignInStep::Origin::ConfigFile, .profile = profile, .how = LoginStep { .session = loginSession }
        };
        CredentialSource *source = makeLoginSource(step, parts(), &owner);
        finished = std::make_unique<QSignalSpy>(source, &CredentialSource::finished);
        source->start();
        if (!QTest::qWaitFor([this] { return finished->size() > 0; }, 10'000) || finished->size() != 1)
            return Error { .detail = u"finished() did not come once"_s };
        return finished->first().first().value<Result<Credentials>>();
    }
};

const QByteArray prints = R"(echo '{"Version":1,"AccessKeyId":"ASIAFRESH","SecretAccessKey":"s","SessionToken":"t",)"
                          R"( "Expiration":"2024-03-01T10:15:00Z"}')";

} // namespace

class TestLoginSource final : public QObject {
    Q_OBJECT
    QByteArray m_path;

private slots:
    void init() { m_path = qgetenv("PATH"); }
    void cleanup() { qputenv("PATH", m_path); }

    void usesKeysThatHold()
    {
        LoginFixture f;
        f.makeCli(prints);
        f.writeCache(cached("2024-03-01T10:05:01Z"));
        const Result<Credentials> keys = f.run();
        QVERIFY2(keys, keys ? "" : qPrintable(keys.error().detail));
        QCOMPARE(keys->accessKeyId, u"ASIACACHED"_s);
        QCOMPARE(keys->secretAccessKey.expose(), QByteArrayView("CANARYsecret"));
        QCOMPARE(*keys->expires, f.clock.now() + 301s);
        QCOMPARE(f.called(), QByteArray());
    }

    void hasTheCliRenewThem_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("last five minutes") << cached("2024-03-01T10:05:00Z");
        QTest::newRow("expired") << cached("2024-03-01T09:00:00Z");
        QTest::newRow("no cache") << QByteArray();
        QTest::newRow("unreadable cache") << QByteArray("{");
    }
    void hasTheCliRenewThem()
    {
        QFETCH(const QByteArray, text);
        LoginFixture f;
        f.makeCli(prints);
        if (!text.isEmpty())
            f.writeCache(text);
        const Result<Credentials> keys = f.run(u"it's \"me\" $HOME"_s);
        QVERIFY2(keys, keys ? "" : qPrintable(keys.error().detail));
        QCOMPARE(keys->accessKeyId, u"ASIAFRESH"_s);
        QCOMPARE(*keys->expires, f.clock.now() + 15min);
        QCOMPARE(f.called(), "configure\nexport-credentials\n--profile\nit's \"me\" $HOME\n--format\nprocess\n");
    }

    void saysWhatToRun_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("script"); // empty: no CLI
        QTest::addColumn<QString>("words");
        QTest::newRow("expired, no CLI") << cached("2024-03-01T09:00:00Z") << QByteArray() << u"not on the PATH"_s;
        QTest::newRow("no cache, no CLI") << QByteArray() << QByteArray() << u"There are no keys"_s;
        QTest::newRow("the CLI cannot either")
            << cached("2024-03-01T09:00:00Z") << QByteArray("echo 'Your session has expired' >&2; exit 255")
            << u"Your session has expired"_s;
        QTest::newRow("another version") << QByteArray(R"({"accessToken":"CANARY"})") << QByteArray()
                                         << u"lacks accessKeyId"_s;
    }
    void saysWhatToRun()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, script);
        QFETCH(const QString, words);
        LoginFixture f;
        if (!script.isEmpty())
            f.makeCli(script);
        if (!text.isEmpty())
            f.writeCache(text);
        const Result<Credentials> keys = f.run();
        QVERIFY(!keys);
        QCOMPARE(keys.error().kind, Kind::NoCredentials);
        const QString detail = keys.error().detail;
        QVERIFY2(detail.contains(words), qPrintable(detail));
        QVERIFY2(detail.endsWith(u"Run `aws login --profile dev`."_s), qPrintable(detail));
        QVERIFY2(detail.startsWith(u"profile dev: "_s) && detail.count(u"profile dev:"_s) == 1, qPrintable(detail));
        QVERIFY(!detail.contains(u"CANARY"_s));
    }

    void keysInTheirLastMinutesStillServe()
    {
        LoginFixture f;
        f.writeCache(cached("2024-03-01T10:01:00Z"));
        const Result<Credentials> keys = f.run();
        QVERIFY(keys);
        QCOMPARE(keys->accessKeyId, u"ASIACACHED"_s);
    }

    void handsEveryProfileOver_data()
    {
        QTest::addColumn<QString>("profile");
        for (const char *name : { "dev", "a b", "it's", "'", "\\", "a\"b", "$(x);`y`", "-x" })
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void handsEveryProfileOver()
    {
        QFETCH(const QString, profile);
        LoginFixture f;
        f.makeCli(prints);
        QVERIFY(f.run(profile));
        QCOMPARE(f.called(), "configure\nexport-credentials\n--profile\n" + profile.toUtf8() + "\n--format\nprocess\n");
    }

    void namesTheFileAsTheCliDoes() { QCOMPARE(loginCacheFileName(loginSession), cacheFile); }
};

QTEST_GUILESS_MAIN(TestLoginSource)
#include "tst_loginsource.moc"
