// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/transporterror.h"

#include <QCoreApplication>

#include <optional>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {
QString withoutFullStop(QString text)
{
    while (text.endsWith(u'.') || text.endsWith(u' '))
        text.chop(1);
    return text;
}

Error tlsError(const NoAnswer &failure, const QString &host)
{
    if (failure.tlsProblems.isEmpty()) {
        return Error { .kind = Error::Kind::Network,
            .detail = u"No secure connection to %1: %2. Check the endpoint, and whether a proxy or firewall on the way "
                      "speaks TLS itself."_s.arg(host, withoutFullStop(failure.reason)) };
    }
    return Error { .kind = Error::Kind::Network,
        .code = errorcode::tlsUntrusted,
        .detail = u"The TLS certificate of %1 cannot be trusted: %2. Nothing was sent. If your organisation inspects "
                  "TLS, put its CA certificate into a PEM file and name that in AWS_CA_BUNDLE, or as ca_bundle in the "
                  "profile; otherwise somebody else may be answering in the place of that host."_s.arg(
                      host, withoutFullStop(failure.tlsProblems.join(u"; "_s))) };
}

bool isProxyError(QNetworkReply::NetworkError error)
{
    return error >= QNetworkReply::ProxyConnectionRefusedError && error <= QNetworkReply::UnknownProxyError;
}

Error refusedByProxy(QLatin1StringView code, const QString &proxy, const QString &detail)
{
    return Error { .kind = Error::Kind::Network,
        .code = code,
        .detail = detail,
        .members = { { .name = u"Proxy"_s, .value = proxy } } };
}

Error passwordWanted(const NoAnswer &failure, const QString &host)
{
    const QString advice =
        u"It can be put into HTTPS_PROXY: http://user:password@host:port, with special characters percent-encoded."_s;
    return refusedByProxy(errorcode::proxyAuthenticationRequired, failure.proxy,
        failure.passwordTried
            ? u"The proxy %1 on the way to %2 does not take the user and password it was given. %3"_s.arg(
                failure.proxy, host, advice)
            : u"The proxy %1 on the way to %2 asks for a user and password. %3"_s.arg(failure.proxy, host, advice));
}

//! Qt 6.4 tells most of what goes wrong at a proxy in words only; they may have been translated.
bool isQtText(const QString &reason, const char *text)
{
    return reason == QCoreApplication::translate("QHttpSocketEngine", text);
}

//! What a proxy says of the host behind it, as QHttpSocketEngine takes it (403 and 405: denied, 404: not found, 503:
//! refused); and when there is no proxy where one should be.
std::optional<Error> proxyError(const NoAnswer &failure, const QString &host)
{
    using Net = QNetworkReply;
    if (failure.error == Net::ProxyAuthenticationRequiredError)
        return passwordWanted(failure, host);
    if (failure.error == Net::ContentAccessDenied || isQtText(failure.reason, "Proxy denied connection")) {
        return refusedByProxy(errorcode::proxyRefused, failure.proxy,
            u"The proxy %1 does not allow connections to %2. Ask whoever runs it to allow that host, or name the host "
            "in NO_PROXY if it can be reached without."_s.arg(failure.proxy, host));
    }
    const auto network = [](const QString &detail) { return Error { .kind = Error::Kind::Network, .detail = detail }; };
    if (failure.error == Net::ConnectionRefusedError)
        return network(u"The proxy %1 could not reach %2. This often passes; if it stays, ask whoever runs the "
                       "proxy."_s.arg(failure.proxy, host));
    if (failure.error == Net::ProxyConnectionRefusedError || isQtText(failure.reason, "Proxy connection refused"))
        return network(u"The proxy %1 on the way to %2 refused the connection. Check HTTPS_PROXY, or the proxy "
                       "settings of this computer."_s.arg(failure.proxy, host));
    // Qt says the same of a name that the proxy does not know (404) and of the proxy's own.
    if (failure.error == Net::HostNotFoundError || failure.error == Net::ProxyNotFoundError)
        return network(u"Either the proxy %1 could not be found, or it could not find %2. Check HTTPS_PROXY or the "
                       "proxy settings of this computer, the region or endpoint, and the network connection."_s.arg(
                           failure.proxy, host));
    return {};
}

QString inSeconds(std::chrono::milliseconds time)
{
    return QString::number(std::chrono::duration<double>(time).count(), 'g', 3) + u" s"_s;
}

Error badResponse(const QString &detail) { return Error { .kind = Error::Kind::BadResponse, .detail = detail }; }
} // namespace

QString throughProxy(const QString &proxy) { return proxy.isEmpty() ? QString() : u" through the proxy "_s + proxy; }

QString hostText(const QUrl &url) { return url.authority().section(u'@', -1); }

Error toError(const NoAnswer &failure, const QUrl &url)
{
    const QString host = hostText(url);
    const QString reason = withoutFullStop(failure.reason);
    if (!failure.proxy.isEmpty()) {
        if (const std::optional<Error> error = proxyError(failure, host))
            return *error;
    }
    if (isProxyError(failure.error)) {
        const bool late = failure.error == QNetworkReply::ProxyTimeoutError;
        return Error { .kind = late ? Error::Kind::Timeout : Error::Kind::Network,
            .detail = u"The proxy %1on the way to %2 did not let the request through: %3. Check HTTPS_PROXY, or the "
                      "proxy settings of this computer."_s.arg(
                          failure.proxy.isEmpty() ? QString() : failure.proxy + u' ', host, reason) };
    }
    if (failure.error == QNetworkReply::SslHandshakeFailedError)
        return tlsError(failure, host);
    if (failure.error == QNetworkReply::ConnectionRefusedError) {
        return Error { .kind = Error::Kind::Network,
            .detail = u"%1 refused the connection. Check the endpoint's host and port."_s.arg(host) };
    }
    if (failure.error == QNetworkReply::HostNotFoundError) {
        return Error { .kind = Error::Kind::Network,
            .detail = u"The host name %1 could not be found. Check the region or endpoint, and the network "
                      "connection."_s.arg(host) };
    }
    if (failure.error == QNetworkReply::RemoteHostClosedError) {
        return Error { .kind = Error::Kind::Network,
            .detail = u"%1 closed the connection before it had answered. This often passes; if it stays, check the "
                      "endpoint."_s.arg(host) };
    }
    if (failure.error == QNetworkReply::TimeoutError) {
        return Error { .kind = Error::Kind::Timeout,
            .detail = u"No connection to %1%2 in time: %3. Check the network connection."_s.arg(
                host, throughProxy(failure.proxy), reason) };
    }
    if (failure.error >= QNetworkReply::ProtocolUnknownError) {
        return Error { .kind = Error::Kind::BadResponse,
            .detail = u"%1 did not answer in HTTP: %2. Check that the endpoint is the service's."_s.arg(host, reason) };
    }
    return Error { .kind = Error::Kind::Network,
        .detail = u"No connection to %1%2: %3. Check the network connection."_s.arg(
            host, throughProxy(failure.proxy), reason) };
}

Error timeoutError(const QUrl &url, Stage stage, const HttpLimits &limits, const QString &proxy)
{
    const QString host = hostText(url);
    QString detail;
    switch (stage) {
    case Stage::Connecting:
        detail = u"No connection to %1%2 within %3."_s.arg(host, throughProxy(proxy), inSeconds(limits.connectTimeout));
        break;
    case Stage::Waiting:
        detail = u"%1 did not answer within %2."_s.arg(host, inSeconds(limits.readTimeout));
        break;
    case Stage::ReadingBody:
        detail = u"%1 stopped in the middle of its answer and sent nothing for %2."_s.arg(
            host, inSeconds(limits.readTimeout));
        break;
    }
    detail += u" Check the network connection; the time limits can be raised."_s;
    return Error { .kind = Error::Kind::Timeout, .detail = detail };
}

Error tooLargeError(const QUrl &url, qint64 limitBytes)
{
    return badResponse(
        u"The answer of %1 is larger than the limit of %2 bytes. Check that the endpoint is the service's."_s
            .arg(hostText(url))
            .arg(limitBytes));
}

Error cutError(const QUrl &url, int status, qsizetype bytes)
{
    return badResponse(u"The answer of %1 (HTTP status %2) was cut short after %3 bytes. This often passes; if it "
                       "stays, check the network connection."_s.arg(hostText(url))
                           .arg(status)
                           .arg(bytes));
}

Error redirectError(const QUrl &url, int status, const QByteArray &location)
{
    const QUrl target = url.resolved(QUrl(QString::fromUtf8(location)));
    return badResponse(
        u"%1 answered with a redirect (HTTP status %2) to %3, which is not followed. Check the endpoint; on a "
        "public network, sign in to the network first."_s.arg(hostText(url))
            .arg(status)
            .arg(hostText(target)));
}

Error compressedError(const QUrl &url, int status)
{
    return badResponse(u"%1 sent a compressed answer (HTTP status %2) although an uncompressed one was asked for. "
                       "Check the endpoint and any proxy on the way."_s.arg(hostText(url))
                           .arg(status));
}

bool isCompressed(const QByteArray &contentEncoding)
{
    const QByteArray encoding = contentEncoding.trimmed().toLower();
    return !encoding.isEmpty() && encoding != "identity";
}

} // namespace optout
