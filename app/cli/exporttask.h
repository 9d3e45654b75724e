// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoint/checkpoints.h"
#include "cli/exportprogress.h"
#include "cli/options.h"
#include "cli/outputtarget.h"
#include "cli/sortedrows.h"
#include "cli/task.h"
#include "cli/writtennumbers.h"
#include "service/readoperation.h"

#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace optout {

class CheckpointRecorder;
class Settings;

//! `export`: writes the pages of one list as they arrive, in the order read; no row is kept in memory, unless they are
//! to be sorted: then nothing is written before the last has come. With --resume what an earlier run left comes first,
//! and each page is kept for the next: all rows of it, since --sort and the filters are those of one run.
class ExportTask final : public Task {
    Q_OBJECT
public:
    struct Parts {
        const OptOutService &service;
        CredentialsProvider &credentials;
        const Clock &clock;
        Settings *settings = nullptr; //!< where sizes of lists are kept; none for the demo
        Checkpoints *checkpoints = nullptr; //!< with --resume only
        NetworkWatch *network = nullptr; //!< if there is one
    };

    ExportTask(const Parts &parts, const CliOptions &options, QObject *parent);
    ~ExportTask() override;

    void start() override;
    void cancel() override;

private:
    void askForAccount();
    void takeAccount(const Result<Credentials> &credentials);
    void waitForAccount(const Error &error);
    bool isNetworkGone() const;
    void openCheckpoint(Checkpoints::Start start);
    void takeKept(const RestoredRead &kept);
    void noteNotKept(const Error &error);

    void read(const ReadPlace &place);
    void takePage(const ReadPage &page);
    void beginAgain(const Error &why);
    void takeOutcome(const Result<Done> &outcome);

    void takeRows(const std::vector<OptedOutNumber> &rows);
    void writeRows(const std::vector<OptedOutNumber> &rows);
    void writeSortedRows();
    Result<Done> writeOut();
    void writeRest();
    void giveUp(const Error &error);
    void noteList(const QString &arn);

    void conclude(const Result<Done> &outcome);
    void sayOutcome(const Result<Done> &outcome, bool showedProgress);

    Parts m_parts;
    CliOptions m_options;
    OutputTarget m_target;
    ReadOperation *m_operation = nullptr; // a child
    CheckpointRecorder *m_recorder = nullptr; // a child
    ReadAsked m_asked {};
    QTimer m_accountPause; // after a sign-in that failed
    std::chrono::steady_clock::time_point m_accountAsked {};
    int m_accountFailures = 0;
    RetryPolicy::ReadFault m_accountFault { .attempts = 0, .backoffStep = 0 };
    QString m_listKey {}; // of listKeyOf()

    std::string m_text {}; // rows not yet written
    bool m_anyWritten = false;
    SortedRows *m_sorted = nullptr; // a child; with --sort only
    qint64 m_rows = 0; // read
    qint64 m_passed = 0; // of those, the ones to be written
    WrittenNumbers m_onTarget {}; // if it cannot be taken back
    std::optional<Error> m_fault {}; // of our own, for which the read was cancelled
    bool m_hasRead = false; // the read has ended; the rest is sorting and writing
    bool m_isOver = false;

    ExportProgress m_progress {};
    std::chrono::steady_clock::time_point m_written {};
    QTimer m_progressTimer {};
};

} // namespace optout
