// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/optedoutnumber.h"
#include "export/exportoperation.h"
#include "store/numberstore.h"
#include "store/roworder.h"
#include "store/roworderbuilder.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>
#include <QTimer>

#include <chrono>
#include <limits>
#include <memory>
#include <vector>

namespace optout {

//! The opted-out numbers of one read as a table: a filter and a sort order over a NumberStore that grows.
//!
//! append() collects; the first rows appear at once, others at most ten times a second, so many that a window stays
//! live while its views take note of them; the rest of those that waited follows in the next turns of the event loop.
//! Filtering and sorting run in a worker; until they are through the old view stays. GUI thread only.
class NumberTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NumberColumn, OptedOutAtColumn, OptedOutByColumn, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole, //!< raw value: number as QString, milliseconds since 1970 as qint64, end user as bool
        CopyRole, //!< what Ctrl+C puts on the clipboard: as the CSV writes it
        StoreRowRole, //!< quint32, the row's place in the order read; stays the same for the whole read
    };
    static int columnOf(SortSpec::Key key); //!< -1 for the order as read
    static constexpr quint32 mostRows = std::numeric_limits<int>::max(); //!< what Qt can count
    static constexpr quint32 mostRowsInserted = 250'000; //!< a few milliseconds: a QTableView takes some 12 ns a row

    //! \param maxRows append() fails past that many rows
    //! \param rowsInserted at most, in one turn of the event loop; a view that replaces another, also a sorted one that
    //! has grown, shows four times as many more in a turn
    explicit NumberTableModel(
        QObject *parent = nullptr, quint32 maxRows = mostRows, quint32 rowsInserted = mostRowsInserted);
    ~NumberTableModel() override;

    //! Forgets all rows; filter and sort order stay. A plain model reset: store rows are counted anew.
    void clear();
    quint64 generation() const; //!< how often clear() was called: store rows of another one are other numbers
    //! Takes rows over; they show within 100 ms, the first in the next turn of the event loop. An error (memory) leaves
    //! the earlier rows; reported through storeFailed(), before this returns.
    void append(std::vector<OptedOutNumber> rows);
    //! Does not wait any longer with the rows that append() collects: at the end of a read. They show at once, with a
    //! filter or a sort order when they are through the worker; many are shown a part at a time, as ever.
    void flush();

    void setFilter(const NumberFilter &filter);
    void setSort(const SortSpec &sort);
    //! For the header of a view: column -1 is the order as read.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    const RowQuery &query() const; //!< what was asked for last; the view shown may still be the one before

    quint32 loadedRows() const; //!< rows in the store, with those not yet shown
    quint32 shownRows() const; //!< rowCount()
    bool isReplacing() const; //!< between viewAboutToBeReplaced() and viewReplaced()
    bool isUpdating() const; //!< a worker is building the view asked for; false while it only adds rows to it
    ExportSource exportSource() const; //!< the view as shown now, for an export
    void release(std::shared_ptr<const RowOrder> order); //!< drops a hold on one of exportSource(), in the worker
    quint32 storeRow(int viewRow) const;
    int viewRow(quint32 storeRow) const; //!< -1 if the filter hides it, or if it is not one of shownRows() yet

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void countsChanged(); //!< loadedRows() or shownRows()
    void updatingChanged(bool updating);
    //! Around the swap of a view, for selection, current row and scroll position, which a view keeps by store row. In
    //! between there are one or more resets: where views would know of millions of rows more, these come a part in each
    //! turn of the event loop. Then rowCount() and viewRow() tell of those that have come.
    void viewAboutToBeReplaced();
    void viewReplaced();
    //! Rows could not be kept; or the view asked for could not be built, and the one before stays asked for; or it
    //! could not take in the rows that came, and will be asked to again. isUpdating() until then in the second case
    //! only.
    void storeFailed(const optout::Error &error);

private:
    void setQuery(const RowQuery &query);
    void updateUpdating();
    void scheduleFlush();
    void setPause(std::chrono::milliseconds worked, std::chrono::milliseconds swapped);
    void takeOrder(const RowOrderResult &outcome);
    void show(std::shared_ptr<const RowOrder> order);
    void insertUpTo(std::shared_ptr<const RowOrder> order);
    void insertSome();
    void replaceView(std::shared_ptr<const RowOrder> order);
    void showMore(std::shared_ptr<const RowOrder> order);
    void endReplacing();
    void forgetRowsIfMostGo(quint32 nextRows);
    QVariant numberData(quint32 storeRow, int role) const;
    QVariant optedOutAtData(PackedRow row, int role) const;
    QVariant optedOutByData(PackedRow row, int role) const;

    const quint32 m_maxRows;
    const quint32 m_rowsInserted;
    std::unique_ptr<NumberStore> m_store;
    RowQuery m_query;
    std::shared_ptr<const RowOrder> m_order; // what is shown; never null
    quint64 m_generation = 0;
    quint32 m_shown = 0; // how many rows of it views know of; fewer only while some are still to come
    QTimer m_insertTimer; // active while that is so, unless the view is being replaced
    bool m_replacing = false;
    QTimer m_replaceTimer; // active while it takes further turns
    RowOrderBuilder m_builder;
    bool m_updating = false;
    QTimer m_flushTimer;
    QElapsedTimer m_sinceRequest;
    std::chrono::milliseconds m_pause;
};

} // namespace optout
