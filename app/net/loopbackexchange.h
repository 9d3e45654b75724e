// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/httpreplyreader.h"
#include "net/httptransport.h"
#include "net/loopbackconnections.h"

#include <QElapsedTimer>
#include <QTimer>

namespace optout {

//! One request of LoopbackTransport: writes it, keeps the time limits and the size limit, and judges what came.
class LoopbackExchange final : public HttpExchange {
    Q_OBJECT
public:
    //! Sends at once. \param connections where to take the connection from, and to leave it for the next request
    LoopbackExchange(const HttpRequest &request, const HttpLimits &limits,
        std::shared_ptr<LoopbackConnections> connections, QObject *parent);
    ~LoopbackExchange() override;

private:
    void begin();
    void use(LoopbackConnection connection);
    void connectToHost();
    void onConnected();
    void write();
    void onWritten();
    void onTimeout();
    void onConnectionEnded();
    bool takeBytes();

    void failSoon(const Error &error);
    Error noAnswer() const;
    Result<HttpReply> judge() const;
    void finish(const Result<HttpReply> &outcome);
    void letGoOfConnection(bool keep);

    QUrl m_url;
    QString m_authority;
    QByteArray m_logName;
    HttpRequest::Method m_method;
    HttpLimits m_limits;
    std::shared_ptr<LoopbackConnections> m_connections;
    LoopbackConnection m_connection;
    QByteArray m_request;
    QByteArray m_unread;
    HttpReplyReader m_reader;
    QTimer m_timer;
    QElapsedTimer m_elapsed;
    int m_uses = 0; //!< of connections: what an earlier one still had to say is of no interest
    bool m_isKeptConnection = false; //!< it served another request before
    bool m_sent = false;
};

} // namespace optout
