// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QToolBar>

class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QStackedLayout;
class QToolButton;

namespace optout {

class Browser;
class IdentityLabel;
struct WindowActions;

//! Which connection, account and region is looked at, and what can be done with the read.
class ConnectionBar final : public QToolBar {
    Q_OBJECT
public:
    //! Browser and actions must outlive this object.
    ConnectionBar(Browser &browser, const WindowActions &actions, QWidget *parent = nullptr);
    ~ConnectionBar() override;

    void update(); //!< after a change of the session, the account or the read

private:
    void addChoosers();
    void addButtons();
    QToolButton *addButton(QAction *action);
    void fillConnections();
    void takeRegion();

    Browser &m_browser;
    const WindowActions &m_actions;
    QPushButton *m_connection = nullptr;
    QMenu *m_connectionMenu = nullptr;
    IdentityLabel *m_identity = nullptr;
    QLabel *m_account = nullptr;
    QComboBox *m_region = nullptr;
    QAction *m_identityPlace = nullptr; // shows and hides them in the tool bar
    QAction *m_accountPlace = nullptr;
    QAction *m_regionPlace = nullptr;
    QLabel *m_fixedRegion = nullptr; // in place of the chooser
    QAction *m_fixedRegionPlace = nullptr;
    QStackedLayout *m_pauseOrResume = nullptr;
};

} // namespace optout
