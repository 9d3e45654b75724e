// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/metadatarequest.h"

#include <QTimer>

namespace optout {

MetadataRequest::MetadataRequest(HttpTransport &transport, Input input, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_input(std::move(input))
{
    m_input.request.limits =
        HttpLimits { .connectTimeout = m_input.timeout, .readTimeout = m_input.timeout, .replyLimitBytes = 64 * 1024 };
}

void MetadataRequest::start()
{
    ++m_attempt;
    HttpExchange *exchange = m_transport.send(m_input.request, this);
    connect(exchange, &HttpExchange::finished, this, [this, exchange](const Result<HttpReply> &outcome) {
        exchange->deleteLater();
        onOutcome(outcome);
    });
}

void MetadataRequest::onOutcome(const Result<HttpReply> &outcome)
{
    const bool isOver = m_attempt >= m_input.attempts || (outcome && m_input.isFinal(*outcome));
    if (isOver)
        emit finished(outcome); // may delete this
    else
        QTimer::singleShot(m_input.pause, this, &MetadataRequest::start);
}

} // namespace optout
