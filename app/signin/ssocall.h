// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/signinaction.h"
#include "core/clock.h"
#include "net/httptransport.h"
#include "net/retrypolicy.h"

#include <QObject>

#include <chrono>

namespace optout {

//! One call of IAM Identity Center with its attempts: faults of network and service and throttling are tried again.
//! Deleting it aborts and emits nothing. What was sent is overwritten then, as far as nobody else holds it.
class SsoCall final : public QObject {
    Q_OBJECT
public:
    SsoCall(HttpTransport &transport, const Clock &clock, SignInAction action, HttpRequest request, QObject *parent);
    ~SsoCall() override;

    //! At most once. \param attempts 1..
    void start(int attempts = 3);

signals:
    //! Exactly once, from the event loop: an answer with status 2xx, or the error as ssoError() words it. The call
    //! deletes itself afterwards.
    void finished(const optout::Result<optout::HttpReply> &outcome);

private:
    void send();
    void onOutcome(const Result<HttpReply> &outcome);
    void onFailure(const Error &error);

    HttpTransport &m_transport;
    const Clock &m_clock;
    SignInAction m_action;
    HttpRequest m_request;
    RetryPolicy m_retry;
    std::chrono::steady_clock::time_point m_started {}; //!< later by what persons took
    std::chrono::steady_clock::time_point m_sentAt {};
    int m_attempt = 1;
};

} // namespace optout
