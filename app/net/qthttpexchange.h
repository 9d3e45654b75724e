// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/httptransport.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QPointer>
#include <QSslError>
#include <QStringList>
#include <QTimer>

namespace optout {

//! One request of QtHttpTransport: keeps the time limits and the size limit, and judges what came.
class QtHttpExchange final : public HttpExchange {
    Q_OBJECT
public:
    //! The connect timeout begins here.
    QtHttpExchange(const HttpRequest &request, const HttpLimits &limits, QObject *parent);
    ~QtHttpExchange() override;

    //! The way leads through that proxy ("proxy.example.com:3128"): for error texts.
    void setProxy(const QString &proxy, bool hasPassword);
    //! Nothing can be sent: ends with that error, from the event loop.
    void fail(const Error &error);

    //! Whether it has timed out before the request could be made.
    bool isOver() const { return m_finished; }
    //! Takes over a reply that has just been asked for.
    void follow(QNetworkReply *reply);

private:
    void onRequestSent();
    void onHeaders();
    void onBytes();
    void onFinished();
    void onTimeout();

    Result<HttpReply> judge() const;
    qint64 announcedLength() const;
    QByteArray header(const char *name) const;
    void finish(const Result<HttpReply> &outcome);
    void letGoOfReply();

    QUrl m_url;
    QByteArray m_logName;
    HttpRequest::Method m_method;
    HttpLimits m_limits;
    // The manager is the reply's parent: a reply must not be deleted inside its own signal, which is where an exchange
    // may be deleted.
    QPointer<QNetworkReply> m_reply;
    QTimer m_timer;
    QElapsedTimer m_elapsed;
    QByteArray m_body;
    QStringList m_tlsProblems;
    QString m_proxy;
    bool m_hasProxyPassword = false;
    bool m_sent = false;
    bool m_headersCame = false;
    bool m_finished = false;
};

} // namespace optout
