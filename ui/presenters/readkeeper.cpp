// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/readkeeper.h"

#include "checkpoint/checkpointrecorder.h"
#include "presenters/readpresenter.h"
#include "service/readoperation.h"
#include "settings/settings.h"

#include <algorithm>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

std::chrono::hours longestAge(const Settings &settings) { return std::chrono::hours(24) * settings.keepReadsForDays(); }

} // namespace

ReadKeeper::ReadKeeper(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_checkpoints({ .store = parts.store,
          .clock = parts.clock,
          .folder = parts.folder,
          .longestAge = longestAge(parts.settings) })
{
}

ReadKeeper::~ReadKeeper()
{
    // Before what they write with.
    for (const Kept &kept : std::exchange(m_kept, {}))
        delete kept.recorder;
    for (const Restored &restored : std::exchange(m_restored, {}))
        delete restored.recorder;
}

QString ReadKeeper::folder() const { return m_checkpoints.folder(); }

bool ReadKeeper::mustAsk() const { return !m_parts.settings.keepsUnfinishedReads().has_value(); }

void ReadKeeper::lookForKeychain(QObject *context, std::function<void(const Result<Done> &)> done)
{
    // Not by the key itself: a keyring that is locked would ask for its password, and nobody wants to keep a read yet.
    CredentialJob *job = m_parts.store.load(u"no-such-entry"_s, context);
    connect(job, &CredentialJob::finished, context, [job, done = std::move(done)](const Result<Credentials> &outcome) {
        job->deleteLater();
        const bool isThere = outcome || outcome.error().kind == Error::Kind::NotFound;
        done(isThere ? Result<Done>(Done {}) : Result<Done>(outcome.error()));
    });
}

void ReadKeeper::setAgreed(bool agreed)
{
    m_parts.settings.setKeepsUnfinishedReads(agreed);
    if (agreed)
        emit changed();
    else
        forgetAll();
}

void ReadKeeper::stopKeeping()
{
    if (m_maybeKept)
        forgetAll();
}

void ReadKeeper::applyAge()
{
    const std::chrono::hours age = longestAge(m_parts.settings);
    m_checkpoints.setLongestAge(age);
    const Timestamp limit = m_parts.clock.now() - age;
    if (m_unfinished.removeIf([limit](const UnfinishedRead &read) { return read.lastPage < limit; }) > 0)
        emit changed();
}

void ReadKeeper::find()
{
    m_checkpoints.find(this, [this, look = ++m_look](const Result<QList<UnfinishedRead>> &reads) {
        if (look != m_look)
            return;
        if (!reads) {
            emit notKept(reads.error());
            return;
        }
        m_unfinished = *reads;
        emit changed();
    });
}

QList<UnfinishedRead> ReadKeeper::unfinishedOf(const ReadAsked &connection) const
{
    QList<UnfinishedRead> reads;
    std::copy_if(m_unfinished.cbegin(), m_unfinished.cend(), std::back_inserter(reads),
        [&connection](const UnfinishedRead &read) {
            return read.asked.endpoint == connection.endpoint && read.asked.region == connection.region
                && read.asked.account == connection.account;
        });
    return reads;
}

CheckpointRecorder *ReadKeeper::record(const ReadAsked &asked, Checkpoints::Start start)
{
    // Whatever is kept of the same read is another presenter's no longer, or was never taken up.
    std::erase_if(m_restored, [&asked](const Restored &restored) {
        const bool isSame = restored.read.asked.isSameRead(asked);
        if (isSame)
            finish(restored.recorder, false);
        return isSame;
    });
    m_maybeKept = true;
    return m_checkpoints.record(asked, start, this);
}

void ReadKeeper::restore(
    const UnfinishedRead &read, QObject *context, std::function<void(const Result<RestoredRead> &)> done)
{
    CheckpointRecorder *recorder = record(read.asked, Checkpoints::Start::GoOn);
    m_restored.push_back({ recorder, read });
    const auto isTold = std::make_shared<bool>(false);
    connect(recorder, &CheckpointRecorder::opened, context, [this, recorder, done, isTold](const RestoredRead &kept) {
        *isTold = true;
        for (Restored &restored : m_restored) {
            if (restored.recorder == recorder)
                restored.read = kept.read;
        }
        done(kept);
    });
    connect(recorder, &CheckpointRecorder::failed, context, [this, recorder, read, done, isTold](const Error &error) {
        if (std::exchange(*isTold, true))
            return; // it was open once: notKept() tells
        if (takeRestored(recorder))
            recorder->deleteLater();
        // There is nothing in it to go on with, or somebody else does.
        if (error.code == "CheckpointDamaged"_L1 || error.code == "CheckpointInUse"_L1)
            dropOffer(read.asked);
        done(error);
    });
    connect(context, &QObject::destroyed, recorder, [this, recorder] {
        if (takeRestored(recorder))
            finish(recorder, false); // nobody waits for it: it can be gone on with once more
    });
}

//! Whether it was restored and not yet handed to keep(); it is not among those any more.
bool ReadKeeper::takeRestored(const CheckpointRecorder *recorder)
{
    return std::erase_if(m_restored, [recorder](const Restored &one) { return one.recorder == recorder; }) > 0;
}

void ReadKeeper::dropOffer(const ReadAsked &asked)
{
    m_unfinished.removeIf([&asked](const UnfinishedRead &one) { return one.asked.isSameRead(asked); });
    emit changed();
}

void ReadKeeper::keep(ReadPresenter &read, const ReadAsked &asked)
{
    std::optional<ReadAsked> before;
    for (const Kept &earlier : std::vector(m_kept)) {
        if (earlier.read != &read)
            continue;
        if (earlier.isOpen)
            before = earlier.asked;
        letGo(earlier.recorder, false);
    }
    const bool isOwn = before && before->isSameRead(asked);
    const ReadStatus status = read.status();
    Kept kept { .read = &read,
        .recorder = nullptr,
        .asked = asked,
        .listName = status.list.name,
        .endUserOnly = status.endUserOnly };
    const auto found = std::find_if(m_restored.begin(), m_restored.end(),
        [&asked](const Restored &restored) { return restored.read.asked.isSameRead(asked); });
    const bool isRestored = found != m_restored.end() && found->read.rows == qint64(status.rows);
    if (isRestored && (status.isComplete() || m_parts.settings.keepsUnfinishedReads() == std::optional(false))) {
        connect(found->recorder, &CheckpointRecorder::failed, this, &ReadKeeper::notKept);
        finish(found->recorder, true);
        m_restored.erase(found);
        dropOffer(asked);
        return;
    }
    if (isRestored) {
        kept.recorder = found->recorder;
        kept.isOpen = true;
        kept.rows = found->read.rows;
        m_restored.erase(found);
    } else {
        // Without the pages so far the rest would be worth nothing.
        if (!m_parts.settings.keepsUnfinishedReads().value_or(false) || status.rows != 0)
            return;
        // What was offered may have been gone on with by another process since.
        kept.recorder = record(asked, isOwn ? Checkpoints::Start::Anew : Checkpoints::Start::IfNoneIsKept);
    }
    m_unfinished.removeIf([&asked](const UnfinishedRead &one) { return one.asked.isSameRead(asked); });
    CheckpointRecorder *recorder = kept.recorder;
    connect(recorder, &CheckpointRecorder::opened, this, [this, recorder] {
        if (const auto opened = keptBy(recorder); opened != m_kept.end())
            opened->isOpen = true;
    });
    connect(recorder, &CheckpointRecorder::failed, this,
        [this, recorder](const Error &error) { noteFailure(recorder, error); });
    connect(
        &read, &ReadPresenter::pageTaken, recorder, [this, recorder](const ReadPage &page) { take(recorder, page); });
    connect(&read, &ReadPresenter::stateChanged, recorder, [this, recorder] { noteState(recorder); });
    connect(&read, &QObject::destroyed, recorder, [this, recorder] { letGo(recorder, false); });
    m_kept.push_back(std::move(kept));
    emit changed();
}

std::vector<ReadKeeper::Kept>::iterator ReadKeeper::keptBy(const CheckpointRecorder *recorder)
{
    return std::find_if(
        m_kept.begin(), m_kept.end(), [recorder](const Kept &kept) { return kept.recorder == recorder; });
}

void ReadKeeper::take(CheckpointRecorder *recorder, const ReadPage &page)
{
    const auto kept = keptBy(recorder);
    if (kept == m_kept.end())
        return;
    const qint64 rowsBefore = qint64(kept->read->status().rows) - qint64(page.numbers.size());
    if (rowsBefore == 0 && kept->rows > 0) { // it has begun again
        recorder->restart();
        kept->rows = 0;
    }
    if (rowsBefore != kept->rows) // a page has passed by: what is kept would have a gap
        return letGo(recorder, true);
    recorder->append(page.numbers, page.place);
    kept->rows += qint64(page.numbers.size());
}

void ReadKeeper::noteFailure(CheckpointRecorder *recorder, const Error &error)
{
    const bool isKept = error.code == "CheckpointKept"_L1;
    const auto found = keptBy(recorder);
    if (found != m_kept.end() && !found->isOpen) {
        const Kept refused = *found;
        m_kept.erase(found);
        recorder->deleteLater();
        if (isKept && refused.read && refused.read->status().isActive() && refused.read->status().rows == 0) {
            emit keptAlready(refused.read, { .asked = refused.asked, .lastPage = refused.asked.begun });
            return;
        }
    }
    emit notKept(error);
    if (isKept)
        find(); // it is among those that can be gone on with
}

void ReadKeeper::noteState(CheckpointRecorder *recorder)
{
    const auto kept = keptBy(recorder);
    if (kept == m_kept.end())
        return;
    const ReadStatus status = kept->read->status();
    if (status.list.name != kept->listName || status.endUserOnly != kept->endUserOnly)
        letGo(recorder, false); // another list in its place
    else if (status.isComplete())
        letGo(recorder, true);
}

void ReadKeeper::letGo(CheckpointRecorder *recorder, bool removes)
{
    const auto kept = keptBy(recorder);
    if (kept == m_kept.end())
        return;
    m_kept.erase(kept);
    finish(recorder, removes);
    if (!removes)
        find(); // it is among those that can be gone on with
}

void ReadKeeper::finish(CheckpointRecorder *recorder, bool removes)
{
    connect(recorder, &CheckpointRecorder::closed, recorder, &QObject::deleteLater);
    if (removes)
        recorder->remove();
    else
        recorder->close();
}

void ReadKeeper::forget(const UnfinishedRead &read)
{
    m_unfinished.removeIf([&read](const UnfinishedRead &one) { return one.asked.isSameRead(read.asked); });
    m_checkpoints.forget(read.asked, this, [this](const Result<Done> &outcome) {
        if (!outcome)
            emit notKept(outcome.error());
    });
    emit changed();
}

void ReadKeeper::forgetAll()
{
    for (const Kept &kept : std::exchange(m_kept, {}))
        finish(kept.recorder, true);
    for (const Restored &restored : std::exchange(m_restored, {}))
        finish(restored.recorder, true);
    m_unfinished.clear();
    m_maybeKept = false;
    ++m_look;
    m_checkpoints.forgetAll(this, [this](const Result<Done> &outcome) { emit forgotten(outcome); });
    emit changed();
}

} // namespace optout
