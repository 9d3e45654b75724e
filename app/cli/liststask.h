// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cli/options.h"
#include "cli/task.h"
#include "service/optoutservice.h"

#include <QList>

#include <string>

namespace optout {

//! `lists`: all opt-out lists with their owner. The service's answer does not name the owner, so it is asked for the
//! own lists and for the shared ones apart. Nothing is printed before all of them are known.
class ListsTask final : public Task {
    Q_OBJECT
public:
    ListsTask(const OptOutService &service, const CliOptions &options, QObject *parent);
    ~ListsTask() override;

    void start() override;
    void cancel() override;

private:
    using Owner = DescribeOptOutListsInput::Owner;
    struct OwnedList {
        OptOutList list;
        Owner owner;
    };
    //! One operation an owner, each started when the one before has finished.
    struct Part {
        Owner owner;
        ListOptOutListsOperation *operation; // a child
    };

    void startNext();
    void takeOutcome(const Result<Done> &outcome);
    std::string asTabSeparated() const;
    std::string asJson() const;

    ListsFormat m_format;
    QList<Part> m_parts {};
    qsizetype m_current = -1;
    QList<OwnedList> m_lists {};
};

} // namespace optout
