// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/httptransport.h"

#include <memory>

namespace optout {

class LoopbackConnections;

//! Plain HTTP/1.1 to this computer: the demo endpoint, or what stands in for the service in somebody's tests. No proxy,
//! no TLS, and no request waits for another.
//!
//! QNetworkAccessManager of Qt 6.4 reads the headers of a plain connection byte by byte, a system call each, in a
//! thread of its own. Where the answer takes a tenth of a millisecond, that is most of the time; to the real service it
//! does not count, and all that it knows of proxies and certificates does.
class LoopbackTransport final : public HttpTransport {
public:
    explicit LoopbackTransport(HttpLimits limits = {});
    ~LoopbackTransport() override;
    Q_DISABLE_COPY_MOVE(LoopbackTransport)

    //! Whether requests to that address can be sent by this: "http" and a loopback host (isLoopbackHost()).
    static bool isFor(const QUrl &url);

    //! A request on a kept connection that turns out to be closed, without a byte of an answer, is sent again on a new
    //! one, as QNetworkAccessManager does. (RFC 9110, 9.2.2, for requests that change nothing, as the service's do.)
    HttpExchange *send(const HttpRequest &request, QObject *parent) override;

private:
    HttpLimits m_limits;
    std::shared_ptr<LoopbackConnections> m_connections;
};

} // namespace optout
