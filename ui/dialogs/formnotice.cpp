// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/formnotice.h"

#include "dialogs/dialogicon.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

QLabel *makeText(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

FormNotice::FormNotice(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_headline(makeText(u"noticeHeadline"_s, this))
    , m_text(makeText(u"noticeText"_s, this))
    , m_progress(new QProgressBar(this))
    , m_more(new QPushButton(tr("&Details"), this))
    , m_details(new QPlainTextEdit(this))
    , m_buttonRow(new QHBoxLayout)
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    QFont bold = m_headline->font();
    bold.setBold(true);
    m_headline->setFont(bold);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setFixedHeight(m_progress->fontMetrics().height() / 2);
    m_more->setObjectName(u"noticeMore"_s);
    m_more->setCheckable(true);
    m_more->setAutoDefault(false);
    m_details->setObjectName(u"noticeDetails"_s);
    m_details->setAccessibleName(tr("Details"));
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_details->setFixedHeight(m_details->fontMetrics().lineSpacing() * 6);
    connect(m_more, &QPushButton::toggled, m_details, &QWidget::setVisible);

    m_buttonRow->addStretch();
    m_buttonRow->addWidget(m_more);
    auto *texts = new QVBoxLayout;
    texts->addWidget(m_headline);
    texts->addWidget(m_text);
    texts->addWidget(m_progress);
    texts->addWidget(m_details);
    texts->addLayout(m_buttonRow);
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
    clear();
}

void FormNotice::show(const Content &content)
{
    const int size = style()->pixelMetric(QStyle::PM_ButtonIconSize, nullptr, this);
    m_icon->setPixmap(content.icon.isEmpty() ? QPixmap() : dialogIcon(content.icon).pixmap(size));
    m_icon->setVisible(!content.icon.isEmpty());
    m_headline->setText(content.headline);
    m_text->setText(content.text);
    m_text->setVisible(!content.text.isEmpty());
    m_progress->setVisible(content.busy);
    m_details->setPlainText(content.details);
    m_details->hide();
    m_more->setChecked(false);
    m_more->setVisible(!content.details.isEmpty());
    for (QPushButton *button : std::as_const(m_buttons)) {
        button->hide();
        button->setObjectName({});
        button->deleteLater(); // it may be the one that was pressed
    }
    m_buttons.clear();
    for (const Action &action : content.actions) {
        auto *button = new QPushButton(action.text, this);
        button->setObjectName(action.name);
        button->setAutoDefault(true); // Enter presses the one that has the focus
        connect(button, &QPushButton::clicked, this, [run = action.run] { run(); });
        m_buttonRow->addWidget(button);
        m_buttons += button;
    }
    setVisible(true);
    // What is told should be heard, without the focus going there.
    QAccessibleEvent alert(this, QAccessible::Alert);
    setAccessibleName(text());
    QAccessible::updateAccessibility(&alert);
}

void FormNotice::setHeadline(const QString &headline) { m_headline->setText(headline); }

void FormNotice::clear() { hide(); }

QString FormNotice::text() const
{
    const QString both = m_text->text().isEmpty() ? m_headline->text() : m_headline->text() + u' ' + m_text->text();
    return isHidden() ? QString() : both;
}

void FormNotice::focusAction()
{
    if (!m_buttons.isEmpty())
        m_buttons.constFirst()->setFocus(Qt::OtherFocusReason);
}

} // namespace optout
