// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/datefield.h"

#include <QCalendarWidget>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScreen>
#include <QToolButton>

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;

DateField::DateField(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_button(new QToolButton(this))
{
    //: How a date is typed: year, month and day.
    m_edit->setPlaceholderText(tr("YYYY-MM-DD"));
    m_edit->setToolTip(tr("A day, or a day and a time, in UTC: 2024-03-01 or 2024-03-01 10:02"));
    m_edit->setMaxLength(32);
    m_edit->setClearButtonEnabled(true);
    // At least a day and the clear button, and no more than a day with a time.
    const QFontMetrics metrics = m_edit->fontMetrics();
    m_edit->setMinimumWidth(metrics.horizontalAdvance(u"2024-03-01"_s) + 2 * metrics.height());
    m_edit->setMaximumWidth(metrics.horizontalAdvance(u"2024-03-01 10:02:33"_s) + 3 * metrics.height());
    m_edit->installEventFilter(this);
    m_button->setArrowType(Qt::DownArrow);
    m_button->setToolTip(tr("Choose the day from a calendar"));
    m_button->setFocusPolicy(Qt::NoFocus); // Alt+Down in the field does the same

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_edit);
    layout->addWidget(m_button);
    setFocusProxy(m_edit);

    connect(m_edit, &QLineEdit::textChanged, this, &DateField::changed);
    connect(m_edit, &QLineEdit::editingFinished, this, &DateField::changed);
    connect(m_button, &QToolButton::clicked, this, &DateField::openCalendar);
}

void DateField::setName(const QString &accessibleName, const QString &objectName)
{
    m_edit->setAccessibleName(accessibleName);
    m_edit->setObjectName(objectName);
    m_button->setAccessibleName(tr("%1: calendar").arg(accessibleName));
}

QString DateField::text() const { return m_edit->text(); }

void DateField::setText(const QString &text) { m_edit->setText(text); }

std::optional<TypedMoment> DateField::moment() const { return parseMoment(m_edit->text()); }

bool DateField::isEmpty() const { return m_edit->text().trimmed().isEmpty(); }

bool DateField::isWrong() const
{
    if (isEmpty() || moment())
        return false;
    return !m_edit->hasFocus() || !couldBecomeMoment(m_edit->text());
}

bool DateField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Down && key->modifiers().testFlag(Qt::AltModifier)) {
            openCalendar();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void DateField::openCalendar()
{
    auto *popup = new QFrame(this, Qt::Popup);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    popup->setFrameShape(QFrame::StyledPanel);
    auto *calendar = new QCalendarWidget(popup);
    calendar->setGridVisible(false);
    calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    calendar->setAccessibleName(m_button->accessibleName());
    const QDate chosen = QDate::fromString(m_edit->text().trimmed().left(10), Qt::ISODate);
    if (chosen.isValid())
        calendar->setSelectedDate(chosen);
    auto *layout = new QVBoxLayout(popup);
    layout->setContentsMargins({});
    layout->addWidget(calendar);
    const auto take = [this, popup](QDate date) {
        m_edit->setText(date.toString(Qt::ISODate));
        popup->close();
        m_edit->setFocus();
    };
    connect(calendar, &QCalendarWidget::clicked, popup, take);
    connect(calendar, &QCalendarWidget::activated, popup, take);

    popup->adjustSize();
    QPoint place = m_edit->mapToGlobal(QPoint(0, m_edit->height()));
    const QRect room = screen()->availableGeometry();
    place.setX(std::clamp(place.x(), room.left(), std::max(room.left(), room.right() - popup->width())));
    if (place.y() + popup->height() > room.bottom())
        place.setY(m_edit->mapToGlobal(QPoint()).y() - popup->height());
    popup->move(place);
    popup->show();
    calendar->setFocus();
}

} // namespace optout
