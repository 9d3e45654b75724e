// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/desktopparts.h"

#include <QDBusConnection>

namespace optout {

//! The desktop's notification service (Desktop Notifications Specification 1.2).
class DBusNotifier final : public Notifier {
    Q_OBJECT
public:
    explicit DBusNotifier(const QDBusConnection &sessionBus, QObject *parent = nullptr);
    ~DBusNotifier() override;

    void show(const QString &title, const QString &body) override;
    void close() override;
    bool canShow() const override { return m_isServed; }

private slots: // D-Bus signals are connected by name
    void onActionInvoked(uint id, const QString &action);
    void onNotificationClosed(uint id, uint reason);

private:
    void lookForService();
    void closeOnBus(uint id);

    QDBusConnection m_bus;
    uint m_id = 0; // 0: none is shown
    uint m_closedId = 0; //!< the last one closed from here
    int m_request = 0; // an answer to an older one is of a message nobody wants any more
    bool m_listening = false;
    bool m_isServed = false; // there is a service, or the bus can start one
};

} // namespace optout
