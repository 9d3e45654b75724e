// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "service/optoutservice.h"

#include <QString>

#include <chrono>
#include <optional>

namespace optout {

//! The words of an export's progress line. Pure: the time is handed in.
class ExportProgress final {
public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    void begin(SteadyTime now) { m_began = now; }
    void setRowsFromBefore(qint64 rows) { m_rowsBefore = rows; } //!< of an earlier run: they say nothing of the pace
    //! How many rows the list had when it was last read to its end.
    void setExpectedRows(std::optional<qint64> rows) { m_expectedRows = rows; }

    void noteWaiting(const Waiting &waiting, SteadyTime now);
    void noteWaitingForQuota(std::chrono::milliseconds delay, SteadyTime now);
    //! What was at fault is over. A wait for the quota is that of the next call, which has been asked for by now.
    void noteAnswer()
    {
        m_isAtFault = false;
        if (!m_reason.isEmpty())
            m_until.reset();
    }

    //! What is done once all is read, in a word; it takes the place of what is to come.
    void setStage(const QString &word) { m_stage = word; }

    static QString grouped(qint64 number); //!< "12,300"
    //! "12,300 numbers, 123 calls, 1.0/s, 00:02:03"
    QString summary(qint64 rows, int calls, SteadyTime now) const;
    //! The same with what is to come: ", about 00:12:00 left", an estimate; and what it waits for.
    QString line(qint64 rows, int calls, SteadyTime now) const;
    //! "tried 14 times in 10 minutes", of what has failed for good now; empty if it was not tried again.
    QString triedWords(SteadyTime now) const;

private:
    QString timeLeft(qint64 rows, SteadyTime now) const;
    QString waitingWords(SteadyTime now) const;

    SteadyTime m_began {};
    qint64 m_rowsBefore = 0;
    std::optional<qint64> m_expectedRows {};
    std::optional<SteadyTime> m_until {}; // what is waited for
    QString m_reason {}; // empty: the quota
    bool m_isAtFault = false; // an attempt has failed, and no answer has come since
    int m_failedAttempts = 0; // of the call that failed last
    SteadyTime m_firstFailed {};
    QString m_stage {};
};

} // namespace optout
