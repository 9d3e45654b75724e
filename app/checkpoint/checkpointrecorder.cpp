// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "checkpoint/checkpointrecorder.h"

#include "checkpoint/checkpointfile.h"
#include "checkpoint/inorder.h"
#include "core/logging.h"

#include <optional>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

//! Nothing if the file may be written anew. One that cannot be looked at may have pages: who has it in hand just now
//! may let go of it before it would be opened for writing.
std::optional<Error> whyToLeave(const Result<RestoredRead> &kept, Timestamp limit)
{
    if (!kept) {
        const Error &error = kept.error();
        const bool hasNothing = error.kind == Error::Kind::NotFound || error.code == "CheckpointDamaged"_L1;
        return hasNothing ? std::nullopt : std::optional(error);
    }
    if (kept->rows.empty() || kept->read.lastPage < limit)
        return std::nullopt;
    return Error { .kind = Error::Kind::Storage,
        .code = u"CheckpointKept"_s,
        .detail = u"An earlier read of this list is kept, and stays as it is."_s };
}

} // namespace

struct CheckpointRecorder::Desk {
    std::unique_ptr<CheckpointFile> file {};
};

CheckpointRecorder::CheckpointRecorder(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_desk(std::make_shared<Desk>())
{
    if (!m_parts.after) {
        begin();
        return;
    }
    connect(m_parts.after, &CheckpointRecorder::closed, this, &CheckpointRecorder::begin);
    connect(m_parts.after, &QObject::destroyed, this, &CheckpointRecorder::begin);
}

CheckpointRecorder::~CheckpointRecorder() = default;

void CheckpointRecorder::begin()
{
    if (!std::exchange(m_hasBegun, true))
        m_parts.keys.findOrMake(this, [this](const Result<CheckpointKey> &key) { open(key); });
}

void CheckpointRecorder::open(const Result<CheckpointKey> &key)
{
    if (!key)
        return fail(key.error());
    const auto work = [desk = m_desk, folder = m_parts.folder, asked = m_parts.asked, goesOn = m_parts.goesOn,
                          mayReplace = m_parts.mayReplace, limit = m_parts.clock.now() - m_parts.longestAge,
                          key = *key]() -> Result<RestoredRead> {
        RestoredRead kept;
        if (goesOn) {
            auto file = CheckpointFile::open(CheckpointFile::pathIn(folder, key, asked), key, kept);
            if (!file && file.error().kind != Error::Kind::NotFound)
                return file.error();
            if (file && kept.read.lastPage >= limit) {
                desk->file = *std::move(file);
                return kept;
            }
        }
        if (!mayReplace) {
            const auto earlier = CheckpointFile::look(CheckpointFile::pathIn(folder, key, asked), key);
            if (const std::optional<Error> why = whyToLeave(earlier, limit))
                return *why;
        }
        auto file = CheckpointFile::create(folder, key, asked);
        if (!file)
            return file.error();
        desk->file = *std::move(file);
        return RestoredRead { .read = { .asked = asked, .lastPage = asked.begun } };
    };
    inOrder(m_parts.worker, this, work, [this](Result<RestoredRead> kept) { takeOpened(std::move(kept)); });
}

void CheckpointRecorder::takeOpened(Result<RestoredRead> kept)
{
    if (!kept)
        return fail(kept.error());
    if (m_state == State::Opening)
        m_state = State::Keeping;
    for (const auto &work : std::exchange(m_keptBack, {}))
        work();
    emit opened(*kept);
}

void CheckpointRecorder::append(const std::vector<OptedOutNumber> &rows, const ReadPlace &place)
{
    hand([rows, place, now = m_parts.clock.now()](Desk &desk) { return desk.file->append(rows, place, now); });
}

void CheckpointRecorder::restart()
{
    hand([](Desk &desk) { return desk.file->restart(); });
}

void CheckpointRecorder::hand(std::function<Result<Done>(Desk &)> work)
{
    if (m_state == State::Opening) {
        m_keptBack.push_back([this, work = std::move(work)] { hand(work); });
        return;
    }
    if (m_state != State::Keeping)
        return;
    inOrder(
        m_parts.worker, this, [desk = m_desk, work = std::move(work)] { return work(*desk); },
        [this](const Result<Done> &outcome) {
            if (!outcome)
                fail(outcome.error());
        });
}

void CheckpointRecorder::remove() { finish(true); }

void CheckpointRecorder::close() { finish(false); }

void CheckpointRecorder::finish(bool removes)
{
    if (m_state == State::Closed)
        return;
    m_isEnding = true;
    if (m_state == State::Opening) {
        m_keptBack.push_back([this, removes] { finish(removes); });
        return;
    }
    m_state = State::Closed;
    inOrder(
        m_parts.worker, this,
        [desk = m_desk, removes]() -> Result<Done> {
            const Result<Done> removed = removes && desk->file ? desk->file->remove() : Result<Done>(Done {});
            desk->file.reset();
            return removed;
        },
        [this](const Result<Done> &outcome) {
            if (!outcome)
                emit failed(outcome.error());
            m_isEnding = false; // who comes now need not wait
            emit closed();
        });
}

void CheckpointRecorder::fail(const Error &error)
{
    if (m_state == State::Failed || m_state == State::Closed)
        return;
    qCInfo(log::secrets) << "A read is not kept:" << error.code;
    m_state = State::Failed;
    const auto keptBack = std::exchange(m_keptBack, {}); // remove() or close() may be among them
    for (const auto &work : keptBack)
        work();
    emit failed(error);
}

} // namespace optout
