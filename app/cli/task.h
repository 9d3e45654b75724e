// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cli/message.h"

#include <QObject>

namespace optout {

//! One command under way. GUI thread only.
class Task : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void start() = 0; //!< at most once, in the event loop
    virtual void cancel() = 0; //!< finished(Interrupted) follows, unless it has finished

signals:
    void finished(optout::ExitStatus status); //!< exactly once
};

} // namespace optout
