// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/numberspane.h"

#include "presenters/browser.h"
#include "presenters/findpresenter.h"
#include "text/errortext.h"
#include "text/keychaintext.h"
#include "widgets/actionbuttons.h"
#include "widgets/copybar.h"
#include "widgets/filterbar.h"
#include "widgets/findbar.h"
#include "widgets/icons.h"
#include "widgets/keepingbar.h"
#include "widgets/noticebar.h"
#include "widgets/numbertableview.h"
#include "widgets/rowcopier.h"
#include "widgets/statustext.h"
#include "widgets/windowactions.h"

#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLocale>
#include <QUrl>
#include <QVBoxLayout>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using State = ReadStatus::State;

namespace {

constexpr auto patience = 300ms; // no word of loading before that: it would only flash

QAction *makeAction(QObject *parent, const QString &name, const QString &text, const QString &icon)
{
    auto *action = new QAction(themedIcon(icon), text, parent);
    action->setObjectName(name);
    return action;
}

QString permissionToRead() { return u"sms-voice:DescribeOptedOutNumbers"_s; }
QString permissionToList() { return u"sms-voice:DescribeOptOutLists"_s; }

} // namespace

NumbersPane::NumbersPane(Browser &browser, const WindowActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_browser(browser)
    , m_actions(actions)
    , m_filters(new FilterBar(this))
    , m_failure(new NoticeBar(this))
    , m_table(new NumberTableView(browser.model(), this))
    , m_find(new FindPresenter(this))
    , m_findBar(new FindBar(*m_find, this))
    , m_closed(new NoticeBar(this))
    , m_export(new NoticeBar(this))
    , m_clearHere(makeAction(this, u"clearFiltersHereAction"_s, tr("Clear filters"), u"edit-clear"_s))
    , m_retryLists(makeAction(this, u"retryListsAction"_s, tr("&Retry"), u"view-refresh"_s))
    , m_copyDetails(makeAction(this, u"copyDetailsAction"_s, tr("Copy &details"), u"edit-copy"_s))
    , m_cancelExport(makeAction(this, u"cancelExportAction"_s, tr("Cancel"), u"process-stop"_s))
    , m_openFolder(makeAction(this, u"openFolderAction"_s, tr("Open folder"), u"document-export"_s))
    , m_dismissExport(makeAction(this, u"dismissExportAction"_s, tr("Close"), {}))
    , m_dismissClosed(makeAction(this, u"dismissClosedAction"_s, tr("Close"), {}))
{
    m_failure->setObjectName(u"failureBar"_s);
    m_closed->setObjectName(u"closedBar"_s);
    m_export->setObjectName(u"exportBar"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_filters);
    layout->addWidget(m_table, 1);
    // Below the table: no row moves away from under the pointer when a bar comes.
    layout->addWidget(m_findBar);
    layout->addWidget(m_failure);
    layout->addWidget(new KeepingBar(browser, this));
    layout->addWidget(new CopyBar(m_table->copier(), this));
    layout->addWidget(m_closed);
    layout->addWidget(m_export);

    m_table->copier().setExport(m_actions.exportView);
    connect(m_clearHere, &QAction::triggered, m_filters, &FilterBar::clear);
    connect(m_retryLists, &QAction::triggered, m_actions.reloadLists, &QAction::trigger);
    connect(m_copyDetails, &QAction::triggered, this, &NumbersPane::copyDetails);
    connect(m_cancelExport, &QAction::triggered, this, [this] { m_browser.exporter().cancel(); });
    connect(m_dismissExport, &QAction::triggered, this, [this] { m_browser.exporter().dismiss(); });
    connect(m_dismissClosed, &QAction::triggered, this, [this] { m_closed->setNotice({}); });
    connect(&m_browser, &Browser::closedAsOutdated, this, &NumbersPane::tellOfClosing);
    connect(&m_browser, &Browser::closedForOtherAccount, this, &NumbersPane::tellOfOtherAccount);
    connect(&m_browser, &Browser::goingOnFailed, this, &NumbersPane::tellOfGoingOn);
    connect(m_openFolder, &QAction::triggered, this, &NumbersPane::openFolder);

    joinFilters();
    joinFind();
    connect(&m_browser, &Browser::openListChanged, this, &NumbersPane::followShown);
    connect(&m_browser, &Browser::readChanged, this, &NumbersPane::updateNotices);
    connect(&m_browser.lists(), &ListsPresenter::changed, this, &NumbersPane::updateNotices);
    connect(&m_browser.session(), &BrowserSession::changed, this, &NumbersPane::updateNotices);
    connect(&m_browser, &Browser::countsChanged, this, &NumbersPane::updateNotices);
    connect(&m_browser, &Browser::updatingChanged, this, &NumbersPane::updateNotices);
    connect(&m_browser, &Browser::exportStateChanged, this, &NumbersPane::updateExport);
    connect(&m_browser, &Browser::exportProgressed, this, &NumbersPane::updateExport);
    updateNotices();
}

void NumbersPane::joinFilters()
{
    connect(m_filters, &FilterBar::filterChanged, this,
        [this](const NumberFilter &filter) { m_browser.model().setFilter(filter); });
    connect(&m_browser, &Browser::storeFailed, this, [this](const Error &error) {
        const NumberTableModel &model = m_browser.model();
        m_viewFailure = ViewFailure { .error = error, .shown = model.query(), .isBehind = !model.isUpdating() };
        updateNotices();
    });
    connect(m_filters, &FilterBar::serviceFilterChosen, this,
        [this](std::optional<bool> endUserOnly) { m_browser.read().setEndUserOnly(endUserOnly); });
    connect(&m_browser, &Browser::readStateChanged, this, &NumbersPane::followReadState);
    followReadState();
}

void NumbersPane::followReadState()
{
    const ReadStatus read = m_browser.read().status();
    if (read.rows == 0 || read.state == State::Failed) // it begins, or has something to tell of its own
        m_viewFailure.reset();
    m_filters->setCanReadOnly(read.state != State::Idle && read.state != State::Restoring);
    m_filters->showServiceFilter(read.endUserOnly);
}

void NumbersPane::joinFind()
{
    m_find->follow(m_browser.model(), *m_table->selectionModel());
    connect(m_find, &FindPresenter::patternChanged, this, [this] { m_table->setMarked(m_find->pattern()); });
    connect(m_find, &FindPresenter::hitReached, m_table, &NumberTableView::goToRow);
    connect(m_findBar, &FindBar::dismissed, this, [this](bool hadFocus) {
        if (hadFocus)
            m_table->setFocus(Qt::OtherFocusReason);
    });
    connect(&m_browser, &Browser::readStateChanged, this, &NumbersPane::updateReach);
    connect(&m_browser, &Browser::countsChanged, this, &NumbersPane::updateReach);
    connect(&m_browser, &Browser::openListChanged, this, &NumbersPane::updateReach);
    updateReach();
}

void NumbersPane::updateReach()
{
    const ReadStatus read = m_browser.read().status();
    NumberFilter here = m_browser.model().query().filter;
    if (read.endUserOnly) // that part of the filter is the service's
        here.by = OptedOutBy::Anyone;
    m_findBar->setReach({ .isWhole = read.isComplete(), .isFiltered = !here.passesEverything() });
}

//! Another list is shown, through the filters that are set.
void NumbersPane::followShown()
{
    m_viewFailure.reset();
    m_browser.model().setFilter(m_filters->filter());
    m_table->setNumbers(m_browser.model());
    m_find->follow(m_browser.model(), *m_table->selectionModel());
}

Notice NumbersPane::failureOf(const Error &error, const QList<QAction *> &actions, const QString &iamAction) const
{
    QList<QAction *> all = actions;
    if (needsSignIn(error)) {
        if (isSignInError(error))
            all.clear(); // Sign in does more than they would
        if (!all.contains(m_actions.signIn))
            all += m_actions.signIn;
    }
    const ErrorText text = describe(error, iamAction, all.isEmpty() ? QString() : plainText(*all.constFirst()));
    if (needsSignIn(error) || error.kind == Error::Kind::Storage)
        all += m_actions.connections;
    if (!text.details.isEmpty())
        all += m_copyDetails;
    return { u"dialog-error"_s, text.headline, text.advice, text.details, all };
}

Notice NumbersPane::placeNotice() const
{
    const BrowserSession &session = m_browser.session();
    const ListsPresenter &lists = m_browser.lists();
    switch (session.state()) {
    case BrowserSession::State::Disconnected:
        return {};
    case BrowserSession::State::Connecting:
        return { .headline = tr("Asking for the keys of this connection…") };
    case BrowserSession::State::SignInNeeded:
        return failureOf(session.error(), { m_actions.signIn }, {});
    case BrowserSession::State::Failed:
        return failureOf(session.error(), { m_actions.reconnect }, {});
    case BrowserSession::State::Connected:
        break;
    }
    if (!lists.lists().isEmpty())
        return { .headline = tr("Choose an opt-out list on the left.") };
    switch (lists.state()) {
    case ListsPresenter::State::Idle:
        break;
    case ListsPresenter::State::Loading:
        return { .headline = tr("Reading the opt-out lists…"),
            .text = lists.delay() ? tr("Trying again. %1").arg(describe(*lists.delay(), permissionToList()).headline)
                                  : QString() };
    case ListsPresenter::State::Loaded:
        return { .headline = tr("This account has no opt-out lists in this region.") };
    case ListsPresenter::State::Failed:
        return failureOf(lists.error(), { m_retryLists, m_actions.openNamed }, permissionToList());
    }
    return {};
}

Notice NumbersPane::readNotice() const
{
    const ReadStatus read = m_browser.read().status();
    switch (read.state) {
    case State::Idle:
        break;
    case State::Restoring:
        return { .headline = tr("Fetching what was kept of an earlier read…") };
    case State::Reading:
        return read.elapsed < patience ? Notice {} : Notice { .headline = tr("Reading the first numbers…") };
    case State::Waiting:
        return { .headline = tr("Reading the first numbers…"),
            .text = read.error ? tr("Trying again. %1").arg(describe(*read.error, permissionToRead()).headline)
                               : QString() };
    case State::Paused:
        return { .headline = tr("Paused before the first number."), .actions = { m_actions.resume } };
    case State::Stopped:
        return { .headline = tr("Stopped before the first number."), .actions = { m_actions.resume } };
    case State::SignInNeeded:
    case State::Failed:
        return failureOf(read.error.value_or(Error {}), { m_actions.retry }, permissionToRead());
    case State::Complete:
        if (!read.endUserOnly)
            return { .headline = tr("This list has no numbers.") };
        return *read.endUserOnly ? Notice { .headline = tr("No number on this list was opted out by the end user.") }
                                 : Notice { .headline = tr("All numbers on this list were opted out by end users.") };
    }
    return {};
}

Notice NumbersPane::emptyNotice() const
{
    if (!m_browser.openList() || m_browser.session().state() == BrowserSession::State::Failed)
        return placeNotice();
    const ReadStatus read = m_browser.read().status();
    if (read.rows == 0)
        return readNotice();
    const NumberTableModel &model = m_browser.model();
    const bool judged = !model.isUpdating() && model.exportSource().order->judgedRows() > 0;
    if (model.shownRows() > 0 || !judged || m_filters->filter().passesEverything())
        return {};
    const QString count = QLocale().toString(read.rows);
    return { .headline = read.isComplete() ? tr("None of the %1 numbers passes the filters.").arg(count)
                                           : tr("None of the %1 numbers read so far passes the filters.").arg(count),
        .actions = { m_clearHere } };
}

Notice NumbersPane::barNotice() const
{
    const ReadStatus read = m_browser.read().status();
    if (m_browser.session().state() == BrowserSession::State::SignInNeeded && read.rows > 0 && !read.error)
        return failureOf(m_browser.session().error(), { m_actions.signIn }, {});
    if (read.rows == 0 || !read.error || (read.state != State::Failed && read.state != State::SignInNeeded))
        return m_viewFailure ? failureOf(m_viewFailure->error, {}, {}) : Notice {};
    Notice notice = failureOf(*read.error, { m_actions.retry }, permissionToRead());
    const bool signIn = notice.actions.startsWith(m_actions.signIn);
    notice.text += u' '
        + (signIn                            ? tr("The numbers read so far are kept; the read goes on after them.")
                : m_browser.read().canGoOn() ? tr("The numbers read so far are kept; Retry goes on after them.")
                                             : tr("Retry reads the list again from its start."));
    return notice;
}

//! It has been mended, or is no longer what anybody asked for.
void NumbersPane::forgetViewFailure()
{
    const NumberTableModel &model = m_browser.model();
    const bool hasCaughtUp = m_viewFailure->isBehind && model.exportSource().order->judgedRows() == model.loadedRows();
    if (hasCaughtUp || model.query() != m_viewFailure->shown)
        m_viewFailure.reset();
}

void NumbersPane::updateNotices()
{
    if (m_viewFailure)
        forgetViewFailure();
    const Notice empty = emptyNotice();
    const Notice bar = barNotice();
    m_shownFailure = bar.isEmpty() ? empty : bar;
    m_table->setEmptyNotice(empty);
    m_failure->setNotice(bar);
}

void NumbersPane::updateExport()
{
    const ExportPresenter &exporter = m_browser.exporter();
    const QString file = QFileInfo(exporter.fileName()).fileName();
    Notice notice;
    qint64 all = -1;
    switch (exporter.state()) {
    case ExportPresenter::State::Idle:
    case ExportPresenter::State::Asking:
    case ExportPresenter::State::ChoosingFile:
        break;
    case ExportPresenter::State::FinishingRead:
        notice.headline = tr("%1 will be written when the read is complete.").arg(file);
        notice.actions = { m_cancelExport };
        break;
    case ExportPresenter::State::Settling:
    case ExportPresenter::State::Writing:
        all = exporter.rowsInAll();
        notice.headline = tr("Writing %1…").arg(file);
        notice.actions = { m_cancelExport };
        break;
    case ExportPresenter::State::Done: {
        const QString written = QLocale().toString(exporter.rowsWritten());
        const QString rows = exporter.rowsWritten() == exporter.rowsLoaded()
            ? written
            : tr("%1 of %2").arg(written, QLocale().toString(exporter.rowsLoaded()));
        notice.icon = u"dialog-ok"_s;
        notice.headline = exporter.isPartial() ? tr("Wrote %1 rows, a part of the list, to %2.").arg(rows, file)
                                               : tr("Wrote %1 rows to %2.").arg(rows, file);
        notice.actions = { m_openFolder, m_dismissExport };
        break;
    }
    case ExportPresenter::State::Failed: {
        const ErrorText text = describe(exporter.error());
        notice = { u"dialog-error"_s, tr("No file was written. %1").arg(text.headline), text.advice, {},
            { m_dismissExport } };
        break;
    }
    }
    m_export->setNotice(notice);
    m_export->setProgress(exporter.rowsWritten(), all);
}

void NumbersPane::tellOfClosing(const QString &list, const QString &connection)
{
    m_closed->setNotice({ .icon = u"dialog-information"_s,
        .headline = tr("“%1” was closed: its connection “%2” is gone or has been changed.").arg(list, connection),
        .actions = { m_dismissClosed } });
}

void NumbersPane::tellOfOtherAccount(const QString &list, const QString &connection)
{
    m_closed->setNotice({ .icon = u"dialog-information"_s,
        .headline = tr("“%1” was closed: the keys of “%2” are those of another account by now.").arg(list, connection),
        .actions = { m_dismissClosed } });
}

void NumbersPane::tellOfGoingOn(const Error &error, const UnfinishedRead &unfinished)
{
    const ErrorText text =
        isKeychainError(error) ? describeKeychain(error, KeychainPurpose::KeepReads) : describe(error);
    const QString list = unfinished.asked.list.section(u'/', -1);
    const QString next = m_browser.unfinished().contains(unfinished)
        ? tr("Open the list to try again, or forget the earlier read to read the list from its start.")
        : tr("Open the list to read it from its start.");
    m_closed->setNotice({ .icon = u"dialog-warning"_s,
        .headline = tr("The earlier read of “%1” cannot be gone on with. %2").arg(list, text.headline),
        .text = u"%1 %2"_s.arg(text.advice, next).trimmed(),
        .details = text.details,
        .actions = { m_dismissClosed } });
}

// Escape reaches this from the table, too.
void NumbersPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_table->copier().state() == RowCopier::State::Copying)
        m_table->copier().cancel();
    else if (event->key() == Qt::Key_Escape && !m_findBar->isHidden())
        m_findBar->dismiss();
    else
        QWidget::keyPressEvent(event);
}

void NumbersPane::copyDetails()
{
    QStringList lines { m_shownFailure.headline };
    if (!m_shownFailure.text.isEmpty())
        lines += m_shownFailure.text;
    lines += m_shownFailure.details;
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void NumbersPane::openFolder()
{
    const QFileInfo file(m_browser.exporter().fileName());
    QDesktopServices::openUrl(QUrl::fromLocalFile(file.absolutePath()));
}

} // namespace optout
