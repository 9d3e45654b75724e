// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signinfixture.h"

#include "signin/signin.h"

#include <QLoggingCategory>
#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;
using namespace std::chrono_literals;
using Outcome = SignInTraceLine::Outcome;

namespace {

struct Fixture : SignInFixture {
    SignInPlan plan { .steps = { roleStep({}) } };
    std::unique_ptr<SignIn> signIn {};

    SignIn &make()
    {
        signIn = std::make_unique<SignIn>(
            SignIn::Parts { .transport = transport, .clock = clock, .prompt = prompt, .environment = environment },
            plan, settings);
        return *signIn;
    }

    //! The id of the keys that provide() hands out, or the error's detail.
    QString ask()
    {
        QString answer;
        signIn->provide(&owner,
            [&answer](const Result<Credentials> &keys) { answer = keys ? keys->accessKeyId : keys.error().detail; });
        if (!answer.isEmpty())
            return u"answered before provide() returned"_s;
        for (int i = 0; i < 200 && answer.isEmpty(); ++i)
            QTest::qWait(5);
        return answer;
    }
    void expectKeys(const QByteArray &id, std::chrono::milliseconds life)
    {
        expectSts().reply(200, assumed(id, clock.now() + life));
    }
};

SignInStep instanceStep()
{
    return { .origin = SignInStep::Origin::Instance, .profile = {}, .how = InstanceMetadataStep {} };
}

QString logged;

void collect(QtMsgType, const QMessageLogContext &, const QString &text) { logged += text + u'\n'; }

} // namespace

class TestSignIn final : public QObject {
    Q_OBJECT

private slots:
    void keepsKeysUntilTheyNeedRenewing_data();
    void keepsKeysUntilTheyNeedRenewing();
    void oneRenewalServesAll();
    void handsOutOldKeysWhileFreshOnesCome();
    void waitsForFreshKeysInTheLastMinutes();
    void keepsOldKeysWhenARenewalFails();
    void pausesAfterAFailure();
    void doesNotAskAgainAfterCancelling();
    void doesNotAskAgainAfterAFault();
    void doesNotAskAgainWithoutATerminal();
    void saysWhatMayNotBeRepeated();
    void failsWhenTheKeysHaveEnded();
    void goesThroughManyRenewals();
    void renewsRefusedKeys();
    void keepsKeysWhenOthersWereRefused();
    void cannotRenewWrittenKeys();
    void toleratesAClockSetBack();
    void toleratesAClockSetForward();
    void refusesKeysThatHaveEnded();
    void passesOverAnInstanceThatIsNotThere();
    void tellsThatNothingWasFound();
    void endsAtAStepThatFails();
    void survivesDeletionByAWaiter();
    void stopsWhenDeleted();
    void forgetsWaitersThatAreGone();
    void endsARenewalThatNobodyWaitsFor();
    void goesOnForWhoComesAtOnce();
    void goesOnWithAnAdvisoryRenewal();
    void logsNoSecret();
};

void TestSignIn::keepsKeysUntilTheyNeedRenewing_data()
{
    QTest::addColumn<int>("life"); // seconds
    QTest::addColumn<int>("quiet"); // seconds without a renewal
    QTest::newRow("twelve hours: 15 minutes before") << 12 * 3600 << 12 * 3600 - 15 * 60;
    QTest::newRow("an hour: 15 minutes before") << 3600 << 45 * 60;
    QTest::newRow("fifteen minutes: a quarter before") << 900 << 675;
    QTest::newRow("four seconds: one second before") << 4 << 3;
}

void TestSignIn::keepsKeysUntilTheyNeedRenewing()
{
    QFETCH(int, life);
    QFETCH(int, quiet);
    Fixture f;
    f.make();
    QVERIFY(f.signIn->trace().isEmpty());
    QCOMPARE(f.signIn->sourceWords(), QString());
    f.expectKeys("ASIA1", std::chrono::seconds(life));
    QCOMPARE(f.ask(), u"ASIA1"_s);
    QCOMPARE(f.signIn->expires(), f.clock.now() + std::chrono::seconds(life));
    QCOMPARE(f.signIn->sourceWords(), u"role Reader"_s);
    f.clock.advance(std::chrono::seconds(quiet));
    QCOMPARE(f.ask(), u"ASIA1"_s);
    QCOMPARE(f.transport.requests().size(), 1);

    f.expectKeys("ASIA2", std::chrono::seconds(life));
    f.clock.advance(1ms);
    QCOMPARE(f.ask(), u"ASIA1"_s); // nobody waits yet
    QTRY_COMPARE(f.ask(), u"ASIA2"_s);
    QCOMPARE(f.transport.complaints(), QStringList());
}

void TestSignIn::oneRenewalServesAll()
{
    Fixture f;
    f.make();
    f.expectKeys("ASIA1", 1h);
    QStringList got;
    for (int i = 0; i < 5; ++i)
        f.signIn->provide(&f.owner, [&got](const Result<Credentials> &keys) { got += keys->accessKeyId; });
    QTRY_COMPARE(got.size(), 5);
    QCOMPARE(f.transport.requests().size(), 1);
}

void TestSignIn::handsOutOldKeysWhileFreshOnesCome()
{
    Fixture f;
    f.make();
    f.expectKeys("ASIA1", 1h);
    f.ask();
    f.clock.advance(46min);
    f.expectSts().stall();
    for (int i = 0; i < 3; ++i)
        QCOMPARE(f.ask(), u"ASIA1"_s);
    QCOMPARE(f.transport.requests().size(), 2);
}

void TestSignIn::waitsForFreshKeysInTheLastMinutes()
{
    Fixture f;
    f.make();
    f.expectKeys("ASIA1", 1h);
    f.ask();
    f.clock.advance(51min);
    f.expectKeys("ASIA2", 1h);
    QCOMPARE(f.ask(), u"ASIA2"_s);
}

void TestSignIn::keepsOldKeysWhenARenewalFails()
{
    for (const auto &elapsed : { 46min, 59min }) {
        Fixture f;
        QSignalSpy changed(&f.make(), &SignIn::changed);
        f.expectKeys("ASIA1", 1h);
        f.ask();
        f.clock.advance(elapsed);
        f.expectSts().reply(403, f.refused("AccessDenied", "Not any more"));
        QCOMPARE(f.ask(), u"ASIA1"_s);
        QTRY_COMPARE(changed.count(), 2);
        QCOMPARE(f.signIn->trace().size(), 2);
        QCOMPARE(f.signIn->trace().first().outcome, Outcome::Used);
        QCOMPARE(f.signIn->trace().last().outcome, Outcome::Failed);
        QCOMPARE(f.signIn->trace().last().words, u"AccessDenied by STS: Not any more"_s);
        QCOMPARE(f.transport.complaints(), QStringList());
    }
}

void TestSignIn::pausesAfterAFailure()
{
    Fixture f;
    QSignalSpy changed(&f.make(), &SignIn::changed);
    f.expectKeys("ASIA1", 1h);
    f.ask();
    f.clock.advance(46min);
    int requests = 1;
    // Five seconds, then ten, then twenty.
    for (const auto pause : { 5s, 10s, 20s }) {
        f.expectSts().reply(403, f.refused("AccessDenied", "No"));
        f.ask();
        ++requests;
        QTRY_COMPARE(changed.count(), requests);
        QCOMPARE(f.transport.requests().size(), requests);
        f.clock.advance(pause - 1ms);
        QCOMPARE(f.ask(), u"ASIA1"_s);
        QCOMPARE(f.transport.requests().size(), requests);
        f.clock.advance(1ms);
    }
    f.expectKeys("ASIA2", 1h);
    f.ask();
    QTRY_COMPARE(f.ask(), u"ASIA2"_s);
    QCOMPARE(f.signIn->trace().size(), 1);
    QCOMPARE(f.transport.complaints(), QStringList());
}

void TestSignIn::doesNotAskAgainAfterCancelling()
{
    Fixture f;
    f.plan.steps = { f.roleStep({ .roleArn = {}, .mfaSerial = u"m"_s }) };
    f.prompt.codes = { Secret(QByteArrayView("123456")), Error { .kind = Error::Kind::Cancelled } };
    f.make();
    f.expectKeys("ASIA1", 1h);
    QCOMPARE(f.ask(), u"ASIA1"_s);
    f.clock.advance(46min);
    f.ask();
    QTRY_COMPARE(f.prompt.questions.size(), 2);
    f.clock.advance(10min);
    QCOMPARE(f.ask(), u"ASIA1"_s);
    QCOMPARE(f.ask(), u"ASIA1"_s);
    QCOMPARE(f.prompt.questions.size(), 2);
    f.clock.advance(5min); // they have ended
    f.prompt.codes = { Secret(QByteArrayView("654321")) };
    f.expectKeys("ASIA2", 1h);
    QCOMPARE(f.ask(), u"ASIA2"_s);
}

//! A person was asked, and it failed all the same: no second question while the keys hold.
void TestSignIn::doesNotAskAgainAfterAFault()
{
    Fixture f;
    f.plan.steps = { f.roleStep({ .roleArn = {}, .mfaSerial = u"m"_s }) };
    f.prompt.codes = { Secret(QByteArrayView("123456")), Secret(QByteArrayView("234567")) };
    f.make();
    f.expectKeys("ASIA1", 1h);
    QCOMPARE(f.ask(), u"ASIA1"_s);
    f.clock.advance(46min);
    f.expectSts().reply(403, f.refused("AccessDenied", "Not any more"));
    f.ask();
    QTRY_COMPARE(f.signIn->trace().size(), 2); // it has failed
    for (int i = 0; i < 3; ++i) {
        f.clock.advance(4min);
        QCOMPARE(f.ask(), u"ASIA1"_s);
    }
    QCOMPARE(f.prompt.questions.size(), 2);
    QCOMPARE(f.transport.complaints(), QStringList());
}

void TestSignIn::doesNotAskAgainWithoutATerminal()
{
    Fixture f;
    f.plan.steps = { f.roleStep({ .roleArn = {}, .mfaSerial = u"m"_s }) };
    f.prompt.codes = { Secret(QByteArrayView("123456")),
        Error { .kind = Error::Kind::NoCredentials, .detail = u"there is no terminal"_s } };
    f.make();
    f.expectKeys("ASIA1", 1h);
    QCOMPARE(f.ask(), u"ASIA1"_s);
    f.clock.advance(46min);
    f.ask();
    QTRY_COMPARE(f.signIn->trace().size(), 2);
    f.clock.advance(12min);
    QCOMPARE(f.ask(), u"ASIA1"_s);
    QCOMPARE(f.prompt.questions.size(), 2);
}

void TestSignIn::saysWhatMayNotBeRepeated()
{
    const auto errorOf = [](Fixture &f) {
        Result<Credentials> outcome;
        bool isAnswered = false;
        f.signIn->provide(&f.owner, [&](const Result<Credentials> &keys) {
            outcome = keys;
            isAnswered = true;
        });
        for (int i = 0; i < 1'000 && !isAnswered; ++i)
            QTest::qWait(5);
        return isAnswered && !outcome ? outcome.error() : Error { .detail = u"none"_s };
    };
    const Error fault { .kind = Error::Kind::Timeout, .code = {}, .detail = u"no answer"_s };

    Fixture quiet;
    quiet.make();
    for (int i = 0; i < 3; ++i)
        quiet.expectSts().fail(fault);
    const Error repeatable = errorOf(quiet);
    QCOMPARE(repeatable.kind, Error::Kind::Timeout);
    QVERIFY(!repeatable.isFinal);

    Fixture asking;
    asking.plan.steps = { asking.roleStep({ .roleArn = {}, .mfaSerial = u"m"_s }) };
    asking.prompt.codes = { Secret(QByteArrayView("123456")) };
    asking.make();
    for (int i = 0; i < 3; ++i)
        asking.expectSts().fail(fault);
    const Error asked = errorOf(asking);
    QCOMPARE(asked.kind, Error::Kind::Timeout);
    QVERIFY(asked.isFinal);

    Fixture running;
    running.plan.steps = {
        { .origin = SignInStep::Origin::ConfigFile, .profile = u"dev"_s, .how = ProcessStep { u"/bin/false"_s } }
    };
    running.make();
    QVERIFY(errorOf(running).isFinal);
}

void TestSignIn::failsWhenTheKeysHaveEnded()
{
    Fixture f;
    f.make();
    f.expectKeys("ASIA1", 1h);
    f.ask();
    f.clock.advance(61min);
    f.expectSts().reply(403, f.refused("AccessDenied", "Not any more"));
    QVERIFY(f.ask().endsWith("AccessDenied by STS: Not any more"_L1));
    QVERIFY(!f.signIn->expires());
    QCOMPARE(f.signIn->trace().size(), 1);
    QCOMPARE(f.signIn->trace().first().outcome, Outcome::Failed);
    // And it may work the next time.
    f.expectKeys("ASIA2", 1h);
    QCOMPARE(f.ask(), u"ASIA2"_s);
    QCOMPARE(f.transport.complaints(), QStringList());
}

void TestSignIn::goesThroughManyRenewals()
{
    Fixture f;
    f.make();
    for (int i = 0; i < 50; ++i) {
        const QByteArray id = "ASIA" + QByteArray::number(i);
        f.expectKeys(id, 4s);
        QCOMPARE(f.ask(), QString::fromLatin1(id));
        f.clock.advance(2'500ms);
        QCOMPARE(f.ask(), QString::fromLatin1(id));
        f.clock.advance(1s);
    }
    QCOMPARE(f.transport.complaints(), QStringList());
}

void TestSignIn::renewsRefusedKeys()
{
    Fixture f;
    f.make();
    QVERIFY(f.signIn->invalidate(u"ASIA0"_s));
    f.expectKeys("ASIA1", 1h);
    f.ask();
    QCOMPARE(f.signIn->trace(),
        (QList<SignInTraceLine> { { .outcome = Outcome::Used,
            .step = u"profile dev: role_arn arn:aws:iam::111122223333:role/Reader"_s,
            .words = u"keys that hold until 2024-03-01 11:00:00 UTC; asked with profile base: access key"_s } }));
    QSignalSpy changed(f.signIn.get(), &SignIn::changed);
    QVERIFY(f.signIn->invalidate(u"ASIA1"_s));
    QVERIFY(!f.signIn->expires());
    QVERIFY(changed.wait());
    f.expectKeys("ASIA2", 1h);
    QCOMPARE(f.ask(), u"ASIA2"_s);
    QCOMPARE(f.transport.complaints(), QStringList());
}

//! Two calls are refused with the same keys: the second must not throw the fresh ones away.
void TestSignIn::keepsKeysWhenOthersWereRefused()
{
    Fixture f;
    f.make();
    f.expectKeys("ASIA1", 1h);
    f.ask();
    QVERIFY(f.signIn->invalidate(u"ASIA1"_s));
    f.expectKeys("ASIA2", 1h);
    QCOMPARE(f.ask(), u"ASIA2"_s);
    QVERIFY(f.signIn->invalidate(u"ASIA1"_s));
    QCOMPARE(f.ask(), u"ASIA2"_s);
    QCOMPARE(f.transport.requests().size(), 2);
    QCOMPARE(f.transport.complaints(), QStringList());
}

void TestSignIn::cannotRenewWrittenKeys()
{
    Fixture f;
    f.plan.steps = { f.keysStep() };
    f.make();
    QCOMPARE(f.ask(), u"AKIDSOURCE"_s);
    f.clock.advance(24h * 365);
    QCOMPARE(f.ask(), u"AKIDSOURCE"_s);
    QVERIFY(!f.signIn->expires());
    QVERIFY(!f.signIn->invalidate(u"AKIDSOURCE"_s));
    QCOMPARE(f.ask(), u"AKIDSOURCE"_s);
    QCOMPARE(f.signIn->trace(),
        (QList<SignInTraceLine> { { .outcome = Outcome::Used,
            .step = u"profile base: access key"_s,
            .words = u"keys that do not expire"_s } }));
}

void TestSignIn::toleratesAClockSetBack()
{
    Fixture f;
    f.make();
    f.expectKeys("ASIA1", 1h);
    f.ask();
    f.clock.setNow(f.clock.now() - 5h);
    f.clock.advance(51min); // the steady clock knows
    f.expectKeys("ASIA2", 1h);
    QCOMPARE(f.ask(), u"ASIA2"_s);
}

void TestSignIn::toleratesAClockSetForward()
{
    Fixture f;
    f.make();
    f.expectKeys("ASIA1", 1h);
    f.ask();
    f.clock.setNow(f.clock.now() + 5h); // or it slept
    f.expectKeys("ASIA2", 1h);
    QCOMPARE(f.ask(), u"ASIA2"_s);
    QCOMPARE(f.ask(), u"ASIA2"_s);
    QCOMPARE(f.transport.complaints(), QStringList());
}

void TestSignIn::refusesKeysThatHaveEnded()
{
    Fixture f;
    f.make();
    f.expectKeys("ASIA1", -1s);
    const QString detail = f.ask();
    QVERIFY2(detail.contains("ended at 2024-03-01 09:59:59 UTC"_L1), qPrintable(detail));
    QVERIFY2(detail.contains("clock"_L1), qPrintable(detail));
}

void TestSignIn::passesOverAnInstanceThatIsNotThere()
{
    Fixture f;
    f.plan.passedOver = { u"environment: AWS_ACCESS_KEY_ID is not set"_s };
    f.plan.steps = { instanceStep(), f.keysStep() };
    f.make();
    f.transport.expect(HttpRequest::Method::Put, QUrl(u"http://169.254.169.254/latest/api/token"_s))
        .fail({ .kind = Error::Kind::Network, .detail = u"no route"_s });
    QCOMPARE(f.ask(), u"AKIDSOURCE"_s);
    const QList<SignInTraceLine> &trace = f.signIn->trace();
    QCOMPARE(trace.size(), 3);
    QCOMPARE(trace.at(0),
        (SignInTraceLine {
            .outcome = Outcome::PassedOver, .step = u"environment: AWS_ACCESS_KEY_ID is not set"_s, .words = {} }));
    QCOMPARE(trace.at(1).outcome, Outcome::PassedOver);
    QCOMPARE(trace.at(1).step, u"instance: instance metadata"_s);
    QVERIFY2(trace.at(1).words.contains("no route"_L1), qPrintable(trace.at(1).words));
    QCOMPARE(trace.at(2).outcome, Outcome::Used);
}

void TestSignIn::tellsThatNothingWasFound()
{
    Fixture f;
    f.plan.passedOver = { u"environment: AWS_ACCESS_KEY_ID is not set"_s };
    f.plan.steps = { instanceStep() };
    f.make();
    f.transport.expect(HttpRequest::Method::Put, QUrl(u"http://169.254.169.254/latest/api/token"_s))
        .fail({ .kind = Error::Kind::Network, .detail = u"no route"_s });
    const QString detail = f.ask();
    for (const QString &part : { u"No keys were found"_s, u"AWS_ACCESS_KEY_ID is not set"_s, u"no route"_s })
        QVERIFY2(detail.contains(part), qPrintable(detail));
    f.plan = {};
    f.make();
    QVERIFY(f.ask().startsWith("No keys were found"_L1));
    QVERIFY(!f.signIn->invalidate(u"ASIA1"_s));
}

void TestSignIn::endsAtAStepThatFails()
{
    Fixture f;
    f.plan.steps += f.keysStep(u"AKIDOTHER"_s); // somebody else
    f.make();
    f.expectSts().reply(403, f.refused("AccessDenied", "No"));
    QVERIFY(f.ask().endsWith("AccessDenied by STS: No"_L1));
    QCOMPARE(f.signIn->sourceWords(), QString());
}

void TestSignIn::survivesDeletionByAWaiter()
{
    Fixture f;
    f.make();
    f.expectKeys("ASIA1", 1h);
    int answers = 0;
    for (int i = 0; i < 3; ++i)
        f.signIn->provide(&f.owner, [&](const Result<Credentials> &) {
            f.signIn.reset();
            ++answers;
        });
    QTRY_COMPARE(answers, 3);
    f.make();
    connect(f.signIn.get(), &SignIn::changed, &f.owner, [&f] { f.signIn.reset(); });
    f.expectKeys("ASIA2", 1h);
    f.signIn->provide(&f.owner, [&](const Result<Credentials> &) { ++answers; });
    QTRY_COMPARE(answers, 4);
}

void TestSignIn::stopsWhenDeleted()
{
    Fixture f;
    f.make();
    f.expectSts().stall();
    bool isAnswered = false;
    f.signIn->provide(&f.owner, [&isAnswered](const Result<Credentials> &) { isAnswered = true; });
    QTRY_COMPARE(f.transport.underWay(), 1);
    f.signIn.reset();
    QCOMPARE(f.transport.underWay(), 0);
    QTest::qWait(20);
    QVERIFY(!isAnswered);
}

void TestSignIn::forgetsWaitersThatAreGone()
{
    Fixture f;
    f.make();
    f.expectKeys("ASIA1", 1h);
    bool isAnswered = false;
    auto context = std::make_unique<QObject>();
    f.signIn->provide(context.get(), [&isAnswered](const Result<Credentials> &) { isAnswered = true; });
    context.reset();
    QCOMPARE(f.ask(), u"ASIA1"_s);
    QVERIFY(!isAnswered);
}

void TestSignIn::endsARenewalThatNobodyWaitsFor()
{
    Fixture f;
    f.make();
    f.expectSts().stall();
    auto first = std::make_unique<QObject>();
    auto second = std::make_unique<QObject>();
    const auto nothing = [](const Result<Credentials> &) {};
    f.signIn->provide(first.get(), nothing);
    f.signIn->provide(second.get(), nothing);
    QTRY_COMPARE(f.transport.underWay(), 1);
    first.reset();
    QTest::qWait(10);
    QCOMPARE(f.transport.underWay(), 1);
    second.reset();
    QTRY_COMPARE(f.transport.underWay(), 0);
    f.expectKeys("ASIA1", 1h);
    QCOMPARE(f.ask(), u"ASIA1"_s);
}

void TestSignIn::goesOnForWhoComesAtOnce()
{
    Fixture f;
    f.make();
    f.expectSts().stall();
    auto context = std::make_unique<QObject>();
    const auto nothing = [](const Result<Credentials> &) {};
    f.signIn->provide(context.get(), nothing);
    QTRY_COMPARE(f.transport.underWay(), 1);
    context.reset();
    f.signIn->provide(&f.owner, nothing);
    QTest::qWait(10);
    QCOMPARE(f.transport.underWay(), 1);
    QCOMPARE(f.transport.requests().size(), 1);
}

void TestSignIn::goesOnWithAnAdvisoryRenewal()
{
    Fixture f;
    f.make();
    f.expectKeys("ASIA1", 1h);
    f.ask();
    f.clock.advance(46min);
    f.expectSts().stall();
    f.ask();
    f.clock.advance(5min);
    auto context = std::make_unique<QObject>();
    f.signIn->provide(context.get(), [](const Result<Credentials> &) {});
    QTest::qWait(10);
    context.reset();
    QTest::qWait(10);
    QCOMPARE(f.transport.underWay(), 1);
}

//! Nor do the trace and the errors hold any.
void TestSignIn::logsNoSecret()
{
    QLoggingCategory::setFilterRules(u"optout.*=true"_s);
    const QtMessageHandler before = qInstallMessageHandler(&collect);
    Fixture f;
    f.plan.steps = { f.roleStep({ .roleArn = {}, .externalId = u"canary-external"_s, .mfaSerial = u"m"_s }) };
    f.prompt.codes = { Secret(QByteArrayView("918273")), Secret(QByteArrayView("918273")) };
    f.make();
    const FakeTransport::Headers date { { "Date", "Fri, 01 Mar 2024 10:10:00 GMT" } };
    f.expectSts().reply(403,
        f.refused("SignatureDoesNotMatch",
            "Wrong. The Canonical String for this request should "
            "have been x-amz-security-token:canary-token"),
        date);
    f.expectSts().reply(500, f.refused("InternalFailure", "Sorry"));
    f.expectSts().reply(200, f.assumed("ASIA1", f.clock.now() + 1h).chopped(20));
    f.expectSts().reply(200, f.assumed("ASIA1", f.clock.now() - 1h).chopped(20));
    QString all = f.ask();
    f.expectKeys("ASIA1", 1h);
    all += f.ask();
    qInstallMessageHandler(before);
    QLoggingCategory::setFilterRules({});
    QCOMPARE(f.transport.complaints(), QStringList());
    QVERIFY2(logged.contains("failed in attempt"_L1), "nothing was logged at all");
    for (const SignInTraceLine &line : f.signIn->trace())
        all += line.step + line.words;
    for (const QString &secret : { u"canary"_s, u"918273"_s }) {
        QVERIFY2(!logged.contains(secret), qPrintable(logged));
        QVERIFY2(!all.contains(secret), qPrintable(all));
    }
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
