// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "store/numberstore.h"
#include "store/roworder.h"

#include <QObject>
#include <QString>

#include <memory>

namespace optout {

//! What an export writes: the rows of a view, in its order.
struct ExportSource {
    StoreSnapshot rows;
    std::shared_ptr<const RowOrder> order;
};

//! Writes a view to a CSV file in a worker. Nothing stands under the asked name until the file is whole; a failure or a
//! cancel leaves what was there before. The caller is owner. GUI thread only.
class ExportOperation final : public QObject {
    Q_OBJECT
public:
    ExportOperation(ExportSource source, QString fileName, QObject *parent);
    //! Tells the worker to stop and does not wait, however slow the disk is; emits nothing. No file is written, except
    //! by a worker that is putting the whole one in place at that moment.
    ~ExportOperation() override;

    void start(); //!< at most once
    void cancel(); //!< idempotent; finished(Cancelled) follows, unless the file is whole already

signals:
    void progressed(qint64 rowsWritten, qint64 rowsInAll); //!< at most ten times a second
    //! Exactly once, from the event loop. Storage if the file cannot be written: which file, why, what to do.
    void finished(const optout::Result<optout::Done> &outcome);

private:
    struct Shared;
    void deliver();

    std::shared_ptr<Shared> m_shared;
    bool m_started = false;
    bool m_finished = false;
};

} // namespace optout
