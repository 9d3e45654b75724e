// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

class QAction;
class QObject;

namespace optout {

class Browser;

//! Everything that can be done in the window, for menus, tool bar and notices alike. Nothing here changes a list.
struct WindowActions {
    //! Makes the actions; they belong to \a parent and do nothing yet.
    explicit WindowActions(QObject *parent);

    //! Enables what can be done now.
    void update(Browser &browser);

    QAction *connectToAws;
    QAction *openDemo;
    QAction *exportView;
    QAction *quit;
    QAction *copy;
    QAction *selectAll;
    QAction *find;
    QAction *findNext;
    QAction *findPrevious;
    QAction *filterByNumber;
    QAction *clearFilters;
    QAction *goToLists;
    QAction *goToNumbers;
    QAction *openNamed;
    QAction *copyArn;
    QAction *reloadLists;
    QAction *refresh;
    QAction *pause;
    QAction *resume;
    QAction *stop;
    QAction *stopAll; //!< reads of other lists, regions and connections as well
    QAction *closeList; //!< forgets its rows
    QAction *retry; //!< the read
    QAction *reconnect; //!< fetches the keys again
    QAction *signIn; //!< begins the sign-in of the connection in use anew
    QAction *connections;
    QAction *preferences;
    QAction *about;
};

} // namespace optout
