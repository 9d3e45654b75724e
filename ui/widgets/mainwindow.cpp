// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/mainwindow.h"

#include "desktop/desktoppresence.h"
#include "dialogs/connectionsdialog.h"
#include "dialogs/exportdialog.h"
#include "dialogs/preferencesdialog.h"
#include "presenters/browser.h"
#include "settings/settings.h"
#include "text/errortext.h"
#include "text/keychaintext.h"
#include "widgets/connectionbar.h"
#include "widgets/filterbar.h"
#include "widgets/findbar.h"
#include "widgets/listtree.h"
#include "widgets/numberspane.h"
#include "widgets/numbertableview.h"
#include "widgets/statusline.h"
#include "widgets/statustext.h"
#include "widgets/welcomepage.h"

#include <QAction>
#include <QClipboard>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>
#include <QUrl>

namespace optout {

using namespace Qt::Literals::StringLiterals;

MainWindow::MainWindow(Browser &browser, QWidget *parent)
    : QMainWindow(parent)
    , m_browser(browser)
    , m_actions(this)
    , m_pages(new QStackedWidget(this))
    , m_splitter(new QSplitter(Qt::Horizontal, m_pages))
    , m_bar(new ConnectionBar(browser, m_actions, this))
    , m_lists(new ListTree(browser, m_actions.reloadLists, m_splitter))
    , m_pane(new NumbersPane(browser, m_actions, m_splitter))
    , m_desktop(new DesktopPresence(browser.settings(), *this, desktopParts(*this), this))
{
    setObjectName(u"mainWindow"_s);
    setUnifiedTitleAndToolBarOnMac(true);
    makeMenus();
    addToolBar(m_bar);
    m_splitter->setObjectName(u"splitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    const int margin = style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing, nullptr, this);
    m_splitter->setContentsMargins(margin, margin, margin, margin);
    m_pages->addWidget(m_splitter);
    setCentralWidget(m_pages);
    auto *status = new StatusLine(browser, this);
    setStatusBar(status);
    connect(m_desktop, &DesktopPresence::remark, status, &StatusLine::setRemark);

    joinActions();
    connect(&m_browser.session(), &BrowserSession::changed, this, &MainWindow::followSession);
    connect(&m_browser.lists(), &ListsPresenter::changed, this, &MainWindow::updateTitle);
    connect(&m_browser, &Browser::openListChanged, this, &MainWindow::updateTitle);
    connect(&m_browser, &Browser::readOpened, this, &MainWindow::follow);
    for (OpenRead *read : m_browser.reads())
        follow(read);
    connect(&m_browser, &Browser::demoFailed, this, [this](const Error &error) {
        const ErrorText text = describe(error);
        auto *box = new QMessageBox(QMessageBox::Warning, tr("Demo lists"), text.headline, QMessageBox::Close, this);
        box->setInformativeText(error.detail);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    restoreLayout();
    followSession();
}

MainWindow::~MainWindow() = default;

void MainWindow::makeMenus()
{
    const auto addMenu = [this](const QString &title, const QList<QAction *> &actions) {
        QMenu *menu = menuBar()->addMenu(title);
        for (QAction *action : actions) {
            if (action)
                menu->addAction(action);
            else
                menu->addSeparator();
        }
        return menu;
    };
    const WindowActions &a = m_actions;
    addMenu(tr("&File"), { a.connectToAws, a.openDemo, nullptr, a.exportView, nullptr, a.quit });
    addMenu(tr("&Edit"),
        { a.copy, a.selectAll, nullptr, a.find, a.findNext, a.findPrevious, nullptr, a.filterByNumber, a.clearFilters,
            nullptr, a.preferences });
    QMenu *view = addMenu(tr("&View"), { a.goToLists, a.goToNumbers, nullptr });
    QMenu *order = view->addMenu(tr("&Sort by"));
    connect(order, &QMenu::aboutToShow, this, [this, order] {
        order->clear();
        m_pane->table().fillSortMenu(order);
    });
    QMenu *columns = view->addMenu(tr("&Columns"));
    connect(columns, &QMenu::aboutToShow, this, [this, columns] {
        columns->clear();
        m_pane->table().fillColumnsMenu(columns);
    });
    addMenu(tr("&List"),
        { a.refresh, a.pause, a.resume, a.stop, a.stopAll, m_desktop->keepAwakeAction(), nullptr, a.openNamed,
            a.closeList, a.copyArn, nullptr, a.reloadLists });
    addMenu(tr("&Tools"), { a.connections, a.signIn });
    addMenu(tr("&Help"), { a.about });
}

void MainWindow::joinActions()
{
    const auto on = [this](QAction *action, auto &&slot) { connect(action, &QAction::triggered, this, slot); };
    on(m_actions.connectToAws, [this] { openConnections(); });
    on(m_actions.connections, [this] { openConnections(); });
    on(m_actions.preferences, [this] { openPreferences(); });
    on(m_actions.openDemo, [this] { m_browser.openDemo(); });
    on(m_actions.exportView, [this] { m_browser.exporter().begin(); });
    on(m_actions.quit, [this] { close(); });
    on(m_actions.copy, [this] { m_pane->table().copySelection(); });
    on(m_actions.selectAll, [this] { m_pane->table().selectAll(); });
    on(m_actions.find, [this] { m_pane->findBar().open(); });
    on(m_actions.findNext, [this] { m_pane->findBar().findNext(); });
    on(m_actions.findPrevious, [this] { m_pane->findBar().findPrevious(); });
    on(m_actions.filterByNumber, [this] { m_pane->filterBar().focusNumber(); });
    on(m_actions.clearFilters, [this] { m_pane->filterBar().clear(); });
    on(m_actions.goToLists, [this] { m_lists->focusTree(); });
    on(m_actions.goToNumbers, [this] { m_pane->table().setFocus(Qt::ShortcutFocusReason); });
    on(m_actions.openNamed, [this] { openNamed(); });
    on(m_actions.copyArn, [this] { QGuiApplication::clipboard()->setText(m_browser.read().status().list.arn); });
    on(m_actions.reloadLists, [this] { m_browser.lists().reload(); });
    on(m_actions.refresh, [this] { m_browser.read().refresh(); });
    on(m_actions.pause, [this] { m_browser.read().pause(); });
    on(m_actions.resume, [this] { m_browser.read().resume(); });
    on(m_actions.stop, [this] { m_browser.read().stop(); });
    on(m_actions.stopAll, [this] { m_browser.stopAll(); });
    on(m_actions.closeList, [this] {
        if (OpenRead *shown = m_browser.shown())
            m_browser.close(*shown);
    });
    on(m_actions.retry, [this] {
        if (m_browser.read().status().state == ReadStatus::State::SignInNeeded)
            m_browser.session().signIn(); // the keys may have been mended by now; the read goes on by itself
        else
            m_browser.read().retry();
    });
    on(m_actions.reconnect, [this] { m_browser.session().signIn(); });
    on(m_actions.signIn, [this] { m_browser.session().signIn(); });
    on(m_actions.about, [this] { showAbout(); });

    connect(&m_browser, &Browser::readChanged, this, &MainWindow::updateActions);
    connect(&m_browser, &Browser::readsChanged, this, &MainWindow::updateActions);
    connect(&m_browser, &Browser::countsChanged, this, &MainWindow::updateActions);
    connect(&m_browser, &Browser::exportStateChanged, this, &MainWindow::updateActions);
    connect(&m_browser.lists(), &ListsPresenter::changed, this, &MainWindow::updateActions);
    connect(&m_browser, &Browser::openListChanged, this, &MainWindow::updateActions);
}

void MainWindow::follow(OpenRead *read)
{
    m_desktop->follow(read->read);
    auto *dialogs = new ExportDialog(read->exporter, read->read, m_browser.settings(), this);
    connect(read, &QObject::destroyed, dialogs, [dialogs] { delete dialogs; });
}

void MainWindow::followSession()
{
    const bool welcome = m_browser.session().state() == BrowserSession::State::Disconnected;
    const bool entering = !welcome && !m_showsLists;
    m_showsLists = !welcome;
    if (welcome && !m_welcome) { // who connects at the start never sees it
        m_welcome = new WelcomePage(m_browser, m_actions.connectToAws, m_actions.openDemo, m_pages);
        m_pages->addWidget(m_welcome);
    }
    m_pages->setCurrentWidget(welcome ? static_cast<QWidget *>(m_welcome) : m_splitter);
    if (welcome)
        m_welcome->setFocus();
    else if (entering)
        m_lists->focusTree();
    updateTitle();
    updateActions();
}

void MainWindow::updateTitle()
{
    const std::optional<Connection> &connection = m_browser.session().connection();
    QStringList parts;
    if (const auto &open = m_browser.openList())
        parts += open->list.name;
    if (connection) {
        parts += connection->region;
        parts += spacedAccountId(m_browser.accountId());
        if (const std::optional<CallerIdentity> identity = m_browser.session().identity())
            parts += identity->shortName();
        parts += connection->name;
        parts.removeAll(QString());
    }
    const QString program = tr("Opt-Out Browser");
    setWindowTitle(parts.isEmpty() ? program : u"%1 — %2"_s.arg(parts.join(u" · "_s), program));
}

void MainWindow::updateActions()
{
    m_actions.update(m_browser);
    if (m_browser.accountId() != m_shownAccount) { // an own list's ARN may tell it late
        m_shownAccount = m_browser.accountId();
        updateTitle();
    }
}

void MainWindow::openConnections()
{
    auto *dialog = new ConnectionsDialog({ .connections = m_browser.connections(),
                                             .desk = m_browser.desk(),
                                             .clock = m_browser.clock(),
                                             .factory = m_browser.serviceFactory() },
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (const auto &connection = m_browser.session().connection())
        dialog->select(connection->id);
    else if (m_browser.connections().all().isEmpty())
        dialog->addConnection();
    connect(dialog, &ConnectionsDialog::connectRequested, this,
        [this](const QString &id) { m_browser.session().connectTo(id); });
    dialog->open();
}

void MainWindow::openPreferences()
{
    ReadKeeper *keeper = m_browser.keeper();
    auto *dialog = new PreferencesDialog({ .settings = m_browser.settings(),
                                             .readsFolder = keeper ? keeper->folder() : QString(),
                                             .canInhibitSleep = m_desktop->keepAwakeAction()->isEnabled(),
                                             .canNotify = m_desktop->canNotify() },
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PreferencesDialog::settingsChanged, this, &MainWindow::settingsChanged);
    connect(dialog, &PreferencesDialog::openFolderRequested, dialog,
        [](const QString &folder) { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
    if (keeper) {
        keeper->lookForKeychain(dialog, [dialog](const Result<Done> &found) {
            if (found || found.error().code == "KeychainLocked"_L1) // that one asks for its password when it is needed
                return;
            const ErrorText text = describeKeychain(found.error(), KeychainPurpose::KeepReads);
            dialog->sayNoKeychain(u"%1 %2"_s.arg(text.headline, text.advice));
        });
        connect(dialog, &PreferencesDialog::settingsChanged, keeper, &ReadKeeper::applyAge);
        connect(dialog, &PreferencesDialog::forgetReadsRequested, keeper, &ReadKeeper::forgetAll);
        connect(keeper, &ReadKeeper::forgotten, dialog, [dialog](const Result<Done> &outcome) {
            dialog->sayForgotten(outcome
                    ? tr("All unfinished reads and their key are gone.")
                    : tr("Not all could be forgotten. %1").arg(describe(outcome.error()).headline));
        });
    }
    connect(dialog, &PreferencesDialog::settingsChanged, m_desktop, &DesktopPresence::applySettings);
    dialog->open();
}

void MainWindow::openNamed()
{
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(u"openByName"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Open by name or ARN"));
    dialog->setLabelText(tr("Name of an own list, or ARN of a list that another account shares:"));
    dialog->setOkButtonText(tr("&Open"));
    dialog->setMinimumWidth(fontMetrics().averageCharWidth() * 80);
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        const Result<Done> opened = m_browser.openNamed(text);
        if (opened)
            return;
        auto *box = new QMessageBox(
            QMessageBox::Information, tr("Open by name or ARN"), opened.error().detail, QMessageBox::Close, this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    dialog->open();
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(this);
    box->setObjectName(u"about"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Opt-Out Browser"));
    box->setIconPixmap(windowIcon().pixmap(fontMetrics().height() * 4));
    box->setText(tr("Opt-Out Browser %1").arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(
        tr("Browses the SMS opt-out lists of AWS End User Messaging. It reads only: the two calls it makes "
           "there are DescribeOptedOutNumbers and DescribeOptOutLists. Signing in may call STS and IAM Identity "
           "Center.\n\nMIT licence. Made with Qt %1.")
            .arg(QLatin1StringView(qVersion())));
    box->setStandardButtons(QMessageBox::Close);
    box->open();
}

void MainWindow::restoreLayout()
{
    const Settings &settings = m_browser.settings();
    resize(QSize(1200, 760).boundedTo(screen()->availableSize()));
    restoreGeometry(settings.windowGeometry());
    const int side = fontMetrics().averageCharWidth() * 46;
    m_splitter->setSizes({ side, width() - side });
    m_splitter->restoreState(settings.splitterState());
    m_pane->table().restoreColumns(settings);
    m_pane->filterBar().restore(settings);
}

void MainWindow::saveLayout()
{
    Settings &settings = m_browser.settings();
    settings.setWindowGeometry(saveGeometry());
    settings.setSplitterState(m_splitter->saveState());
    m_pane->table().saveColumns(settings);
    m_pane->filterBar().save(settings);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveLayout();
    QMainWindow::closeEvent(event);
}

} // namespace optout
