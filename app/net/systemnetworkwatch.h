// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "net/networkwatch.h"

#include <QNetworkInformation>
#include <QTimer>

#include <optional>

namespace optout {

//! Tells from two clocks, read at even steps, that the computer slept in between: then a step takes longer by one of
//! them. The wall clock goes on in a suspended computer; steady_clock does on Windows and macOS, but stands still on
//! Linux (clock_gettime(2): CLOCK_MONOTONIC "does not count time that the system is suspended"). A wall clock that is
//! set forward, or a process that was stopped, looks the same, which does no harm: a call is tried a little early.
class SleepDetector {
public:
    //! \param step between two calls of slept(), as a rule
    explicit SleepDetector(std::chrono::milliseconds step)
        : m_step(step)
    {
    }

    //! Whether the computer slept since the last call. False for the first one.
    bool slept(const Clock &clock);

    //! What a step may take too long without being taken for sleep: a busy computer's.
    static constexpr std::chrono::seconds slack { 10 };

private:
    struct Moment {
        Timestamp wall;
        std::chrono::steady_clock::time_point steady;
    };
    std::chrono::milliseconds m_step;
    std::optional<Moment> m_last {};
};

//! NetworkWatch of this computer: its reachability as QNetworkInformation tells of it, and its waking up as the clocks
//! do. Where Qt has no backend, or the system none of the services that the backend asks (on Linux NetworkManager, else
//! GLib's own look at the routes), isReachable() stays true and only waking up is told of. "Disconnected" means no
//! default route; loopback works all the same, and so may hosts near by, so nobody should refuse to send because of it.
class SystemNetworkWatch final : public NetworkWatch {
    Q_OBJECT
public:
    //! Needs a QCoreApplication. What Qt asks the system with takes some milliseconds to load: that is done when
    //! somebody asks here, which is after a call has failed, or after askAfter, so that returned() is told of.
    //! \param clock must outlive this
    explicit SystemNetworkWatch(const Clock &clock, QObject *parent = nullptr);

    static constexpr std::chrono::milliseconds askAfter { 500 };

    bool isReachable() override;

    //! What the system says now. Who listens to QNetworkInformation calls it; public for tests.
    void setReachability(QNetworkInformation::Reachability reachability);
    //! Looks at the clocks. A timer calls it; public for tests.
    void lookAtClocks();

private:
    void askSystem();

    const Clock &m_clock;
    SleepDetector m_sleep;
    QTimer m_timer;
    bool m_isAsked = false;
    bool m_reachable = true;
};

} // namespace optout
