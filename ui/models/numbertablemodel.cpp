// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "models/numbertablemodel.h"

#include "text/numbertext.h"

#include <algorithm>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

// Showing more rows costs by the number of times, not of rows. When a time takes long all the same, because the view is
// big, the next one waits in proportion, so that the window stays live and the worker leaves a core to others.
constexpr std::chrono::milliseconds shortestPause { 100 };
constexpr std::chrono::milliseconds longestPause { 2'000 };
// A view takes some 2 ns for a new row of a reset, 7 while a worker is busy, and some 12 for one of an insert.
constexpr quint32 insertsReplaced = 4;

} // namespace

NumberTableModel::NumberTableModel(QObject *parent, quint32 maxRows, quint32 rowsInserted)
    : QAbstractTableModel(parent)
    , m_maxRows(std::min(maxRows, mostRows))
    , m_rowsInserted(rowsInserted)
    , m_store(std::make_unique<NumberStore>(m_maxRows))
    , m_order(buildOrder({}, m_query))
    , m_pause(shortestPause)
{
    m_flushTimer.setSingleShot(true);
    connect(&m_flushTimer, &QTimer::timeout, this, &NumberTableModel::flush);
    m_insertTimer.setSingleShot(true);
    m_insertTimer.setInterval(0);
    connect(&m_insertTimer, &QTimer::timeout, this, [this] {
        insertSome();
        emit countsChanged();
    });
    m_replaceTimer.setSingleShot(true);
    m_replaceTimer.setInterval(0);
    connect(&m_replaceTimer, &QTimer::timeout, this, [this] {
        showMore(m_order);
        emit countsChanged();
    });
    connect(&m_builder, &RowOrderBuilder::finished, this, &NumberTableModel::takeOrder);
}

NumberTableModel::~NumberTableModel() = default;

void NumberTableModel::clear()
{
    m_flushTimer.stop();
    m_builder.forget();
    auto fresh = std::make_unique<NumberStore>(m_maxRows);
    beginResetModel();
    std::swap(m_store, fresh);
    const auto before = std::exchange(m_order, buildOrder({}, m_query));
    m_insertTimer.stop();
    ++m_generation;
    m_shown = 0;
    m_pause = shortestPause;
    endResetModel();
    endReplacing();
    m_builder.release(before);
    m_builder.release(std::shared_ptr<NumberStore>(std::move(fresh)));
    updateUpdating();
    emit countsChanged();
}

void NumberTableModel::append(std::vector<OptedOutNumber> rows)
{
    if (rows.empty())
        return;
    // Packed at once: what waits for the timer is then a count and not a second copy of the rows.
    if (const Result<Done> kept = m_store->append(rows); !kept) {
        emit storeFailed(kept.error());
        return;
    }
    scheduleFlush();
    emit countsChanged();
}

void NumberTableModel::scheduleFlush()
{
    const bool comesAnyway = m_flushTimer.isActive() || m_builder.isBusy(); // takeOrder() calls this again
    if (comesAnyway || m_order->judgedRows() == m_store->size())
        return;
    const bool atOnce = m_order->judgedRows() == 0; // the first rows are waited for
    m_flushTimer.start(atOnce ? std::chrono::milliseconds(0) : m_pause);
}

void NumberTableModel::setPause(std::chrono::milliseconds worked, std::chrono::milliseconds swapped)
{
    m_pause = std::clamp(std::max(worked * 2, swapped * 10), shortestPause, longestPause);
}

void NumberTableModel::flush()
{
    m_flushTimer.stop();
    if (m_builder.isBusy() || m_order->judgedRows() == m_store->size())
        return;
    if (m_query.isIdentity()) {
        m_sinceRequest.start();
        insertUpTo(extendOrder(*m_order, m_store->snapshot()));
        setPause({}, std::chrono::milliseconds(m_sinceRequest.elapsed()));
        emit countsChanged();
        return;
    }
    m_sinceRequest.start();
    m_builder.extend(m_order, m_store->snapshot());
}

void NumberTableModel::setFilter(const NumberFilter &filter) { setQuery({ .filter = filter, .sort = m_query.sort }); }

void NumberTableModel::setSort(const SortSpec &sort) { setQuery({ .filter = m_query.filter, .sort = sort }); }

void NumberTableModel::sort(int column, Qt::SortOrder order)
{
    SortSpec spec;
    switch (column) {
    case NumberColumn:
        spec.key = SortSpec::Key::Number;
        break;
    case OptedOutAtColumn:
        spec.key = SortSpec::Key::OptedOutAt;
        break;
    case OptedOutByColumn:
        spec.key = SortSpec::Key::OptedOutBy;
        break;
    default:
        break;
    }
    spec.descending = spec.key != SortSpec::Key::AsRead && order == Qt::DescendingOrder;
    setSort(spec);
}

int NumberTableModel::columnOf(SortSpec::Key key)
{
    switch (key) {
    case SortSpec::Key::AsRead:
        break;
    case SortSpec::Key::Number:
        return NumberColumn;
    case SortSpec::Key::OptedOutAt:
        return OptedOutAtColumn;
    case SortSpec::Key::OptedOutBy:
        return OptedOutByColumn;
    }
    return -1;
}

const RowQuery &NumberTableModel::query() const { return m_query; }

void NumberTableModel::setQuery(const RowQuery &query)
{
    if (query == m_query)
        return;
    m_query = query;
    m_flushTimer.stop();
    m_builder.cancel();
    if (query == m_order->query()) { // back to what is shown before anything else could be
        scheduleFlush();
    } else if (query.isIdentity()) {
        replaceView(buildOrder(m_store->snapshot(), query)); // takes no time
        emit countsChanged();
    } else {
        m_sinceRequest.start();
        m_builder.build(m_store->snapshot(), query);
    }
    updateUpdating();
}

void NumberTableModel::updateUpdating()
{
    const bool updating = m_order->query() != m_query;
    if (std::exchange(m_updating, updating) != updating)
        emit updatingChanged(updating);
}

void NumberTableModel::takeOrder(const RowOrderResult &outcome)
{
    if (!outcome) {
        // The view before goes on. If it is the one that cannot grow, it is tried again by and by: there may be no
        // append() after the last rows.
        if (std::exchange(m_query, m_order->query()) != m_order->query())
            scheduleFlush();
        else if (m_order->judgedRows() < m_store->size())
            m_flushTimer.start(longestPause);
        emit storeFailed(outcome.error()); // before the end of updating is told, which else looks like success
        updateUpdating();
        return;
    }
    const std::chrono::milliseconds worked(m_sinceRequest.elapsed());
    QElapsedTimer swapping;
    swapping.start();
    show(*outcome);
    setPause(worked, std::chrono::milliseconds(swapping.elapsed()));
    updateUpdating();
    emit countsChanged();
    scheduleFlush();
}

void NumberTableModel::show(std::shared_ptr<const RowOrder> order)
{
    const bool extended = order->query() == m_order->query();
    if (extended && order->size() == m_order->size())
        m_builder.release(std::exchange(m_order, std::move(order)));
    else if (extended && order->growsAtTheEnd())
        insertUpTo(std::move(order));
    else
        replaceView(std::move(order));
}

void NumberTableModel::insertUpTo(std::shared_ptr<const RowOrder> order)
{
    // The rows views know of are the same in both.
    m_builder.release(std::exchange(m_order, std::move(order)));
    if (!m_insertTimer.isActive() && !m_replacing)
        insertSome();
}

void NumberTableModel::insertSome()
{
    const quint32 end = m_shown + std::min(m_order->size() - m_shown, m_rowsInserted);
    if (end < m_order->size())
        m_insertTimer.start();
    beginInsertRows({}, int(m_shown), int(end) - 1);
    m_shown = end;
    endInsertRows();
}

void NumberTableModel::replaceView(std::shared_ptr<const RowOrder> order)
{
    if (!std::exchange(m_replacing, true))
        emit viewAboutToBeReplaced();
    forgetRowsIfMostGo(order->size());
    m_insertTimer.stop();
    showMore(std::move(order));
}

void NumberTableModel::showMore(std::shared_ptr<const RowOrder> order)
{
    beginResetModel();
    m_builder.release(std::exchange(m_order, std::move(order)));
    const quint64 most = quint64(m_shown) + quint64(insertsReplaced) * m_rowsInserted;
    m_shown = quint32(std::min<quint64>(m_order->size(), most));
    endResetModel();
    if (m_shown < m_order->size())
        m_replaceTimer.start();
    else
        endReplacing();
}

void NumberTableModel::endReplacing()
{
    m_replaceTimer.stop();
    if (std::exchange(m_replacing, false))
        emit viewReplaced();
}

// A view takes some time for each row that goes, and none to forget all.
void NumberTableModel::forgetRowsIfMostGo(quint32 nextRows)
{
    if (nextRows > m_shown / 2)
        return;
    beginResetModel();
    m_shown = 0;
    endResetModel();
}

quint32 NumberTableModel::loadedRows() const { return m_store->size(); }

quint32 NumberTableModel::shownRows() const { return m_shown; }

bool NumberTableModel::isReplacing() const { return m_replacing; }

bool NumberTableModel::isUpdating() const { return m_updating; }

ExportSource NumberTableModel::exportSource() const { return { .rows = m_store->snapshot(), .order = m_order }; }

void NumberTableModel::release(std::shared_ptr<const RowOrder> order) { m_builder.release(std::move(order)); }

quint64 NumberTableModel::generation() const { return m_generation; }

quint32 NumberTableModel::storeRow(int viewRow) const { return m_order->storeRow(quint32(viewRow)); }

int NumberTableModel::viewRow(quint32 storeRow) const
{
    const auto row = m_order->viewRow(m_store->snapshot(), storeRow);
    return row && *row < m_shown ? int(*row) : -1;
}

int NumberTableModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_shown); }

int NumberTableModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant NumberTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const quint32 row = m_order->storeRow(quint32(index.row()));
    if (role == StoreRowRole)
        return row;
    switch (index.column()) {
    case NumberColumn:
        return numberData(row, role);
    case OptedOutAtColumn:
        return optedOutAtData(m_store->at(row), role);
    case OptedOutByColumn:
        return optedOutByData(m_store->at(row), role);
    default:
        return {};
    }
}

QVariant NumberTableModel::numberData(quint32 storeRow, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case SortRole:
    case CopyRole:
        return QString::fromStdString(m_store->row(storeRow).number);
    default:
        return {};
    }
}

QVariant NumberTableModel::optedOutAtData(PackedRow row, int role) const
{
    const bool known = row.hasTime();
    const Timestamp time { std::chrono::milliseconds(row.milliseconds()) };
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return known ? NumberText::optedOutAt(time) : NumberText::unknownTime();
    case Qt::ToolTipRole:
        return known ? NumberText::optedOutAtInFull(time) : QVariant();
    case SortRole:
        return known ? QVariant(row.milliseconds()) : QVariant();
    case CopyRole:
        return known ? QString::fromStdString(toIso8601(time)) : QString();
    default:
        return {};
    }
}

QVariant NumberTableModel::optedOutByData(PackedRow row, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return NumberText::optedOutBy(row.byEndUser());
    case SortRole:
        return row.byEndUser();
    case CopyRole:
        return row.byEndUser() ? u"true"_s : u"false"_s;
    default:
        return {};
    }
}

QVariant NumberTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section + 1;
    switch (section) {
    case NumberColumn:
        return NumberText::numberTitle();
    case OptedOutAtColumn:
        return NumberText::optedOutAtTitle();
    case OptedOutByColumn:
        return NumberText::optedOutByTitle();
    default:
        return {};
    }
}

} // namespace optout
