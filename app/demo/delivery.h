// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "demo/faultplan.h"
#include "demo/httpmessage.h"

#include <QByteArray>

#include <chrono>
#include <vector>

namespace optout::demo {

//! What is written to a connection for one request, and how it ends.
struct Delivery {
    enum class End {
        Next, //!< the connection waits for the next request
        Close,
        Reset, //!< with a TCP reset
        Stall, //!< open, and silent
    };
    QByteArray bytes {};
    qint64 fillerBytes = 0; //!< so many 'x' after the bytes, made while they are sent
    QByteArray tail {}; //!< after the filler
    End end = End::Next;
    qint64 bytesPerSecond = 0; //!< 0: as fast as it goes
    //! Before a reset: it takes from under the client what that has not read yet, and the client should see the bytes.
    std::chrono::milliseconds resetDelay { 20 };
};

//! The answer as HTTP, spoilt as the faults say.
//! \param now for the Date header, before any fault of the clock
Delivery deliver(HttpAnswer answer, const std::vector<Fault> &faults, Timestamp now, bool keepAlive);

//! RFC 9110's date: "Tue, 15 Nov 1994 08:12:31 GMT".
QByteArray httpDate(Timestamp time);

} // namespace optout::demo
