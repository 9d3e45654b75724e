// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/requesthead.h"

#include "net/transporterror.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

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

std::optional<Error> brokenHeader(const HttpRequest &request)
{
    const auto isBroken = [](const QByteArray &text) { return text.contains('\r') || text.contains('\n'); };
    for (const auto &[name, value] : request.headers) {
        if (!isBroken(name) && !isBroken(value))
            continue;
        return Error { .kind = Error::Kind::InvalidInput,
            .detail =
                u"The header %1 of a request to %2 holds a line break. Check the keys: they are one line each."_s.arg(
                    QString::fromLatin1(name.simplified()), hostText(request.url)) };
    }
    return std::nullopt;
}

} // namespace optout
