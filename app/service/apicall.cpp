// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/apicall.h"

#include "aws/accesskey.h"
#include "aws/httpdate.h"
#include "aws/serviceerror.h"
#include "aws/sigv4.h"
#include "core/logging.h"
#include "core/loopbackhost.h"
#include "service/servicecontext.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {
//! The service takes 5 minutes either way (IAM User Guide, "Troubleshoot Signature Version 4 signing"); a little less,
//! because an answer is under way for a while.
constexpr std::chrono::minutes noticedSkew { 4 };
//! What of a request counts at most: one that takes longer waited for a person to answer the proxy's question.
constexpr std::chrono::steady_clock::duration longestRequest = std::chrono::minutes(2);
//! What of a wait counts over what was planned: one that takes longer was slept through.
constexpr milliseconds waitSlack { 5'000 };
//! Shorter waits for the quota are not worth telling.
constexpr milliseconds toldFrom { 100 };

//! Two accounts can each have a list of one name: what was read of one must not be continued with the other's.
Error accountChanged()
{
    return { .kind = Error::Kind::NoCredentials,
        .code = errorcode::accountChanged,
        .detail = u"The keys are now those of another account than the calls before were made with."_s,
        .isFinal = true };
}
} // namespace

ApiCall::ApiCall(std::shared_ptr<ServiceContext> context, Action action, QByteArray body, Reader read,
    Patience patience, QObject *parent)
    : QObject(parent)
    , m_context(std::move(context))
    , m_action(action)
    , m_body(std::move(body))
    , m_read(std::move(read))
    , m_patience(patience)
{
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::PreciseTimer);
    connect(&m_pause, &QTimer::timeout, this, &ApiCall::beginAttempt);
    if (m_context->parts.network)
        connect(m_context->parts.network, &NetworkWatch::returned, this, &ApiCall::onNetworkReturned);
}

void ApiCall::start()
{
    m_spentUntil = m_context->parts.clock.steadyNow();
    beginAttempt();
}

void ApiCall::beginAttempt()
{
    // Whose quota it is shows with the keys; once known, they are asked for when the turn has come.
    if (m_context->accountKey.isEmpty()) {
        withCredentials(&ApiCall::learnAccount);
        return;
    }
    const auto [delay, isTaken] = pacer().claimTurn();
    m_planned += delay;
    if (isTaken)
        sendIn(delay);
    else
        awaitTurn(delay);
    if (delay < toldFrom)
        return;
    // From the event loop, as all signals: whoever asked for this call must not be cancelled while it asks.
    QMetaObject::invokeMethod(
        this, [this, delay = delay] { emit waitingForQuota(delay); }, Qt::QueuedConnection);
}

void ApiCall::learnAccount(const Credentials &credentials)
{
    m_context->accountKey = m_context->accountKeyOfKeys(credentials.accessKeyId);
    beginAttempt();
}

void ApiCall::awaitTurn(milliseconds delay)
{
    if (delay > milliseconds::zero())
        QTimer::singleShot(delay, Qt::PreciseTimer, this, &ApiCall::takeTurn);
    else
        takeTurn();
}

void ApiCall::takeTurn()
{
    const milliseconds hold = pacer().remainingHold();
    m_planned += hold;
    sendIn(hold);
}

void ApiCall::sendIn(milliseconds delay)
{
    if (delay > milliseconds::zero())
        QTimer::singleShot(delay, Qt::PreciseTimer, this, &ApiCall::sendWithKeys);
    else
        sendWithKeys();
}

void ApiCall::sendWithKeys()
{
    // At once, so that the request is on its way while whoever asked for it works on the page before.
    const std::optional<Credentials> keys = m_context->credentials->atHand();
    if (keys && mayUse(*keys)) {
        spendTime(std::exchange(m_planned, {}) + waitSlack);
        send(*keys);
    } else {
        withCredentials(&ApiCall::send);
    }
}

Pacer &ApiCall::pacer() const { return m_context->pacer(m_action); }

void ApiCall::withCredentials(void (ApiCall::*next)(const Credentials &))
{
    const auto asked = m_context->parts.clock.steadyNow();
    m_context->credentials->provide(this, [this, asked, next](const Result<Credentials> &credentials) {
        // A person may have been asked: that takes its time.
        m_spentUntil += m_context->parts.clock.steadyNow() - asked;
        spendTime(std::exchange(m_planned, {}) + waitSlack);
        if (credentials)
            (this->*next)(*credentials);
        else
            onFailure(credentials.error());
    });
}

bool ApiCall::mayUse(const Credentials &credentials) const
{
    const QString &accountKey = m_context->accountKeyOfKeys(credentials.accessKeyId);
    return !areOfDifferentAccounts(m_context->accountKey, accountKey)
        && !areOfDifferentAccounts(m_expectedAccount, accountKey);
}

void ApiCall::send(const Credentials &credentials)
{
    if (!mayUse(credentials)) {
        onFailure(accountChanged());
        return;
    }
    const ServiceAddress &address = m_context->address;
    m_signedAt = m_context->parts.clock.now() + m_context->clockOffset;
    m_signedWith = credentials.accessKeyId;
    m_context->accountKey = m_context->accountKeyOfKeys(credentials.accessKeyId);
    const Signature signature = sign(
        SigningInput { .url = address.endpoint,
            .headers = { { "Content-Type", "application/x-amz-json-1.0" }, { "X-Amz-Target", targetOf(m_action) } },
            .body = m_body,
            .region = address.region.toUtf8() },
        credentials, m_signedAt, *m_context->signingCache);
    m_sentAt = m_context->parts.clock.steadyNow();
    if (m_answered) // by the attempt before; the last one goes with this call
        std::exchange(m_answered, nullptr)->deleteLater();
    HttpExchange *exchange = m_context->parts.transport.send(
        HttpRequest {
            .url = address.endpoint, .headers = signature.headers, .body = m_body, .logName = targetOf(m_action) },
        this);
    connect(exchange, &HttpExchange::finished, this, [this, exchange](const Result<HttpReply> &outcome) {
        m_answered = exchange;
        m_answerTook = m_context->parts.clock.steadyNow() - m_sentAt;
        spendTime(longestRequest);
        onOutcome(outcome);
    });
    emit sent();
}

void ApiCall::onOutcome(const Result<HttpReply> &outcome)
{
    if (!outcome) {
        onFailure(outcome.error());
        return;
    }
    if (outcome->status < 200 || outcome->status > 299) {
        onRefusal(*outcome);
        return;
    }
    pacer().passed(m_sentAt);
    const Result<Done> read = m_read(outcome->body);
    if (read) {
        m_context->retryQuota.giveBack(m_paid);
        emit finished(Done {}); // may delete this
        return;
    }
    Error error = read.error();
    if (error.requestId.isEmpty())
        error.requestId = requestIdOf(outcome->headers);
    onFailure(error);
}

void ApiCall::onRefusal(const HttpReply &reply)
{
    const Error error = toError(readServiceError(reply.status, reply.headers, reply.body));
    if (error.kind == Error::Kind::Throttled) {
        onThrottled(error);
        return;
    }
    pacer().passed(m_sentAt);
    if (correctClock(error, reply) || renewCredentials(error))
        beginAttempt();
    else
        onFailure(error);
}

void ApiCall::onThrottled(const Error &error)
{
    ++m_failed;
    const bool isBelieved = error.retryAfter && *error.retryAfter <= m_context->parts.retry.longestDelay;
    pacer().throttled(m_sentAt, isBelieved ? error.retryAfter : std::nullopt);
    // Attempts of a call are few: spent as fast as the pace is learnt, they would be gone before a slow quota grants
    // one.
    milliseconds atLeast {};
    if (m_patience == Patience::Call) {
        const std::optional<milliseconds> backoff = delayAfter(error);
        if (!backoff) {
            giveUp(error);
            return;
        }
        atLeast = *backoff;
    }
    m_clockCorrected = m_credentialsRenewed = false; // a wait may be long, and both change in it
    // The service answers: whatever fault there was before is over.
    m_fault = { .attempts = m_fault.attempts, .backoffStep = 0 };
    const milliseconds delay = std::max(pacer().claim(), atLeast);
    m_planned += delay;
    qCDebug(log::service) << targetOf(m_action) << "throttled" << error.requestId << "next one in" << delay.count()
                          << "ms";
    const QPointer<ApiCall> guard(this);
    emit waiting(Waiting { .reason = error, .failedAttempts = m_failed, .delay = delay }); // may delete this
    if (guard)
        awaitTurn(delay); // after it: without a delay the next request goes out here
}

void ApiCall::onFailure(const Error &error)
{
    ++m_failed;
    const std::optional<milliseconds> delay = delayAfter(error);
    if (!delay) {
        giveUp(error);
        return;
    }
    m_clockCorrected = m_credentialsRenewed = false; // a wait may be long, and both change in it
    qCDebug(log::service) << targetOf(m_action) << "attempt" << m_failed << "failed:" << error.code << error.requestId
                          << "next one in" << delay->count() << "ms";
    m_planned += *delay;
    m_pause.start(*delay);
    emit waiting(Waiting { .reason = error, .failedAttempts = m_failed, .delay = *delay }); // may delete this
}

//! Nothing if the call has failed for good. Pays for the attempt.
std::optional<milliseconds> ApiCall::delayAfter(const Error &error)
{
    const OptOutService::Parts &parts = m_context->parts;
    const double jitter = parts.jitter();
    const std::optional<int> paid = RetryPolicy::isTransient(error) ? m_context->retryQuota.take(error) : 0;
    m_paid = paid.value_or(0);
    // Who has never been signed in is told soon that it cannot be done: nothing has been read that patience could save.
    const bool wasSignedIn = !m_context->accountKey.isEmpty();
    if (m_patience == Patience::Read && wasSignedIn) {
        ++m_fault.backoffStep;
        if (error.kind != Error::Kind::Throttled && !isNetworkGone())
            ++m_fault.attempts;
        m_fault.isQuotaSpent = !paid;
        return parts.retry.delayInRead(m_fault, error, jitter);
    }
    const auto elapsed = std::chrono::floor<milliseconds>(m_spent);
    return paid ? parts.retry.delayAfter(m_failed, error, elapsed, jitter) : std::nullopt;
}

void ApiCall::giveUp(const Error &error)
{
    qCDebug(log::service) << targetOf(m_action) << "failed in attempt" << m_failed << error.code << error.requestId;
    emit finished(error); // may delete this
}

void ApiCall::onNetworkReturned()
{
    // What failed until now may have been the network: as if the fault had only begun.
    m_fault = { .attempts = m_fault.attempts, .backoffStep = 0 };
    if (!m_pause.isActive())
        return;
    m_pause.stop();
    beginAttempt();
}

//! This computer reaches itself without a network.
bool ApiCall::isNetworkGone() const
{
    NetworkWatch *const network = m_context->parts.network;
    return network && !isLoopbackHost(m_context->address.endpoint.host()) && !network->isReachable();
}

//! Counts the time since it was last counted.
void ApiCall::spendTime(std::chrono::steady_clock::duration atMost)
{
    const auto now = m_context->parts.clock.steadyNow();
    const auto spent = std::clamp(now - m_spentUntil, std::chrono::steady_clock::duration::zero(), atMost);
    m_spentUntil = now;
    m_spent += spent;
    if (m_fault.backoffStep > 0 && !isNetworkGone())
        m_fault.lasted += std::chrono::floor<milliseconds>(spent);
}

//! Whether the clock was wrong and is corrected now, for all operations of the service.
bool ApiCall::correctClock(const Error &error, const HttpReply &reply)
{
    if (m_clockCorrected || !isClockSkew(error))
        return false;
    const std::optional<Timestamp> serviceTime = httpDate(headerValue(reply.headers, "Date"));
    // Compared with the time this request was signed with, not with the corrected clock of now: another call may have
    // corrected it while this one was under way.
    if (!serviceTime || std::chrono::abs(*serviceTime - m_signedAt) <= noticedSkew)
        return false;
    m_clockCorrected = true;
    m_context->clockOffset = *serviceTime - m_context->parts.clock.now();
    qCInfo(log::service) << "this computer's clock differs from the service's; corrected by"
                         << m_context->clockOffset.count() << "ms";
    return true;
}

//! Whether the service refused the credentials and there are others to try.
bool ApiCall::renewCredentials(const Error &error)
{
    if (m_credentialsRenewed || error.kind != Error::Kind::NoCredentials)
        return false;
    m_credentialsRenewed = m_context->credentials->invalidate(m_signedWith);
    return m_credentialsRenewed;
}

} // namespace optout
