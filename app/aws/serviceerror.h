// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/httpdate.h"
#include "aws/sigv4.h"
#include "core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <variant>

namespace optout {

//! The errors of the service model, the same five for both calls, with every member. Texts are kept as the service
//! wrote them: the lists of reasons and resource types grow. (API reference 2022-03-31, "Errors" of
//! DescribeOptedOutNumbers.)
struct ThrottlingException {
    QString message;
};
struct AccessDeniedException {
    QString message;
    std::optional<QString> reason; //!< absent when IAM, and not the service, refused
};
struct ResourceNotFoundException {
    QString message;
    std::optional<QString> resourceType; //!< "opt-out-list", "opted-out-number", ...
    std::optional<QString> resourceId;
};
struct ValidationException {
    struct Field {
        QString name;
        QString message;
    };
    QString message;
    std::optional<QString> reason;
    QList<Field> fields;
};
struct InternalServerException {
    QString message;
    std::optional<QString> requestId;
};
//! Anything else: errors of the AWS front (expired keys, wrong signature), a proxy's page, codes yet unknown.
struct OtherServiceError {
    QString code; //!< may be empty
    //! The body's message; or the start of a body that is no JSON object, at most 500 characters, tags removed.
    QString message;
    bool isPage = false; //!< the body was not empty and no JSON object: hardly the service's own words
};
using ServiceErrorShape = std::variant<ThrottlingException, AccessDeniedException, ResourceNotFoundException,
    ValidationException, InternalServerException, OtherServiceError>;

struct ServiceError {
    int httpStatus = 0;
    QString code; //!< without namespace and without the tail after ':'
    QString requestId; //!< x-amzn-RequestId, else x-amz-request-id, else the body's RequestId
    std::optional<std::chrono::milliseconds> retryAfter; //!< from Retry-After, seconds or a date
    //! All members of the body but those that code and message are from, known or not; without nulls, nested ones as
    //! JSON text.
    QList<Error::Member> members;
    ServiceErrorShape shape;
};

//! Reads an answer whose status is not 2xx, whatever it holds. Never fails. Any thread.
//! The code is taken from `__type` or `code` in the body, else from the x-amzn-ErrorType header.
ServiceError readServiceError(int httpStatus, const HttpHeaders &headers, const QByteArray &body);

//! The kind is judged by the code in the body and only then by the status: throttling has status 400 in this protocol.
//! Fields of a ValidationException become members "Fields.NAME" with their message. The detail is never empty and at
//! most 2000 characters. A refused signature's message quotes the request, session token and all: that part is left
//! out.
Error toError(const ServiceError &error);

//! Whether a wrong clock on this side can be the cause. A wrong secret key gives some of these codes too: only the
//! answer's Date header, compared with the time the request was signed with, tells the two apart. True for the codes
//! AuthFailure, InvalidSignatureException, RequestExpired, RequestInTheFuture, RequestTimeTooSkewed and
//! SignatureDoesNotMatch. (The same list as in the AWS SDK for JavaScript v3, service-error-classification.)
bool isClockSkew(const Error &error);

//! Whether the service says that the clock on this side is wrong: by a code of its own, or by a signature that is
//! "expired" or "not yet current" (IAM User Guide, "Troubleshoot Signature Version 4 signing").
bool saysWrongClock(const Error &error);

//! Whether the credentials were good once and fresh ones of the same kind will be: the codes ExpiredToken,
//! ExpiredTokenException and TokenRefreshRequired. (Common errors of AWS STS and of Amazon S3.)
bool isExpiredCredentials(const Error &error);

//! The value of the first header of that name without regard to case, or an empty one.
QByteArray headerValue(const HttpHeaders &headers, QByteArrayView name);
//! x-amzn-RequestId, else x-amz-request-id, else empty.
QString requestIdOf(const HttpHeaders &headers);

} // namespace optout
