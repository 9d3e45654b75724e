// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "fakeproxy.h"

#include <QTcpSocket>

namespace optout {

using namespace Qt::Literals::StringLiterals;

FakeProxy::FakeProxy()
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = m_server.nextPendingConnection())
            take(client);
    });
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("no port for the proxy");
}

QString FakeProxy::text() const { return u"127.0.0.1:%1"_s.arg(m_server.serverPort()); }

void FakeProxy::take(QTcpSocket *client)
{
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    connect(client, &QTcpSocket::readyRead, this, [this, client] {
        const QByteArray seen = client->peek(100'000);
        const qsizetype end = seen.indexOf("\r\n\r\n");
        if (end >= 0)
            answer(client, client->read(end + 4));
    });
}

void FakeProxy::answer(QTcpSocket *client, const QByteArray &head)
{
    Ask ask { .line = head.left(head.indexOf('\r')), .login = {} };
    for (const QByteArray &line : head.split('\n')) {
        if (line.toLower().startsWith("proxy-authorization: basic "))
            ask.login = QByteArray::fromBase64(line.mid(27).trimmed());
    }
    m_asked << ask;
    if (m_login && ask.login != *m_login) {
        client->write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"company\"\r\n"
                      "Content-Length: 4\r\n"
            + QByteArray(m_close ? "Connection: close\r\n" : "") + "\r\nno!\n");
        if (m_close)
            client->disconnectFromHost();
    } else if (m_status != 0) {
        client->write("HTTP/1.1 " + QByteArray::number(m_status) + " No\r\nContent-Length: 0\r\n\r\n");
    } else {
        lead(client);
    }
}

void FakeProxy::lead(QTcpSocket *client)
{
    client->disconnect(this); // no further head: what follows is the tunnel's
    auto *target = new QTcpSocket(client);
    connect(target, &QTcpSocket::connected, client,
        [client] { client->write("HTTP/1.1 200 Connection established\r\n\r\n"); });
    connect(client, &QTcpSocket::readyRead, target, [client, target] { target->write(client->readAll()); });
    connect(target, &QTcpSocket::readyRead, client, [client, target] { client->write(target->readAll()); });
    connect(target, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    target->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
}

} // namespace optout
