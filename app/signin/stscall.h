// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "aws/signinaction.h"
#include "core/clock.h"
#include "core/secret.h"
#include "net/httptransport.h"
#include "net/retrypolicy.h"
#include "profile/servicesettings.h"

#include <QList>
#include <QObject>

#include <functional>
#include <optional>
#include <utility>

namespace optout {

//! One call of STS with all its attempts, Input::maxAttempts of them, for faults and throttling. A clock that STS says
//! is wrong is corrected once, which does not count as an attempt. Deleting the call aborts it and emits nothing. GUI
//! thread only.
class StsCall final : public QObject {
    Q_OBJECT
public:
    struct Input {
        StsAction action;
        QList<std::pair<QByteArray, Secret>> fields {}; //!< in the order they are sent
        std::optional<Credentials> credentials {}; //!< absent: not signed (AssumeRoleWithWebIdentity)
        int maxAttempts = 3;
    };
    //! Reads the body of a 2xx answer. An error of it is an unreadable answer.
    using Reader = std::function<Result<Done>(const QByteArray &body)>;

    //! Transport and clock must outlive it.
    StsCall(HttpTransport &transport, const Clock &clock, const ServiceSettings &settings, Input input, Reader read,
        QObject *parent);
    ~StsCall() override;

    void start(); //!< at most once
    //! A moment that STS told, on this computer's clock: moved if the two differ by minutes, so that keys are not taken
    //! for ended because the clock is wrong. After the answer came.
    Timestamp toLocal(Timestamp serviceTime) const;

signals:
    //! Exactly once, from the event loop. The error's detail begins with whose it is: "AccessDenied by STS: ...".
    void finished(const optout::Result<optout::Done> &outcome);

private:
    void beginAttempt();
    HttpRequest makeRequest();
    void onOutcome(const Result<HttpReply> &outcome);
    void onRefusal(const HttpReply &reply);
    void onFailure(const Error &error);
    bool correctClock(const Error &error, const HttpReply &reply);
    void noteServiceTime(const HttpReply &reply);
    void finish(const Result<Done> &outcome);

    HttpTransport &m_transport;
    const Clock &m_clock;
    ServiceSettings m_settings;
    Input m_input;
    Reader m_read;
    RetryPolicy m_retry;
    QUrl m_endpoint {};
    QByteArray m_form {}; //!< the same for all attempts; holds secrets
    std::chrono::steady_clock::time_point m_started {}; //!< later by what persons took
    std::chrono::steady_clock::time_point m_sentAt {};
    Timestamp m_signedAt {};
    std::chrono::milliseconds m_signingOffset {}; //!< added to this computer's time before signing
    std::chrono::milliseconds m_offset {}; //!< how much the service is ahead; zero unless it is minutes
    int m_attempt = 1;
    bool m_clockCorrected = false;
};

} // namespace optout
