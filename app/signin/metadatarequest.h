// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/httptransport.h"

#include <QObject>

#include <functional>

namespace optout {

//! One request to a service on this machine, with all its attempts. Private to this library. Deleting it aborts and
//! emits nothing.
class MetadataRequest final : public QObject {
    Q_OBJECT
public:
    struct Input {
        HttpRequest request;
        std::chrono::milliseconds timeout; //!< of each attempt
        int attempts = 1;
        std::chrono::milliseconds pause {}; //!< between attempts
        //! Whether an answer ends the attempts; the last one is handed out in any case.
        std::function<bool(const HttpReply &)> isFinal;
    };
    MetadataRequest(HttpTransport &transport, Input input, QObject *parent);
    void start(); //!< at most once

signals:
    void finished(const optout::Result<optout::HttpReply> &outcome); //!< exactly once, from the event loop

private:
    void onOutcome(const Result<HttpReply> &outcome);

    HttpTransport &m_transport;
    Input m_input;
    int m_attempt = 0;
};

} // namespace optout
