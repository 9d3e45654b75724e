// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/demoserver.h"

namespace optout::demo {

DemoServer::DemoServer(const DemoOptions &options, FaultPlan faults, std::atomic<qint64> &calls)
    : m_options(options)
    , m_faults(std::move(faults))
    , m_calls(calls)
    , m_service(options, m_clock)
    , m_server([this](const HttpRequest &request) { return respond(request); }, options.latency, this)
{
}

Delivery DemoServer::respond(const HttpRequest &request)
{
    const qint64 call = ++m_calls;
    const std::vector<Fault> faults = m_faults.at(call);
    DemoService::Reply reply = m_service.answer(request, faults);
    m_log.add(call, request, reply.finding, reply.answer.status);
    return deliver(std::move(reply.answer), faults, m_clock.now(), request.keepAlive);
}

} // namespace optout::demo
