// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "net/httptransport.h"

#include <QNetworkReply>
#include <QStringList>
#include <QUrl>

namespace optout {

//! Where a request goes, for error texts and logs: host, and port if the URL names one. No user, no path.
QString hostText(const QUrl &url);

//! " through the proxy P" for error texts; nothing without one.
QString throughProxy(const QString &proxy);

//! What is known of a request that got no answer at all.
struct NoAnswer {
    QNetworkReply::NetworkError error = QNetworkReply::UnknownNetworkError;
    QString reason {}; //!< QNetworkReply::errorString()
    QStringList tlsProblems {}; //!< what is wrong with the certificate, in Qt's words
    QString proxy {}; //!< "proxy.example.com:3128", if the way leads through one
    bool passwordTried = false; //!< the proxy was given a user and password
};

//! What happened, to which host, and what can be done about it. So do all of the following.
Error toError(const NoAnswer &failure, const QUrl &url);

//! How far a request had come.
enum class Stage {
    Connecting, //!< not sent yet
    Waiting, //!< sent, and the headers of the answer have not come whole
    ReadingBody,
};
//! \param proxy as NoAnswer::proxy
Error timeoutError(const QUrl &url, Stage stage, const HttpLimits &limits, const QString &proxy = {});

Error tooLargeError(const QUrl &url, qint64 limitBytes);
//! \param bytes of the body that came
Error cutError(const QUrl &url, int status, qsizetype bytes);
//! \param location as the answer gives it; may be relative
Error redirectError(const QUrl &url, int status, const QByteArray &location);
Error compressedError(const QUrl &url, int status);
//! \param contentEncoding the header; empty without one
bool isCompressed(const QByteArray &contentEncoding);

} // namespace optout
