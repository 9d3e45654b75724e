// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cli/options.h"
#include "cli/task.h"
#include "service/optoutservice.h"

#include <QStringList>

#include <optional>

namespace optout {

struct LookupAnswer;

//! `lookup`: one line a number, in the order asked, as soon as the service has said it.
class LookupTask final : public Task {
    Q_OBJECT
public:
    //! \param numbers what to ask for, with or without phone punctuation; printed as they stand here
    LookupTask(const OptOutService &service, const CliOptions &options, const QStringList &numbers, QObject *parent);
    ~LookupTask() override;

    void start() override;
    void cancel() override;

private:
    void takeAnswer(const LookupAnswer &answer);
    void takeOutcome(const Result<Done> &outcome);
    void print(const LookupAnswer &answer); // for the number at m_answered
    //! Names the place of the number among those asked, and not the number: a notice may end up in a log.
    void explain(qsizetype place, const Error &error);

    QStringList m_numbers;
    LookupOperation *m_operation; // a child
    qsizetype m_answered = 0;
    bool m_anyUnknown = false;
    std::optional<Error> m_printError {};
};

//! The numbers of a text, one a line; empty lines and surrounding space are passed over.
QStringList numbersOfLines(const QByteArray &text);

} // namespace optout
