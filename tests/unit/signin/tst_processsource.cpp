// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signinfixture.h"

#include "signin/processsource.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace Qt::Literals::StringLiterals;
using namespace optout;
using namespace std::chrono_literals;

//! Real programs: what a process does cannot be played. All of them are /bin/sh, started by its own path and not as a
//! shell of ours.
class TestProcessSource final : public QObject {
    Q_OBJECT

private slots:
    void readsKeys();
    void handsWordsOverAsTheyAre();
    void readsNothing();
    void namesWhatFailed_data();
    void namesWhatFailed();
    void endsAProgramThatHangs();
    void endsAProgramThatPrintsWithoutEnd();
    void endsAProgramThatComplainsWithoutEnd();
    void doesNotWaitWhenDeleted();
    void endsWhatTheProgramStarted_data();
    void endsWhatTheProgramStarted();
    void mayBeDeletedByWhoHearsOfIt();
    void doesNotWaitForWhatTheProgramLeftBehind();

private:
    static SignInStep step(const QString &script)
    {
        return { .origin = SignInStep::Origin::ConfigFile,
            .profile = u"dev"_s,
            .how = ProcessStep { u"/bin/sh -c '%1'"_s.arg(script) } };
    }
    static Result<Credentials> run(const SignInStep &step, ProcessSource::Limits limits)
    {
        SignInFixture f;
        return f.run(new ProcessSource(step, std::get<ProcessStep>(step.how), f.parts(), limits, &f.owner));
    }
};

void TestProcessSource::readsKeys()
{
    SignInFixture f;
    const Result<Credentials> got = f.run(step(
        u"echo \"{\\\"Version\\\":1,\\\"AccessKeyId\\\":\\\"AKID\\\",\\\"SecretAccessKey\\\":\\\"canary\\\",\\\"Expiration\\\":\\\"2024-03-01T11:00:00Z\\\"}\"; echo hello >&2"_s));
    QVERIFY(got);
    QCOMPARE(got->accessKeyId, u"AKID"_s);
    QCOMPARE(got->expires, f.clock.now() + 1h);
}

void TestProcessSource::handsWordsOverAsTheyAre()
{
    QTemporaryDir dir;
    const QString target = dir.filePath(u"words"_s);
    SignInFixture f;
    const SignInStep s { .origin = SignInStep::Origin::ConfigFile,
        .profile = u"dev"_s,
        .how = ProcessStep {
            u"/bin/sh -c 'for w; do echo \"$w\"; done >\"$0\"' %1 \"a b\" $HOME '*' \\;"_s.arg(target) } };
    QVERIFY(!f.run(s)); // it prints nothing
    QFile file(target);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "a b\n$HOME\n*\n;\n");
}

void TestProcessSource::readsNothing()
{
    // A program that reads must find the end, not wait.
    const Result<Credentials> got = run(step(u"cat; exit 3"_s), { .time = 3s });
    QVERIFY(!got);
    QVERIFY2(got.error().detail.contains("exit status 3"_L1), qPrintable(got.error().detail));
}

void TestProcessSource::namesWhatFailed_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("words");
    using Kind = Error::Kind;
    const auto sh = [](const QString &script) { return u"/bin/sh -c '%1'"_s.arg(script); };
    QTest::newRow("not found") << u"/no/such/program x"_s << Kind::NoCredentials
                               << u"The program /no/such/program cannot be started"_s;
    QTest::newRow("no program") << u"/etc/passwd"_s << Kind::NoCredentials << u"cannot be started"_s;
    QTest::newRow("open quote") << u"tool \"x"_s << Kind::InvalidInput << u"open quote"_s;
    QTest::newRow("empty") << u" "_s << Kind::InvalidInput << u"names no program"_s;
    QTest::newRow("exit status") << sh(u"echo please run tool login >&2; exit 7"_s) << Kind::NoCredentials
                                 << u"ended with exit status 7. It wrote: please run tool login"_s;
    QTest::newRow("killed") << sh(u"kill -9 $$"_s) << Kind::NoCredentials << u"crashed"_s;
    QTest::newRow("no output") << u"/bin/true"_s << Kind::BadResponse << u"no JSON object"_s;
    QTest::newRow("wrong JSON") << sh(u"echo {\\\"canary\\\""_s) << Kind::BadResponse << u"no JSON object"_s;
    QTest::newRow("version 2") << sh(u"echo \"{\\\"Version\\\":2}\""_s) << Kind::BadResponse << u"Version is 2"_s;
    QTest::newRow("a secret in the complaint") << sh(u"echo bad token canarycanarycanarycanary0123456789 >&2; exit 1"_s)
                                               << Kind::NoCredentials << u"It wrote: bad token ***"_s;
    QTest::newRow("escape characters") << sh(u"printf \"\\\\033[2Jred\" >&2; exit 1"_s) << Kind::NoCredentials
                                       << u"It wrote: [2Jred"_s;
}

void TestProcessSource::namesWhatFailed()
{
    QFETCH(QString, command);
    QFETCH(Error::Kind, kind);
    QFETCH(QString, words);
    const Result<Credentials> got =
        run({ .origin = SignInStep::Origin::ConfigFile, .profile = u"dev"_s, .how = ProcessStep { command } }, {});
    QVERIFY(!got);
    QCOMPARE(got.error().kind, kind);
    QVERIFY2(got.error().detail.startsWith("profile dev: credential_process"_L1), qPrintable(got.error().detail));
    QVERIFY2(got.error().detail.contains(words), qPrintable(got.error().detail));
    QVERIFY2(!got.error().detail.contains("canary"_L1), qPrintable(got.error().detail));
}

void TestProcessSource::endsAProgramThatHangs()
{
    QElapsedTimer timer;
    timer.start();
    const Result<Credentials> got = run(step(u"echo waiting for you >&2; exec sleep 60"_s), { .time = 300ms });
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::Timeout);
    QVERIFY2(
        got.error().detail.contains("longer than 0.3 s. It wrote: waiting for you"_L1), qPrintable(got.error().detail));
    QVERIFY(timer.elapsed() < 5'000);
}

void TestProcessSource::endsAProgramThatPrintsWithoutEnd()
{
    QElapsedTimer timer;
    timer.start();
    const SignInStep s { .origin = SignInStep::Origin::ConfigFile,
        .profile = u"dev"_s,
        .how = ProcessStep { u"/usr/bin/head -c 1000000000 /dev/zero"_s } };
    const Result<Credentials> got = run(s, {});
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::BadResponse);
    QVERIFY2(got.error().detail.contains("more than 65536 bytes"_L1), qPrintable(got.error().detail));
    QVERIFY(timer.elapsed() < 5'000);
}

void TestProcessSource::endsAProgramThatComplainsWithoutEnd()
{
    const Result<Credentials> got = run(step(u"exec cat /dev/zero >&2"_s), { .time = 500ms });
    QVERIFY(!got);
    QCOMPARE(got.error().kind, Error::Kind::Timeout);
    QVERIFY(got.error().detail.size() < 1'000);
}

void TestProcessSource::doesNotWaitWhenDeleted()
{
    QTemporaryDir dir;
    const QString started = dir.filePath(u"pid"_s);
    SignInFixture f;
    const SignInStep s = step(u"echo $$ >%1.part; mv %1.part %1; exec sleep 60"_s.arg(started));
    auto *source = new ProcessSource(s, std::get<ProcessStep>(s.how), f.parts(), &f.owner);
    QSignalSpy spy(source, &CredentialSource::finished);
    source->start();
    QTRY_VERIFY(QFile::exists(started));
    QFile file(started);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString process = "/proc/"_L1 + QString::fromLatin1(file.readAll().trimmed());
    QElapsedTimer timer;
    timer.start();
    delete source;
    QVERIFY(timer.elapsed() < 200);
    QTRY_VERIFY(!QFile::exists(process)); // ended, and waited for by the event loop
    QCOMPARE(spy.count(), 0);
}

void TestProcessSource::endsWhatTheProgramStarted_data()
{
    QTest::addColumn<bool>("byTime");
    QTest::newRow("too slow") << true;
    QTest::newRow("deleted") << false;
}

void TestProcessSource::endsWhatTheProgramStarted()
{
    QFETCH(bool, byTime);
    QTemporaryDir dir;
    const QString started = dir.filePath(u"pid"_s);
    SignInFixture f;
    const SignInStep s = step(u"sleep 60 & echo $! >%1.part; mv %1.part %1; wait"_s.arg(started));
    const ProcessSource::Limits limits { .time = byTime ? 1s : 60s };
    auto *source = new ProcessSource(s, std::get<ProcessStep>(s.how), f.parts(), limits, &f.owner);
    source->start();
    QTRY_VERIFY(QFile::exists(started));
    QFile file(started);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const pid_t child = file.readAll().trimmed().toInt();
    QVERIFY(child > 0 && ::kill(child, 0) == 0);
    if (!byTime)
        delete source;
    // Whoever takes orphans in may not have waited for it yet: then it is a zombie.
    const auto hasEnded = [child] {
        QFile state(u"/proc/%1/stat"_s.arg(child));
        return !state.open(QIODevice::ReadOnly) || state.readAll().contains(") Z ");
    };
    QTRY_VERIFY(hasEnded());
}

void TestProcessSource::mayBeDeletedByWhoHearsOfIt()
{
    for (const QString &script : { u"head -c 70000 /dev/zero"_s, u"exit 1"_s, u"exec sleep 60"_s }) {
        SignInFixture f;
        const SignInStep s = step(script);
        QPointer<ProcessSource> source =
            new ProcessSource(s, std::get<ProcessStep>(s.how), f.parts(), { .time = 300ms }, &f.owner);
        connect(source, &CredentialSource::finished, &f.owner, [&source] { delete source; });
        source->start();
        QTRY_VERIFY(!source);
    }
}

void TestProcessSource::doesNotWaitForWhatTheProgramLeftBehind()
{
    QElapsedTimer timer;
    timer.start();
    const Result<Credentials> got = run(
        step(
            u"sleep 3 & echo \"{\\\"Version\\\":1,\\\"AccessKeyId\\\":\\\"A\\\",\\\"SecretAccessKey\\\":\\\"b\\\"}\""_s),
        {});
    QVERIFY(got);
    QVERIFY(timer.elapsed() < 2'000);
}

QTEST_GUILESS_MAIN(TestProcessSource)
#include "tst_processsource.moc"
