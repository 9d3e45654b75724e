// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <chrono>
#include <memory>

class QTcpSocket;

namespace optout {

//! A server on loopback that answers each request with raw bytes from a script. It knows nothing of HTTP but where a
//! request ends, so that it can answer wrongly in every way.
class ScriptedServer final : public QObject {
    Q_OBJECT
public:
    enum class Then { KeepOpen, Close, Reset };
    struct Answer {
        QList<QByteArray> pieces; //!< sent one after the other
        Then then = Then::KeepOpen;
        std::chrono::milliseconds gap { 0 }; //!< before each piece but the first, and before the end
    };

    //! Listens on a free port of 127.0.0.1. \param server a plain one if none is given, or one that speaks TLS
    explicit ScriptedServer(std::unique_ptr<QTcpServer> server = std::make_unique<QTcpServer>());
    ~ScriptedServer() override;

    //! For the next request. When the script is used up, its last answer is given again.
    void answer(const Answer &answer) { m_script += answer; }
    void answer(const QByteArray &bytes, Then then = Then::KeepOpen) { m_script += Answer { { bytes }, then }; }
    void startOver();

    QUrl url(const QString &scheme = QStringLiteral("http"), const QString &host = QStringLiteral("127.0.0.1")) const;
    const QList<QByteArray> &requests() const { return m_requests; } //!< whole, as they came
    int connections() const { return m_connections; }
    //! Of those, how many the other side or this server has closed.
    int closedConnections() const { return m_closed; }
    void closeAll();

    //! A whole answer with a Content-Length.
    static QByteArray http(int status, const QByteArray &body, const QByteArray &moreHeaders = {});
    static QByteArray chunked(const QList<QByteArray> &chunks);

private:
    void onConnection();
    void onBytes(QTcpSocket *socket);
    void play(QTcpSocket *socket, const Answer &answer);

    std::unique_ptr<QTcpServer> m_server;
    QList<Answer> m_script;
    qsizetype m_next = 0;
    QList<QByteArray> m_requests;
    QHash<QTcpSocket *, QByteArray> m_unread;
    int m_connections = 0;
    int m_closed = 0;
};

} // namespace optout
