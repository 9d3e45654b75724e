// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "dialogs/formnotice.h"
#include "presenters/connectionlist.h"
#include "presenters/connectiontest.h"

#include <QDialog>
#include <QPointer>

#include <functional>

class QMessageBox;
class QPushButton;
class QScrollArea;

namespace optout {

class ConnectionForm;
class ConnectionInfo;
class ConnectionListView;
class SignInFacts;

//! All ways to sign in that were found, by where they come from: makes, changes, tries and deletes those of the
//! keychain, tells why one works or does not, and chooses one. Show it with open() or show(); nothing in it waits.
class ConnectionsDialog final : public QDialog {
    Q_OBJECT
public:
    //! What is referred to must outlive the dialog.
    struct Parts {
        ConnectionList &connections;
        SignInDesk &desk;
        const Clock &clock;
        BrowserSession::ServiceFactory factory;
    };
    explicit ConnectionsDialog(Parts parts, QWidget *parent = nullptr);
    ~ConnectionsDialog() override;

    //! Shows that connection; with its cursor on the keys if they have to be entered again.
    void select(const QString &id);
    //! Shows the fields of a new connection.
    void addConnection();

    //! Asks first if there are unsaved changes.
    void reject() override;
    void done(int result) override;

signals:
    //! Somebody wants to work with that connection; the dialog closes.
    void connectRequested(const QString &id);

private:
    using Step = std::function<void()>;

    QWidget *makeListSide();
    QWidget *makeFormSide();
    QWidget *makeButtons();

    void followCurrent();
    void showCurrent();
    void showPage(bool editing);
    void showFacts();
    void showConfigProblems();
    void showFirst();
    void refreshList();
    void refreshButtons();
    void formEdited();

    void guarded(const Step &step);
    void save(ConnectionList::KeepKeys keep, const Step &then);
    void saveFailed(const Error &error, const Step &then);
    void saveOnly();
    void connectNow();
    void startTest();
    void openAndTest(const Connection &connection);
    void loadKeysAndTest(const Connection &connection);
    void test(const Connection &connection, const SignInDesk::Outcome &signIn);
    void testFinished(const Result<ConnectionReport> &outcome);
    QMessageBox *ask(const QString &objectName, const QString &question, const QString &more);
    void confirmRemoval();
    void remove(ConnectionList::RemoveKeys removeKeys);

    QObject *beginTask(const QString &headline);
    void endTask();
    void cancelTask();

    ConnectionList &m_connections;
    SignInDesk &m_desk;
    const Clock &m_clock;
    ConnectionTest m_test;
    QObject *m_task = nullptr; // parent of what belongs to the work under way; a child
    QPointer<QWidget> m_focusBefore;
    QPointer<QMessageBox> m_question;
    QString m_shownId;
    bool m_editing = false; // the form is shown, not the words about what cannot be changed here

    ConnectionListView *m_list;
    QPushButton *m_add;
    QPushButton *m_remove;
    QScrollArea *m_scroll;
    ConnectionForm *m_form;
    ConnectionInfo *m_info;
    SignInFacts *m_facts;
    FormNotice *m_configNotice; // what is wrong with the AWS CLI's files
    FormNotice *m_notice;
    QPushButton *m_testButton;
    QPushButton *m_saveButton;
    QPushButton *m_connectButton;
    QPushButton *m_closeButton;
};

} // namespace optout
