// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/statemark.h"

#include <QPainter>
#include <QPainterPath>

namespace optout {

using State = ReadStatus::State;

StateMark::StateMark(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateMark::setState(State state)
{
    m_state = state;
    update();
}

QSize StateMark::sizeHint() const
{
    const int side = fontMetrics().ascent();
    return { side, side };
}

void StateMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(width(), height()); // everything below is in parts of the side
    const QColor ink = palette().color(QPalette::WindowText);
    const QPen line(ink, 0.13, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    const QRectF ring(0.12, 0.12, 0.76, 0.76);
    const auto fill = [&painter, &ink](const QPolygonF &shape) {
        QPainterPath path;
        path.addPolygon(shape);
        path.closeSubpath();
        painter.fillPath(path, ink);
    };
    switch (m_state) {
    case State::Idle:
    case State::Restoring:
        painter.setPen(line);
        painter.drawEllipse(ring);
        break;
    case State::Reading:
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawEllipse(ring);
        break;
    case State::Paused:
        painter.fillRect(QRectF(0.18, 0.12, 0.22, 0.76), ink);
        painter.fillRect(QRectF(0.60, 0.12, 0.22, 0.76), ink);
        break;
    case State::Waiting: // a clock
        painter.setPen(line);
        painter.drawEllipse(ring);
        painter.drawPolyline(QPolygonF { { 0.5, 0.28 }, { 0.5, 0.5 }, { 0.66, 0.62 } });
        break;
    case State::Complete:
        painter.setPen(QPen(ink, 0.17, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(QPolygonF { { 0.12, 0.55 }, { 0.4, 0.82 }, { 0.88, 0.2 } });
        break;
    case State::Stopped:
        painter.fillRect(QRectF(0.16, 0.16, 0.68, 0.68), ink);
        break;
    case State::SignInNeeded:
    case State::Failed:
        fill({ { 0.5, 0.06 }, { 0.97, 0.92 }, { 0.03, 0.92 } });
        break;
    }
}

} // namespace optout
