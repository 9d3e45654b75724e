// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/connectionlistview.h"

#include "dialogs/dialogicon.h"

#include <QApplication>
#include <QPainter>
#include <QStyledItemDelegate>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

enum Role { IdRole = Qt::UserRole, RegionRole, SourceRole };

constexpr int noGroup = -1; // SourceRole of a group's title

bool isTitle(const QListWidgetItem &item) { return item.data(SourceRole).toInt() == noGroup; }

// The icon in one colour: its own do not stand out against a selection.
QPixmap tinted(const QIcon &icon, QSize size, const QColor &colour, const QPainter *painter)
{
    QPixmap pixmap = icon.pixmap(size, painter->device()->devicePixelRatioF());
    QPainter tint(&pixmap);
    tint.setCompositionMode(QPainter::CompositionMode_SourceIn);
    tint.fillRect(pixmap.rect(), colour);
    return pixmap;
}

//! The name, and the region below it in a quieter colour.
class ConnectionDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const int line = option.fontMetrics.height();
        const bool title = index.data(SourceRole).toInt() == noGroup;
        return { 12 * line, title ? line * (index.row() == 0 ? 3 : 4) / 2 : 3 * line };
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        if (index.data(SourceRole).toInt() == noGroup) {
            paintTitle(painter, option, index.data().toString());
            return;
        }
        QStyleOptionViewItem row = option;
        initStyleOption(&row, index);
        const QString name = std::exchange(row.text, QString());
        const QIcon icon = std::exchange(row.icon, QIcon());
        const QStyle *style = row.widget ? row.widget->style() : QApplication::style();
        style->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget); // background, selection and focus

        const int line = row.fontMetrics.height();
        const QRect inside = row.rect.adjusted(line / 2, line / 2, -line / 2, -line / 2);
        const int side = line * 3 / 2;
        const bool selected = row.state.testFlag(QStyle::State_Selected);
        const QRect place(inside.left(), inside.center().y() - side / 2, side, side);
        if (selected)
            painter->drawPixmap(
                place, tinted(icon, place.size(), row.palette.color(QPalette::HighlightedText), painter));
        else
            icon.paint(painter, place);
        QRect text = inside.adjusted(side + line / 2, 0, 0, 0);
        const QPalette::ColorGroup group = !row.state.testFlag(QStyle::State_Enabled) ? QPalette::Disabled
            : row.state.testFlag(QStyle::State_Active)                                ? QPalette::Active
                                                                                      : QPalette::Inactive;
        const QPalette::ColorRole quiet = selected ? QPalette::HighlightedText : QPalette::PlaceholderText;
        painter->save();
        painter->setFont(row.font);
        painter->setPen(row.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text));
        const QString region = index.data(RegionRole).toString();
        if (!region.isEmpty())
            text.setHeight(line);
        painter->drawText(text, Qt::AlignVCenter, row.fontMetrics.elidedText(name, Qt::ElideRight, text.width()));
        painter->setPen(row.palette.color(group, quiet));
        text.translate(0, inside.height() - line);
        painter->drawText(text, Qt::AlignVCenter, row.fontMetrics.elidedText(region, Qt::ElideRight, text.width()));
        painter->restore();
    }

private:
    static void paintTitle(QPainter *painter, const QStyleOptionViewItem &option, const QString &title)
    {
        const int line = option.fontMetrics.height();
        painter->save();
        QFont font = option.font;
        font.setBold(true);
        painter->setFont(font);
        painter->setPen(option.palette.color(QPalette::Active, QPalette::Text));
        const QRect place = option.rect.adjusted(line / 2, 0, -line / 2, -line / 4);
        painter->drawText(place, Qt::AlignLeft | Qt::AlignBottom,
            QFontMetrics(font).elidedText(title, Qt::ElideRight, place.width()));
        painter->restore();
    }
};

QString iconOf(Connection::Source source)
{
    switch (source) {
    case Connection::Source::Saved:
        return u"dialog-password"_s;
    case Connection::Source::Profile:
        return u"network-connect"_s;
    case Connection::Source::Environment:
        return u"configure"_s;
    case Connection::Source::Demo:
        return u"view-list"_s;
    }
    Q_UNREACHABLE();
}

QString groupOf(Connection::Source source)
{
    switch (source) {
    case Connection::Source::Saved:
        return ConnectionListView::tr("Keychain");
    case Connection::Source::Profile:
        return ConnectionListView::tr("Profiles of the AWS CLI");
    case Connection::Source::Environment:
        return ConnectionListView::tr("Environment");
    case Connection::Source::Demo:
        return ConnectionListView::tr("Demo");
    }
    Q_UNREACHABLE();
}

void fill(QListWidgetItem *item, const Connection &connection)
{
    item->setText(connection.name);
    item->setIcon(dialogIcon(iconOf(connection.source)));
    item->setData(IdRole, connection.id);
    item->setData(RegionRole, connection.region);
    item->setData(SourceRole, int(connection.source));
    item->setData(Qt::AccessibleDescriptionRole, groupOf(connection.source));
    item->setData(Qt::AccessibleTextRole,
        connection.region.isEmpty() ? connection.name : u"%1, %2"_s.arg(connection.name, connection.region));
    item->setToolTip(connection.name);
}

} // namespace

ConnectionListView::ConnectionListView(QWidget *parent)
    : QListWidget(parent)
{
    setItemDelegate(new ConnectionDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Connections"));
}

void ConnectionListView::setConnections(const QList<Connection> &connections)
{
    const QSignalBlocker quiet(this);
    const QString current = currentId();
    const bool onNew = hasCurrent() && current.isEmpty();
    const QString newName = onNew ? currentItem()->text() : QString();
    clear();
    for (const Connection &connection : connections)
        fill(rowIn(connection.source), connection);
    if (onNew)
        addNew(newName);
    else
        setCurrentId(current);
}

// A row at the end of its group, which gets its title with its first row. The groups come in the order of the sources.
QListWidgetItem *ConnectionListView::rowIn(Connection::Source source)
{
    int place = 0;
    bool titled = false;
    for (int row = 0; row < count(); ++row) {
        if (isTitle(*item(row)))
            continue;
        const int other = item(row)->data(SourceRole).toInt();
        titled = titled || other == int(source);
        if (other <= int(source))
            place = row + 1;
    }
    if (!titled) {
        auto *title = new QListWidgetItem(groupOf(source));
        title->setFlags(Qt::NoItemFlags); // the arrow keys pass over it
        title->setData(SourceRole, noGroup);
        insertItem(place++, title);
    }
    auto *made = new QListWidgetItem;
    made->setData(SourceRole, int(source));
    insertItem(place, made);
    return made;
}

void ConnectionListView::addNew(const QString &name)
{
    QListWidgetItem *item = rowIn(Connection::Source::Saved);
    fill(item, { .name = name });
    setCurrentItem(item);
}

void ConnectionListView::dropNew()
{
    for (int row = count() - 1; row >= 0; --row) {
        if (isTitle(*item(row)) || !item(row)->data(IdRole).toString().isEmpty())
            continue;
        delete takeItem(row);
        const bool last = row >= count() || isTitle(*item(row));
        if (last && row > 0 && isTitle(*item(row - 1)))
            delete takeItem(--row); // a title without rows
    }
}

void ConnectionListView::renameCurrent(const QString &name)
{
    if (QListWidgetItem *item = currentItem())
        item->setText(name);
}

QString ConnectionListView::currentId() const
{
    return currentItem() ? currentItem()->data(IdRole).toString() : QString();
}

void ConnectionListView::setCurrentId(const QString &id)
{
    for (int row = 0; row < count(); ++row) {
        if (!isTitle(*item(row)) && item(row)->data(IdRole).toString() == id)
            setCurrentRow(row);
    }
}

void ConnectionListView::selectFirst()
{
    for (int row = 0; row < count(); ++row) {
        if (!isTitle(*item(row))) {
            setCurrentRow(row);
            return;
        }
    }
    setCurrentItem(nullptr);
}

QSize ConnectionListView::sizeHint() const { return { 16 * fontMetrics().height(), 12 * fontMetrics().height() }; }

} // namespace optout
