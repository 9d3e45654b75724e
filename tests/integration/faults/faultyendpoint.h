// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "demo/demoendpoint.h"
#include "demo/demoservice.h"
#include "demo/faultplan.h"
#include "demo/loopbackserver.h"

#include <QUrl>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace optout {

//! The demo endpoint's own parts in the thread of the test, so that each call can be spoilt by whatever rule the test
//! wants, and the whole server can go away and come back. All over real sockets on loopback.
class FaultyEndpoint final : public QObject {
    Q_OBJECT
public:
    //! What goes wrong at a call. \param call from 1, over all requests
    using Plan = std::function<std::vector<demo::Fault>(qint64 call, const demo::HttpRequest &request)>;

    //! \param options rows and seed, quota, latency; its faults are not looked at
    //! \param clock must outlive this; what signatures are judged by
    FaultyEndpoint(const DemoOptions &options, const Clock &clock, Plan plan);

    //! As FaultPlan reads it. Ends the test program if it cannot be read.
    static Plan planOf(const QStringList &faults);
    static Plan noFaults();

    void setPlan(Plan plan) { m_plan = std::move(plan); }
    void add(Credentials caller) { m_service.add(std::move(caller)); }
    //! Nobody listens any more, and all connections end. Not inside a Plan.
    void leave();
    //! Listens on the same port again.
    void comeBack();

    QUrl url() const;
    qint64 calls() const { return m_calls; }
    //! The list "Default" as it is, through the service's filter, in its order.
    std::vector<OptedOutNumber> rows(std::optional<bool> endUserOptedOut = {}) const;

private:
    demo::Delivery respond(const demo::HttpRequest &request);

    const Clock &m_clock;
    Plan m_plan;
    demo::DemoService m_service;
    std::unique_ptr<demo::LoopbackServer> m_server;
    std::chrono::milliseconds m_latency;
    quint16 m_port = 0;
    qint64 m_calls = 0;
};

} // namespace optout
