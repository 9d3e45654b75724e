// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "export/exportoperation.h"
#include "store/rowfind.h"

#include <QObject>

#include <memory>

namespace optout {

using RowHitsResult = Result<std::shared_ptr<const RowHits>>;

//! Looks for numbers in a worker thread, one search at a time. A new search stops the one before, whose answer is
//! dropped. All functions return at once; destroying waits for the worker to look at its stop token, a few thousand
//! rows. GUI thread only.
class HitFinder final : public QObject {
    Q_OBJECT
public:
    explicit HitFinder(QObject *parent = nullptr);
    ~HitFinder() override;

    void find(const ExportSource &view, const NumberPattern &pattern); //!< as findHits()
    void cancel(); //!< no answer comes

    //! Drops the last hold on something big in the worker: giving back the memory of many rows takes milliseconds.
    void release(std::shared_ptr<const void> garbage);

signals:
    //! Once for each search that neither another one nor cancel() followed, from the event loop; never null. Error:
    //! Storage, when memory is exhausted.
    void finished(const optout::RowHitsResult &outcome);

private:
    struct Job;
    class Worker;
    void deliver();

    std::unique_ptr<Worker> m_worker;
    quint64 m_search = 0;
};

} // namespace optout
