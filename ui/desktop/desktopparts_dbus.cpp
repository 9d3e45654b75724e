// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "desktop/launcherentry.h"
#include "desktop/notifier_dbus.h"
#include "desktop/sleepinhibitor_dbus.h"

#include <QGuiApplication>

namespace optout {

using namespace Qt::Literals::StringLiterals;

DesktopParts desktopParts(QWidget &window)
{
    Q_UNUSED(window)
    // A window that nobody sees, such as one for a picture or a test, has nothing to tell the desktop.
    if (QGuiApplication::platformName() == "offscreen"_L1 || QGuiApplication::platformName() == "minimal"_L1)
        return {};
    return {
        .notifier = std::make_unique<DBusNotifier>(QDBusConnection::sessionBus()),
        .taskbar = std::make_unique<LauncherEntry>(QDBusConnection::sessionBus(), QGuiApplication::desktopFileName()),
        .sleep = std::make_unique<DBusSleepInhibitor>(&QDBusConnection::systemBus, &QDBusConnection::sessionBus),
    };
}

} // namespace optout
