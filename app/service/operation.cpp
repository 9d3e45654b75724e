// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/operation.h"

#include "service/apicall.h"
#include "service/servicecontext.h"

#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

Operation::Operation(std::shared_ptr<ServiceContext> context, QObject *parent)
    : Operation(std::move(context), Patience::Call, parent)
{
}

Operation::Operation(std::shared_ptr<ServiceContext> context, Patience patience, QObject *parent)
    : QObject(parent)
    , m_context(std::move(context))
    , m_patience(patience)
{
    Q_ASSERT(parent);
}

Operation::~Operation() = default;

void Operation::cancel()
{
    if (m_over)
        return;
    // At once, so that no request goes out any more. Inside a slot of the call's own signals that is safe too, because
    // the call emits last of all.
    delete std::exchange(m_call, nullptr);
    endSoon(Error { .kind = Error::Kind::Cancelled, .detail = u"The read was cancelled."_s });
}

void Operation::call(Action action, const Result<QByteArray> &body, Reader read)
{
    Q_ASSERT(!m_call && !m_over);
    if (!body) {
        endSoon(body.error());
        return;
    }
    m_call = new ApiCall(m_context, action, *body, std::move(read), m_patience, this);
    m_call->expectAccount(m_expectedAccount);
    connect(m_call, &ApiCall::sent, this, [this] { ++m_calls; });
    connect(m_call, &ApiCall::waiting, this, &Operation::waiting);
    connect(m_call, &ApiCall::waitingForQuota, this, &Operation::waitingForQuota);
    connect(m_call, &ApiCall::finished, this, [this](const Result<Done> &outcome) {
        m_answerTook = m_call->answerTook();
        std::exchange(m_call, nullptr)->deleteLater();
        callFinished(outcome);
    });
    m_call->start();
}

void Operation::endNow(const Result<Done> &outcome)
{
    m_over = true;
    emit finished(outcome);
}

void Operation::endSoon(const Result<Done> &outcome)
{
    m_over = true;
    QMetaObject::invokeMethod(
        this, [this, outcome] { emit finished(outcome); }, Qt::QueuedConnection);
}

} // namespace optout
