// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "demo/connection.h"

#include <QTcpServer>

namespace optout::demo {

//! Takes connections on 127.0.0.1 and has each request answered. Lives in the thread that created it, or was moved to.
class LoopbackServer final : public QObject {
    Q_OBJECT

public:
    //! \param latency before each answer
    LoopbackServer(Connection::Responder respond, std::chrono::milliseconds latency, QObject *parent = nullptr);

    //! \param port 0 takes a free one
    //! \return the port it listens on. Network, if that one is taken.
    Result<quint16> listen(quint16 port);

private:
    void takeConnections();

    Connection::Responder m_respond;
    std::chrono::milliseconds m_latency;
    QTcpServer m_server { this };
};

} // namespace optout::demo
