// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/windowactions.h"

#include "presenters/browser.h"
#include "widgets/icons.h"

#include <QAction>
#include <QCoreApplication>

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

class Text final {
    Q_DECLARE_TR_FUNCTIONS(optout::WindowActions)
};

bool canStop(const ReadStatus &read) { return read.isActive() || read.state == ReadStatus::State::Paused; }

QAction *make(QObject *parent, const char *name, const QString &text, const QString &icon = {},
    const QList<QKeySequence> &keys = {})
{
    auto *action = new QAction(text, parent);
    action->setObjectName(QLatin1StringView(name));
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    action->setShortcuts(keys);
    return action;
}

} // namespace

namespace {

// That key everywhere, and what the platform has besides. Twice in one action it would be ambiguous and do nothing.
QList<QKeySequence> keysOf(QKeySequence::StandardKey standard, const QKeySequence &everywhere)
{
    QList<QKeySequence> keys = QKeySequence::keyBindings(standard);
    if (!keys.contains(everywhere))
        keys.append(everywhere);
    return keys;
}

// Not every platform names keys for it.
QList<QKeySequence> preferencesKeys()
{
    const QList<QKeySequence> keys = QKeySequence::keyBindings(QKeySequence::Preferences);
    return keys.isEmpty() ? QList<QKeySequence> { QKeySequence(u"Ctrl+,"_s) } : keys;
}

} // namespace

WindowActions::WindowActions(QObject *parent)
    : connectToAws(make(parent, "connectToAwsAction", Text::tr("&Connect to AWS…"), u"network-connect"_s,
        { QKeySequence(u"Ctrl+N"_s) }))
    , openDemo(make(parent, "openTheDemoListsAction", Text::tr("Open the &demo lists"), u"view-list"_s,
          { QKeySequence(u"Ctrl+D"_s) }))
    , exportView(make(
          parent, "exportViewAction", Text::tr("&Export view…"), u"document-export"_s, { QKeySequence(u"Ctrl+E"_s) }))
    , quit(make(parent, "quitAction", Text::tr("&Quit"), u"application-exit"_s, { QKeySequence(u"Ctrl+Q"_s) }))
    , copy(make(parent, "copyAction", Text::tr("&Copy"), u"edit-copy"_s, { QKeySequence(QKeySequence::Copy) }))
    , selectAll(
          make(parent, "selectAllAction", Text::tr("Select &all rows"), {}, { QKeySequence(QKeySequence::SelectAll) }))
    , find(make(parent, "findAction", Text::tr("&Find…"), u"edit-find"_s, { QKeySequence(QKeySequence::Find) }))
    , findNext(
          make(parent, "findNextAction", Text::tr("Find &next"), {}, keysOf(QKeySequence::FindNext, { Qt::Key_F3 })))
    , findPrevious(make(parent, "findPreviousAction", Text::tr("Find pre&vious"), {},
          keysOf(QKeySequence::FindPrevious, { Qt::SHIFT | Qt::Key_F3 })))
    , filterByNumber(make(parent, "filterByNumberAction", Text::tr("Filter by n&umber"), u"view-filter"_s,
          { QKeySequence(u"Ctrl+Shift+L"_s) })) // as spreadsheets have it
    , clearFilters(make(parent, "clearFiltersAction", Text::tr("C&lear filters"), u"edit-clear"_s,
          { QKeySequence(u"Ctrl+Shift+F"_s) }))
    , goToLists(make(parent, "goToListsAction", Text::tr("Go to the &lists"), {}, { QKeySequence(u"Ctrl+L"_s) }))
    , goToNumbers(make(parent, "goToNumbersAction", Text::tr("Go to the &numbers"), {}, { QKeySequence(u"Ctrl+T"_s) }))
    , openNamed(
          make(parent, "openNamedAction", Text::tr("&Open by name or ARN…"), {}, { QKeySequence(QKeySequence::Open) }))
    , copyArn(make(parent, "copyArnAction", Text::tr("Copy the list's &ARN")))
    , reloadLists(make(
          parent, "reloadListsAction", Text::tr("Read the list of lists a&gain"), {}, { QKeySequence(u"Ctrl+F5"_s) }))
    , refresh(make(parent, "refreshAction", Text::tr("Re&fresh"), u"view-refresh"_s,
          keysOf(QKeySequence::Refresh, { Qt::Key_F5 })))
    , pause(make(parent, "pauseAction", Text::tr("&Pause"), u"media-playback-pause"_s, { QKeySequence(u"Ctrl+P"_s) }))
    , resume(make(
          parent, "resumeAction", Text::tr("&Resume"), u"media-playback-start"_s, { QKeySequence(u"Ctrl+Shift+P"_s) }))
    , stop(make(parent, "stopAction", Text::tr("&Stop"), u"process-stop"_s, { QKeySequence(u"Ctrl+."_s) }))
    , stopAll(make(parent, "stopAllAction", Text::tr("Stop a&ll reads"), {}, { QKeySequence(u"Ctrl+Shift+."_s) }))
    , closeList(
          make(parent, "closeListAction", Text::tr("&Close this list"), {}, { QKeySequence(QKeySequence::Close) }))
    , retry(make(parent, "retryAction", Text::tr("&Retry"), u"view-refresh"_s))
    , reconnect(make(parent, "reconnectAction", Text::tr("Retr&y"), u"view-refresh"_s))
    , signIn(make(parent, "signInAction", Text::tr("Sign &in"), u"dialog-password"_s, { QKeySequence(u"Ctrl+I"_s) }))
    , connections(make(parent, "connectionsAction", Text::tr("&Connections…"), u"configure"_s))
    , preferences(make(parent, "preferencesAction", Text::tr("P&references…"), u"configure"_s, preferencesKeys()))
    , about(make(parent, "aboutAction", Text::tr("&About Opt-Out Browser"), u"help-about"_s))
{
    refresh->setToolTip(Text::tr("Read the list again from its start"));
    signIn->setToolTip(Text::tr("Sign in with this connection anew; what is loaded stays"));
    pause->setToolTip(Text::tr("Ask for no more pages; the one under way still arrives"));
    resume->setToolTip(Text::tr("Read on after the last page"));
    stop->setToolTip(Text::tr("Stop reading; what is loaded stays"));
    stopAll->setToolTip(Text::tr("Stop the reads of all lists, of other regions and connections as well"));
    closeList->setToolTip(Text::tr("Close this list; its rows are forgotten"));
    exportView->setToolTip(Text::tr("Write the rows shown to a CSV file"));
    quit->setMenuRole(QAction::QuitRole);
    preferences->setMenuRole(QAction::PreferencesRole);
    about->setMenuRole(QAction::AboutRole);
}

void WindowActions::update(Browser &browser)
{
    using State = ReadStatus::State;
    const ReadStatus read = browser.read().status();
    const bool hasList = browser.openList().has_value();
    const bool hasRows = browser.model().shownRows() > 0;
    const bool connected = browser.session().hasService();
    exportView->setEnabled(browser.exporter().canBegin());
    copy->setEnabled(hasRows);
    selectAll->setEnabled(hasRows);
    find->setEnabled(connected);
    findNext->setEnabled(connected);
    findPrevious->setEnabled(connected);
    filterByNumber->setEnabled(connected);
    clearFilters->setEnabled(connected);
    goToLists->setEnabled(connected);
    goToNumbers->setEnabled(connected);
    openNamed->setEnabled(connected);
    reloadLists->setEnabled(connected && browser.lists().state() != ListsPresenter::State::Loading);
    copyArn->setEnabled(hasList && !read.list.arn.isEmpty());
    refresh->setEnabled(hasList && read.state != State::Restoring);
    pause->setEnabled(read.isActive());
    resume->setEnabled(read.state == State::Paused || read.state == State::Stopped);
    stop->setEnabled(canStop(read));
    const QList<OpenRead *> &reads = browser.reads();
    stopAll->setEnabled(
        std::any_of(reads.cbegin(), reads.cend(), [](const OpenRead *open) { return canStop(open->read.status()); }));
    closeList->setEnabled(browser.shown() != nullptr);
    signIn->setEnabled(
        browser.session().connection().has_value() && browser.session().state() != BrowserSession::State::Connecting);
    retry->setEnabled(read.state == State::Failed || read.state == State::SignInNeeded);
}

} // namespace optout
