// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/connectionbar.h"

#include "aws/endpoint.h"
#include "presenters/browser.h"
#include "widgets/actionbuttons.h"
#include "widgets/icons.h"
#include "widgets/identitylabel.h"
#include "widgets/statustext.h"
#include "widgets/windowactions.h"

#include <QAction>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QToolButton>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int regionNameRole = Qt::UserRole;

// The closed chooser says the id, which everybody who knows AWS reads; the open one says where that is, too.
class RegionDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->text = u"%1   %2"_s.arg(option->text, index.data(regionNameRole).toString());
    }
};

} // namespace

ConnectionBar::ConnectionBar(Browser &browser, const WindowActions &actions, QWidget *parent)
    : QToolBar(parent)
    , m_browser(browser)
    , m_actions(actions)
{
    setObjectName(u"connectionBar"_s);
    setWindowTitle(tr("Connection bar"));
    setMovable(false);
    setFloatable(false);
    setContextMenuPolicy(Qt::PreventContextMenu); // hiding it would hide which account is looked at
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    addChoosers();
    addSeparator();
    addButtons();
    connect(&m_browser.session(), &BrowserSession::changed, this, &ConnectionBar::update);
    connect(&m_browser.lists(), &ListsPresenter::changed, this, &ConnectionBar::update);
    connect(&m_browser, &Browser::readStateChanged, this, &ConnectionBar::update);
    update();
}

// A chooser that has the focus loses it when it is destroyed, and tells of it: by then this is no ConnectionBar.
ConnectionBar::~ConnectionBar()
{
    m_region->disconnect(this);
    m_region->lineEdit()->disconnect(this);
}

void ConnectionBar::addChoosers()
{
    m_connection = new QPushButton(themedIcon(u"network-connect"_s), {}, this);
    m_connection->setObjectName(u"connection"_s);
    m_connectionMenu = new QMenu(m_connection);
    m_connection->setMenu(m_connectionMenu);
    connect(m_connectionMenu, &QMenu::aboutToShow, this, &ConnectionBar::fillConnections);
    addWidget(m_connection);

    m_identity = new IdentityLabel(m_browser, this);
    m_identityPlace = addWidget(m_identity);

    m_account = new QLabel(this);
    m_account->setObjectName(u"account"_s);
    m_account->setTextInteractionFlags(Qt::TextSelectableByMouse);
    const int space = fontMetrics().averageCharWidth();
    m_account->setContentsMargins(space, 0, space, 0);
    m_account->setMinimumWidth(
        fontMetrics().horizontalAdvance(tr("Account %1").arg(u"0000-0000-0000"_s)) + 3 * space); // nothing jumps
    m_accountPlace = addWidget(m_account);

    m_region = new QComboBox(this);
    m_region->setObjectName(u"region"_s);
    m_region->setAccessibleName(tr("Region"));
    m_region->setEditable(true);
    m_region->setInsertPolicy(QComboBox::NoInsert);
    for (const Region &region : serviceRegions()) {
        m_region->addItem(region.id);
        m_region->setItemData(m_region->count() - 1, region.name, regionNameRole);
    }
    m_region->setItemDelegate(new RegionDelegate(m_region));
    m_region->completer()->setFilterMode(Qt::MatchContains);
    m_region->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_region->setMinimumContentsLength(15);
    m_region->setToolTip(tr("Region; one that is not in the list can be typed"));
    connect(m_region, &QComboBox::activated, this, &ConnectionBar::takeRegion);
    connect(m_region->lineEdit(), &QLineEdit::editingFinished, this, &ConnectionBar::takeRegion);
    m_regionPlace = addWidget(m_region);
    m_fixedRegion = new QLabel(this);
    m_fixedRegion->setObjectName(u"fixedRegion"_s);
    m_fixedRegion->setContentsMargins(space, 0, space, 0);
    m_fixedRegionPlace = addWidget(m_fixedRegion);
}

QToolButton *ConnectionBar::addButton(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    QString name = action->objectName();
    name.chop(int(qstrlen("Action")));
    button->setObjectName(name);
    button->setAccessibleName(plainText(*action));
    return button;
}

void ConnectionBar::addButtons()
{
    addWidget(addButton(m_actions.refresh));
    // One place for the two, as wide as the wider one, so that the buttons beside it stay where they are.
    auto *place = new QWidget(this);
    place->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    m_pauseOrResume = new QStackedLayout(place);
    for (QAction *action : { m_actions.pause, m_actions.resume }) {
        QToolButton *button = addButton(action);
        button->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Preferred);
        m_pauseOrResume->addWidget(button);
    }
    addWidget(place);
    addWidget(addButton(m_actions.stop));
    addSeparator();
    addWidget(addButton(m_actions.exportView));
}

void ConnectionBar::fillConnections()
{
    m_connectionMenu->clear();
    Connection::Source lastSource = Connection::Source::Saved;
    const std::optional<Connection> &current = m_browser.session().connection();
    const QList<Connection> all = m_browser.connections().all();
    for (const Connection &connection : all) {
        if (!m_connectionMenu->isEmpty() && connection.source != lastSource)
            m_connectionMenu->addSeparator();
        lastSource = connection.source;
        // A name may hold an ampersand, which a menu would take for a mnemonic.
        QString text = connection.name;
        QAction *action = m_connectionMenu->addAction(text.replace(u'&', "&&"_L1));
        action->setCheckable(true);
        action->setChecked(current && current->id == connection.id);
        connect(action, &QAction::triggered, this, [this, id = connection.id] { m_browser.session().connectTo(id); });
    }
    if (!all.isEmpty())
        m_connectionMenu->addSeparator();
    m_connectionMenu->addAction(m_actions.connectToAws);
    m_connectionMenu->addAction(m_actions.openDemo);
}

void ConnectionBar::takeRegion()
{
    const std::optional<Connection> &connection = m_browser.session().connection();
    const QString region = m_region->currentText().trimmed();
    if (!connection || region == connection->region)
        return;
    if (isRegionName(region))
        m_browser.session().setRegion(region);
    else
        m_region->setEditText(connection->region);
}

void ConnectionBar::update()
{
    const std::optional<Connection> &connection = m_browser.session().connection();
    const QString name = connection ? connection->name : tr("Not connected");
    const int widest = fontMetrics().averageCharWidth() * 28;
    m_connection->setText(fontMetrics().elidedText(name, Qt::ElideRight, widest).replace(u'&', "&&"_L1));
    m_connection->setAccessibleName(tr("Connection: %1").arg(name));
    m_connection->setToolTip(connection ? tr("Connection: %1").arg(name) : tr("Choose a connection"));

    // The demo is nobody's, and its keys do not end.
    m_identityPlace->setVisible(connection && connection->source != Connection::Source::Demo);
    m_identity->update();
    m_accountPlace->setVisible(connection.has_value());
    const QString account = m_browser.accountId();
    m_account->setText(
        account.isEmpty() ? tr("Account not known yet") : tr("Account %1").arg(spacedAccountId(account)));
    const bool fixedRegion = connection && connection->source == Connection::Source::Demo; // it answers in one only
    m_regionPlace->setVisible(connection && !fixedRegion);
    m_fixedRegionPlace->setVisible(fixedRegion);
    m_fixedRegion->setText(connection ? tr("Region %1").arg(connection->region) : QString());
    if (!m_region->lineEdit()->hasFocus() || (connection && connection->region != m_region->currentText()))
        m_region->setEditText(connection ? connection->region : QString());

    const ReadStatus::State state = m_browser.read().status().state;
    const bool canResume = state == ReadStatus::State::Paused || state == ReadStatus::State::Stopped;
    QWidget *before = m_pauseOrResume->currentWidget();
    m_pauseOrResume->setCurrentIndex(canResume ? 1 : 0);
    if (before != m_pauseOrResume->currentWidget() && before->hasFocus())
        m_pauseOrResume->currentWidget()->setFocus();
}

} // namespace optout
