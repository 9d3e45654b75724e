// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/action.h"
#include "service/optoutservice.h"

#include <QObject>

#include <functional>
#include <memory>

namespace optout {

class ApiCall;
enum class Patience;
struct ServiceContext;

//! What all operations have in common: one call at a time, an end that is told of exactly once, cancelling. Deleting an
//! operation aborts the call under way and emits nothing; it may be deleted or cancelled inside any of its own signals.
//! GUI thread only.
class Operation : public QObject {
    Q_OBJECT
public:
    ~Operation() override;

    //! Idempotent; finished(Cancelled) follows from the event loop, and nothing before it, unless the operation has
    //! finished.
    void cancel();
    //! Requests sent so far, failed attempts included.
    int calls() const { return m_calls; }
    //! How long the service took over the last call, from its last request to the answer.
    std::chrono::steady_clock::duration answerTook() const { return m_answerTook; }

signals:
    //! An attempt failed and will be made again after a while. Not emitted for what is mended at once: a wrong clock,
    //! or credentials that were renewed.
    void waiting(const optout::Waiting &waiting);
    //! The next call goes out after that time, because more would be over the quota. No attempt has failed.
    void waitingForQuota(std::chrono::milliseconds delay);
    //! Exactly once, always from the event loop.
    void finished(const optout::Result<optout::Done> &outcome);

protected:
    //! Reads the body of a good answer into a member; an error of it counts as a broken answer.
    using Reader = std::function<Result<Done>(const QByteArray &body)>;

    //! For single calls.
    Operation(std::shared_ptr<ServiceContext> context, QObject *parent);
    Operation(std::shared_ptr<ServiceContext> context, Patience patience, QObject *parent);

    //! Of the calls from now on: whose keys they are to be made with, see ApiCall::expectAccount().
    void expectAccount(const QString &accountKey) { m_expectedAccount = accountKey; }
    //! Finished, or about to: nothing more is to be done.
    bool isOver() const { return m_over; }
    bool isCalling() const { return m_call != nullptr; }
    //! Leads to callFinished(), or to the end if there is no body to send. Only when not calling and not over.
    void call(Action action, const Result<QByteArray> &body, Reader read);
    //! The call has been read, or has failed for good. From the event loop.
    virtual void callFinished(const Result<Done> &outcome) = 0;
    //! From the event loop only. Emits finished(), so it must be the last thing a function does.
    void endNow(const Result<Done> &outcome);
    void endSoon(const Result<Done> &outcome);

private:
    std::shared_ptr<ServiceContext> m_context;
    Patience m_patience;
    QString m_expectedAccount {};
    ApiCall *m_call = nullptr; // a child
    int m_calls = 0;
    std::chrono::steady_clock::duration m_answerTook {};
    bool m_over = false;
};

} // namespace optout
