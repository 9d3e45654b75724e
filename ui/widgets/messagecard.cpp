// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/messagecard.h"

#include "widgets/actionbuttons.h"
#include "widgets/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

QLabel *centredLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignHCenter);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

MessageCard::MessageCard(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_headline(centredLabel(this))
    , m_text(centredLabel(this))
    , m_more(new QToolButton(this))
    , m_details(new QPlainTextEdit(this))
    , m_buttonRow(new QHBoxLayout)
{
    m_icon->setAlignment(Qt::AlignHCenter);
    m_headline->setObjectName(u"messageHeadline"_s);
    m_text->setObjectName(u"messageText"_s);
    QFont large = m_headline->font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    m_headline->setFont(large);
    m_more->setText(tr("Details"));
    m_more->setObjectName(u"messageMore"_s);
    m_more->setCheckable(true);
    m_more->setArrowType(Qt::RightArrow);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setAutoRaise(true);
    m_details->setObjectName(u"messageDetails"_s);
    m_details->setAccessibleName(tr("Details"));
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_details->setFixedHeight(m_details->fontMetrics().lineSpacing() * 6);
    connect(m_more, &QToolButton::toggled, this, [this](bool on) {
        m_more->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
        m_details->setVisible(on);
    });

    // Lines longer than this are hard to read, however wide the window is.
    auto *column = new QVBoxLayout(this);
    const auto addInTheMiddle = [this, column](QWidget *part) {
        part->setMaximumWidth(fontMetrics().averageCharWidth() * 72);
        auto *middle = new QHBoxLayout;
        middle->addStretch(1);
        middle->addWidget(part, 100);
        middle->addStretch(1);
        column->addLayout(middle);
    };
    column->addStretch(2);
    column->addWidget(m_icon);
    addInTheMiddle(m_headline);
    addInTheMiddle(m_text);
    m_buttonRow->setAlignment(Qt::AlignHCenter);
    column->addSpacing(style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing, nullptr, this));
    column->addLayout(m_buttonRow);
    column->addWidget(m_more, 0, Qt::AlignHCenter);
    addInTheMiddle(m_details);
    column->addStretch(3);
    m_icon->hide();
    m_text->hide();
    m_more->hide();
    m_details->hide();
}

void MessageCard::setNotice(const Notice &notice)
{
    if (notice == m_notice)
        return;
    const bool otherActions = notice.actions != m_notice.actions;
    m_notice = notice;
    const int size = style()->pixelMetric(QStyle::PM_MessageBoxIconSize, nullptr, this);
    m_icon->setPixmap(notice.icon.isEmpty() ? QPixmap() : themedIcon(notice.icon).pixmap(size));
    m_icon->setVisible(!notice.icon.isEmpty());
    m_headline->setText(notice.headline);
    m_text->setText(notice.text);
    m_text->setVisible(!notice.text.isEmpty());
    if (notice.details != m_details->toPlainText()) // laid out anew otherwise, although it is the same
        m_details->setPlainText(notice.details);
    m_more->setVisible(!notice.details.isEmpty());
    if (notice.details.isEmpty())
        m_more->setChecked(false);
    if (otherActions) {
        dropActionButtons(m_buttons);
        m_buttons = addActionButtons(notice.actions, m_buttonRow, this);
    }
}

} // namespace optout
