// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QLatin1StringView>
#include <QList>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <optional>
#include <utility>

namespace optout {

struct HttpLimits {
    std::chrono::milliseconds connectTimeout { 10'000 }; //!< until the request is sent, name lookup and TLS included
    //! Without a byte of the body arriving; the status line and the headers have to come whole within it. Also ends
    //! what Qt 6.4 does not notice: a connection closed inside the line that tells the size of a chunk.
    std::chrono::milliseconds readTimeout { 60'000 };
    qint64 replyLimitBytes = 8 * 1024 * 1024; //!< the largest page is about 20 KB
};

struct HttpRequest {
    //! Post for every call of the service. Some sources of credentials want another: IAM Identity Center and the
    //! metadata services are asked with Get, the token of the instance metadata service with Put.
    enum class Method { Post, Get, Put };

    QUrl url;
    QList<std::pair<QByteArray, QByteArray>> headers {};
    QByteArray body {}; //!< not sent with Get
    QByteArray logName {}; //!< what a log calls this request: the action
    Method method = Method::Post;
    std::optional<HttpLimits> limits {}; //!< instead of the transport's own
};

//! An answer with any status; a 4xx or 5xx is an answer too.
struct HttpReply {
    int status = 0;
    QList<std::pair<QByteArray, QByteArray>> headers {};
    QByteArray body {};
};

//! Codes of errors that are not the service's, for those who must tell them apart. Error::code is empty otherwise.
namespace errorcode {
//! The TLS certificate could not be verified. Kind Network.
inline constexpr QLatin1StringView tlsUntrusted("TlsUntrusted");
//! A proxy wants a user and password, or does not take those it was given. Kind Network; the error's member "Proxy"
//! names it as ProxyAddress::text() does.
inline constexpr QLatin1StringView proxyAuthenticationRequired("ProxyAuthenticationRequired");
//! A proxy does not let requests through to that host. Kind Network.
inline constexpr QLatin1StringView proxyRefused("ProxyRefused");
//! A program that was to print keys (credential_process) did not. Any kind; it would do the same again.
inline constexpr QLatin1StringView credentialProcess("CredentialProcess");

//! Whether that is the code of an error on the way to a service, which it has no part in.
inline bool isOnTheWay(QStringView code)
{
    return code == tlsUntrusted || code == proxyAuthenticationRequired || code == proxyRefused;
}
} // namespace errorcode

//! One request under way. Deleting it aborts and emits nothing.
class HttpExchange : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

signals:
    //! Exactly once, from the event loop. Error kinds: Network, Timeout, BadResponse (too large, cut, compressed, a
    //! redirect), InvalidInput (a header with a line break). A cut answer is never handed out as a shorter one. The
    //! error's detail names the host.
    void finished(const optout::Result<optout::HttpReply> &outcome);
};

//! Sends requests. GUI thread only. Tests put their own in its place.
class HttpTransport {
public:
    virtual ~HttpTransport() = default;
    //! The caller owns the exchange through \a parent, which must not be null.
    virtual HttpExchange *send(const HttpRequest &request, QObject *parent) = 0;
};

} // namespace optout

Q_DECLARE_METATYPE(optout::Result<optout::HttpReply>)
