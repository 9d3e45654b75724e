// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoint/checkpointkeys.h"
#include "checkpoint/unfinishedread.h"
#include "core/clock.h"
#include "core/result.h"

#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <chrono>
#include <functional>

namespace optout {

class CheckpointRecorder;

//! What is kept of reads that have not come to their end, of all connections: a folder of files (CheckpointFile) under
//! one key of the keychain. Nothing is kept where the keychain cannot be used. Files are worked on in one thread of its
//! own, in order, so that nothing here waits for a disk. Destroying it waits for what is still to be written: the last
//! pages, a few kilobytes each. GUI thread only.
class Checkpoints final {
public:
    struct Parts {
        CredentialStore &store; //!< where the key is kept
        const Clock &clock;
        QString folder = defaultFolder();
        //! After that long without a page a read is forgotten: the list will have changed, and its place with it.
        std::chrono::hours longestAge { 7 * 24 };
    };

    //! Store and clock must outlive it. What is too old is removed, unless it is in use; so also below.
    explicit Checkpoints(Parts parts);
    ~Checkpoints();
    Q_DISABLE_COPY_MOVE(Checkpoints)

    //! "reads" below QStandardPaths::AppLocalDataLocation.
    static QString defaultFolder();
    const QString &folder() const { return m_parts.folder; }
    //! From now on; what is older is removed at once.
    void setLongestAge(std::chrono::hours age);

    //! Removes what is too old and tells what is left, the latest first; what another process is working on, or what
    //! is damaged, is left out. Asks the keychain only if there is something. \a done is called once, from the event
    //! loop, unless \a context is destroyed first; so below. The error is the keychain's.
    void find(QObject *context, std::function<void(const Result<QList<UnfinishedRead>> &)> done);

    enum class Start {
        Anew, //!< what an earlier run left is forgotten
        IfNoneIsKept, //!< nothing is kept if an earlier run left pages: "CheckpointKept"
        GoOn, //!< with it
    };
    //! Keeps a read from now on, or once an earlier recorder of the same read that is to close has closed. The caller
    //! is parent and owner; it must not outlive this object.
    CheckpointRecorder *record(const ReadAsked &asked, Start start, QObject *parent);

    //! Removes what is kept of one read.
    void forget(const ReadAsked &asked, QObject *context, std::function<void(const Result<Done> &)> done);
    //! Removes all files and the key. Reads that are being kept go on being kept under the key they have, and cannot be
    //! gone on with later: end them first.
    void forgetAll(QObject *context, std::function<void(const Result<Done> &)> done);

private:
    void removeOld();

    Parts m_parts;
    CheckpointKeys m_keys;
    QThreadPool m_worker;
    QList<QPointer<CheckpointRecorder>> m_recorders; //!< those that there are, in the order made
};

} // namespace optout
