// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/listspresenter.h"
#include "presenters/openread.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace optout {

class Browser;

//! The opt-out lists of the account and region: own ones first, then those shared by other accounts, then those that
//! are open although AWS does not list them; below them the lists of other places that are open, under the name of
//! their place. A click or Enter opens one, and goes to its place; moving with the arrow keys does not, because opening
//! costs calls. The line of the list shown becomes the current one whenever another list is shown.
class ListTree final : public QWidget {
    Q_OBJECT
public:
    //! Browser and action must outlive this object. \a reload is what the button under a failure does.
    ListTree(Browser &browser, QAction *reload, QWidget *parent = nullptr);

    void focusTree();

private:
    void rebuild();
    void fill(const QList<OpenRead *> &unlisted, qsizetype here);
    void updateItems();
    void followShown();
    void applyFilter();
    void openItem(QTreeWidgetItem *item);
    QTreeWidgetItem *makeItem(const ListEntry &entry) const;
    void addUnlisted();
    OpenRead *readOf(const QTreeWidgetItem *item) const;
    QTreeWidgetItem *itemOf(const OpenRead *read) const;
    void markItem(QTreeWidgetItem *item, const OpenRead *read, bool isShared) const;

    Browser &m_browser;
    QLineEdit *m_filter;
    QTreeWidget *m_tree;
    QLabel *m_note;
    QPushButton *m_reload;
    QList<ListEntry> m_shown; // in the order of the items
    QList<OpenRead *> m_unlisted; // open lists that are not among those
    qsizetype m_unlistedHere = 0; // how many of them, at the front, are of the place looked at
};

} // namespace optout
