// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/desktopparts.h"
#include "presenters/readpresenter.h"

#include <QHash>
#include <QStringList>

class QAction;
class QWindow;

namespace optout {

class ReadOutlook;
class Settings;

//! What the desktop shows of the reads outside the window: a message when one ends while no window of the program is in
//! front, progress in the task bar while the end can be estimated, and, if the user asked for it, no sleep while a list
//! is read. GUI thread only.
class DesktopPresence final : public QObject {
    Q_OBJECT
public:
    //! Settings and window must outlive this object.
    DesktopPresence(Settings &settings, QWidget &window, DesktopParts parts, QObject *parent = nullptr);
    ~DesktopPresence() override;

    //! From now until it dies. Any number of reads.
    void follow(ReadPresenter &read);
    //! To be called when somebody else has changed the settings.
    void applySettings();
    //! "Keep the computer awake while reading": checkable, sets the setting. Belongs to this object.
    QAction *keepAwakeAction() const { return m_keepAwake; }

    bool canNotify() const; //!< whether this desktop shows the message at the end of a read, as far as is known

signals:
    //! What cannot be done on this desktop, as a few words for the status; empty when there is nothing to say.
    void remark(const QString &text);

private:
    struct Followed {
        ReadStatus::State state = ReadStatus::State::Idle;
        ReadOutlook *outlook = nullptr;
    };

    void followState(ReadPresenter &read);
    void followFocus(QWindow *focused);
    void notify(const ReadStatus &status);
    void updateTaskbar();
    void updateSleep();
    void raiseWindow();

    Settings &m_settings;
    QWidget &m_window;
    DesktopParts m_parts;
    QAction *m_keepAwake;
    QHash<QObject *, Followed> m_reads;
    QStringList m_notices; // of reads that ended while the window was not in front
};

//! What is said of a read that has ended: list, state, count of rows; never a number of a person. "" for other states.
QString readNotice(const ReadStatus &status);

} // namespace optout
