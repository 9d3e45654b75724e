// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/optoutservice.h"

#include "service/apicall.h"
#include "service/listnumbersoperation.h"
#include "service/listoptoutlistsoperation.h"
#include "service/lookupoperation.h"
#include "service/readoperation.h"
#include "service/servicecontext.h"

namespace optout {

OptOutService::OptOutService(Parts parts, ServiceAddress address, std::shared_ptr<CredentialsProvider> credentials)
    : m_context(std::make_shared<ServiceContext>(
        ServiceContext { std::move(parts), std::move(address), std::move(credentials) }))
{
    Q_ASSERT(m_context->credentials);
    Q_ASSERT(m_context->parts.jitter);
}

OptOutService::~OptOutService() = default;

const ServiceAddress &OptOutService::address() const { return m_context->address; }

QString OptOutService::accountKey() const { return m_context->accountKey; }

void OptOutService::setRetry(const RetryPolicy &retry) { m_context->parts.retry = retry; }

ReadOperation *OptOutService::read(const ReadQuery &query, QObject *parent) const
{
    return new ReadOperation(m_context, query, parent);
}

ListNumbersOperation *OptOutService::listNumbers(const NumbersQuery &query, QObject *parent) const
{
    return new ListNumbersOperation(m_context, query, Patience::Call, parent);
}

ListOptOutListsOperation *OptOutService::listOptOutLists(
    std::optional<DescribeOptOutListsInput::Owner> owner, QObject *parent) const
{
    return new ListOptOutListsOperation(m_context, owner, parent);
}

LookupOperation *OptOutService::lookUp(const QString &optOutListName, const QStringList &numbers, QObject *parent) const
{
    return new LookupOperation(m_context, optOutListName, numbers, parent);
}

} // namespace optout
