// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/ssocall.h"

#include "core/logging.h"
#include "core/secret.h"
#include "signin/ssomessages.h"

#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>

namespace optout {

using std::chrono::milliseconds;

namespace {
//! What of a request counts at most: one that takes longer waited for a person to answer the proxy's question.
constexpr std::chrono::steady_clock::duration longestRequest = std::chrono::seconds(20);
} // namespace

SsoCall::SsoCall(
    HttpTransport &transport, const Clock &clock, SignInAction action, HttpRequest request, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_clock(clock)
    , m_action(action)
    , m_request(std::move(request))
    , m_retry {
        .firstDelay = milliseconds(1'000), .longestDelay = milliseconds(5'000), .longestTotal = milliseconds(60'000)
    }
{
}

SsoCall::~SsoCall()
{
    wipe(m_request.body);
    for (auto &[name, value] : m_request.headers)
        wipe(value);
}

void SsoCall::start(int attempts)
{
    m_retry.maxAttempts = attempts;
    m_started = m_clock.steadyNow();
    send();
}

void SsoCall::send()
{
    m_sentAt = m_clock.steadyNow();
    HttpExchange *exchange = m_transport.send(m_request, this);
    connect(exchange, &HttpExchange::finished, this, [this, exchange](const Result<HttpReply> &outcome) {
        exchange->deleteLater();
        const auto took = m_clock.steadyNow() - m_sentAt;
        m_started += std::max(took - longestRequest, std::chrono::steady_clock::duration::zero());
        onOutcome(outcome);
    });
}

void SsoCall::onOutcome(const Result<HttpReply> &outcome)
{
    if (!outcome) {
        onFailure(outcome.error());
    } else if (outcome->status < 200 || outcome->status > 299) {
        onFailure(ssoError(m_action, *outcome));
    } else {
        deleteLater();
        emit finished(outcome);
    }
}

void SsoCall::onFailure(const Error &error)
{
    const auto elapsed = std::chrono::floor<milliseconds>(m_clock.steadyNow() - m_started);
    const double jitter = QRandomGenerator::global()->generateDouble();
    const std::optional<milliseconds> delay = m_retry.delayAfter(m_attempt++, error, elapsed, jitter);
    qCDebug(log::signin) << nameOf(m_action) << "failed:" << error.code << error.requestId;
    if (delay) {
        QTimer::singleShot(*delay, this, &SsoCall::send);
        return;
    }
    deleteLater();
    emit finished(error);
}

} // namespace optout
