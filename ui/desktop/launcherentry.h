// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/desktopparts.h"

#include <QDBusConnection>

namespace optout {

//! The progress bar that KDE's task manager and the docks of Ubuntu and elementary draw on a program's entry: signals
//! of com.canonical.Unity.LauncherEntry (Unity Launcher API), which nobody has to hear.
class LauncherEntry final : public TaskbarProgress {
public:
    //! \param desktopFileName without ".desktop"
    LauncherEntry(const QDBusConnection &sessionBus, const QString &desktopFileName);
    ~LauncherEntry() override;

    //! Says so to the bus only when it is another percent.
    void set(std::optional<double> fraction) override;

private:
    QDBusConnection m_bus;
    QString m_uri;
    std::optional<int> m_percent;
};

} // namespace optout
