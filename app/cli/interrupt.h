// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace optout {

//! Turns Ctrl+C, and the polite signals to end, into a signal of the event loop. The first one only: a second Ctrl+C
//! ends the process at once. One object at a time; main thread.
class Interrupt final : public QObject {
    Q_OBJECT
public:
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override; //!< restores what was there before

signals:
    void requested();
};

} // namespace optout
