// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

class QWidget;

namespace optout {

//! Shows one message of this program outside its window. Where nothing can show it, nothing happens. GUI thread only.
class Notifier : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    //! In the place of what was shown before. Plain texts.
    virtual void show(const QString &title, const QString &body) = 0;
    virtual void close() = 0; //!< does nothing when nothing is shown
    virtual bool canShow() const = 0; //!< as far as is known; asks nobody

signals:
    void clicked(); //!< the person wants to see what it is about
};

//! How far the work is, on the program's entry in the desktop's task bar or dock. GUI thread only.
class TaskbarProgress {
public:
    virtual ~TaskbarProgress() = default;
    //! \param fraction 0..1; nothing takes the bar away
    virtual void set(std::optional<double> fraction) = 0;
};

//! Keeps the computer awake. GUI thread only.
class SleepInhibitor : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    //! Leads to failed() at most once, from the event loop. Does nothing while held or asked for.
    //! \param why for people, such as a desktop shows it beside the program's name
    virtual void hold(const QString &why) = 0;
    virtual void release() = 0; //!< does nothing when not held

signals:
    void failed(const QString &detail); //!< nobody on this desktop keeps it awake; \a detail is for people
};

//! What this desktop offers. A part may be missing.
struct DesktopParts {
    std::unique_ptr<Notifier> notifier {};
    std::unique_ptr<TaskbarProgress> taskbar {};
    std::unique_ptr<SleepInhibitor> sleep {};
};

//! The parts of the desktop the program runs on: over D-Bus on Linux and the BSDs. Elsewhere the notification goes
//! through the system tray, and there is neither task bar progress (Qt has had none since its 6.0) nor a hold on sleep.
DesktopParts desktopParts(QWidget &window);

} // namespace optout
