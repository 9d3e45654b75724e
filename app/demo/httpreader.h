// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "demo/httpmessage.h"

#include <memory>

namespace optout::demo {

//! Reads HTTP/1.x requests from a stream of bytes, one after the other: fixed or chunked bodies, keep-alive,
//! pipelining.
class HttpReader {
public:
    static constexpr qsizetype headerLimitBytes = 16 * 1024;
    static constexpr qsizetype bodyLimitBytes = 1024 * 1024;

    enum class State {
        NeedMore, //!< everything that could be read was taken; call again with more
        Complete, //!< request() holds a request; what follows it was left in the inbox
        Failed, //!< failureStatus() says why; nothing more can be read from this stream
    };

    HttpReader();
    ~HttpReader();
    Q_DISABLE_COPY_MOVE(HttpReader)

    //! Takes what it can from the front of the inbox.
    State read(QByteArray &inbox);
    //! The request of the last Complete.
    const HttpRequest &request() const { return m_request; }
    //! Whether the client waits for "100 Continue" before it sends the body; true once a request.
    bool takeContinue();
    //! 400 for what is no HTTP, 413 for a body over the limit, 431 for headers over theirs.
    int failureStatus() const { return m_failureStatus; }

private:
    class Parser;
    std::unique_ptr<Parser> m_parser;
    HttpRequest m_request;
    int m_failureStatus = 0;
    bool m_continueTaken = false;
};

} // namespace optout::demo
