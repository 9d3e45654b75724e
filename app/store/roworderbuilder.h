// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "store/roworder.h"

#include <QObject>

#include <memory>

namespace optout {

using RowOrderResult = Result<std::shared_ptr<const RowOrder>>;

//! Builds orders in a worker thread, one at a time. A new request stops the one before, whose answer is dropped. All
//! functions return at once; destroying waits for the worker to look at its stop token, a few milliseconds, and to free
//! what release() gave it. GUI thread only.
//!
//! The filter of a sorted view changes without sorting anew, by what RowOrderKeeper keeps. While nothing is asked
//! for, the worker makes that up to date; build() stops it, extend() waits.
class RowOrderBuilder final : public QObject {
    Q_OBJECT
public:
    //! For a view, whose filter may change; and for a single order, after which nothing is kept and nothing done.
    enum class Keeps { EveryRow, Nothing };

    //! Starts the worker; throws std::system_error if there is no further thread.
    explicit RowOrderBuilder(Keeps keeps = Keeps::EveryRow, QObject *parent = nullptr);
    ~RowOrderBuilder() override;

    void build(const StoreSnapshot &rows, const RowQuery &query); //!< as buildOrder()
    void extend(std::shared_ptr<const RowOrder> order, const StoreSnapshot &rows); //!< as extendOrder()
    void cancel(); //!< no answer comes
    bool isBusy() const; //!< an answer will come
    void forget(); //!< cancel(), and gives back the memory kept for the next build()

    //! Drops the last hold on something big in the worker: giving 160 MB back to the system takes many milliseconds.
    void release(std::shared_ptr<const void> garbage);

signals:
    //! Once for each request that neither another one nor cancel() nor forget() followed, from the event loop. The
    //! order is never null. Error: Storage, when memory is exhausted; the next request is answered again.
    void finished(const optout::RowOrderResult &outcome);

private:
    struct Job;
    class Worker;
    void start(Job job);
    void deliver();

    std::unique_ptr<Worker> m_worker;
    quint64 m_request = 0;
    bool m_busy = false;
};

} // namespace optout

Q_DECLARE_METATYPE(optout::RowOrderResult)
