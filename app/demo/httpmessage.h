// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>

#include <utility>

namespace optout::demo {

using Headers = QList<std::pair<QByteArray, QByteArray>>; //!< in the order received, names as received

//! One request, as it came.
struct HttpRequest {
    QByteArray method;
    QByteArray target; //!< path and query, still encoded
    Headers headers;
    QByteArray body;
    bool keepAlive = true;

    //! The value of the first header of that name without regard to case; null if there is none.
    QByteArray header(QByteArrayView name) const
    {
        for (const auto &[key, value] : headers) {
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                return value.isNull() ? QByteArray("") : value;
        }
        return {};
    }
};

//! One answer, before it is known how it will be sent.
struct HttpAnswer {
    int status = 200;
    QByteArray contentType = "application/x-amz-json-1.0";
    QByteArray body {};
    Headers headers {}; //!< further ones
};

//! The phrase that goes with a status; "Unknown" for one that HTTP has no phrase for.
QByteArray reasonPhrase(int status);

} // namespace optout::demo
