// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/exporttask.h"

#include "aws/accesskey.h"
#include "checkpoint/checkpointrecorder.h"
#include "cli/console.h"
#include "core/loopbackhost.h"
#include "export/csvwriter.h"
#include "settings/settings.h"

#include <algorithm>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Few large writes; but at the default quota of a call a second a reader of a pipe should not wait a minute for a row.
constexpr size_t writeAtBytes = 256 * 1024;
constexpr auto writeAfter = 1s;
constexpr quint32 sortedStep = 2'048; // rows written between two looks at the event loop
constexpr auto progressEvery = 200ms;
// What a sign-in counts at most: one that takes longer was slept through, or waited for a person.
constexpr std::chrono::steady_clock::duration longestSignIn = 1min;

//! A token that was given twice leads round in circles: the window begins such a read anew as well.
bool canGoOn(const Error &error) { return error.code != "RepeatedToken"_L1; }

} // namespace

ExportTask::ExportTask(const Parts &parts, const CliOptions &options, QObject *parent)
    : Task(parent)
    , m_parts(parts)
    , m_options(options)
    , m_target(options.output)
{
    if (options.query.sort.key != SortSpec::Key::AsRead) {
        m_sorted = new SortedRows(options.query, this);
        connect(m_sorted, &SortedRows::sorted, this, [this](const Result<Done> &outcome) {
            if (!outcome)
                return conclude(outcome);
            m_progress.setStage(u"writing"_s);
            writeSortedRows();
        });
    }
    connect(&m_progressTimer, &QTimer::timeout, this, [this] {
        console::showProgress(
            m_progress.line(m_rows, m_operation ? m_operation->calls() : 0, m_parts.clock.steadyNow()));
    });
    m_accountPause.setSingleShot(true);
    connect(&m_accountPause, &QTimer::timeout, this, &ExportTask::askForAccount);
    if (!m_parts.network)
        return;
    connect(m_parts.network, &NetworkWatch::returned, this, [this] {
        m_accountFault = { .attempts = m_accountFault.attempts, .backoffStep = 0 }; // it may have been the network
        if (!m_accountPause.isActive())
            return;
        m_accountPause.stop();
        askForAccount();
    });
}

ExportTask::~ExportTask() = default;

void ExportTask::start()
{
    // Before the first call: a file that cannot be written should not show after thousands of them.
    const Result<Done> opened = m_target.open();
    if (!opened)
        return conclude(opened);
    m_written = m_parts.clock.steadyNow();
    m_progress.begin(m_written);
    m_text.reserve(2 * writeAtBytes); // once, so that memory is not exhausted in the middle of it
    m_text += csvHeader();
    if (!m_options.quiet && console::canShowProgress())
        m_progressTimer.start(progressEvery);
    if (!m_options.quiet && m_options.query.filter.number.looksForText())
        console::say(u"--number: Letters are looked for as text; no phone number has any"_s);
    askForAccount();
}

// Before the read: it is gone on with by whom it belongs to, whatever keys the account's user has by then. And an
// export, which nobody may be looking at, waits as long for its first keys as for its pages.
void ExportTask::askForAccount()
{
    m_accountAsked = m_parts.clock.steadyNow();
    m_parts.credentials.provide(this, [this](const Result<Credentials> &credentials) { takeAccount(credentials); });
}

void ExportTask::takeAccount(const Result<Credentials> &credentials)
{
    if (m_isOver)
        return;
    if (!credentials)
        return waitForAccount(credentials.error());
    m_progress.noteAnswer();
    if (!m_parts.checkpoints)
        return read({});
    const ServiceAddress &address = m_parts.service.address();
    m_asked = { .endpoint = address.endpoint.toString(),
        .region = address.region,
        .account = accountKeyOf(credentials->accessKeyId),
        .list = m_options.list,
        .endUserOptedOut = m_options.endUserOptedOut,
        .pageSize = m_options.pageSize,
        .begun = m_parts.clock.now() };
    openCheckpoint(Checkpoints::Start::GoOn);
}

// By the rules of a read: time asleep does not count, nor time without a network.
void ExportTask::waitForAccount(const Error &error)
{
    const auto now = m_parts.clock.steadyNow();
    const bool counts = !isNetworkGone();
    if (counts && m_accountFault.backoffStep > 0)
        m_accountFault.lasted +=
            std::chrono::floor<std::chrono::milliseconds>(std::min(now - m_accountAsked, longestSignIn));
    ++m_accountFault.backoffStep;
    if (counts && error.kind != Error::Kind::Throttled)
        ++m_accountFault.attempts;
    constexpr double noJitter = 1;
    const std::optional<std::chrono::milliseconds> delay = m_options.retry.delayInRead(m_accountFault, error, noJitter);
    if (!delay)
        return conclude(error);
    if (counts)
        m_accountFault.lasted += *delay;
    m_progress.noteWaiting({ .reason = error, .failedAttempts = ++m_accountFailures, .delay = *delay }, now);
    m_accountPause.start(*delay);
}

//! This computer reaches itself without a network.
bool ExportTask::isNetworkGone() const
{
    return m_parts.network && !isLoopbackHost(m_parts.service.address().endpoint.host())
        && !m_parts.network->isReachable();
}

void ExportTask::openCheckpoint(Checkpoints::Start start)
{
    m_recorder = m_parts.checkpoints->record(m_asked, start, this);
    connect(m_recorder, &CheckpointRecorder::opened, this, &ExportTask::takeKept);
    connect(m_recorder, &CheckpointRecorder::failed, this, &ExportTask::noteNotKept);
}

void ExportTask::takeKept(const RestoredRead &kept)
{
    if (m_isOver)
        return;
    if (!m_options.quiet && kept.read.rows > 0)
        console::say(u"going on after %1 numbers that an earlier run has read"_s.arg(kept.read.rows));
    m_progress.setRowsFromBefore(kept.read.rows);
    takeRows(kept.rows);
    if (m_isOver)
        return;
    if (kept.read.place.isAtEnd())
        takeOutcome(Done {});
    else
        read(kept.read.place);
}

void ExportTask::noteNotKept(const Error &error)
{
    if (m_isOver) { // of what is over nothing is kept but what cannot be removed
        const bool hasRows = error.code == "CheckpointStays"_L1;
        const QString advice = u"; delete it, or a later run with --resume may write its rows again"_s;
        return console::say(errorLine(error) + (hasRows ? advice : QString()));
    }
    if (error.code == "CheckpointDamaged"_L1 && !m_operation) {
        console::say(errorLine(error) + u"; reading from the start"_s);
        m_recorder->deleteLater();
        return openCheckpoint(Checkpoints::Start::Anew);
    }
    console::say(errorLine(error) + u"; from here on nothing is kept for --resume"_s);
    if (!m_operation)
        read({});
}

void ExportTask::read(const ReadPlace &place)
{
    m_operation = m_parts.service.read({ .optOutListName = m_options.list,
                                           .endUserOptedOut = m_options.endUserOptedOut,
                                           .place = place,
                                           .account = m_asked.account,
                                           .pageSize = m_options.pageSize,
                                           .mayReadInHalves = !m_options.inOrder,
                                           .readsAhead = true },
        this);
    connect(m_operation, &ReadOperation::pageArrived, this, &ExportTask::takePage);
    connect(m_operation, &ReadOperation::restarted, this, &ExportTask::beginAgain);
    connect(m_operation, &ReadOperation::finished, this, &ExportTask::takeOutcome);
    connect(m_operation, &ReadOperation::waiting, this,
        [this](const Waiting &waiting) { m_progress.noteWaiting(waiting, m_parts.clock.steadyNow()); });
    connect(m_operation, &ReadOperation::waitingForQuota, this,
        [this](std::chrono::milliseconds delay) { m_progress.noteWaitingForQuota(delay, m_parts.clock.steadyNow()); });
    m_operation->requestMore();
}

void ExportTask::cancel()
{
    if (m_operation && !m_hasRead) {
        m_operation->cancel();
        return;
    }
    if (m_sorted)
        m_sorted->cancel();
    conclude(Error { .kind = Error::Kind::Cancelled });
}

void ExportTask::takePage(const ReadPage &page)
{
    m_operation->requestMore(); // the next page travels while this one is written
    m_progress.noteAnswer();
    noteList(page.listArn);
    if (m_recorder)
        m_recorder->append(page.numbers, page.place);
    takeRows(page.numbers);
}

void ExportTask::takeRows(const std::vector<OptedOutNumber> &rows)
{
    m_rows += qint64(rows.size());
    if (!m_sorted)
        return writeRows(rows);
    if (const Result<Done> kept = m_sorted->append(rows); !kept)
        giveUp(kept.error());
}

void ExportTask::writeRows(const std::vector<OptedOutNumber> &rows)
{
    const NumberFilter &filter = m_options.query.filter;
    const bool takesAll = filter.passesEverything();
    const bool remembers = !m_target.canBeTakenBack();
    for (const OptedOutNumber &row : rows) {
        if (!takesAll && !filter.matches(row))
            continue;
        ++m_passed;
        if (remembers && m_onTarget.contains(row.number))
            continue;
        appendCsvRow(m_text, row);
        if (remembers)
            m_onTarget.add(row.number);
        if (m_text.size() < writeAtBytes)
            continue;
        if (const Result<Done> written = writeOut(); !written)
            return giveUp(written.error());
    }
    const auto now = m_parts.clock.steadyNow();
    if (now - m_written < writeAfter)
        return;
    m_written = now;
    if (const Result<Done> written = writeOut(); !written)
        giveUp(written.error());
}

// A step at a time: Ctrl+C and the progress line need the event loop.
void ExportTask::writeSortedRows()
{
    if (m_isOver)
        return;
    const Result<bool> more = m_sorted->appendNextLines(m_text, sortedStep);
    m_passed = m_sorted->given();
    if (!more)
        return conclude(more.error());
    if (!*more)
        return writeRest();
    if (m_text.size() >= writeAtBytes) {
        if (const Result<Done> written = writeOut(); !written)
            return conclude(written);
    }
    QTimer::singleShot(0, this, &ExportTask::writeSortedRows);
}

void ExportTask::giveUp(const Error &error)
{
    if (m_fault)
        return;
    m_fault = error;
    if (m_operation)
        m_operation->cancel();
    else
        conclude(error);
}

void ExportTask::beginAgain(const Error &why)
{
    console::say(u"the list is read from its start again; "_s + errorLine(why));
    if (m_recorder)
        m_recorder->restart();
    m_rows = 0;
    m_passed = 0;
    m_progress.noteAnswer();
    m_progress.setRowsFromBefore(0);
    if (m_sorted) {
        m_sorted->clear();
    } else if (m_target.canBeTakenBack()) {
        m_text.clear();
        m_text += csvHeader(); // not assigned: the room that was reserved stays
        m_anyWritten = false;
        if (const Result<Done> emptied = m_target.empty(); !emptied)
            return giveUp(emptied.error());
    } else {
        m_onTarget.settle();
    }
    m_operation->requestMore();
}

Result<Done> ExportTask::writeOut()
{
    m_anyWritten = m_anyWritten || !m_text.empty();
    const Result<Done> written = m_target.write(m_text);
    m_text.clear();
    return written;
}

//! The first page tells which list it is, and so how large it was the last time.
void ExportTask::noteList(const QString &arn)
{
    if (!m_parts.settings || !m_listKey.isEmpty() || arn.isEmpty())
        return;
    m_listKey = listKeyOf(arn, m_options.endUserOptedOut);
    if (const std::optional<CompleteRows> last = m_parts.settings->lastCompleteRows(m_listKey))
        m_progress.setExpectedRows(last->rows);
}

void ExportTask::takeOutcome(const Result<Done> &outcome)
{
    m_hasRead = true;
    if (m_fault)
        return conclude(*m_fault);
    if (!outcome)
        return conclude(outcome);
    if (!m_sorted)
        return writeRest();
    m_progress.setStage(u"sorting"_s);
    m_sorted->sort();
}

void ExportTask::writeRest()
{
    const Result<Done> written = writeOut();
    conclude(written ? m_target.commit() : written);
}

void ExportTask::conclude(const Result<Done> &outcome)
{
    if (m_isOver)
        return;
    m_isOver = true;
    const bool showedProgress = m_progressTimer.isActive();
    m_progressTimer.stop();
    console::showProgress({});
    if (outcome && !m_listKey.isEmpty())
        m_parts.settings->setLastCompleteRows(m_listKey, quint32(m_rows), m_parts.clock.now());
    sayOutcome(outcome, showedProgress);
    const ExitStatus status = outcome                    ? ExitStatus::Done
        : outcome.error().kind == Error::Kind::Cancelled ? ExitStatus::Interrupted
                                                         : ExitStatus::Failed;
    // Nobody waits for a keychain that waits for a person.
    if (!m_recorder || m_recorder->isOpening()) {
        delete std::exchange(m_recorder, nullptr);
        emit finished(status);
        return;
    }
    connect(m_recorder, &CheckpointRecorder::closed, this, [this, status] { emit finished(status); });
    if (outcome || !canGoOn(outcome.error()))
        m_recorder->remove();
    else
        m_recorder->close();
}

void ExportTask::sayOutcome(const Result<Done> &outcome, bool showedProgress)
{
    if (outcome) {
        const int calls = m_operation ? m_operation->calls() : 0;
        if (!showedProgress)
            return;
        const QString passed = m_options.query.filter.passesEverything()
            ? QString()
            : u" %1 of them"_s.arg(ExportProgress::grouped(m_passed));
        console::say(u"%1,%2 written to %3"_s.arg(
            m_progress.summary(m_rows, calls, m_parts.clock.steadyNow()), passed, m_target.name()));
        return;
    }
    QString line = outcome.error().kind == Error::Kind::Cancelled ? u"stopped"_s : errorLine(outcome.error());
    // What ends in another way than by giving up was not tried again for the same reason.
    const QString tried = m_progress.triedWords(m_parts.clock.steadyNow());
    if (RetryPolicy::isTransient(outcome.error()) && canGoOn(outcome.error()) && !tried.isEmpty())
        line += u"; "_s + tried;
    if (m_anyWritten && !m_target.canBeTakenBack())
        line += u"; what was written to %1 is incomplete"_s.arg(m_target.name());
    if (m_recorder && m_recorder->isKeeping() && m_rows > 0 && canGoOn(outcome.error()))
        line += u"; the same command with --resume goes on after the %1 numbers read so far"_s.arg(m_rows);
    console::say(line);
}

} // namespace optout
