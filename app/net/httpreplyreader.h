// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/httptransport.h"

#include <memory>

namespace optout {

//! Reads one HTTP/1.1 answer (RFC 9112) from the bytes of a connection as they come. Any thread, one at a time.
class HttpReplyReader {
public:
    enum class State {
        NeedMore,
        Complete, //!< the answer is whole
        TooLarge, //!< the body is, or is announced, larger than the limit
        NotHttp, //!< the bytes cannot be the answer of a web server, or have 64 KB of headers, or of one line
        Cut, //!< the connection ended before the answer did
    };

    explicit HttpReplyReader(qint64 bodyLimitBytes);
    ~HttpReplyReader();
    Q_DISABLE_COPY_MOVE(HttpReplyReader)

    //! Takes what belongs to the answer from the front of \a bytes; the rest waits there for the next call. Interim
    //! answers (status 1xx) are passed over.
    State read(QByteArray &bytes);
    //! The connection has ended: Complete if that is how the body's end is told, else Cut.
    State end();

    bool hasBegun() const; //!< any byte of an answer has come
    bool hasHeaders() const; //!< the status line and all headers have
    qsizetype bodyBytes() const; //!< so many have come
    int status() const; //!< good once hasHeaders()
    QByteArray header(const char *name) const; //!< its first value; empty if there is none
    //! Whether another request may follow on the connection. After Complete.
    bool keepsConnection() const;
    HttpReply reply() const;

private:
    class Parser;

    State takeFrom(QByteArray &bytes);

    qint64 m_bodyLimitBytes;
    std::unique_ptr<Parser> m_parser;
    qsizetype m_headBytes = 0; //!< taken of status lines and headers
    qsizetype m_bytesToGoOn = 0; //!< with fewer there is no more to take
    bool m_hasBegun = false;
};

} // namespace optout
