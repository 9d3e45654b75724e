// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace optout {

//! Tells when it is no use to send, and when it is worth trying at once. GUI thread only.
class NetworkWatch : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    //! False only if the system says for certain that there is no network; time in which it is false counts for nobody.
    virtual bool isReachable() = 0;

signals:
    //! The network came back, or the computer woke up: calls that wait for their next attempt make it now.
    void returned();
};

} // namespace optout
