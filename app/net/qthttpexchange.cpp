// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/qthttpexchange.h"

#include "core/logging.h"
#include "net/requesthead.h"
#include "net/transporterror.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {
//! Whether the error only says what the HTTP status says: the answer itself came whole.
bool isOnlyTheStatus(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::NoError
        || (error >= QNetworkReply::ContentAccessDenied && error <= QNetworkReply::UnknownContentError)
        || error == QNetworkReply::ProtocolInvalidOperationError
        || (error >= QNetworkReply::InternalServerError && error <= QNetworkReply::UnknownServerError);
}

Error badResponse(const QString &detail) { return Error { .kind = Error::Kind::BadResponse, .detail = detail }; }
} // namespace

QtHttpExchange::QtHttpExchange(const HttpRequest &request, const HttpLimits &limits, QObject *parent)
    : HttpExchange(parent)
    , m_url(request.url)
    , m_logName(request.logName)
    , m_method(request.method)
    , m_limits(limits)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &QtHttpExchange::onTimeout);
    m_timer.start(m_limits.connectTimeout);
    m_elapsed.start();
}

QtHttpExchange::~QtHttpExchange() { letGoOfReply(); }

void QtHttpExchange::setProxy(const QString &proxy, bool hasPassword)
{
    m_proxy = proxy;
    m_hasProxyPassword = hasPassword;
}

void QtHttpExchange::fail(const Error &error)
{
    m_timer.stop();
    QMetaObject::invokeMethod(
        this, [this, error] { finish(error); }, Qt::QueuedConnection);
}

void QtHttpExchange::follow(QNetworkReply *reply)
{
    m_reply = reply;
    connect(reply, &QNetworkReply::requestSent, this, &QtHttpExchange::onRequestSent);
    connect(reply, &QNetworkReply::metaDataChanged, this, &QtHttpExchange::onHeaders);
    connect(reply, &QNetworkReply::readyRead, this, &QtHttpExchange::onBytes);
    connect(reply, &QNetworkReply::finished, this, &QtHttpExchange::onFinished);
    connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        // Never ignored: the connection fails by itself after this signal.
        for (const QSslError &error : errors) {
            if (!m_tlsProblems.contains(error.errorString()))
                m_tlsProblems += error.errorString();
        }
    });
}

void QtHttpExchange::onRequestSent()
{
    m_sent = true;
    m_timer.start(m_limits.readTimeout);
}

void QtHttpExchange::onHeaders()
{
    m_headersCame = true;
    m_timer.start(m_limits.readTimeout);
    if (announcedLength() > m_limits.replyLimitBytes)
        finish(tooLargeError(m_url, m_limits.replyLimitBytes));
}

void QtHttpExchange::onBytes()
{
    m_timer.start(m_limits.readTimeout);
    m_body += m_reply->readAll();
    if (m_body.size() > m_limits.replyLimitBytes)
        finish(tooLargeError(m_url, m_limits.replyLimitBytes));
}

void QtHttpExchange::onFinished()
{
    m_body += m_reply->readAll();
    finish(judge());
}

void QtHttpExchange::onTimeout()
{
    const Stage stage = !m_sent ? Stage::Connecting : m_headersCame ? Stage::ReadingBody : Stage::Waiting;
    finish(timeoutError(m_url, stage, m_limits, m_proxy));
}

Result<HttpReply> QtHttpExchange::judge() const
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // 407 is a proxy's answer, not the service's.
    if (!m_headersCame || status == 0 || status == 407) {
        return toError(NoAnswer { .error = m_reply->error(),
                           .reason = m_reply->errorString(),
                           .tlsProblems = m_tlsProblems,
                           .proxy = m_proxy,
                           .passwordTried = m_hasProxyPassword },
            m_url);
    }
    if (m_body.size() > m_limits.replyLimitBytes)
        return tooLargeError(m_url, m_limits.replyLimitBytes);

    // A connection that ends inside the status line makes Qt 6.4 send the request again and read the new status line as
    // the rest of the old one: the status is one answer's, the body another's.
    if (m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray().contains("HTTP/")) {
        return badResponse(u"The connection to %1 was lost at the start of its answer. This often passes; if it stays, "
                           "check the network connection."_s.arg(hostText(m_url)));
    }
    if (status >= 300 && status < 400)
        return redirectError(m_url, status, header("Location"));
    const qint64 announced = announcedLength();
    const bool chunked = header("Transfer-Encoding").toLower().contains("chunked");
    // Qt tells of a cut chunked body only after a first byte of it has come. An empty one never comes from the service.
    const bool cut = !isOnlyTheStatus(m_reply->error()) || (announced >= 0 && announced != m_body.size())
        || (chunked && m_body.isEmpty());
    if (cut)
        return cutError(m_url, status, m_body.size());
    if (isCompressed(header("Content-Encoding")))
        return compressedError(m_url, status);
    return HttpReply { .status = status, .headers = m_reply->rawHeaderPairs(), .body = m_body };
}

qint64 QtHttpExchange::announcedLength() const
{
    bool ok = false;
    const qint64 length = header("Content-Length").trimmed().toLongLong(&ok);
    return ok ? length : -1;
}

QByteArray QtHttpExchange::header(const char *name) const { return m_reply->rawHeader(name); }

void QtHttpExchange::finish(const Result<HttpReply> &outcome)
{
    if (outcome) {
        qCDebug(log::net).noquote() << methodName(m_method) << hostText(m_url) << m_logName << outcome->status
                                    << header("x-amzn-RequestId") << m_elapsed.elapsed() << "ms";
    } else {
        qCDebug(log::net).noquote() << methodName(m_method) << hostText(m_url) << m_logName << outcome.error().detail;
    }
    m_finished = true;
    m_timer.stop();
    letGoOfReply();
    emit finished(outcome); // may delete this
}

void QtHttpExchange::letGoOfReply()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    // Not abort(): it makes an error of its own, and Qt warns when the one of an HTTP status is on its way already.
    // Deleting it ends the transfer as well.
    m_reply->deleteLater();
    m_reply = nullptr;
}

} // namespace optout
