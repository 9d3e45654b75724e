// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "demo/demoendpoint.h"
#include "demo/demoservice.h"
#include "demo/faultplan.h"
#include "demo/loopbackserver.h"
#include "demo/requestlog.h"

#include <QObject>

#include <atomic>

namespace optout::demo {

//! Hands each request to the service, and its answer to the faults. Lives in the endpoint's thread.
class DemoServer final : public QObject {
    Q_OBJECT

public:
    //! \param calls counts the requests; must outlive the server
    DemoServer(const DemoOptions &options, FaultPlan faults, std::atomic<qint64> &calls);

    Result<Done> openLog() { return m_log.open(m_options.requestsLog); }
    //! \return the port it listens on. Network, if that one is taken.
    Result<quint16> listen() { return m_server.listen(m_options.port); }

private:
    Delivery respond(const HttpRequest &request);

    DemoOptions m_options;
    FaultPlan m_faults;
    std::atomic<qint64> &m_calls;
    SystemClock m_clock;
    DemoService m_service;
    RequestLog m_log;
    LoopbackServer m_server;
};

} // namespace optout::demo
