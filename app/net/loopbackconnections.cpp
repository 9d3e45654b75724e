// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/loopbackconnections.h"

#include <algorithm>

namespace optout {

namespace {
constexpr std::size_t mostKept = 6; // as many as browsers use for one host
}

LoopbackConnections::~LoopbackConnections()
{
    for (Kept &kept : m_kept)
        kept.connection->disconnect(this);
}

LoopbackConnection LoopbackConnections::take(const QString &authority)
{
    while (true) {
        // The one used last is the least likely to have been closed by the other side.
        const auto found =
            std::find_if(m_kept.rbegin(), m_kept.rend(), [&](const Kept &kept) { return kept.authority == authority; });
        if (found == m_kept.rend())
            return nullptr;
        LoopbackConnection connection = std::move(found->connection);
        m_kept.erase(std::next(found).base());
        connection->disconnect(this);
        // Bytes that nobody asked for: what comes next would be taken for the answer.
        if (connection->state() == QAbstractSocket::ConnectedState && connection->bytesAvailable() == 0)
            return connection;
    }
}

void LoopbackConnections::keep(const QString &authority, LoopbackConnection connection)
{
    QTcpSocket *const socket = connection.get();
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] { forget(socket); });
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { forget(socket); }); // nobody has asked for anything
    if (m_kept.size() == mostKept)
        m_kept.erase(m_kept.begin());
    m_kept.push_back({ authority, std::move(connection) });
}

void LoopbackConnections::forget(const QTcpSocket *connection)
{
    std::erase_if(m_kept, [connection](const Kept &kept) { return kept.connection.get() == connection; });
}

} // namespace optout
