// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/elidinglabel.h"

#include <QEvent>

namespace optout {

ElidingLabel::ElidingLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidingLabel::setFullText(const QString &text) { setFullText(text, text); }

void ElidingLabel::setFullText(const QString &text, const QString &spoken)
{
    if (accessibleName() != spoken)
        setAccessibleName(spoken);
    if (m_text == text)
        return;
    m_text = text;
    updateGeometry();
    elide();
}

QSize ElidingLabel::sizeHint() const
{
    return { fontMetrics().horizontalAdvance(m_text) + 2, QLabel::sizeHint().height() };
}

QSize ElidingLabel::minimumSizeHint() const { return { 0, QLabel::minimumSizeHint().height() }; }

void ElidingLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidingLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        elide();
}

void ElidingLabel::elide()
{
    const QString shown = fontMetrics().elidedText(m_text, Qt::ElideRight, contentsRect().width());
    setText(shown);
    setToolTip(shown == m_text ? QString() : m_text);
}

} // namespace optout
