// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "desktop/desktoppresence.h"

#include "presenters/readoutlook.h"
#include "settings/settings.h"

#include <QAction>
#include <QGuiApplication>
#include <QWidget>
#include <QWindow>

#include <algorithm>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using State = ReadStatus::State;

namespace {

bool isActive(State state) { return state == State::Reading || state == State::Waiting; }

} // namespace

QString readNotice(const ReadStatus &status)
{
    //: %Ln is the count of loaded numbers
    const QString rows = DesktopPresence::tr("%Ln numbers", nullptr, int(status.rows));
    switch (status.state) {
    case State::Complete:
        //: %1 is a list, %2 "12 numbers"
        return DesktopPresence::tr("%1: complete, %2").arg(status.list.name, rows);
    case State::Failed:
        return DesktopPresence::tr("%1: failed, %2 so far").arg(status.list.name, rows);
    case State::SignInNeeded:
        return DesktopPresence::tr("%1: sign-in needed, %2 so far").arg(status.list.name, rows);
    case State::Idle:
    case State::Restoring:
    case State::Reading:
    case State::Paused:
    case State::Waiting:
    case State::Stopped:
        break;
    }
    return {};
}

DesktopPresence::DesktopPresence(Settings &settings, QWidget &window, DesktopParts parts, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_window(window)
    , m_parts(std::move(parts))
    , m_keepAwake(new QAction(tr("Keep the computer a&wake while reading"), this))
{
    m_keepAwake->setObjectName(u"keepAwakeAction"_s);
    m_keepAwake->setCheckable(true);
    m_keepAwake->setChecked(m_settings.inhibitsSleep());
    m_keepAwake->setEnabled(m_parts.sleep != nullptr);
    connect(m_keepAwake, &QAction::toggled, this, [this](bool on) {
        m_settings.setInhibitsSleep(on);
        updateSleep();
    });
    if (m_parts.notifier)
        connect(m_parts.notifier.get(), &Notifier::clicked, this, &DesktopPresence::raiseWindow);
    if (m_parts.sleep) {
        connect(m_parts.sleep.get(), &SleepInhibitor::failed, this,
            [this] { emit remark(tr("this desktop cannot be kept awake")); });
    }
    connect(qGuiApp, &QGuiApplication::focusWindowChanged, this, &DesktopPresence::followFocus);
}

DesktopPresence::~DesktopPresence()
{
    if (m_parts.notifier)
        m_parts.notifier->close();
}

void DesktopPresence::follow(ReadPresenter &read)
{
    if (m_reads.contains(&read))
        return;
    m_reads.insert(&read, { .state = read.status().state, .outlook = new ReadOutlook(read, m_settings, this) });
    connect(&read, &ReadPresenter::stateChanged, this, [this, &read] { followState(read); });
    connect(&read, &ReadPresenter::changed, this, &DesktopPresence::updateTaskbar);
    connect(&read, &QObject::destroyed, this, [this](QObject *gone) {
        delete m_reads.take(gone).outlook;
        updateTaskbar();
        updateSleep();
    });
    updateTaskbar();
    updateSleep();
}

void DesktopPresence::applySettings() { m_keepAwake->setChecked(m_settings.inhibitsSleep()); }

bool DesktopPresence::canNotify() const { return m_parts.notifier && m_parts.notifier->canShow(); }

void DesktopPresence::followState(ReadPresenter &read)
{
    const ReadStatus status = read.status();
    const State before = std::exchange(m_reads[&read].state, status.state);
    if (isActive(before) || before == State::Paused)
        notify(status);
    updateTaskbar();
    updateSleep();
}

// Any window of the program will do: a dialog in front shows that somebody is there.
void DesktopPresence::followFocus(QWindow *focused)
{
    if (!focused)
        return;
    m_notices.clear();
    if (m_parts.notifier)
        m_parts.notifier->close();
}

void DesktopPresence::notify(const ReadStatus &status)
{
    const QString notice = readNotice(status);
    if (notice.isEmpty() || !m_parts.notifier || !m_settings.notifiesAtEnd() || QGuiApplication::focusWindow())
        return;
    m_notices += notice;
    const int count = int(m_notices.size());
    m_parts.notifier->show(
        count == 1 ? tr("The read has ended") : tr("%n reads have ended", nullptr, count), m_notices.join(u'\n'));
}

void DesktopPresence::updateTaskbar()
{
    if (!m_parts.taskbar)
        return;
    double sum = 0;
    int known = 0;
    for (const Followed &read : std::as_const(m_reads)) {
        if (const std::optional<double> fraction = read.outlook->fraction()) {
            sum += *fraction;
            ++known;
        }
    }
    m_parts.taskbar->set(known > 0 ? std::optional(sum / known) : std::nullopt);
}

void DesktopPresence::updateSleep()
{
    if (!m_parts.sleep)
        return;
    const bool reading =
        std::any_of(m_reads.cbegin(), m_reads.cend(), [](const Followed &read) { return isActive(read.state); });
    if (reading && m_settings.inhibitsSleep()) {
        m_parts.sleep->hold(tr("A list is being read"));
    } else {
        m_parts.sleep->release();
        emit remark({});
    }
}

void DesktopPresence::raiseWindow()
{
    if (m_window.isMinimized())
        m_window.showNormal();
    m_window.raise();
    m_window.activateWindow();
}

} // namespace optout
