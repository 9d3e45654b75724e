// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/fieldnote.h"

#include "dialogs/dialogicon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>

namespace optout {

using namespace Qt::Literals::StringLiterals;

FieldNote::FieldNote(QWidget *field, QWidget *parent)
    : QWidget(parent)
    , m_field(field)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
{
    const int size = fontMetrics().height();
    m_icon->setPixmap(dialogIcon(u"dialog-error"_s).pixmap(size));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(style()->pixelMetric(QStyle::PM_LayoutHorizontalSpacing, nullptr, this) / 2);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    refresh();
}

void FieldNote::setHint(const QString &hint)
{
    m_hint = hint;
    refresh();
}

void FieldNote::setProblem(const QString &problem)
{
    m_problem = problem;
    refresh();
}

void FieldNote::refresh()
{
    const QString &shown = m_problem.isEmpty() ? m_hint : m_problem;
    m_text->setText(shown);
    m_icon->setVisible(!m_problem.isEmpty());
    m_field->setAccessibleDescription(shown);
    setVisible(!shown.isEmpty());
}

} // namespace optout
