// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/desktopparts.h"

#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>

#include <functional>

namespace optout {

//! Asks, in this order, who can keep the computer awake:
//! 1. systemd-logind on the system bus (its Inhibit is what every desktop's power management comes to in the end, it
//!    leaves the screen to darken and lock as ever, and the hold ends with the process, however that ends),
//! 2. org.freedesktop.PowerManagement.Inhibit on the session bus (KDE, Xfce, MATE),
//! 3. org.freedesktop.ScreenSaver on the session bus, last because it keeps the screen from locking, too.
class DBusSleepInhibitor final : public SleepInhibitor {
    Q_OBJECT
public:
    using Bus = std::function<QDBusConnection()>; //!< asked for only when it is needed
    DBusSleepInhibitor(Bus systemBus, Bus sessionBus, QObject *parent = nullptr);
    ~DBusSleepInhibitor() override;

    void hold(const QString &why) override;
    void release() override;

private:
    struct SessionService;

    void askLogin(int request, const QString &why);
    void askSession(int request, const QString &why, const SessionService *service);
    static const SessionService *firstService();
    void giveBack(const SessionService &service, uint cookie);

    Bus m_systemBus;
    Bus m_sessionBus;
    int m_request = 0; // an answer to an older one is given back at once
    bool m_wanted = false;
    QDBusUnixFileDescriptor m_lock; // logind's: closing it ends the hold
    const SessionService *m_service = nullptr; // that holds
    uint m_cookie = 0;
};

} // namespace optout
