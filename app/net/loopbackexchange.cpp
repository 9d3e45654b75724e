// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/loopbackexchange.h"

#include "core/logging.h"
#include "net/requesthead.h"
#include "net/transporterror.h"

#include <QHostAddress>
#include <QNetworkProxy>

#include <algorithm>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using State = HttpReplyReader::State;

namespace {

bool hasHeader(const HttpRequest &request, const QByteArray &name)
{
    return std::any_of(request.headers.cbegin(), request.headers.cend(),
        [&name](const auto &header) { return header.first.compare(name, Qt::CaseInsensitive) == 0; });
}

constexpr qsizetype headBytes = 512; // request line, host, standing headers and length

//! As RFC 9112 wants it.
QByteArray bytesOf(const HttpRequest &request)
{
    const QUrl &url = request.url;
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (target.isEmpty())
        target = "/";
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    qsizetype bytes = headBytes + target.size() + request.body.size();
    for (const auto &[name, value] : request.headers)
        bytes += name.size() + value.size() + qsizetype(sizeof ": \r\n");
    QByteArray out;
    out.reserve(bytes);
    out.append(methodName(request.method)).append(' ').append(target).append(" HTTP/1.1\r\n");
    const auto add = [&out](const QByteArray &name, const QByteArray &value) {
        out.append(name).append(": ").append(value).append("\r\n");
    };
    if (!hasHeader(request, "Host"))
        add("Host", hostText(url).toLatin1());
    for (const auto &[name, value] : standingHeaders()) {
        if (!hasHeader(request, name))
            add(name, value);
    }
    for (const auto &[name, value] : request.headers)
        add(name, value);
    if (request.method == HttpRequest::Method::Get)
        return out.append("\r\n");
    add("Content-Length", QByteArray::number(request.body.size()));
    return out.append("\r\n").append(request.body);
}

QNetworkReply::NetworkError networkError(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        return QNetworkReply::ConnectionRefusedError;
    case QAbstractSocket::RemoteHostClosedError:
        return QNetworkReply::RemoteHostClosedError;
    case QAbstractSocket::HostNotFoundError:
        return QNetworkReply::HostNotFoundError;
    default: // the rest is told in the system's words
        return QNetworkReply::UnknownNetworkError;
    }
}

} // namespace

LoopbackExchange::LoopbackExchange(const HttpRequest &request, const HttpLimits &limits,
    std::shared_ptr<LoopbackConnections> connections, QObject *parent)
    : HttpExchange(parent)
    , m_url(request.url)
    , m_authority(request.url.authority())
    , m_logName(request.logName)
    , m_method(request.method)
    , m_limits(limits)
    , m_connections(std::move(connections))
    , m_request(bytesOf(request))
    , m_reader(limits.replyLimitBytes)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &LoopbackExchange::onTimeout);
    m_elapsed.start();
    if (const std::optional<Error> error = brokenHeader(request)) {
        failSoon(*error);
        return;
    }
    begin();
}

LoopbackExchange::~LoopbackExchange() { letGoOfConnection(false); }

void LoopbackExchange::begin()
{
    LoopbackConnection kept = m_connections->take(m_authority);
    m_isKeptConnection = kept != nullptr;
    if (m_isKeptConnection) {
        m_timer.start(m_limits.connectTimeout);
        use(std::move(kept));
        write();
    } else {
        connectToHost();
    }
}

void LoopbackExchange::connectToHost()
{
    m_isKeptConnection = m_sent = false;
    m_timer.start(m_limits.connectTimeout);
    use(LoopbackConnection(new QTcpSocket));
    m_connection->setProxy(QNetworkProxy::NoProxy);
    connect(m_connection.get(), &QTcpSocket::connected, this, &LoopbackExchange::onConnected);
    m_connection->connectToHost(m_url.host(), quint16(m_url.port(80)));
}

void LoopbackExchange::onConnected()
{
    // A name can lead anywhere, and this goes out as it is.
    if (!m_connection->peerAddress().isLoopback()) {
        failSoon(Error { .kind = Error::Kind::InvalidInput,
            .detail = u"%1 leads to the address %2, which is another computer. Plain http goes to this computer only; "
                      "check the endpoint."_s.arg(hostText(m_url), m_connection->peerAddress().toString()) });
        return;
    }
    m_connection->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    write();
}

void LoopbackExchange::use(LoopbackConnection connection)
{
    m_connection = std::move(connection);
    connect(m_connection.get(), &QTcpSocket::readyRead, this, [this] { takeBytes(); });
    connect(m_connection.get(), &QTcpSocket::bytesWritten, this, &LoopbackExchange::onWritten);
    // Queued: it may come from within a call to the connection, but finished() comes from the event loop.
    connect(
        m_connection.get(), &QTcpSocket::errorOccurred, this,
        [this, use = ++m_uses] {
            if (use == m_uses && m_connection)
                onConnectionEnded(); // may delete this
        },
        Qt::QueuedConnection);
}

void LoopbackExchange::write()
{
    m_connection->write(m_request);
    m_connection->flush(); // else the event loop is asked first whether the connection can take it
}

void LoopbackExchange::onWritten()
{
    if (m_sent || m_connection->bytesToWrite() > 0)
        return;
    m_sent = true;
    m_timer.start(m_limits.readTimeout);
}

//! Whether that was the end, and this may be gone.
bool LoopbackExchange::takeBytes()
{
    m_unread += m_connection->readAll();
    switch (m_reader.read(m_unread)) {
    case State::Complete:
        finish(judge());
        return true;
    case State::TooLarge:
        finish(tooLargeError(m_url, m_limits.replyLimitBytes));
        return true;
    case State::NotHttp:
        finish(toError(
            NoAnswer { .error = QNetworkReply::ProtocolFailure, .reason = u"its answer makes no sense"_s }, m_url));
        return true;
    case State::NeedMore:
    case State::Cut: // only end() says so
        break;
    }
    if (m_reader.hasHeaders())
        m_timer.start(m_limits.readTimeout);
    return false;
}

void LoopbackExchange::onConnectionEnded()
{
    if (takeBytes())
        return;
    if (m_isKeptConnection && !m_reader.hasBegun()) {
        letGoOfConnection(false);
        connectToHost();
    } else if (!m_reader.hasHeaders()) {
        finish(noAnswer());
    } else {
        finish(m_reader.end() == State::Complete ? judge() : cutError(m_url, m_reader.status(), m_reader.bodyBytes()));
    }
}

void LoopbackExchange::failSoon(const Error &error)
{
    m_timer.stop();
    letGoOfConnection(false);
    QMetaObject::invokeMethod(
        this, [this, error] { finish(error); }, Qt::QueuedConnection);
}

void LoopbackExchange::onTimeout()
{
    const Stage stage = !m_sent ? Stage::Connecting : m_reader.hasHeaders() ? Stage::ReadingBody : Stage::Waiting;
    finish(timeoutError(m_url, stage, m_limits));
}

Error LoopbackExchange::noAnswer() const
{
    return toError(
        NoAnswer { .error = networkError(m_connection->error()), .reason = m_connection->errorString() }, m_url);
}

Result<HttpReply> LoopbackExchange::judge() const
{
    const int status = m_reader.status();
    if (status >= 300 && status < 400)
        return redirectError(m_url, status, m_reader.header("Location"));
    if (isCompressed(m_reader.header("Content-Encoding")))
        return compressedError(m_url, status);
    return m_reader.reply();
}

void LoopbackExchange::finish(const Result<HttpReply> &outcome)
{
    if (outcome) {
        qCDebug(log::net).noquote() << methodName(m_method) << hostText(m_url) << m_logName << outcome->status
                                    << m_reader.header("x-amzn-RequestId") << m_elapsed.elapsed() << "ms";
    } else {
        qCDebug(log::net).noquote() << methodName(m_method) << hostText(m_url) << m_logName << outcome.error().detail;
    }
    m_timer.stop();
    letGoOfConnection(outcome && m_reader.keepsConnection() && m_unread.isEmpty());
    emit finished(outcome); // may delete this
}

void LoopbackExchange::letGoOfConnection(bool keep)
{
    if (!m_connection)
        return;
    m_connection->disconnect(this);
    if (keep && m_connection->state() == QAbstractSocket::ConnectedState) {
        m_connections->keep(m_authority, std::move(m_connection));
        return;
    }
    m_connection->abort();
    m_connection.reset();
}

} // namespace optout
