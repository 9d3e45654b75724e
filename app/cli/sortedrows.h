// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "store/numberstore.h"
#include "store/roworderbuilder.h"

#include <QObject>

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace optout {

//! The rows of an export that is to be sorted: kept until the last has come, then filtered and sorted by a worker, as
//! those of the window are, and given out in that order. 16 bytes a row, 26 while sorting. GUI thread only.
//!
//! All errors are Storage: memory is exhausted. Then the rows are given back, so that there is some to go on with.
class SortedRows final : public QObject {
    Q_OBJECT
public:
    SortedRows(RowQuery query, QObject *parent);
    ~SortedRows() override;

    Result<Done> append(std::span<const OptedOutNumber> rows); //!< before sort()
    void clear(); //!< begins anew
    void sort(); //!< leads to sorted(), from the event loop
    void cancel(); //!< sorted() does not come

    //! Once sorted. Appends the lines of the next rows, \a most of them or what is left; false if none is left.
    Result<bool> appendNextLines(std::string &text, quint32 most);
    quint32 given() const { return m_given; } //!< how many rows have been

signals:
    void sorted(const optout::Result<optout::Done> &outcome);

private:
    Error exhausted();
    void takeOrder(const RowOrderResult &outcome);

    RowQuery m_query;
    std::unique_ptr<NumberStore> m_store;
    std::unique_ptr<RowOrderBuilder> m_builder {};
    std::shared_ptr<const RowOrder> m_order {};
    StoreSnapshot m_rows {};
    std::vector<quint32> m_places {}; // of the rows at hand, in the store
    quint32 m_given = 0;
};

} // namespace optout
