// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/numberfilter.h"

#include <QStyledItemDelegate>

#include <optional>

namespace optout {

//! The platform's font of equal widths, in the size of another one.
QFont fixedPitchFont(const QFont &base);

//! Digits that stand below each other, in the columns that are compared by eye.
class DigitsDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

//! Numbers, tinted and underlined where they match what is looked for. The line is in the colour of the text: it is
//! seen on every ground, and the mark does not speak by colour alone.
class NumberDelegate final : public DigitsDelegate {
    Q_OBJECT
public:
    using DigitsDelegate::DigitsDelegate;

    void setMarked(const std::optional<NumberPattern> &marked) { m_marked = marked; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    //! The place of the mark in a cell that is so drawn; empty if the number is not looked for.
    QRect markedRect(const QStyleOptionViewItem &option, const QModelIndex &index) const;

private:
    std::optional<NumberPattern> m_marked;
};

} // namespace optout
