// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace optout::demo {

//! One thing that goes wrong at one call.
struct Fault {
    enum class Kind {
        // The service answers, but not what was hoped for.
        Throttle, //!< ThrottlingException
        Internal, //!< InternalServerException, status 500
        Denied, //!< AccessDeniedException of the service itself, Reason ACCOUNT_DISABLED
        ExpiredCredentials, //!< ExpiredTokenException
        InvalidToken, //!< ValidationException, Reason INVALID_NEXT_TOKEN
        RepeatToken, //!< NextToken is the one that was sent
        EmptyPage, //!< no rows, and a token that goes on where this page would have begun
        Overlap, //!< the page begins with the last row of the page before
        ClockSkew, //!< argument: seconds that the service's clock is ahead, in Date and in checking signatures
        // Something else answers, or the answer is spoilt.
        Html, //!< status 200 and a sign-in page, as of a captive portal
        Redirect, //!< status 302 to a sign-in page
        Status, //!< argument: that status, without a body
        BadJson, //!< a body cut in half, with the Content-Length of the half
        Gzip, //!< compressed, though nobody asked for it
        RetryAfter, //!< argument: seconds, in a Retry-After header; goes with a refusal
        Huge, //!< argument: bytes of a body that is one long text
        // The connection fails. Bytes are of the body, and the head is sent whole, unless it says otherwise.
        Reset, //!< TCP reset instead of an answer
        ResetAfter, //!< argument: bytes, then a TCP reset
        ResetAt, //!< argument: bytes of the whole answer, its head too, then a TCP reset
        CutAt, //!< argument: bytes of the whole answer, its head too, then the end
        Cut, //!< argument: bytes of the promised Content-Length, then the end
        CutChunked, //!< argument: bytes as chunks, then the end without the last chunk
        CutNoLength, //!< argument: bytes of a body without Content-Length, then the end: only the JSON tells it is cut
        Stall, //!< no answer, ever
        StallAfter, //!< argument: bytes, then nothing more
        Slow, //!< argument: bytes a second
    };
    Kind kind;
    qint64 argument = 0;
};

//! What goes wrong when. Each fault is written
//!
//!     KIND[:ARGUMENT][@CALL[xCOUNT]]
//!
//! where CALL is the number of the first call it meets, counted from 1 over all requests to the endpoint, and COUNT how
//! many calls in a row (1 unless given); or CALL is `everyN`, for each N-th call. Without `@` it meets every call.
//!
//!     throttle@3x2   denied@every5   slow:20000   cut:100@2   clock-skew:-900@1   huge:200000000@1   status:503@4
//!
//! KIND is throttle, internal, denied, expired-credentials, invalid-token, repeat-token, empty-page, overlap,
//! clock-skew:SECONDS, html, redirect, status:200..599, bad-json, gzip, retry-after:SECONDS, huge:BYTES, reset,
//! reset-after:BYTES, reset-at:BYTES, cut-at:BYTES, cut:BYTES, cut-chunked:BYTES, cut-no-length:BYTES, stall,
//! stall-after:BYTES or slow:BYTES_PER_SECOND. One call can meet several.
class FaultPlan {
public:
    FaultPlan() = default;
    //! InvalidInput, with the text that could not be read and why.
    static Result<FaultPlan> parse(const QStringList &texts);

    //! What goes wrong at this call, in the order given.
    std::vector<Fault> at(qint64 call) const;

private:
    struct Entry {
        Fault fault;
        qint64 first = 1;
        qint64 count = 0; //!< 0: without end
        qint64 every = 0; //!< 0: see first and count
    };
    static Result<Entry> parseOne(const QString &text);

    std::vector<Entry> m_entries;
};

} // namespace optout::demo
