// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/noticebar.h"

#include "widgets/actionbuttons.h"
#include "widgets/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace optout {

using namespace Qt::Literals::StringLiterals;

NoticeBar::NoticeBar(QWidget *parent)
    : QFrame(parent)
{
    setFrameShape(QFrame::StyledPanel);
    hide();
}

void NoticeBar::makeParts()
{
    m_icon = new QLabel(this);
    m_text = new QLabel(this);
    m_progress = new QProgressBar(this);
    m_more = new QToolButton(this);
    m_details = new QPlainTextEdit(this);
    m_buttonRow = new QHBoxLayout;
    m_text->setObjectName(u"noticeText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setMaximumWidth(fontMetrics().averageCharWidth() * 30);
    m_more->setText(tr("Details"));
    m_more->setObjectName(u"noticeMore"_s);
    m_more->setCheckable(true);
    m_more->setArrowType(Qt::RightArrow);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setAutoRaise(true);
    m_details->setObjectName(u"noticeDetails"_s);
    m_details->setAccessibleName(tr("Details"));
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_details->setFixedHeight(m_details->fontMetrics().lineSpacing() * 6);
    connect(m_more, &QToolButton::toggled, this, [this](bool on) {
        m_more->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
        m_details->setVisible(on);
    });

    auto *row = new QHBoxLayout;
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_progress);
    row->addWidget(m_more);
    row->addLayout(m_buttonRow);
    auto *layout = new QVBoxLayout(this);
    const int margin = style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing, nullptr, this);
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->addLayout(row);
    layout->addWidget(m_details);
    m_details->hide();
    m_progress->hide();
}

void NoticeBar::setNotice(const Notice &notice)
{
    if (notice == m_notice)
        return;
    if (!m_text)
        makeParts();
    const bool otherActions = notice.actions != m_notice.actions;
    m_notice = notice;
    const int size = style()->pixelMetric(QStyle::PM_ButtonIconSize, nullptr, this);
    m_icon->setPixmap(notice.icon.isEmpty() ? QPixmap() : themedIcon(notice.icon).pixmap(size));
    m_icon->setVisible(!notice.icon.isEmpty());
    m_text->setText(notice.text.isEmpty() ? notice.headline : u"%1 %2"_s.arg(notice.headline, notice.text));
    m_details->setPlainText(notice.details);
    m_more->setVisible(!notice.details.isEmpty());
    if (notice.details.isEmpty())
        m_more->setChecked(false);
    if (otherActions) {
        dropActionButtons(m_buttons);
        m_buttons = addActionButtons(notice.actions, m_buttonRow, this);
    }
    setVisible(!notice.isEmpty());
}

void NoticeBar::setProgress(qint64 done, qint64 all)
{
    if (!m_progress)
        return; // it has never had a notice that this could stand beside
    constexpr int steps = 1000; // a QProgressBar counts in int
    m_progress->setVisible(all >= 0);
    m_progress->setRange(0, all > 0 ? steps : 0);
    m_progress->setValue(all > 0 ? int(done * steps / all) : 0);
}

} // namespace optout
