// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/readpresenter.h"

#include <QWidget>

namespace optout {

//! The state of a read as a small shape in the colour of the text: a dot, two bars, a ring, a tick, a square, a
//! triangle. It stands beside the words and never for them.
class StateMark final : public QWidget {
    Q_OBJECT
public:
    explicit StateMark(QWidget *parent = nullptr);

    void setState(ReadStatus::State state);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ReadStatus::State m_state = ReadStatus::State::Idle;
};

} // namespace optout
