// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/loopbackserver.h"

#include <QTcpSocket>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

LoopbackServer::LoopbackServer(Connection::Responder respond, std::chrono::milliseconds latency, QObject *parent)
    : QObject(parent)
    , m_respond(std::move(respond))
    , m_latency(latency)
{
    connect(&m_server, &QTcpServer::newConnection, this, &LoopbackServer::takeConnections);
}

Result<quint16> LoopbackServer::listen(quint16 port)
{
    if (!m_server.listen(QHostAddress(QHostAddress::LocalHost), port))
        return Error { .kind = Error::Kind::Network,
            .detail = u"The demo endpoint cannot listen on 127.0.0.1:%1: %2."_s.arg(port).arg(m_server.errorString()) };
    return m_server.serverPort();
}

void LoopbackServer::takeConnections()
{
    while (QTcpSocket *const socket = m_server.nextPendingConnection())
        new Connection(socket, m_respond, m_latency, this);
}

} // namespace optout::demo
