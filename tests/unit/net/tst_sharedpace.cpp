// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/pacer.h"

#include "fakes/fakeclock.h"
#include "paceworld.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <optional>

using namespace optout;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

//! Two pacers on one folder are as two processes: each has its own file description, which is what the lock is held by.
class TestSharedPace final : public QObject {
    Q_OBJECT
private slots:
    void twoKeepOnePace();
    void twoAtOnceAreAsTwoCallsOfOne();
    void whatIsLearnedIsLeftForTheNext();
    void quotasAreApart();
    void withoutFolderNothingIsShared();
    void unsafeFolderIsNotUsed();
    void unreadableStateIsNotBelieved();
    void lockedFileHoldsUpNobody();

private:
    QTemporaryDir m_folder;
    QString fresh() { return m_folder.filePath(QString::number(++m_count)); }
    int m_count = 0;
};

namespace {
const PaceKey key { .account = u"123456789012"_s, .endpoint = u"a"_s, .region = u"us-east-1"_s, .action = "A" };
}

void TestSharedPace::twoKeepOnePace()
{
    const QString folder = fresh();
    FakeClock clock;
    Pacers one(clock, { .fixedRate = 4 }, folder);
    Pacers other(clock, { .fixedRate = 4 }, folder);
    if (!one.of(key).isShared())
        QSKIP("not shared on this system");
    QCOMPARE(one.of(key).claim(), 0ms);
    QCOMPARE(other.of(key).claim(), 250ms);
    QCOMPARE(one.of(key).claim(), 500ms);
    other.of(key).throttled(clock.steadyNow(), 5s);
    QVERIFY(one.of(key).remainingHold() >= 5s);
}

//! The same world, with what is learned in one process and in two: not a call is different.
void TestSharedPace::twoAtOnceAreAsTwoCallsOfOne()
{
    const QString folder = fresh();
    std::array<SharedPace, 2> processes { SharedPace(folder, u"x"_s), SharedPace(folder, u"x"_s) };
    if (!processes[0].isShared())
        QSKIP("not shared on this system");
    const World world { .rate = 20, .jitter = 500us, .chains = 2, .pages = 160 };
    const Outcome apart =
        Run(world, [&](int chain, const auto &change) { processes[size_t(chain)].update(change); }).read();
    const Outcome together = Run(world).read();
    QCOMPARE(apart.passedAt, together.passedAt);
    QCOMPARE(apart.moments, together.moments);
    QVERIFY2(apart.throttled < 30, qPrintable(apart.moments));
    // Each on its own would find the whole rate, and have every second call refused.
    std::array<PaceState, 2> states;
    const Outcome alone = Run(world, [&](int chain, const auto &change) {
        PaceLearner learner(states[size_t(chain)]);
        change(learner);
    }).read();
    QVERIFY(alone.throttled > 2 * apart.throttled);
}

void TestSharedPace::whatIsLearnedIsLeftForTheNext()
{
    const QString folder = fresh();
    std::optional<SharedPace> process(std::in_place, folder, u"x"_s);
    if (!process->isShared())
        QSKIP("not shared on this system");
    World world { .rate = 20, .jitter = 500us, .pages = 40 };
    const auto update = [&](int, const auto &change) { process->update(change); };
    const Outcome first = Run(world, update).read();
    process.emplace(folder, u"x"_s);
    world.startsAt += 10s;
    const Outcome second = Run(world, update).read();
    QVERIFY2(first.throttled >= 3, qPrintable(first.moments));
    QVERIFY2(second.throttled < 3, qPrintable(second.moments));
}

void TestSharedPace::quotasAreApart()
{
    const QString folder = fresh();
    FakeClock clock;
    Pacers pacers(clock, { .fixedRate = 4 }, folder);
    PaceKey otherAction = key;
    otherAction.action = "B";
    PaceKey moved = key; // the same letters, cut elsewhere
    moved.account = u"12345678901"_s;
    moved.endpoint = u"2a"_s;
    QCOMPARE(pacers.of(key).claim(), 0ms);
    QCOMPARE(pacers.of(otherAction).claim(), 0ms);
    QCOMPARE(pacers.of(moved).claim(), 0ms);
    if (pacers.of(key).isShared())
        QCOMPARE(QDir(folder).entryList(QDir::Files).size(), 3);
}

void TestSharedPace::withoutFolderNothingIsShared()
{
    FakeClock clock;
    Pacers one(clock, { .fixedRate = 4 });
    Pacers other(clock, { .fixedRate = 4 });
    QCOMPARE(one.of(key).claim(), 0ms);
    QCOMPARE(other.of(key).claim(), 0ms);
    QVERIFY(!one.of(key).isShared());
}

void TestSharedPace::unsafeFolderIsNotUsed()
{
    const QString folder = fresh();
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(QFile::setPermissions(
        folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::WriteOther | QFile::ExeOther));
    FakeClock clock;
    Pacers pacers(clock, { .fixedRate = 4 }, folder);
    QVERIFY(!pacers.of(key).isShared());
    QCOMPARE(pacers.of(key).claim(), 0ms);
    QCOMPARE(pacers.of(key).claim(), 250ms);
    QVERIFY(QDir(folder).isEmpty());
}

void TestSharedPace::unreadableStateIsNotBelieved()
{
    const QString folder = fresh();
    FakeClock clock;
    Pacers one(clock, { .fixedRate = 0.01 }, folder);
    if (!one.of(key).isShared())
        QSKIP("not shared on this system");
    QCOMPARE(one.of(key).claim(), 0ms);
    const QStringList files = QDir(folder).entryList(QDir::Files);
    QCOMPARE(files.size(), 1);
    QFile file(folder + u'/' + files.first());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    bytes[30] = char(bytes[30] ^ 1);
    file.seek(0);
    file.write(bytes);
    file.close();
    Pacers other(clock, { .fixedRate = 0.01 }, folder);
    QCOMPARE(other.of(key).claim(), 0ms); // as if nothing had been there
}

//! The lock is not waited for: a claim goes by what this process knows, and at first by what was written.
void TestSharedPace::lockedFileHoldsUpNobody()
{
    const QString folder = fresh();
    SharedPace holder(folder, u"x"_s);
    SharedPace other(folder, u"x"_s);
    SharedPace third(folder, u"x"_s);
    if (!holder.isShared())
        QSKIP("not shared on this system");
    const auto claim = [](SharedPace &pace) {
        Span start {};
        pace.update([&](PaceLearner &learner) { start = learner.claim(1000s, 0, 100ms); });
        return start;
    };
    QList<Span> starts;
    holder.update([&](PaceLearner &learner) {
        starts += { claim(other), learner.claim(1000s, 0, 100ms) }; // nothing is written yet
    });
    holder.update([&](PaceLearner &) {
        // What could not be written is not forgotten; who comes anew reads the one claim that was.
        starts += { claim(other), claim(other), claim(third), claim(third) };
    });
    starts += claim(other); // with the lock again: what all know
    const QList<Span> expected { 1000s, 1000s, 1000s + 100ms, 1000s + 200ms, 1000s + 100ms, 1000s + 200ms,
        1000s + 100ms };
    QCOMPARE(starts, expected);
}

QTEST_GUILESS_MAIN(TestSharedPace)
#include "tst_sharedpace.moc"
