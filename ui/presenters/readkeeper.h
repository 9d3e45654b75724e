// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoint/checkpoints.h"
#include "core/result.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <vector>

namespace optout {

class CheckpointRecorder;
class ReadPresenter;
class Settings;
struct ReadPage;

//! Keeps the window's reads for the next start of the program, if the user has agreed (Settings::keepsUnfinishedReads),
//! and knows those that earlier runs left. GUI thread only.
class ReadKeeper final : public QObject {
    Q_OBJECT
public:
    struct Parts {
        CredentialStore &store; //!< where the key is kept
        Settings &settings;
        const Clock &clock;
        QString folder = Checkpoints::defaultFolder();
    };

    explicit ReadKeeper(const Parts &parts, QObject *parent = nullptr); //!< all must outlive it
    ~ReadKeeper() override;

    QString folder() const; //!< where it is kept, for people to see
    bool mustAsk() const; //!< the user has not said yet whether reads may be kept
    //! Whether there is a keychain to keep the key in; the error is the keychain's. \a done is called once, from the
    //! event loop, unless \a context is destroyed first.
    void lookForKeychain(QObject *context, std::function<void(const Result<Done> &)> done);
    //! What the user said. No: everything kept is forgotten as well.
    void setAgreed(bool agreed);

    //! The user has said no in another place: the same as setAgreed(false), unless nothing is kept any more.
    void stopKeeping();

    //! Settings::keepReadsForDays() has changed: what is older now is forgotten at once.
    void applyAge();

    //! Looks for what earlier runs left; changed() follows. Once at the start, before the first read. It asks the
    //! keychain only if there is something.
    void find();
    //! What can be gone on with, of all connections; the latest first.
    const QList<UnfinishedRead> &unfinished() const { return m_unfinished; }
    //! Of one connection: what has this endpoint, region and account.
    QList<UnfinishedRead> unfinishedOf(const ReadAsked &connection) const;

    //! The rows of an unfinished read and the place to go on from, read from the disk in a worker. When that is done,
    //! the read is open to be kept on: hand its ReadAsked to keep(). \a done is called once, unless \a context is
    //! destroyed first, whatever is forgotten meanwhile. What is damaged, or gone on with elsewhere, is not among
    //! unfinished() after that.
    void restore(const UnfinishedRead &read, QObject *context, std::function<void(const Result<RestoredRead> &)> done);

    //! From now on the pages of this presenter are kept, as of a read that was begun with that. Call it after start(),
    //! before a page has arrived; after restore() when the presenter has the restored rows. If the user has said no, or
    //! the restored rows are all there are, what is kept of it is removed. What is kept by now of the same read, unless
    //! it is this presenter's own, stays as it is: keptAlready(), or notKept() if a page has arrived. Whatever becomes
    //! of the read is seen by itself: at its end what is kept is removed, when it begins again the pages are forgotten,
    //! and when another list is read in its place, or the presenter is gone, it stays for later.
    void keep(ReadPresenter &read, const ReadAsked &asked);

    void forget(const UnfinishedRead &read);
    void forgetAll(); //!< all of them, and the key; also those being kept, which go on without. forgotten() follows

signals:
    void changed(); //!< unfinished(), mustAsk()
    //! An earlier run, or another process, has kept pages of the read that this presenter has just begun: it can be
    //! gone on with instead.
    void keptAlready(optout::ReadPresenter *read, const optout::UnfinishedRead &kept);
    //! Reads are not kept, or one no longer is. Once for each read.
    void notKept(const optout::Error &error);
    void forgotten(const optout::Result<optout::Done> &outcome); //!< after forgetAll()

private:
    struct Kept {
        QPointer<ReadPresenter> read;
        CheckpointRecorder *recorder; // a child
        ReadAsked asked;
        bool isOpen = false; // the recorder has been: what is kept is this one's own
        qint64 rows = 0; // handed over, of the read as it is now
        QString listName {}; // of the presenter's list when it was begun
        std::optional<bool> endUserOnly {};
    };

    CheckpointRecorder *record(const ReadAsked &asked, Checkpoints::Start start);
    std::vector<Kept>::iterator keptBy(const CheckpointRecorder *recorder);
    void take(CheckpointRecorder *recorder, const ReadPage &page);
    void noteState(CheckpointRecorder *recorder);
    void noteFailure(CheckpointRecorder *recorder, const Error &error);
    bool takeRestored(const CheckpointRecorder *recorder);
    void dropOffer(const ReadAsked &asked);
    void letGo(CheckpointRecorder *recorder, bool removes);
    static void finish(CheckpointRecorder *recorder, bool removes);

    Parts m_parts;
    Checkpoints m_checkpoints;
    QList<UnfinishedRead> m_unfinished {};
    std::vector<Kept> m_kept {};
    //! Restored, and not yet handed to keep().
    struct Restored {
        CheckpointRecorder *recorder; // a child
        UnfinishedRead read;
    };
    std::vector<Restored> m_restored {};
    bool m_maybeKept = true; // something, since the last forgetAll(): nobody may have been able to look
    int m_look = 0; // number of the last find(): what an earlier one answers is of no use
};

} // namespace optout
