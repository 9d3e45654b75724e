// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/listoptoutlistsoperation.h"

#include "aws/replies.h"

#include <QPointer>

#include <utility>

namespace optout {

ListOptOutListsOperation::ListOptOutListsOperation(
    std::shared_ptr<ServiceContext> context, std::optional<DescribeOptOutListsInput::Owner> owner, QObject *parent)
    : Operation(std::move(context), parent)
    , m_owner(owner)
{
}

ListOptOutListsOperation::~ListOptOutListsOperation() = default;

void ListOptOutListsOperation::start()
{
    if (!isOver() && !std::exchange(m_started, true))
        requestPage({});
}

void ListOptOutListsOperation::requestPage(const std::optional<QString> &token)
{
    // The largest page, because calls are what the quota counts.
    const DescribeOptOutListsInput input { .owner = m_owner, .nextToken = token, .maxResults = 100 };
    call(Action::DescribeOptOutLists, writeRequest(input), [this](const QByteArray &body) -> Result<Done> {
        Result<ListsPage> page = readListsPage(body);
        if (!page)
            return page.error();
        m_page = *std::move(page);
        return Done {};
    });
}

void ListOptOutListsOperation::callFinished(const Result<Done> &outcome)
{
    if (!outcome) {
        endNow(outcome);
        return;
    }
    const ListsPage page = std::exchange(m_page, {});
    const bool repeated = page.nextToken && !m_seen.add(*page.nextToken);

    const QPointer<ListOptOutListsOperation> guard(this);
    emit pageArrived(page);
    if (!guard || isOver())
        return;
    if (repeated)
        endNow(SeenTokens::repeatedError());
    else if (page.nextToken)
        requestPage(page.nextToken);
    else
        endNow(Done {});
}

} // namespace optout
