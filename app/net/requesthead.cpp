// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/requesthead.h"

namespace optout {

const char *methodName(HttpRequest::Method method)
{
    switch (method) {
    case HttpRequest::Method::Post:
        return "POST";
    case HttpRequest::Method::Get:
        return "GET";
    case HttpRequest::Method::Put:
        return "PUT";
    }
    Q_UNREACHABLE();
}

const QList<std::pair<QByteArray, QByteArray>> &standingHeaders()
{
    static const QList<std::pair<QByteArray, QByteArray>> headers {
        { "Accept-Encoding", "identity" },
        { "Accept-Language", "en" }, // else Qt tells the locale of this computer
        { "User-Agent", "optout-browser/" OPTOUT_VERSION },
    };
    return headers;
}

} // namespace optout
