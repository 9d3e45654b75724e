// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

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

//! What happened, to which host, and what can be done about it.
Error toError(const NoAnswer &failure, const QUrl &url);

} // namespace optout
