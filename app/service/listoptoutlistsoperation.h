// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "service/operation.h"
#include "service/seentokens.h"

namespace optout {

//! Reads all opt-out lists of the account and region. Made by OptOutService; the caller is parent and owner.
//! Pages follow each other without being asked for: an account has few lists (default quota 25).
class ListOptOutListsOperation final : public Operation {
    Q_OBJECT
public:
    ~ListOptOutListsOperation() override; //!< aborts, emits nothing

    void start(); //!< at most once

signals:
    //! 0..n times, always before finished. finished() has BadResponse with code "RepeatedToken" if the service gave the
    //! same token twice (the page that carried it is delivered first).
    void pageArrived(const optout::ListsPage &page);

private:
    friend class OptOutService;
    ListOptOutListsOperation(
        std::shared_ptr<ServiceContext> context, std::optional<DescribeOptOutListsInput::Owner> owner, QObject *parent);
    void requestPage(const std::optional<QString> &token);
    void callFinished(const Result<Done> &outcome) override;

    std::optional<DescribeOptOutListsInput::Owner> m_owner;
    SeenTokens m_seen;
    ListsPage m_page;
    bool m_started = false;
};

} // namespace optout
