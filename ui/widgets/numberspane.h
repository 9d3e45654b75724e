// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "store/roworder.h"
#include "widgets/notice.h"

#include <QWidget>

#include <optional>

namespace optout {

class Browser;
class FilterBar;
class FindBar;
class FindPresenter;
class NoticeBar;
class NumberTableView;
struct UnfinishedRead;
struct WindowActions;

//! The right-hand side of the window: filters, numbers, and what there is to say of them. Failures are told here, in
//! the place they are about.
class NumbersPane final : public QWidget {
    Q_OBJECT
public:
    //! Browser and actions must outlive this object.
    NumbersPane(Browser &browser, const WindowActions &actions, QWidget *parent = nullptr);

    FilterBar &filterBar() { return *m_filters; }
    FindBar &findBar() { return *m_findBar; }
    NumberTableView &table() { return *m_table; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void joinFilters();
    void followReadState();
    void forgetViewFailure();
    void joinFind();
    void updateReach();
    void followShown();
    void updateNotices();
    void updateExport();
    void tellOfClosing(const QString &list, const QString &connection);
    void tellOfOtherAccount(const QString &list, const QString &connection);
    void tellOfGoingOn(const Error &error, const UnfinishedRead &unfinished);
    Notice emptyNotice() const;
    Notice placeNotice() const; // there is no open list
    Notice readNotice() const; // there is one, without a loaded row
    Notice failureOf(const Error &error, const QList<QAction *> &actions, const QString &iamAction) const;
    Notice barNotice() const;
    void copyDetails();
    void openFolder();

    Browser &m_browser;
    const WindowActions &m_actions;
    FilterBar *m_filters;
    NoticeBar *m_failure;
    NumberTableView *m_table;
    FindPresenter *m_find;
    FindBar *m_findBar;
    NoticeBar *m_closed; // why a list is not open any more
    NoticeBar *m_export;
    QAction *m_clearHere;
    QAction *m_retryLists;
    QAction *m_copyDetails;
    QAction *m_cancelExport;
    QAction *m_openFolder;
    QAction *m_dismissExport;
    QAction *m_dismissClosed;
    struct ViewFailure {
        Error error;
        RowQuery shown; // what is asked for as long as nobody asks for something else
        bool isBehind; // rows that came could not be taken in; else a filter or an order could not be built
    };
    std::optional<ViewFailure> m_viewFailure;
    Notice m_shownFailure; // what "Copy details" copies
};

} // namespace optout
