// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/stscall.h"

#include "aws/httpdate.h"
#include "aws/serviceerror.h"
#include "aws/sigv4.h"
#include "aws/stsmessages.h"
#include "core/logging.h"
#include "signin/signinrequest.h"
#include "signin/stepwords.h"

#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>

namespace optout {

using std::chrono::milliseconds;

namespace {
//! STS takes 5 minutes either way, as all services do; a little less, because an answer is under way for a while.
constexpr std::chrono::minutes noticedSkew { 4 };
//! What of a request counts at most: one that takes longer may have waited for a person to answer the proxy's question.
constexpr std::chrono::steady_clock::duration longestRequest = std::chrono::seconds(20);

const QByteArray formType = QByteArrayLiteral("application/x-www-form-urlencoded; charset=utf-8");
} // namespace

StsCall::StsCall(HttpTransport &transport, const Clock &clock, const ServiceSettings &settings, Input input,
    Reader read, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_clock(clock)
    , m_settings(settings)
    , m_input(std::move(input))
    , m_read(std::move(read))
    , m_retry { .maxAttempts = m_input.maxAttempts, .longestTotal = std::chrono::minutes(1) }
{
}

StsCall::~StsCall()
{
    qDeleteAll(findChildren<HttpExchange *>(Qt::FindDirectChildrenOnly)); // which share the form
    wipe(m_form);
}

void StsCall::start()
{
    m_started = m_clock.steadyNow();
    const Result<QUrl> endpoint = signInEndpoint(SignInService::Sts, m_settings);
    if (!endpoint) {
        QMetaObject::invokeMethod(
            this, [this, error = endpoint.error()] { finish(error); }, Qt::QueuedConnection);
        return;
    }
    m_endpoint = *endpoint;
    if (m_endpoint.path().isEmpty())
        m_endpoint.setPath(QStringLiteral("/"));
    QList<StsField> fields;
    for (const auto &[name, value] : m_input.fields)
        fields += StsField { name, value.expose() };
    m_form = writeStsForm(m_input.action, fields);
    beginAttempt();
}

void StsCall::beginAttempt()
{
    m_sentAt = m_clock.steadyNow();
    HttpExchange *exchange = m_transport.send(makeRequest(), this);
    connect(exchange, &HttpExchange::finished, this, [this, exchange](const Result<HttpReply> &outcome) {
        exchange->deleteLater();
        const auto took = m_clock.steadyNow() - m_sentAt;
        m_started += std::max(took - longestRequest, std::chrono::steady_clock::duration::zero());
        onOutcome(outcome);
    });
}

HttpRequest StsCall::makeRequest()
{
    HttpRequest request { .url = m_endpoint,
        .headers = { { "Content-Type", formType } },
        .body = m_form,
        .logName = "STS." + queryNameOf(m_input.action) };
    m_signedAt = m_clock.now() + m_signingOffset;
    if (m_input.credentials) {
        request.headers = sign(SigningInput { .url = m_endpoint,
                                   .headers = request.headers,
                                   .body = request.body,
                                   .region = stsSigningRegion(m_settings.region),
                                   .service = "sts" },
            *m_input.credentials, m_signedAt)
                              .headers;
    }
    return request;
}

void StsCall::onOutcome(const Result<HttpReply> &outcome)
{
    if (!outcome) {
        onFailure(outcome.error());
        return;
    }
    noteServiceTime(*outcome);
    if (outcome->status < 200 || outcome->status > 299) {
        onRefusal(*outcome);
        return;
    }
    const Result<Done> read = m_read(outcome->body);
    if (read) {
        finish(Done {});
        return;
    }
    Error error = read.error();
    if (error.requestId.isEmpty())
        error.requestId = requestIdOf(outcome->headers);
    onFailure(error);
}

void StsCall::onRefusal(const HttpReply &reply)
{
    const Error error = readStsError(reply.status, reply.headers, reply.body);
    if (correctClock(error, reply))
        beginAttempt();
    else
        onFailure(error);
}

void StsCall::onFailure(const Error &error)
{
    const auto elapsed = std::chrono::floor<milliseconds>(m_clock.steadyNow() - m_started);
    const std::optional<milliseconds> delay =
        m_retry.delayAfter(m_attempt, error, elapsed, QRandomGenerator::global()->generateDouble());
    qCDebug(log::signin) << queryNameOf(m_input.action) << "failed in attempt" << m_attempt << error.code
                         << error.requestId;
    if (!delay) {
        finish(error);
        return;
    }
    ++m_attempt;
    QTimer::singleShot(*delay, this, &StsCall::beginAttempt);
}

//! Whether the clock was wrong and is corrected now.
bool StsCall::correctClock(const Error &error, const HttpReply &reply)
{
    if (m_clockCorrected || !isClockSkew(error))
        return false;
    const std::optional<Timestamp> serviceTime = httpDate(headerValue(reply.headers, "Date"));
    if (!serviceTime || std::chrono::abs(*serviceTime - m_signedAt) <= noticedSkew)
        return false;
    m_clockCorrected = true;
    m_signingOffset = *serviceTime - m_clock.now();
    qCInfo(log::signin) << "this computer's clock differs from that of STS; corrected by" << m_signingOffset.count()
                        << "ms";
    return true;
}

void StsCall::noteServiceTime(const HttpReply &reply)
{
    const std::optional<Timestamp> serviceTime = httpDate(headerValue(reply.headers, "Date"));
    if (serviceTime && std::chrono::abs(*serviceTime - m_clock.now()) > noticedSkew)
        m_offset = *serviceTime - m_clock.now();
}

Timestamp StsCall::toLocal(Timestamp serviceTime) const { return serviceTime - m_offset; }

void StsCall::finish(const Result<Done> &outcome)
{
    // May delete this.
    if (outcome)
        emit finished(outcome);
    else
        emit finished(saidBy(SignInService::Sts, outcome.error()));
}

} // namespace optout
