// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QTcpServer>

#include <memory>
#include <optional>

class QTcpSocket;

namespace optout {

//! An HTTP proxy on loopback: takes CONNECT, and whatever the host asked for, leads to one port of 127.0.0.1. It can
//! ask for a password, and refuse.
class FakeProxy final : public QObject {
    Q_OBJECT
public:
    FakeProxy();

    void leadTo(quint16 port) { m_target = port; }
    //! Asks for "user:password" (Basic); nothing: for none.
    void askFor(const std::optional<QByteArray> &login) { m_login = login; }
    //! Answers CONNECT with that status and nothing else; 0: lets it through.
    void refuseWith(int status) { m_status = status; }
    //! The 407 ends the connection too.
    void closeAfterAsking(bool close) { m_close = close; }

    QString text() const; //!< "127.0.0.1:PORT"
    //! What was asked for: the first line, and what Proxy-Authorization held, decoded.
    struct Ask {
        QByteArray line;
        QByteArray login;
    };
    const QList<Ask> &asked() const { return m_asked; }
    void startOver() { m_asked.clear(); }

private:
    void take(QTcpSocket *client);
    void answer(QTcpSocket *client, const QByteArray &head);
    void lead(QTcpSocket *client);

    QTcpServer m_server;
    quint16 m_target = 0;
    std::optional<QByteArray> m_login {};
    int m_status = 0;
    bool m_close = false;
    QList<Ask> m_asked {};
};

} // namespace optout
