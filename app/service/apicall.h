// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/action.h"
#include "service/optoutservice.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace optout {

struct ServiceContext;

//! How long a call is tried for.
enum class Patience {
    Call, //!< as long as somebody waits for it (RetryPolicy::delayAfter())
    Read, //!< as part of a whole read (RetryPolicy::delayInRead())
};

//! One call of the API with all its attempts. Private to this library. Each attempt waits for its turn, asks for
//! credentials, signs anew, sends and judges the answer. Deleting the call aborts it and emits nothing.
//!
//! Two faults are mended at once and do not count as attempts, each at most once between two waits: a clock that the
//! service says is wrong, and credentials that can be renewed. After a throttled attempt the pacer says when the next
//! one goes. All others are RetryPolicy's, those of the provider among them unless they are final. The time that a
//! sign-in takes, or that the computer sleeps, counts as nobody's; in a read nor does that without a network.
class ApiCall final : public QObject {
    Q_OBJECT
public:
    //! Reads the body of a 2xx answer. An error of it is an unreadable answer.
    using Reader = std::function<Result<Done>(const QByteArray &body)>;

    ApiCall(std::shared_ptr<ServiceContext> context, Action action, QByteArray body, Reader read, Patience patience,
        QObject *parent);

    //! Keys that tell to be of another account than this one (accountKeyOf()) are not used: the call fails with
    //! errorcode::accountChanged. Empty: any may be used. Before start().
    void expectAccount(const QString &accountKey) { m_expectedAccount = accountKey; }

    //! At most once. Leads to finished(), never before this call returns; sent() may come before.
    void start();

    //! From the last request to its answer.
    std::chrono::steady_clock::duration answerTook() const { return m_answerTook; }

signals:
    void sent(); //!< a request was handed to the transport
    void waiting(const optout::Waiting &waiting);
    void waitingForQuota(std::chrono::milliseconds delay); //!< from the event loop
    void finished(const optout::Result<optout::Done> &outcome); //!< exactly once, always from the event loop

private:
    void beginAttempt();
    void awaitTurn(std::chrono::milliseconds delay);
    void takeTurn();
    void sendIn(std::chrono::milliseconds delay);
    void sendWithKeys();
    void withCredentials(void (ApiCall::*next)(const Credentials &));
    void learnAccount(const Credentials &credentials);
    Pacer &pacer() const;
    bool mayUse(const Credentials &credentials) const;
    void send(const Credentials &credentials);
    void onOutcome(const Result<HttpReply> &outcome);
    void onRefusal(const HttpReply &reply);
    void onThrottled(const Error &error);
    void onFailure(const Error &error);
    void onNetworkReturned();
    std::optional<std::chrono::milliseconds> delayAfter(const Error &error);
    void giveUp(const Error &error);
    bool isNetworkGone() const;
    void spendTime(std::chrono::steady_clock::duration atMost);
    bool correctClock(const Error &error, const HttpReply &reply);
    bool renewCredentials(const Error &error);

    std::shared_ptr<ServiceContext> m_context;
    Action m_action;
    QByteArray m_body;
    Reader m_read;
    Patience m_patience;
    QString m_expectedAccount {};
    QTimer m_pause; //!< after a failed attempt
    std::chrono::steady_clock::time_point m_spentUntil {};
    std::chrono::steady_clock::duration m_spent {}; //!< since the start, as far as it counts
    std::chrono::milliseconds m_planned {}; //!< to wait, of the time not spent yet
    std::chrono::steady_clock::time_point m_sentAt {};
    std::chrono::steady_clock::duration m_answerTook {};
    Timestamp m_signedAt {};
    QString m_signedWith {}; //!< access key id
    HttpExchange *m_answered = nullptr; //!< of the last attempt, once it is over
    int m_failed = 0; //!< attempts
    RetryPolicy::ReadFault m_fault { .attempts = 0, .backoffStep = 0 };
    int m_paid = 0; //!< to the retry quota for the last attempt
    bool m_clockCorrected = false;
    bool m_credentialsRenewed = false;
};

} // namespace optout
