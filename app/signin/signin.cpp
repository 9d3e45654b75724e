// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/signin.h"

#include "core/logging.h"
#include "signin/credentialsource.h"
#include "signin/keysinhand.h"
#include "signin/stepcache.h"
#include "signin/stepwords.h"

#include <QDateTime>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

using Outcome = SignInTraceLine::Outcome;

constexpr milliseconds firstPause { 5'000 }; // between a renewal that failed and the next, doubled from there
constexpr milliseconds longestPause { 60'000 };

struct Waiter {
    QPointer<QObject> context;
    std::function<void(const Result<Credentials> &)> done;
};

QString timeWords(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC)
        .toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"_s);
}

Error endedAlready(Timestamp end)
{
    return { .kind = Error::Kind::NoCredentials,
        .detail =
            u"The keys it handed out ended at %1. If that is still to come, this computer's clock is wrong."_s.arg(
                timeWords(end)) };
}

//! Where the keys come from that a role was asked for with, down to the first: "; asked with profile base: access key".
QString chainWords(const SignInStep &step)
{
    const auto *role = std::get_if<AssumeRoleStep>(&step.how);
    if (!role || !role->source)
        return {};
    return u"; asked with "_s + stepWords(*role->source) + chainWords(*role->source);
}

//! Notes that a person was asked, or was to be where there is no terminal.
class NotingPrompt final : public SignInPrompt {
public:
    explicit NotingPrompt(SignInPrompt &prompt)
        : m_prompt(prompt)
    {
    }
    void askMfaCode(
        const MfaQuestion &question, QObject *context, std::function<void(const Result<Secret> &)> done) override
    {
        hasAsked = true;
        m_prompt.askMfaCode(question, context, std::move(done));
    }
    void showDeviceAuthorization(const DeviceAuthorization &authorization, QObject *context,
        std::function<void(const Error &)> cancelled) override
    {
        hasAsked = true;
        m_prompt.showDeviceAuthorization(authorization, context, std::move(cancelled));
    }

    bool hasAsked = false;

private:
    SignInPrompt &m_prompt;
};

//! Whether a program may be run for it: the AWS CLI for the keys of `aws login`, too.
bool runsProgram(const SignInStep &step)
{
    if (const auto *role = std::get_if<AssumeRoleStep>(&step.how))
        return role->source && runsProgram(*role->source);
    return std::holds_alternative<ProcessStep>(step.how) || std::holds_alternative<LoginStep>(step.how);
}

//! The error without the step that the trace names anyway.
QString withoutStep(const SignInStep &step, const QString &detail)
{
    const QString words = stepWords(step) + ": "_L1;
    return detail.startsWith(words) ? detail.sliced(words.size()) : detail;
}

} // namespace

class SignIn::Private {
public:
    Private(SignIn *owner, Parts given, SignInPlan planned, ServiceSettings settings)
        : q(owner)
        , clock(given.clock)
        , prompt(given.prompt)
        , sourceParts { .transport = given.transport,
            .clock = given.clock,
            .prompt = prompt,
            .environment = std::move(given.environment),
            .settings = std::move(settings),
            .cache = std::make_shared<StepCache>() }
        , plan(std::move(planned))
        , trace(passedOver())
    {
    }

    bool isPausing() const { return failures > 0 && (!nextTry || clock.steadyNow() < *nextTry); }
    QList<SignInTraceLine> passedOver() const;
    //! \param advisory nobody waits for it yet, because the keys in hand hold
    void renew(bool advisory);
    void tryStep(qsizetype index);
    void onOutcome(qsizetype index, const Result<Credentials> &outcome);
    void keep(qsizetype index, const Credentials &credentials);
    void fail(const Error &error);
    void answer(const Result<Credentials> &outcome);
    Error nothingFound() const;

    SignIn *q;
    const Clock &clock;
    NotingPrompt prompt;
    SourceParts sourceParts;
    SignInPlan plan;
    QList<SignInTraceLine> trace;
    std::optional<KeysInHand> keys {};
    std::optional<qsizetype> used {}; //!< the step that answered; renewals ask no other, as in the CLI
    CredentialSource *running = nullptr; //!< a child of q
    bool isAdvisory = false; //!< the renewal under way
    QList<SignInTraceLine> runTrace {};
    QList<Waiter> waiters {};
    int failures = 0; //!< renewals in a row that failed while keys still held
    std::optional<std::chrono::steady_clock::time_point> nextTry {}; //!< absent with failures: not before the keys end
};

QList<SignInTraceLine> SignIn::Private::passedOver() const
{
    QList<SignInTraceLine> lines;
    for (const QString &words : plan.passedOver)
        lines += SignInTraceLine { .outcome = Outcome::PassedOver, .step = words, .words = {} };
    return lines;
}

void SignIn::Private::renew(bool advisory)
{
    isAdvisory = advisory;
    runTrace = passedOver();
    prompt.hasAsked = false;
    tryStep(used.value_or(0));
}

void SignIn::Private::tryStep(qsizetype index)
{
    if (index >= plan.steps.size()) {
        // provide() promises an answer from the event loop.
        QMetaObject::invokeMethod(
            q, [this] { fail(nothingFound()); }, Qt::QueuedConnection);
        return;
    }
    running = makeSource(plan.steps.at(index), sourceParts, q);
    QObject::connect(running, &CredentialSource::finished, q,
        [this, index](const Result<Credentials> &outcome) { onOutcome(index, outcome); });
    running->start();
}

void SignIn::Private::onOutcome(qsizetype index, const Result<Credentials> &outcome)
{
    std::exchange(running, nullptr)->deleteLater();
    const SignInStep &step = plan.steps.at(index);
    if (outcome && (!outcome->expires || *outcome->expires > clock.now())) {
        keep(index, *outcome);
        return;
    }
    Error error = inStep(step, outcome ? endedAlready(*outcome->expires) : outcome.error());
    error.isFinal = error.isFinal || prompt.hasAsked || runsProgram(step);
    const bool goesOn = !outcome && error.code == "NotAvailable"_L1 && !used;
    runTrace += { .outcome = goesOn ? Outcome::PassedOver : Outcome::Failed,
        .step = stepWords(step),
        .words = withoutStep(step, error.detail) };
    qCDebug(log::signin) << "a sign-in step failed:" << error.code << error.requestId;
    if (goesOn)
        tryStep(index + 1);
    else
        fail(error);
}

void SignIn::Private::keep(qsizetype index, const Credentials &credentials)
{
    keys.emplace(credentials, clock);
    used = index;
    failures = 0;
    nextTry.reset();
    trace = std::exchange(runTrace, {});
    const SignInStep &step = plan.steps.at(index);
    const QString words = credentials.expires ? u"keys that hold until %1"_s.arg(timeWords(*credentials.expires))
                                              : u"keys that do not expire"_s;
    trace += { .outcome = Outcome::Used, .step = stepWords(step), .words = words + chainWords(step) };
    answer(credentials);
}

//! Keys that still hold are better than none, whatever kept fresh ones from coming.
void SignIn::Private::fail(const Error &error)
{
    if (keys && keys->hold(clock)) {
        const milliseconds pause = std::min(
            { firstPause * (1 << std::min(failures, 8)), longestPause, std::max(keys->life() / 24, milliseconds(1)) });
        ++failures;
        if (error.isFinal || error.kind == Error::Kind::Cancelled)
            nextTry.reset(); // somebody was asked, or a program was run: not again while the keys hold
        else
            nextTry = clock.steadyNow() + pause;
        trace.removeIf([](const SignInTraceLine &line) { return line.outcome == Outcome::Failed; });
        if (!runTrace.isEmpty() && runTrace.last().outcome == Outcome::Failed)
            trace += runTrace.last();
        answer(keys->credentials());
        return;
    }
    keys.reset();
    failures = 0;
    trace = std::exchange(runTrace, {});
    answer(error);
}

//! Last in its callers: a waiter may delete the SignIn.
void SignIn::Private::answer(const Result<Credentials> &outcome)
{
    const QList<Waiter> all = std::exchange(waiters, {});
    const Result<Credentials> kept = outcome;
    emit q->changed();
    for (const Waiter &waiter : all) {
        if (waiter.context)
            waiter.done(kept);
    }
}

Error SignIn::Private::nothingFound() const
{
    QStringList looked;
    for (const SignInTraceLine &line : runTrace)
        looked += line.words.isEmpty() ? line.step : u"%1 (%2)"_s.arg(line.step, line.words);
    QString detail = u"No keys were found."_s;
    if (!looked.isEmpty())
        detail += u" Looked at: %1."_s.arg(looked.join("; "_L1));
    return { .kind = Error::Kind::NoCredentials,
        .detail = detail + u" Set a profile up with `aws configure` or `aws configure sso`, or give keys."_s };
}

SignIn::SignIn(Parts parts, SignInPlan plan, ServiceSettings settings, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(parts), std::move(plan), std::move(settings)))
{
}

SignIn::~SignIn() { delete d->running; } // it works with what is in d

void SignIn::provide(QObject *context, std::function<void(const Result<Credentials> &)> done)
{
    const bool hold = d->keys && d->keys->hold(d->clock);
    if (hold && (!d->keys->mustRenew(d->clock) || d->isPausing())) {
        QMetaObject::invokeMethod(
            context, [done = std::move(done), keys = d->keys->credentials()] { done(keys); }, Qt::QueuedConnection);
        if (!d->running && d->keys->shouldRenew(d->clock) && !d->isPausing())
            d->renew(true);
        return;
    }
    connect(context, &QObject::destroyed, this, &SignIn::onWaiterGone,
        Qt::ConnectionType(Qt::QueuedConnection | Qt::UniqueConnection));
    const bool isUnderWay = d->running || !d->waiters.isEmpty();
    d->waiters += { .context = context, .done = std::move(done) };
    if (!isUnderWay)
        d->renew(false);
}

std::optional<Credentials> SignIn::atHand() const
{
    if (!d->keys || !d->keys->hold(d->clock) || d->keys->shouldRenew(d->clock))
        return std::nullopt;
    return d->keys->credentials();
}

// Later than the waiter's end: whoever takes its place at once finds the renewal still under way.
void SignIn::onWaiterGone()
{
    if (!d->running)
        return;
    d->waiters.removeIf([](const Waiter &waiter) { return !waiter.context; });
    if (d->waiters.isEmpty() && !d->isAdvisory)
        delete std::exchange(d->running, nullptr); // withdraws its question
}

bool SignIn::invalidate(const QString &accessKeyId)
{
    if (d->keys && d->keys->credentials().accessKeyId != accessKeyId)
        return true; // renewed since
    if (d->used && std::holds_alternative<StaticKeysStep>(d->plan.steps.at(*d->used).how))
        return false;
    if (d->keys) {
        d->keys.reset();
        // Later: the caller is in the middle of something.
        QMetaObject::invokeMethod(this, &SignIn::changed, Qt::QueuedConnection);
    }
    d->failures = 0;
    return !d->plan.steps.isEmpty();
}

const QList<SignInTraceLine> &SignIn::trace() const { return d->trace; }

std::optional<Timestamp> SignIn::expires() const { return d->keys ? d->keys->credentials().expires : std::nullopt; }

QString SignIn::sourceWords() const { return d->used ? shortStepWords(d->plan.steps.at(*d->used)) : QString(); }

} // namespace optout
