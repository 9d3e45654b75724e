// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "faultyendpoint.h"

#include "demo/delivery.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

FaultyEndpoint::FaultyEndpoint(const DemoOptions &options, const Clock &clock, Plan plan)
    : m_clock(clock)
    , m_plan(std::move(plan))
    , m_service(options, clock)
    , m_latency(options.latency)
{
    comeBack();
}

FaultyEndpoint::Plan FaultyEndpoint::planOf(const QStringList &faults)
{
    const Result<demo::FaultPlan> plan = demo::FaultPlan::parse(faults);
    if (!plan)
        qFatal("%s", qUtf8Printable(plan.error().detail));
    return [plan = *plan](qint64 call, const demo::HttpRequest &) { return plan.at(call); };
}

FaultyEndpoint::Plan FaultyEndpoint::noFaults() { return planOf({}); }

void FaultyEndpoint::leave() { m_server.reset(); }

void FaultyEndpoint::comeBack()
{
    leave(); // should it have come back already
    m_server = std::make_unique<demo::LoopbackServer>(
        [this](const demo::HttpRequest &request) { return respond(request); }, m_latency);
    const Result<quint16> port = m_server->listen(m_port);
    if (!port)
        qFatal("%s", qUtf8Printable(port.error().detail));
    m_port = *port;
}

QUrl FaultyEndpoint::url() const { return QUrl(u"http://127.0.0.1:%1"_s.arg(m_port)); }

std::vector<OptedOutNumber> FaultyEndpoint::rows(std::optional<bool> endUserOptedOut) const
{
    const demo::DemoList &list = *m_service.lists().find(u"Default"_s);
    std::vector<OptedOutNumber> rows;
    for (quint32 i = 0; i < list.size(); ++i) {
        OptedOutNumber row = demo::DemoList::toNumber(list.row(i));
        if (!endUserOptedOut || row.endUserOptedOut == *endUserOptedOut)
            rows.push_back(std::move(row));
    }
    return rows;
}

demo::Delivery FaultyEndpoint::respond(const demo::HttpRequest &request)
{
    const std::vector<demo::Fault> faults = m_plan(++m_calls, request);
    demo::DemoService::Reply reply = m_service.answer(request, faults);
    demo::Delivery delivery = demo::deliver(std::move(reply.answer), faults, m_clock.now(), request.keepAlive);
    delivery.resetDelay = 2ms; // client and server share one computer, and there are many resets
    return delivery;
}

} // namespace optout
