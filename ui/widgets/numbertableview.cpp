// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/numbertableview.h"

#include "core/logging.h"
#include "settings/settings.h"
#include "widgets/messagecard.h"
#include "widgets/numberdelegate.h"
#include "widgets/rowcopier.h"
#include "widgets/rowheader.h"

#include <QAccessible>
#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;

NumberTableView::NumberTableView(NumberTableModel &model, QWidget *parent)
    : QTableView(parent)
    , m_model(&model)
    , m_numbers(new NumberDelegate(this))
    , m_copier(new RowCopier(this))
{
    setObjectName(u"optedOutNumbers"_s);
    setAccessibleName(tr("Opted-out numbers"));
    setVerticalHeader(new RowHeader(this));
    setModel(m_model);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false); // Tab leaves the table
    setCornerButtonEnabled(false);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setItemDelegateForColumn(NumberTableModel::NumberColumn, m_numbers);
    setItemDelegateForColumn(NumberTableModel::OptedOutAtColumn, new DigitsDelegate(this));
    setUpHeaders();
    updateMetrics();
    resetColumns();

    followModel();
    keepCurrentCell(); // the model may have rows by now
}

void NumberTableView::followModel()
{
    connect(m_model, &NumberTableModel::viewAboutToBeReplaced, this, &NumberTableView::keepPlace);
    connect(m_model, &NumberTableModel::viewReplaced, this, &NumberTableView::restorePlace);
    connect(m_model, &QAbstractItemModel::modelReset, this, &NumberTableView::followReset);
    connect(m_model, &NumberTableModel::storeFailed, this, &NumberTableView::showSort); // the order is the one before
}

void NumberTableView::setNumbers(NumberTableModel &model)
{
    if (m_model == &model)
        return;
    if (!m_replacing)
        keepPlace();
    m_copyWhenFound = false;
    m_copyWhenReplaced = false;
    connect(m_model, &QObject::destroyed, this, &NumberTableView::forgetPlace);
    m_otherPlaces.insert(m_model, std::exchange(m_place, {}));
    disconnect(m_model, &NumberTableModel::viewAboutToBeReplaced, this, nullptr);
    disconnect(m_model, &NumberTableModel::viewReplaced, this, nullptr);
    disconnect(m_model, &QAbstractItemModel::modelReset, this, &NumberTableView::followReset);
    disconnect(m_model, &NumberTableModel::storeFailed, this, &NumberTableView::showSort);

    m_model = &model;
    disconnect(m_model, &QObject::destroyed, this, &NumberTableView::forgetPlace);
    QItemSelectionModel *const selection = selectionModel();
    setModel(m_model);
    delete selection; // the view does not: other views might share it
    followModel();
    showSort();
    m_place = m_otherPlaces.take(m_model);
    if (!m_model->isReplacing()) {
        restorePlace();
        return;
    }
    // The place is found when it is through; until then rows of the list before would be seen.
    viewport()->setUpdatesEnabled(true);
    keepCurrentCell();
}

// The mark in the header follows the model, which is sorted like that already.
void NumberTableView::showSort()
{
    const SortSpec sort = m_model->query().sort;
    const QSignalBlocker blocker(horizontalHeader());
    horizontalHeader()->setSortIndicator(
        NumberTableModel::columnOf(sort.key), sort.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

// The header keeps the selection it has by itself, an empty one. Where all rows are selected it would look at each of
// them whenever it is painted, to draw selected columns in another way, which no column here is.
void NumberTableView::setSelectionModel(QItemSelectionModel *selection)
{
    QItemSelectionModel *none = horizontalHeader()->selectionModel();
    QTableView::setSelectionModel(selection);
    if (none && none->model() == selection->model())
        horizontalHeader()->setSelectionModel(none);
}

void NumberTableView::setUpHeaders()
{
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSortIndicatorClearable(true); // the third click: as read
    header->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint &place) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillColumnsMenu(menu);
        menu->popup(header->mapToGlobal(place));
    });
}

void NumberTableView::updateMetrics()
{
    const int line = std::max(fontMetrics().height(), QFontMetrics(fixedPitchFont(font())).height());
    const int margin = style()->pixelMetric(QStyle::PM_FocusFrameVMargin, nullptr, this);
    verticalHeader()->setMinimumSectionSize(line);
    verticalHeader()->setDefaultSectionSize(line + 2 * margin + line / 4);
}

void NumberTableView::resetColumns()
{
    QHeaderView *header = horizontalHeader();
    const QFontMetrics digits(fixedPitchFont(font()));
    const int room = digits.averageCharWidth() * 4; // margins and the sort mark
    for (int column = 0; column < NumberTableModel::ColumnCount; ++column) {
        header->showSection(column);
        header->moveSection(header->visualIndex(column), column);
    }
    header->resizeSection(NumberTableModel::NumberColumn, digits.horizontalAdvance(u"+1234567890123456789"_s) + room);
    header->resizeSection(
        NumberTableModel::OptedOutAtColumn, digits.horizontalAdvance(u"2024-03-01 10:02:33"_s) + room);
}

void NumberTableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateMetrics();
}

// Says when the start is over: for those who measure it.
void NumberTableView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (!m_hasPaintedRows && m_model->rowCount() > 0) {
        m_hasPaintedRows = true;
        qCDebug(log::ui) << "first row painted";
    }
}

void NumberTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    viewport()->setUpdatesEnabled(true); // nothing of what was painted stays
    if (m_card)
        m_card->setGeometry(viewport()->geometry());
}

void NumberTableView::showEvent(QShowEvent *event)
{
    QTableView::showEvent(event);
    showCard();
}

void NumberTableView::setEmptyNotice(const Notice &notice)
{
    m_emptyNotice = notice;
    if (isVisible())
        showCard();
}

// Not before somebody can see it: a window that begins with rows never needs one.
void NumberTableView::showCard()
{
    if (!m_card && m_emptyNotice.isEmpty())
        return;
    if (!m_card)
        m_card = new MessageCard(this);
    m_card->setNotice(m_emptyNotice);
    m_card->setGeometry(viewport()->geometry());
    m_card->setVisible(!m_emptyNotice.isEmpty());
}

void NumberTableView::fillColumnsMenu(QMenu *menu)
{
    QHeaderView *header = horizontalHeader();
    const bool lastOne = header->count() - header->hiddenSectionCount() == 1;
    for (int column = 0; column < NumberTableModel::ColumnCount; ++column) {
        QAction *action = menu->addAction(m_model->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        action->setEnabled(!(lastOne && action->isChecked())); // a table without columns has no header to click on
        connect(action, &QAction::toggled, this, [this, column](bool on) { setColumnHidden(column, !on); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("&Reset columns")), &QAction::triggered, this, &NumberTableView::resetColumns);
}

void NumberTableView::fillSortMenu(QMenu *menu)
{
    const auto add = [this, menu](const QString &text, int column, Qt::SortOrder order) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        const QHeaderView *header = horizontalHeader();
        action->setChecked(
            header->sortIndicatorSection() == column && (column < 0 || header->sortIndicatorOrder() == order));
        connect(action, &QAction::triggered, this, [this, column, order] { sortByColumn(column, order); });
    };
    add(tr("As &read"), -1, Qt::AscendingOrder);
    for (int column = 0; column < model()->columnCount(); ++column) {
        const QString title = model()->headerData(column, Qt::Horizontal).toString();
        add(tr("%1, ascending").arg(title), column, Qt::AscendingOrder);
        add(tr("%1, descending").arg(title), column, Qt::DescendingOrder);
    }
}

void NumberTableView::restoreColumns(const Settings &settings)
{
    const QByteArray state = settings.tableHeaderState();
    QHeaderView *header = horizontalHeader();
    if (state.isEmpty() || !header->restoreState(state))
        return;
    if (header->hiddenSectionCount() == header->count())
        resetColumns();
}

void NumberTableView::saveColumns(Settings &settings) const
{
    settings.setTableHeaderState(horizontalHeader()->saveState());
}

void NumberTableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    // While a view is being replaced the current row is another one for a moment, which nobody is to hear of.
    if (m_replacing)
        QAbstractItemView::currentChanged(current, previous);
    else
        QTableView::currentChanged(current, previous);
    if (!m_settingCurrent)
        m_currentIsChosen = current.isValid();
}

// QTableView makes an index of every selected cell to tell assistive tools of the first one, which holds up the window
// when a million rows are selected.
void NumberTableView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QAbstractItemView::selectionChanged(selected, deselected);
    tellOfSelection(selected, QAccessible::SelectionAdd);
    tellOfSelection(deselected, QAccessible::SelectionRemove);
    if (!m_restoringSelection)
        stopSeeking(); // the user has chosen anew
}

void NumberTableView::tellOfSelection(const QItemSelection &ranges, QAccessible::Event what)
{
    if (ranges.isEmpty() || !QAccessible::isActive())
        return;
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(this);
    const QModelIndex first = ranges.constFirst().topLeft();
    QAccessibleInterface *cell = table->tableInterface()->cellAt(first.row(), first.column());
    if (!cell)
        return;
    QAccessibleEvent event(this, what);
    event.setChild(table->indexOfChild(cell));
    QAccessible::updateAccessibility(&event);
}

void NumberTableView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QTableView::rowsInserted(parent, start, end);
    keepCurrentCell();
    // As where rows come with another view.
    const QList<RowRange> everything { { 0, quint32(start) - 1 } };
    if (quint32(start) > KeptSelection::soonFound && selectedRanges() == everything)
        selectRanges({ { 0, quint32(end) } });
}

// Qt 6.4's accessibility of tables asks for the current cell without looking whether there is one, so there is one
// whenever there are rows.
void NumberTableView::keepCurrentCell()
{
    if (!currentIndex().isValid() && m_model->rowCount() > 0)
        setCurrentRow(0, 0);
}

void NumberTableView::setCurrentRow(int row, int column)
{
    m_settingCurrent = true;
    const int horizontal = horizontalScrollBar()->value();
    const int vertical = verticalScrollBar()->value();
    selectionModel()->setCurrentIndex(m_model->index(row, visibleColumn(column)), QItemSelectionModel::NoUpdate);
    horizontalScrollBar()->setValue(horizontal);
    verticalScrollBar()->setValue(vertical);
    m_settingCurrent = false;
}

int NumberTableView::visibleColumn(int column) const
{
    while (column < NumberTableModel::ColumnCount - 1 && isColumnHidden(column))
        ++column;
    return column;
}

void NumberTableView::setMarked(const std::optional<NumberPattern> &marked)
{
    m_numbers->setMarked(marked);
    viewport()->update();
}

void NumberTableView::goToRow(int row)
{
    const int top = verticalScrollBar()->value();
    const bool inSight = row >= top && row < top + rowsPerPage();
    const QModelIndex index = m_model->index(row, visibleColumn(std::max(0, currentIndex().column())));
    if (!index.isValid())
        return;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_currentIsChosen = true;
    if (!inSight)
        scrollTo(index, PositionAtCenter);
}

int NumberTableView::rowsPerPage() const
{
    return std::max(1, viewport()->height() / std::max(1, verticalHeader()->defaultSectionSize()));
}

void NumberTableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        event->accept();
        return;
    }
    if (!m_replacing) // as viewportEvent()
        QTableView::keyPressEvent(event);
}

QList<RowRange> NumberTableView::selectedRanges() const
{
    QList<RowRange> ranges;
    const QItemSelection selection = selectionModel()->selection();
    for (const QItemSelectionRange &range : selection)
        ranges.append({ quint32(range.top()), quint32(range.bottom()) });
    // Ranges come in the order of clicking, and one row's cells may be in several of them.
    std::sort(ranges.begin(), ranges.end(), [](const RowRange &a, const RowRange &b) { return a.first < b.first; });
    QList<RowRange> merged;
    for (const RowRange &range : std::as_const(ranges)) {
        if (!merged.isEmpty() && range.first <= merged.last().last + 1)
            merged.last().last = std::max(merged.last().last, range.last);
        else
            merged.append(range);
    }
    return merged;
}

void NumberTableView::copySelection()
{
    m_copyWhenReplaced = m_replacing;
    m_copyWhenFound = m_sought.has_value();
    if (m_copyWhenReplaced || m_copyWhenFound)
        return;
    CopyRequest request { .source = m_model->exportSource(), .rows = selectedRanges(), .columns = {} };
    if (request.rows.isEmpty() && currentIndex().isValid())
        request.rows = { { quint32(currentIndex().row()), quint32(currentIndex().row()) } };
    const QHeaderView *header = horizontalHeader();
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        if (!header->isSectionHidden(column))
            request.columns.append(static_cast<NumberTableModel::Column>(column));
    }
    m_copier->copy(request);
}

} // namespace optout
