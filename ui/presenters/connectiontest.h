// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/browsersession.h"
#include "service/optoutservice.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

namespace optout {

class Operation;

//! What a connection can see, and what it lacks.
struct ConnectionReport {
    qint64 lists = 0; //!< opt-out lists of the account itself
    QString accountId {}; //!< 12 digits; empty if neither the identity nor an ARN tells it
    std::optional<CallerIdentity> identity {};
    QStringList missing {}; //!< IAM actions that were refused: "sms-voice:DescribeOptOutLists"
    std::optional<Error> refusal {}; //!< what AWS said to the first of them
    bool numbersTried = false; //!< false: there is no list whose numbers could be asked for
    bool operator==(const ConnectionReport &) const = default;
};

//! Tries a connection with the calls the window would make: who is it (GetCallerIdentity), the account's own opt-out
//! lists, and one number of the first. One try at a time. GUI thread only.
class ConnectionTest final : public QObject {
    Q_OBJECT
public:
    explicit ConnectionTest(BrowserSession::ServiceFactory factory, QObject *parent = nullptr);
    ~ConnectionTest() override;

    static QString actionToList();
    static QString actionToRead();

    //! Leads to finished(), from the event loop. A try under way is dropped.
    void start(const Connection &connection, const std::shared_ptr<ConnectionSignIn> &signIn);
    //! Drops the try under way; finished() does not follow.
    void cancel();
    bool isRunning() const { return m_run != nullptr; }

signals:
    void waiting(const optout::Waiting &waiting);
    //! A missing permission is a part of the report; an error is what kept the try from finding out. A try does not go
    //! on for as long as a read would: after a second failure that is no throttling it is over.
    void finished(const optout::Result<optout::ConnectionReport> &outcome);

private:
    void askIdentity();
    void askLists();
    void concludeLists(const Result<Done> &outcome);
    void askNumbers(const QString &listName);
    void concludeNumbers(const Result<Done> &outcome);
    void follow(Operation *operation);
    bool noteRefusal(const Error &error, const QString &action);
    void end(const Result<ConnectionReport> &outcome);

    BrowserSession::ServiceFactory m_factory;
    QObject *m_run = nullptr; // parent of what belongs to the try under way; a child
    std::shared_ptr<ConnectionSignIn> m_signIn;
    std::shared_ptr<OptOutService> m_service;
    QString m_firstList;
    ConnectionReport m_report;
};

} // namespace optout
