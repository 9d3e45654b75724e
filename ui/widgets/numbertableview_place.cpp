// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

// Of NumberTableView, how current row, selection and scroll position outlast another filter or order and rows that
// arrive.

#include "widgets/numbertableview.h"

#include "widgets/rowcopier.h"

#include <QEvent>
#include <QFutureWatcher>
#include <QLocale>
#include <QScrollBar>
#include <QtConcurrent>

#include <algorithm>
#include <new>
#include <optional>
#include <utility>

namespace optout {

namespace {

Result<QList<RowRange>> soughtRows(const KeptSelection &selection, const ExportSource &view)
{
    try {
        if (std::optional<QList<RowRange>> found = selection.rowsIn(view))
            return *std::move(found);
        return Error { .kind = Error::Kind::InvalidInput,
            .detail = NumberTableView::tr("In this order the selected rows stand in more than %1 places. Select them "
                                          "again, or export the view.")
                          .arg(QLocale().toString(KeptSelection::mostPieces)) };
    } catch (const std::bad_alloc &) {
        return Error { .kind = Error::Kind::Storage,
            .detail = NumberTableView::tr("There is not enough memory to find the selected rows in this order.") };
    }
}

} // namespace

void NumberTableView::keepPlace()
{
    m_replacing = true;
    viewport()->setUpdatesEnabled(false); // as it was, until there is a place to be at
    m_place = { .query = m_place.query, .generation = m_model->generation() };
    const QModelIndex current = currentIndex();
    const int top = verticalScrollBar()->value();
    if (current.isValid() && m_currentIsChosen) {
        m_place.current = m_model->storeRow(current.row());
        m_place.currentColumn = current.column();
    }
    const bool currentIsVisible = m_place.current && current.row() >= top && current.row() < top + rowsPerPage();
    const int anchor = currentIsVisible ? current.row() : top;
    if (anchor < m_model->rowCount()) {
        m_place.anchor = m_model->storeRow(anchor);
        m_place.anchorOffset = anchor - top;
    }
    if (m_sought) { // not found yet: what is selected now is nothing
        m_place.selected = *std::exchange(m_sought, std::nullopt);
        m_copyWhenReplaced = std::exchange(m_copyWhenFound, false);
        return;
    }
    KeptSelection &selected = m_place.selected;
    selected.ranges = selectedRanges();
    if (selected.ranges.isEmpty())
        return; // an order may be big: not kept for nothing
    selected.order = m_model->exportSource().order;
    selected.isEverything = selected.count() == m_model->shownRows();
}

void NumberTableView::restorePlace()
{
    const RowQuery query = m_model->exportSource().order->query(); // what is shown; asked for may be the next already
    if (m_place.generation != m_model->generation()) { // begun anew while not shown
        m_model->release(std::move(m_place.selected.order));
        m_place = { .query = query, .generation = m_model->generation() };
        m_copyWhenReplaced = false;
    }
    const bool askedByUser = query != m_place.query; // else the same view has grown
    m_place.query = query;
    executeDelayedItemsLayout(); // the scroll bar has to know the new count before it is set

    m_replacing = false;
    viewport()->setUpdatesEnabled(true);
    // A copy asked for meanwhile is one of what was selected, or else of the current row.
    const bool copies = std::exchange(m_copyWhenReplaced, false);
    const bool copiesCurrent = copies && m_place.selected.ranges.isEmpty();
    m_copyWhenFound = copies && !copiesCurrent;
    restoreSelection(std::exchange(m_place.selected, {}));
    const int currentRow = m_place.current ? m_model->viewRow(*m_place.current) : -1;
    // None first: assistive tools have not heard of the one that the resets made, which may be the same.
    selectionModel()->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
    if (currentRow >= 0)
        setCurrentRow(currentRow, m_place.currentColumn);
    else
        keepCurrentCell();
    m_currentIsChosen = currentRow >= 0;
    // After another filter or order the place is that of the current row; who has not chosen one starts at the top.
    const bool anchorIsCurrent = m_place.anchor == m_place.current;
    int anchorRow = m_place.anchor && (!askedByUser || anchorIsCurrent) ? m_model->viewRow(*m_place.anchor) : -1;
    int offset = m_place.anchorOffset;
    if (anchorRow < 0 && currentRow >= 0) {
        anchorRow = currentRow;
        offset = rowsPerPage() / 2;
    }
    verticalScrollBar()->setValue(anchorRow < 0 ? 0 : std::max(0, anchorRow - offset));
    if (copiesCurrent && m_place.current && currentRow < 0)
        failToCopyHidden();
    else if (copiesCurrent)
        copySelection();
}

void NumberTableView::restoreSelection(KeptSelection selection)
{
    ++m_search;
    const ExportSource view = m_model->exportSource();
    const bool isEverything = selection.staysEverythingIn(*view.order);
    if (!isEverything && selection.count() > KeptSelection::soonFound) {
        seek(selection);
        return;
    }
    takeFound(isEverything ? Result<QList<RowRange>>(QList<RowRange> { { 0, m_model->shownRows() - 1 } })
                           : soughtRows(selection, view));
    m_model->release(std::move(selection.order));
}

void NumberTableView::seek(const KeptSelection &selection)
{
    selectRanges({});
    m_sought = selection;
    using Found = Result<QList<RowRange>>;
    auto *watcher = new QFutureWatcher<Found>(this);
    connect(watcher, &QFutureWatcher<Found>::finished, this, [this, watcher, search = m_search] {
        if (search == m_search && m_sought)
            takeFound(watcher->result());
        watcher->deleteLater();
    });
    watcher->setFuture(QtConcurrent::run(
        &m_finders, [selection, view = m_model->exportSource()] { return soughtRows(selection, view); }));
}

void NumberTableView::takeFound(const Result<QList<RowRange>> &found)
{
    const bool copies = m_copyWhenFound;
    stopSeeking();
    selectRanges(found ? *found : QList<RowRange>());
    if (!copies)
        return;
    if (!found)
        m_copier->fail(found.error());
    else if (found->isEmpty())
        failToCopyHidden();
    else
        copySelection();
}

void NumberTableView::failToCopyHidden()
{
    m_copier->fail(
        { .kind = Error::Kind::InvalidInput, .detail = tr("None of the selected rows passes the filters.") });
}

void NumberTableView::stopSeeking()
{
    if (m_sought)
        m_model->release(std::move(m_sought->order));
    m_sought.reset();
    m_copyWhenFound = false;
}

void NumberTableView::selectRanges(const QList<RowRange> &ranges)
{
    QItemSelection selection;
    for (const RowRange &range : ranges) {
        // Appended and not select()ed, which compares with all before: these do not touch each other.
        if (range.last < m_model->shownRows())
            selection.append(QItemSelectionRange(m_model->index(int(range.first), 0),
                m_model->index(int(range.last), NumberTableModel::ColumnCount - 1)));
    }
    m_restoringSelection = true;
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    m_restoringSelection = false;
}

void NumberTableView::followReset()
{
    if (!m_replacing)
        stopSeeking(); // other rows
    keepCurrentCell();
}

// What is seen while a view is being replaced is the one before: nothing there can be meant.
bool NumberTableView::viewportEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::ContextMenu:
    case QEvent::ToolTip:
        if (m_replacing)
            return true;
        break;
    default:
        break;
    }
    return QTableView::viewportEvent(event);
}

void NumberTableView::forgetPlace(QObject *model) { m_otherPlaces.remove(model); }

} // namespace optout
