// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/connection.h"

#include "core/logging.h"

#include <QTcpSocket>

#include <sys/socket.h>

#include <algorithm>

namespace optout::demo {

namespace {

using namespace std::chrono_literals;

constexpr qint64 readBufferBytes = 64 * 1024;
constexpr qint64 writeAheadBytes = 256 * 1024; // of a huge answer, and of answers to a client that does not read them

QByteArray answerToGarbage(int status)
{
    HttpAnswer answer {
        .status = status,
        .body =
            R"({"__type":"com.amazon.coral.service#MalformedHttpRequestException","message":"This is no HTTP request."})"
    };
    return deliver(answer, {}, SystemClock().now(), false).bytes;
}

} // namespace

Connection::Connection(QTcpSocket *socket, Responder respond, std::chrono::milliseconds latency, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_respond(std::move(respond))
    , m_latency(latency)
{
    m_socket->setParent(this);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setReadBufferSize(readBufferBytes);
    m_wait.setSingleShot(true);
    m_wait.setTimerType(Qt::PreciseTimer);
    connect(m_socket, &QTcpSocket::readyRead, this, &Connection::readMore);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    const auto goOn = [this] {
        if (m_answering && !m_wait.isActive() && pump())
            serve();
    };
    connect(m_socket, &QTcpSocket::bytesWritten, this, goOn);
    connect(&m_wait, &QTimer::timeout, this, goOn);
    readMore();
}

void Connection::readMore()
{
    if (m_answering && m_delivery.end == Delivery::End::Stall)
        m_socket->readAll(); // so that the end of the connection is noticed
    else if (!m_answering)
        serve();
}

void Connection::serve()
{
    try {
        while (!m_answering) {
            m_inbox += m_socket->readAll();
            switch (m_reader.read(m_inbox)) {
            case HttpReader::State::NeedMore:
                if (m_reader.takeContinue())
                    m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
                return;
            case HttpReader::State::Failed:
                m_delivery = { .bytes = answerToGarbage(m_reader.failureStatus()), .end = Delivery::End::Close };
                m_answering = true;
                break;
            case HttpReader::State::Complete:
                m_delivery = m_respond(m_reader.request());
                m_answering = true;
                if (m_latency > 0ms) {
                    m_wait.start(m_latency);
                    return;
                }
                break;
            }
            if (!pump())
                return;
        }
    } catch (const std::exception &failure) { // of memory, of the parser: this client's alone
        qCWarning(log::demo, "A connection ended by an exception: %s", failure.what());
        m_socket->abort();
    }
}

//! Writes what can be written now. \return whether the answer is done with, and the next request can be read
bool Connection::pump()
{
    if (m_delivery.bytesPerSecond > 0) {
        sendSlowly();
    } else {
        m_socket->write(std::exchange(m_delivery.bytes, {}));
        while (m_delivery.fillerBytes > 0 && m_socket->bytesToWrite() < writeAheadBytes) {
            const qint64 some = std::min(m_delivery.fillerBytes, writeAheadBytes / 4);
            m_socket->write(QByteArray(some, 'x'));
            m_delivery.fillerBytes -= some;
        }
    }
    if (!m_delivery.bytes.isEmpty() || m_delivery.fillerBytes > 0)
        return false;
    m_socket->write(std::exchange(m_delivery.tail, {}));
    return conclude();
}

//! The next part of a slow answer, a hundredth of a second's worth or one byte.
void Connection::sendSlowly()
{
    const qint64 some = std::max<qint64>(1, m_delivery.bytesPerSecond / 100);
    m_socket->write(m_delivery.bytes.left(some));
    m_delivery.bytes.remove(0, some);
    if (!m_delivery.bytes.isEmpty())
        m_wait.start(std::max<std::chrono::milliseconds>(10ms, 1000ms / m_delivery.bytesPerSecond));
}

bool Connection::conclude()
{
    if (m_delivery.end == Delivery::End::Next) {
        m_answering = m_socket->bytesToWrite() > writeAheadBytes;
        return !m_answering;
    }
    if (m_delivery.end == Delivery::End::Close) {
        m_socket->disconnectFromHost(); // after everything is written
    } else if (m_delivery.end == Delivery::End::Reset && m_socket->bytesToWrite() == 0) {
        QTimer::singleShot(m_delivery.resetDelay, Qt::PreciseTimer, this, &Connection::resetConnection);
    }
    return false;
}

void Connection::resetConnection()
{
    // Closing a socket that may not linger sends a reset instead of an orderly end (tcp(7), SO_LINGER).
    const linger none { .l_onoff = 1, .l_linger = 0 };
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
    m_socket->abort();
}

} // namespace optout::demo
