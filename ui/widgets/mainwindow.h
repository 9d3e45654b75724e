// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/windowactions.h"

#include <QMainWindow>

class QSplitter;
class QStackedWidget;

namespace optout {

class Browser;
class ConnectionBar;
class DesktopPresence;
class ListTree;
class NumbersPane;
class OpenRead;
class WelcomePage;

//! The window. GUI thread only.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    //! The browser must outlive the window.
    explicit MainWindow(Browser &browser, QWidget *parent = nullptr);
    ~MainWindow() override;

signals:
    void settingsChanged(); //!< in the preferences

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void makeMenus();
    void joinActions();
    void follow(OpenRead *read);
    void followSession();
    void updateTitle();
    void updateActions();
    void openConnections();
    void openPreferences();
    void openNamed();
    void showAbout();
    void restoreLayout();
    void saveLayout();

    Browser &m_browser;
    WindowActions m_actions;
    QStackedWidget *m_pages;
    WelcomePage *m_welcome = nullptr; // made when it is first shown
    bool m_showsLists = false;
    QSplitter *m_splitter;
    ConnectionBar *m_bar;
    ListTree *m_lists;
    NumbersPane *m_pane;
    DesktopPresence *m_desktop;
    QString m_shownAccount;
};

} // namespace optout
