// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/loopbacktransport.h"

#include "core/loopbackhost.h"
#include "net/loopbackexchange.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

LoopbackTransport::LoopbackTransport(HttpLimits limits)
    : m_limits(limits)
    , m_connections(std::make_shared<LoopbackConnections>())
{
}

LoopbackTransport::~LoopbackTransport() = default;

bool LoopbackTransport::isFor(const QUrl &url) { return url.scheme() == "http"_L1 && isLoopbackHost(url.host()); }

HttpExchange *LoopbackTransport::send(const HttpRequest &request, QObject *parent)
{
    Q_ASSERT(isFor(request.url));
    return new LoopbackExchange(request, request.limits.value_or(m_limits), m_connections, parent);
}

} // namespace optout
