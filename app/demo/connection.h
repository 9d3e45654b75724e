// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "demo/delivery.h"
#include "demo/httpreader.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

class QTcpSocket;

namespace optout::demo {

//! One client's connection: requests are answered one after the other, in the order they came. It deletes itself when
//! the client is gone. Whatever the client sends or fails to send, it costs no more than a bounded buffer.
class Connection final : public QObject {
    Q_OBJECT

public:
    using Responder = std::function<Delivery(const HttpRequest &)>;

    //! Takes the socket over. \param latency between a request and the first byte of its answer
    Connection(QTcpSocket *socket, Responder respond, std::chrono::milliseconds latency, QObject *parent);

private:
    void readMore();
    void serve();
    bool pump();
    void sendSlowly();
    bool conclude();
    void resetConnection();

    QTcpSocket *m_socket;
    Responder m_respond;
    std::chrono::milliseconds m_latency;
    HttpReader m_reader;
    QByteArray m_inbox;
    Delivery m_delivery;
    bool m_answering = false; //!< a request was read and its answer is not all written
    QTimer m_wait; //!< the latency before an answer, or between two parts of a slow one
};

} // namespace optout::demo
