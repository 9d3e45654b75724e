// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/listnumbersoperation.h"

#include "aws/replies.h"
#include "aws/requests.h"

#include <QPointer>

#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

ListNumbersOperation::ListNumbersOperation(
    std::shared_ptr<ServiceContext> context, const NumbersQuery &query, Patience patience, QObject *parent)
    : Operation(std::move(context), patience, parent)
    , m_query(query)
    , m_token(query.startToken)
{
    expectAccount(query.account);
    if (m_token)
        m_seen.add(*m_token);
}

ListNumbersOperation::~ListNumbersOperation() = default;

void ListNumbersOperation::requestMore(int limit)
{
    if (isOver() || isCalling() || m_lastPageCame)
        return;
    DescribeOptedOutNumbersInput input {
        .optOutListName = m_query.optOutListName, .nextToken = m_token, .maxResults = limit
    };
    if (m_query.endUserOptedOut) {
        input.filters = { { .name = u"end-user-opted-out"_s,
            .values = { *m_query.endUserOptedOut ? u"true"_s : u"false"_s } } };
    }
    call(Action::DescribeOptedOutNumbers, writeRequest(input), [this](const QByteArray &body) -> Result<Done> {
        Result<NumbersPage> page = readNumbersPage(body);
        if (!page)
            return page.error();
        m_page = *std::move(page);
        return Done {};
    });
}

void ListNumbersOperation::callFinished(const Result<Done> &outcome)
{
    if (!outcome) {
        endNow(outcome);
        return;
    }
    const NumbersPage page = std::exchange(m_page, {});
    const bool repeated = page.nextToken && !m_seen.add(*page.nextToken);
    m_token = repeated ? std::nullopt : page.nextToken;
    m_lastPageCame = !m_token;

    const QPointer<ListNumbersOperation> guard(this);
    emit pageArrived(page);
    if (!guard || isOver() || !m_lastPageCame)
        return;
    endNow(repeated ? Result<Done>(SeenTokens::repeatedError()) : Done {});
}

} // namespace optout
