// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "service/operation.h"
#include "service/seentokens.h"

namespace optout {

//! Streams the numbers of one opt-out list page by page. Made by OptOutService; the caller is parent and owner.
class ListNumbersOperation final : public Operation {
    Q_OBJECT
public:
    ~ListNumbersOperation() override; //!< aborts the call under way, emits nothing

    //! Asks for one more page; does nothing while one is under way or after the end.
    //! \param limit rows wanted, 1..100 (bounds: AWS API reference, MaxResults)
    //! Leads to pageArrived() or finished(), never before this call returns. GUI thread only.
    void requestMore(int limit = 100);

    //! The token that the next page will be asked with: what to give to a new operation to go on from here. Absent
    //! before the first page, after the last one, and when a token was repeated: there is nothing to go on from then.
    std::optional<QString> nextToken() const { return m_token; }

signals:
    //! 0..n times, always before finished(). An empty page is told of like any other, and the reader asks for the next
    //! one: so a pause between two pages holds for empty ones too. After the last page finished(Done) follows by
    //! itself, even if the slot asked for more. finished() has BadResponse with code "RepeatedToken" if the service
    //! gave the same token twice (the page that carried it is delivered first).
    void pageArrived(const optout::NumbersPage &page);

private:
    friend class OptOutService;
    friend class ReadOperation;
    ListNumbersOperation(
        std::shared_ptr<ServiceContext> context, const NumbersQuery &query, Patience patience, QObject *parent);
    void callFinished(const Result<Done> &outcome) override;

    NumbersQuery m_query;
    std::optional<QString> m_token;
    SeenTokens m_seen;
    NumbersPage m_page;
    bool m_lastPageCame = false;
};

} // namespace optout
