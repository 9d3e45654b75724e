// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/browsersession.h"
#include "presenters/listspresenter.h"
#include "presenters/openread.h"
#include "presenters/readkeeper.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

namespace optout {

//! Joins the presenters: which place is looked at, which lists there are, which of them have been opened, and which one
//! is shown. One object stands behind one window. GUI thread only.
//!
//! A list that has been opened keeps its rows and its read, also while another list, region or connection is looked at,
//! until it is closed. What is asked of read(), model() and exporter() is of the list shown; so are the signals.
class Browser final : public QObject {
    Q_OBJECT
public:
    struct Parts {
        ConnectionList &connections;
        Settings &settings;
        const Clock &clock;
        PrepareSignIn prepareSignIn;
        BrowserSession::ServiceFactory serviceFactory;
        //! Starts the demo endpoint unless it runs, hands it to the connections, and returns the connection's id.
        std::function<Result<QString>()> startDemo;
        ReadKeeper *keeper = nullptr; //!< if there is one, reads are kept for later
    };

    explicit Browser(Parts parts, QObject *parent = nullptr);
    ~Browser() override;

    ConnectionList &connections() { return m_parts.connections; }
    Settings &settings() { return m_parts.settings; }
    const Clock &clock() const { return m_parts.clock; }
    SignInDesk &desk() { return m_desk; }
    BrowserSession &session() { return m_session; }
    ListsPresenter &lists() { return m_lists; }
    ReadKeeper *keeper() { return m_parts.keeper; }
    const BrowserSession::ServiceFactory &serviceFactory() const { return m_parts.serviceFactory; }

    //! Of the list shown; with no list shown, of one that is idle and has no rows.
    NumberTableModel &model() { return m_shown->model; }
    ReadPresenter &read() { return m_shown->read; }
    const ReadOutlook &outlook() const { return m_shown->outlook; }
    ExportPresenter &exporter() { return m_shown->exporter; }

    //! Connects to the demo endpoint and opens its list "Default" when the lists have arrived.
    //! \return false if it could not be started: demoFailed() tells why, from the event loop
    bool openDemo();
    //! Shows that list of this place. Unless it is open, goes on with what an earlier run left of it, or reads it from
    //! its start.
    void open(const ListEntry &entry);
    //! Adds a list that the user names, and opens it.
    Result<Done> openNamed(const QString &nameOrArn);
    //! Shows a list that is open, and goes to its place if that is another one. Closes it if its connection is gone or
    //! leads elsewhere by now: closedAsOutdated().
    void show(OpenRead &read);
    void close(OpenRead &read); //!< forgets its rows; a read under way is stopped
    //! Reads of this place that an earlier run of the program left, and whose list is not open.
    QList<UnfinishedRead> unfinished() const;
    //! Opens the list with the rows read then, and reads on.
    void goOn(const UnfinishedRead &unfinished);
    void stopAll(); //!< all reads under way, shown or not

    const std::optional<ListEntry> &openList() const { return m_open; } //!< the one shown
    OpenRead *shown() const { return m_open ? m_shown : nullptr; }
    const QList<OpenRead *> &reads() const { return m_reads; } //!< in the order they were opened
    OpenRead *readOf(const ListEntry &entry) const; //!< of a list of this place; null if it is not open
    bool isHere(const OpenRead &read) const; //!< whether it is of the place looked at
    //! The account whose lists are shown, 12 digits, or empty while unknown.
    QString accountId() const;

signals:
    void openListChanged(); //!< another list is shown, or none; the next seven signals follow
    void readOpened(optout::OpenRead *read);
    void readsChanged(); //!< one was opened or closed, or its state is another one
    //! A list had to be closed: its connection is gone, or has been changed.
    void closedAsOutdated(const QString &list, const QString &connection);
    //! A list had to be closed: the keys of its connection are those of another account by now.
    void closedForOtherAccount(const QString &list, const QString &connection);
    void demoFailed(const optout::Error &error);
    //! What an earlier run left cannot be used; the list is closed. It is in unfinished() if it can be tried again.
    void goingOnFailed(const optout::Error &error, const optout::UnfinishedRead &unfinished);

    // Those of the list shown.
    void readChanged();
    void readStateChanged();
    void countsChanged();
    void updatingChanged();
    void storeFailed(const optout::Error &error);
    void exportStateChanged();
    void exportProgressed();

private:
    void followSession();
    void followRenewal();
    void followLists();
    void closeChanged();
    std::optional<Connection> placeNow(const OpenRead &read) const;
    bool isOutdated(const OpenRead &read) const;
    void closeOutdated(OpenRead &read);
    void adopt(OpenRead *read);
    void goOnIfAccountIsKnown(OpenRead *read);
    OpenRead *add(const ListEntry &entry, const QString &requestName);
    void goOn(const ListEntry &entry, const UnfinishedRead &unfinished);
    void goOn(OpenRead *read, const UnfinishedRead &unfinished);
    void goOnWithKept(const ReadPresenter *read, const UnfinishedRead &kept);
    void noteAccount();
    bool mayKeepHere() const;
    ReadAsked askedHere() const;
    void keep(OpenRead *read);
    void setShown(OpenRead *read);
    OpenRead *lastShownHere() const;

    Parts m_parts;
    SignInDesk m_desk;
    BrowserSession m_session;
    ListsPresenter m_lists;
    OpenRead m_none; // shown when no list is
    QList<OpenRead *> m_reads; // children
    OpenRead *m_shown = &m_none;
    std::optional<ListEntry> m_open;
    std::unique_ptr<QObject> m_followed; // context of the connections to the list shown
    QPointer<OpenRead> m_showWhenThere; // when its place has been reached
    QString m_openWhenLoaded; // name of the list to open as soon as it is known
    int m_shows = 0;
};

} // namespace optout
