// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/connectionsdialog.h"

#include "dialogs/connectionform.h"
#include "dialogs/connectioninfo.h"
#include "dialogs/connectionlistview.h"
#include "dialogs/dialogicon.h"
#include "dialogs/signinfacts.h"
#include "dialogs/testverdict.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

QPushButton *makeButton(const QString &text, const QString &objectName, const QString &accessibleName, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(objectName);
    button->setAccessibleName(accessibleName);
    button->setAutoDefault(false); // Enter belongs to Connect
    return button;
}

} // namespace

ConnectionsDialog::ConnectionsDialog(Parts parts, QWidget *parent)
    : QDialog(parent)
    , m_connections(parts.connections)
    , m_desk(parts.desk)
    , m_clock(parts.clock)
    , m_test(std::move(parts.factory))
{
    setWindowTitle(tr("Connections"));
    auto *sides = new QHBoxLayout;
    sides->setSpacing(fontMetrics().height());
    sides->addWidget(makeListSide());
    sides->addWidget(makeFormSide(), 1);
    m_configNotice = new FormNotice(this);
    m_configNotice->setObjectName(u"configNotice"_s);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_configNotice);
    layout->addLayout(sides, 1);
    layout->addWidget(makeButtons());
    // The box of Qt 6.4 puts its default button first, wherever it shows it.
    setTabOrder(m_testButton, m_saveButton);
    setTabOrder(m_saveButton, m_connectButton);
    setTabOrder(m_connectButton, m_closeButton);
    const int em = fontMetrics().height();
    resize(QSize(60 * em, 42 * em).boundedTo(screen()->availableGeometry().size() * 9 / 10));

    connect(m_list, &QListWidget::currentItemChanged, this, [this] { followCurrent(); });
    connect(m_form, &ConnectionForm::edited, this, &ConnectionsDialog::formEdited);
    connect(&m_connections, &ConnectionList::changed, this, &ConnectionsDialog::refreshList);
    connect(&m_desk, &SignInDesk::changed, this, [this](const QString &id) {
        if (id == m_shownId)
            showFacts();
    });
    connect(&m_test, &ConnectionTest::finished, this, &ConnectionsDialog::testFinished);
    connect(&m_test, &ConnectionTest::waiting, this,
        [this](const Waiting &waiting) { m_notice->setHeadline(TestVerdict::ofWaiting(waiting)); });
    refreshList();
    showFirst();
}

ConnectionsDialog::~ConnectionsDialog() = default;

QWidget *ConnectionsDialog::makeListSide()
{
    auto *side = new QWidget(this);
    m_list = new ConnectionListView(side);
    m_list->setObjectName(u"connectionList"_s);
    m_add = makeButton(tr("A&dd"), u"addConnection"_s, tr("Add connection"), side);
    m_add->setIcon(dialogIcon(u"list-add"_s));
    m_remove = makeButton(tr("De&lete…"), u"deleteConnection"_s, tr("Delete connection…"), side);
    m_remove->setIcon(dialogIcon(u"edit-delete"_s));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_add);
    buttons->addWidget(m_remove);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);
    side->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    connect(m_add, &QPushButton::clicked, this, [this] { guarded([this] { addConnection(); }); });
    connect(m_remove, &QPushButton::clicked, this, &ConnectionsDialog::confirmRemoval);
    return side;
}

QWidget *ConnectionsDialog::makeFormSide()
{
    auto *side = new QWidget(this);
    m_form = new ConnectionForm(m_connections, side);
    m_info = new ConnectionInfo(side);
    m_facts = new SignInFacts(m_clock, side);
    auto *page = new QWidget(side);
    auto *parts = new QVBoxLayout(page);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->addWidget(m_form);
    parts->addWidget(m_info);
    parts->addSpacing(fontMetrics().height());
    parts->addWidget(m_facts);
    parts->addStretch();
    m_scroll = new QScrollArea(side);
    m_scroll->setWidget(page);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus); // its fields are the stops of the Tab key
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_notice = new FormNotice(side);
    m_notice->setObjectName(u"notice"_s);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    m_testButton = makeButton(tr("Te&st connection"), u"testConnection"_s, tr("Test connection"), side);
    m_testButton->setIcon(dialogIcon(u"network-connect"_s));
    connect(m_testButton, &QPushButton::clicked, this, &ConnectionsDialog::startTest);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_notice);
    m_saveButton = makeButton(tr("Sa&ve"), u"saveConnection"_s, tr("Save"), side);
    connect(m_saveButton, &QPushButton::clicked, this, &ConnectionsDialog::saveOnly);
    auto *ofConnection = new QHBoxLayout;
    ofConnection->addWidget(m_testButton);
    ofConnection->addWidget(m_saveButton);
    ofConnection->addStretch();
    layout->addLayout(ofConnection);
    return side;
}

QWidget *ConnectionsDialog::makeButtons()
{
    auto *box = new QDialogButtonBox(this);
    m_connectButton = makeButton(tr("&Connect"), u"connect"_s, tr("Connect"), box);
    m_connectButton->setDefault(true);
    m_closeButton = makeButton(tr("Close"), u"close"_s, tr("Close"), box);
    box->addButton(m_connectButton, QDialogButtonBox::AcceptRole);
    box->addButton(m_closeButton, QDialogButtonBox::RejectRole);
    // The box of Qt 6.4 hands the focus to its default button, and so Tab never leads out of it.
    box->setFocusProxy(nullptr);
    connect(m_connectButton, &QPushButton::clicked, this, &ConnectionsDialog::connectNow);
    connect(m_closeButton, &QPushButton::clicked, this, &ConnectionsDialog::reject);
    return box;
}

void ConnectionsDialog::select(const QString &id)
{
    m_list->setCurrentId(id);
    if (m_editing)
        m_form->focusFirst();
}

void ConnectionsDialog::addConnection()
{
    const QSignalBlocker quiet(m_list);
    m_list->dropNew();
    m_list->addNew(tr("New connection"));
    m_shownId.clear();
    m_form->showNew({});
    showPage(true);
    m_notice->clear();
    m_form->focusFirst();
    refreshButtons();
}

// The list has another current row: go there, or ask first and stay meanwhile.
void ConnectionsDialog::followCurrent()
{
    const QString wanted = m_list->currentId();
    if (wanted == m_shownId && m_list->hasCurrent())
        return;
    {
        const QSignalBlocker quiet(m_list);
        m_list->setCurrentId(m_shownId);
    }
    guarded([this, wanted] {
        const QSignalBlocker quiet(m_list);
        m_list->setCurrentId(wanted);
        m_list->dropNew();
        showCurrent();
    });
}

void ConnectionsDialog::showCurrent()
{
    m_notice->clear();
    const std::optional<Connection> connection = m_connections.find(m_list->currentId());
    if (!connection) {
        addConnection();
        return;
    }
    m_shownId = connection->id;
    if (connection->source == Connection::Source::Saved) {
        m_form->showSaved(*connection, connection->sessionOnly && !m_connections.hasKeysInMemory(connection->id));
        showPage(true);
    } else {
        m_form->clearSecrets();
        m_info->show(*connection);
        showPage(false);
    }
    refreshButtons();
}

void ConnectionsDialog::showPage(bool editing)
{
    m_editing = editing;
    m_form->setVisible(editing);
    m_info->setVisible(!editing);
    showFacts();
}

void ConnectionsDialog::showFacts()
{
    m_facts->setVisible(!m_shownId.isEmpty());
    m_facts->show(m_desk.find(m_shownId));
}

// What is wrong with one part of a file leaves the rest usable, so it is told here and hinders nothing.
void ConnectionsDialog::showConfigProblems()
{
    const QList<Error> problems = m_connections.configProblems();
    if (problems.isEmpty()) {
        m_configNotice->clear();
        return;
    }
    QStringList all;
    for (const Error &problem : problems)
        all += problem.detail;
    const bool fatal = m_connections.config().fatal.has_value();
    m_configNotice->show({ .icon = u"dialog-warning"_s,
        .headline =
            fatal ? tr("The AWS CLI's files cannot be used.") : tr("Something is wrong in the AWS CLI's files."),
        .text = all.constFirst(),
        .details = all.size() > 1 ? all.join(u'\n') : QString() });
}

void ConnectionsDialog::showFirst()
{
    const QSignalBlocker quiet(m_list);
    m_list->selectFirst();
    showCurrent();
}

void ConnectionsDialog::refreshList()
{
    m_list->setConnections(m_connections.all());
    showConfigProblems();
    if (!m_editing && !m_shownId.isEmpty()) { // a file may have changed on disk
        if (const std::optional<Connection> shown = m_connections.find(m_shownId))
            m_info->show(*shown);
        else if (!m_task)
            showFirst();
    }
    refreshButtons();
}

void ConnectionsDialog::formEdited()
{
    if (m_form->isNew()) {
        const QString name = m_form->connection().name;
        m_list->renameCurrent(name.isEmpty() ? tr("New connection") : name);
    }
    m_notice->clear(); // what a test said is of what was there before
    refreshButtons();
}

void ConnectionsDialog::refreshButtons()
{
    const bool idle = m_task == nullptr;
    m_list->setEnabled(idle);
    m_add->setEnabled(idle);
    m_remove->setEnabled(idle && m_editing);
    m_form->setEnabled(idle);
    m_testButton->setEnabled(idle);
    m_saveButton->setVisible(m_editing);
    m_saveButton->setEnabled(idle && m_editing && (m_form->isNew() || m_form->isModified()));
    m_connectButton->setEnabled(idle);
}

void ConnectionsDialog::reject()
{
    cancelTask();
    guarded([this] { QDialog::reject(); });
}

void ConnectionsDialog::done(int result)
{
    cancelTask();
    m_form->clearSecrets();
    m_notice->clear();
    QDialog::done(result);
}

} // namespace optout
