// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/numberdelegate.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace optout {

namespace {

constexpr float tint = 0.35F; // of the highlight: the digits on it stay readable in light and dark
constexpr int lineWidth = 2;

} // namespace

QFont fixedPitchFont(const QFont &base)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(base.pointSizeF());
    return font;
}

void DigitsDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->font = fixedPitchFont(option->font);
}

QRect NumberDelegate::markedRect(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (!m_marked)
        return {};
    const QByteArray number = index.data(Qt::DisplayRole).toString().toUtf8();
    const auto place = m_marked->placeIn({ number.constData(), std::size_t(number.size()) });
    if (!place || place->length == 0)
        return {};
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    // Where QCommonStyle draws the text of an item.
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &item, item.widget) + 1;
    const QRect text =
        style->subElementRect(QStyle::SE_ItemViewItemText, &item, item.widget).adjusted(margin, 0, -margin, 0);
    const QFontMetricsF metrics(item.font);
    const auto widthOf = [&](std::size_t bytes) {
        return metrics.horizontalAdvance(QString::fromUtf8(number.first(qsizetype(bytes))));
    };
    const QRect line(text.left(), text.center().y() - int(metrics.height() / 2), text.width(), int(metrics.height()));
    // Text that is cut or runs from right to left has its digits elsewhere: all of it is marked.
    if (item.direction == Qt::RightToLeft || widthOf(std::size_t(number.size())) > text.width())
        return line;
    const int left = int(std::floor(widthOf(place->first)));
    const int right = int(std::ceil(widthOf(place->first + place->length)));
    return QRect(line.left() + left, line.top(), right - left, line.height());
}

void NumberDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    DigitsDelegate::paint(painter, option, index);
    const QRect mark = markedRect(option, index);
    if (mark.isEmpty())
        return;
    const QPalette::ColorGroup group = option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
    const bool selected = option.state & QStyle::State_Selected;
    if (!selected) { // a selected row has the tint all over
        QColor ground = option.palette.color(group, QPalette::Highlight);
        ground.setAlphaF(tint);
        painter->fillRect(mark, ground);
    }
    painter->fillRect(mark.adjusted(0, mark.height() - lineWidth, 0, 0),
        option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text));
}

} // namespace optout
