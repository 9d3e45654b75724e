// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoint/checkpointkeys.h"
#include "checkpoint/unfinishedread.h"
#include "core/result.h"

#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <vector>

namespace optout {

class CheckpointFile;

//! Keeps one read: each page is written in a worker, in order, and nobody waits for it. Made by Checkpoints; the caller
//! is parent and owner. Deleting it lets go of the file after what was handed over since opened(); the file stays. GUI
//! thread only.
class CheckpointRecorder final : public QObject {
    Q_OBJECT
public:
    ~CheckpointRecorder() override;

    //! Pages as they arrive, each with the place after it. Before opened() they are kept back, in memory.
    void append(const std::vector<OptedOutNumber> &rows, const ReadPlace &place);
    void restart(); //!< the pages so far are to be forgotten
    //! The read has come to its end, or nobody wants it any more: what is kept of it is removed. Leads to closed().
    void remove();
    //! Leads to closed() when all is written; the file stays.
    void close();

    //! Whether there is something to go on from: it is open, and nothing has failed.
    bool isKeeping() const { return m_state == State::Keeping; }
    bool isOpening() const { return m_state == State::Opening; } //!< somebody may be asked to unlock the keychain

signals:
    //! Once, from the event loop, unless failed() comes first: what an earlier run left, for a read that goes on; else,
    //! or if there was nothing, without rows and at the start.
    void opened(const optout::RestoredRead &kept);
    //! Once at most: no page from now on is kept, or since the last one that was. Kind Storage; code "NoKeychain" and
    //! the others of CredentialJob, or "CheckpointInUse", "CheckpointKept" (see Checkpoints::Start),
    //! "CheckpointDamaged" or "CheckpointFailed" (a full disk, say). After remove(), and before closed(): the file
    //! could not be removed; with code "CheckpointStays", its pages neither.
    void failed(const optout::Error &error);
    void closed(); //!< once, after close() or remove()

private:
    friend class Checkpoints;
    struct Parts {
        CheckpointKeys &keys;
        QThreadPool &worker;
        const Clock &clock;
        QString folder;
        ReadAsked asked;
        bool goesOn;
        bool mayReplace;
        std::chrono::hours longestAge;
        QPointer<CheckpointRecorder> after; //!< of the same read, and about to close: it has the file until then
    };
    enum class State { Opening, Keeping, Failed, Closed };
    //! What the worker has in hand; nobody else looks at it.
    struct Desk;

    CheckpointRecorder(Parts parts, QObject *parent);
    void begin();
    void open(const Result<CheckpointKey> &key);
    void takeOpened(Result<RestoredRead> kept);
    void hand(std::function<Result<Done>(Desk &)> work);
    void finish(bool removes);
    void fail(const Error &error);

    Parts m_parts;
    std::shared_ptr<Desk> m_desk;
    State m_state = State::Opening;
    std::vector<std::function<void()>> m_keptBack {};
    bool m_hasBegun = false;
    bool m_isEnding = false; //!< from remove() or close() until closed()
};

} // namespace optout
