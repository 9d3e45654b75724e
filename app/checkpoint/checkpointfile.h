// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoint/checkpointkey.h"
#include "checkpoint/unfinishedread.h"
#include "core/result.h"

#include <QByteArray>
#include <QFile>

#include <chrono>
#include <memory>
#include <span>

namespace optout {

class FrameStream;
enum class FileLock;

//! The checkpoint of one read: what was asked, and each page with the place after it, in a file that survives the end
//! of the process at any moment. One thread at a time; blocking.
//!
//! A file of frames rather than a database: what is needed is one write a page and one reading from front to back.
//! SQLite would bring a journal beside the file that holds plain text as well, or a build of it with encryption that
//! distributions do not have; and after the end of a process it repairs what here is only cut off.
//!
//!     file     = "OOBREAD1" id[16, random] segment*
//!     segment  = record(24 bytes: header of crypto_secretstream) record(frame)+   one for each run that wrote
//!     record   = length[4] mark[16] body     bit 31 of the length: begins a segment
//!     frame    = crypto_secretstream_xchacha20poly1305 of what frametext.h tells; the first one of the file: what was
//!                asked; each further one: a page
//!
//! The mark is a keyed hash of the length and of all that stands before it, and so is the associated data of a frame:
//! nothing can be left out, put elsewhere, changed or taken from another file without notice, from one segment to the
//! next as well. What cannot be noticed is that whole records were cut off the end: what is left is an earlier state,
//! from which the read goes on as well. The file's name is a keyed hash of what was asked. What a reader without
//! the key learns: that there is a read, when it was worked on, and about how many rows it has.
//!
//! A last record that is not whole, or whose frame is not as it was written, is what the end of the process or of the
//! power left of it: it is cut off. The last one is also one that nothing but zeros follows, from somewhere within it
//! to the end of the file. Anything wrong before it: Storage, with code "CheckpointDamaged", and none of the file is
//! believed.
//!
//! After the end of the process nothing is missing but the page being written. After the end of the power the last
//! pages may be missing, never some before others: every five seconds, as long as pages arrive, the disk is waited for,
//! and the system writes the rest of its own accord, on Linux within half a minute.
class CheckpointFile final {
public:
    ~CheckpointFile(); //!< lets go of the file
    Q_DISABLE_COPY_MOVE(CheckpointFile)

    //! Where the checkpoint of that read is kept.
    static QString pathIn(const QString &folder, const CheckpointKey &key, const ReadAsked &asked);

    //! In place of what is there. The folder is made if need be, for this user only, as is the file. Storage with code
    //! "CheckpointInUse" while another process has it open, so also for the two below.
    static Result<std::unique_ptr<CheckpointFile>> create(
        const QString &folder, const CheckpointKey &key, const ReadAsked &asked);
    //! To go on with; \a read becomes what is kept. NotFound if nothing is.
    static Result<std::unique_ptr<CheckpointFile>> open(
        const QString &path, const CheckpointKey &key, RestoredRead &read);
    //! Changes nothing.
    static Result<RestoredRead> look(const QString &path, const CheckpointKey &key);

    //! After an error the file holds what it held before; nothing more is to be appended.
    Result<Done> append(std::span<const OptedOutNumber> rows, const ReadPlace &place, Timestamp arrived);
    Result<Done> restart(); //!< forgets all pages
    //! To be the last call. A file that cannot be removed is emptied, and then nothing is kept. If that cannot be done
    //! either, the error's code is "CheckpointStays".
    Result<Done> remove();

private:
    CheckpointFile(const QString &path, const CheckpointKey &key);
    Result<Done> openLocked(FileLock lock, bool mayMake);
    Result<RestoredRead> readAll();
    bool isRestZero();
    Result<Done> write(const QByteArray &bytes);
    Error failed(const QString &what) const;
    Error damaged() const;

    QString m_path;
    QFile m_file;
    std::unique_ptr<FrameStream> m_stream;
    qint64 m_end = 0; // of what is known to be good
    qint64 m_endOfAsked = 0;
    QByteArray m_chainOfAsked;
    bool m_isBroken = false; // a write has failed
    std::chrono::steady_clock::time_point m_synced = std::chrono::steady_clock::now();
};

} // namespace optout
