// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "scriptedserver.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

#include <sys/socket.h>

namespace optout {

namespace {
//! How many bytes the first request in the buffer has, or 0 if it has not come whole.
qsizetype requestSize(const QByteArray &bytes)
{
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return 0;
    const QByteArray head = bytes.first(headEnd).toLower();
    const qsizetype at = head.indexOf("content-length:");
    const qsizetype bodySize = at < 0 ? 0 : head.sliced(at + 15).split('\r').first().trimmed().toLongLong();
    const qsizetype size = headEnd + 4 + bodySize;
    return bytes.size() >= size ? size : 0;
}

//! Makes the close that follows a reset instead of an orderly end.
void dropLingering(const QTcpSocket &socket)
{
    const linger none { .l_onoff = 1, .l_linger = 0 };
    ::setsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
}
} // namespace

ScriptedServer::ScriptedServer(std::unique_ptr<QTcpServer> server)
    : m_server(std::move(server))
{
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &ScriptedServer::onConnection);
    if (!m_server->listen(QHostAddress::LocalHost))
        qFatal("no port on loopback");
}

ScriptedServer::~ScriptedServer()
{
    for (QTcpSocket *socket : m_unread.keys())
        socket->disconnect(this);
}

void ScriptedServer::startOver()
{
    m_script.clear();
    m_requests.clear();
    m_next = 0;
}

QUrl ScriptedServer::url(const QString &scheme, const QString &host) const
{
    QUrl url;
    url.setScheme(scheme);
    url.setHost(host);
    url.setPort(m_server->serverPort());
    url.setPath(QStringLiteral("/"));
    return url;
}

void ScriptedServer::closeAll()
{
    for (QTcpSocket *socket : m_unread.keys())
        socket->disconnectFromHost();
}

QByteArray ScriptedServer::http(int status, const QByteArray &body, const QByteArray &moreHeaders)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Whatever\r\nContent-Type: application/x-amz-json-1.0\r\n"
        + moreHeaders + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray ScriptedServer::chunked(const QList<QByteArray> &chunks)
{
    QByteArray out = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const QByteArray &chunk : chunks)
        out += QByteArray::number(chunk.size(), 16) + "\r\n" + chunk + "\r\n";
    return out + "0\r\n\r\n";
}

void ScriptedServer::onConnection()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        ++m_connections;
        m_unread.insert(socket, {});
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onBytes(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            ++m_closed;
            m_unread.remove(socket);
            socket->deleteLater();
        });
        onBytes(socket);
    }
}

void ScriptedServer::onBytes(QTcpSocket *socket)
{
    QByteArray &unread = m_unread[socket];
    unread += socket->readAll();
    const qsizetype size = requestSize(unread);
    if (size == 0)
        return;
    m_requests += unread.first(size);
    unread.remove(0, size);
    if (!m_script.isEmpty())
        play(socket, m_script.at(std::min(m_next++, m_script.size() - 1)));
}

void ScriptedServer::play(QTcpSocket *socket, const Answer &answer)
{
    Answer rest = answer;
    if (!rest.pieces.isEmpty()) {
        socket->write(rest.pieces.takeFirst());
        socket->flush();
    }
    if (!rest.pieces.isEmpty()) {
        QTimer::singleShot(rest.gap, socket, [this, socket, rest] { play(socket, rest); });
        return;
    }
    QTimer::singleShot(rest.gap, socket, [socket, then = rest.then] {
        if (then == Then::Close) {
            socket->disconnectFromHost();
        } else if (then == Then::Reset) {
            dropLingering(*socket);
            socket->abort();
        }
    });
}

} // namespace optout
