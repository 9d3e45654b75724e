// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/serviceerror.h"

#include <algorithm>
#include <array>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using Kind = Error::Kind;

namespace {

constexpr qsizetype longestDetail = 2000;

struct KnownCode {
    QLatin1StringView code;
    Kind kind;
};

//! The errors of the model and those that AWS makes before a request reaches the service. (IAM and STS API references,
//! "Common errors"; EC2 and S3 API references, "Error codes"; the throttling codes of botocore's standard retry mode.)
constexpr std::array knownCodes {
    KnownCode { "AccessDeniedException"_L1, Kind::AccessDenied },
    KnownCode { "InternalServerException"_L1, Kind::ServiceFault },
    KnownCode { "ResourceNotFoundException"_L1, Kind::NotFound },
    KnownCode { "ThrottlingException"_L1, Kind::Throttled },
    KnownCode { "ValidationException"_L1, Kind::InvalidInput },

    KnownCode { "AuthFailure"_L1, Kind::NoCredentials },
    KnownCode { "ExpiredToken"_L1, Kind::NoCredentials },
    KnownCode { "ExpiredTokenException"_L1, Kind::NoCredentials },
    KnownCode { "IncompleteSignature"_L1, Kind::NoCredentials },
    KnownCode { "IncompleteSignatureException"_L1, Kind::NoCredentials },
    KnownCode { "InvalidAccessKeyId"_L1, Kind::NoCredentials },
    KnownCode { "InvalidClientTokenId"_L1, Kind::NoCredentials },
    KnownCode { "InvalidSignatureException"_L1, Kind::NoCredentials },
    KnownCode { "InvalidToken"_L1, Kind::NoCredentials },
    KnownCode { "MissingAuthenticationToken"_L1, Kind::NoCredentials },
    KnownCode { "MissingAuthenticationTokenException"_L1, Kind::NoCredentials },
    KnownCode { "RequestExpired"_L1, Kind::NoCredentials },
    KnownCode { "RequestInTheFuture"_L1, Kind::NoCredentials },
    KnownCode { "RequestTimeTooSkewed"_L1, Kind::NoCredentials },
    KnownCode { "SignatureDoesNotMatch"_L1, Kind::NoCredentials },
    KnownCode { "TokenRefreshRequired"_L1, Kind::NoCredentials },
    KnownCode { "UnrecognizedClientException"_L1, Kind::NoCredentials },

    KnownCode { "AccessDenied"_L1, Kind::AccessDenied },
    KnownCode { "NotAuthorized"_L1, Kind::AccessDenied },
    KnownCode { "OptInRequired"_L1, Kind::AccessDenied },
    KnownCode { "SubscriptionRequiredException"_L1, Kind::AccessDenied },
    KnownCode { "UnauthorizedOperation"_L1, Kind::AccessDenied },

    KnownCode { "BandwidthLimitExceeded"_L1, Kind::Throttled },
    KnownCode { "EC2ThrottledException"_L1, Kind::Throttled },
    KnownCode { "LimitExceededException"_L1, Kind::Throttled },
    KnownCode { "PriorRequestNotComplete"_L1, Kind::Throttled },
    KnownCode { "ProvisionedThroughputExceededException"_L1, Kind::Throttled },
    KnownCode { "RequestLimitExceeded"_L1, Kind::Throttled },
    KnownCode { "RequestThrottled"_L1, Kind::Throttled },
    KnownCode { "RequestThrottledException"_L1, Kind::Throttled },
    KnownCode { "SlowDown"_L1, Kind::Throttled },
    KnownCode { "ThrottledException"_L1, Kind::Throttled },
    KnownCode { "Throttling"_L1, Kind::Throttled },
    KnownCode { "TooManyRequestsException"_L1, Kind::Throttled },
    KnownCode { "TransactionInProgressException"_L1, Kind::Throttled },

    KnownCode { "InternalError"_L1, Kind::ServiceFault },
    KnownCode { "InternalFailure"_L1, Kind::ServiceFault },
    KnownCode { "InternalServerError"_L1, Kind::ServiceFault },
    KnownCode { "ServiceUnavailable"_L1, Kind::ServiceFault },
    KnownCode { "ServiceUnavailableException"_L1, Kind::ServiceFault },

    KnownCode { "RequestTimeout"_L1, Kind::Timeout },
    KnownCode { "RequestTimeoutException"_L1, Kind::Timeout },

    KnownCode { "SerializationException"_L1, Kind::InvalidInput },
    KnownCode { "UnknownOperationException"_L1, Kind::InvalidInput },
    KnownCode { "ValidationError"_L1, Kind::InvalidInput },
};

const QString &messageOf(const ServiceErrorShape &shape)
{
    return std::visit([](const auto &error) -> const QString & { return error.message; }, shape);
}

bool isPage(const ServiceErrorShape &shape)
{
    const auto *other = std::get_if<OtherServiceError>(&shape);
    return other && other->isPage;
}

Kind kindOfStatus(const ServiceError &error)
{
    const int status = error.httpStatus;
    if (status == 429)
        return Kind::Throttled;
    if (status >= 500)
        return Kind::ServiceFault;
    if (status == 408)
        return Kind::Timeout;
    if (status == 407) // a proxy asks who we are
        return Kind::Network;
    if ((status == 401 || status == 403) && !(error.code.isEmpty() && isPage(error.shape)))
        return Kind::AccessDenied;
    // Whoever names an error has understood the request and does not take it; a page without a name may be anybody's.
    return status >= 400 && !error.code.isEmpty() ? Kind::InvalidInput : Kind::BadResponse;
}

Kind kindOf(const ServiceError &error)
{
    const auto known = std::find_if(
        knownCodes.begin(), knownCodes.end(), [&error](const KnownCode &k) { return k.code == error.code; });
    return known == knownCodes.end() ? kindOfStatus(error) : known->kind;
}

//! AWS explains a refused signature by quoting the request as it should have been signed, with the session token.
QString withoutQuotedRequest(const QString &message)
{
    qsizetype end = message.size();
    for (const QLatin1StringView mark : { "The Canonical String for this request"_L1, "x-amz-security-token"_L1 }) {
        const qsizetype at = message.indexOf(mark, 0, Qt::CaseInsensitive);
        if (at >= 0)
            end = std::min(end, at);
    }
    return message.first(end).trimmed();
}

QString detailOf(const ServiceError &error)
{
    QString text = withoutQuotedRequest(messageOf(error.shape));
    if (text.size() > longestDetail)
        text = text.first(longestDetail - 1) + u'…';
    if (error.code.isEmpty())
        return u"HTTP status %1%2"_s.arg(error.httpStatus)
            .arg(text.isEmpty() ? u", without a message."_s : u": "_s + text);
    return text.isEmpty() ? u"HTTP status %1, without a message."_s.arg(error.httpStatus) : text;
}

template <std::size_t N> bool isOneOf(const QString &code, const std::array<QLatin1StringView, N> &codes)
{
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

} // namespace

Error toError(const ServiceError &error)
{
    Error out { .kind = kindOf(error),
        .code = error.code,
        .detail = detailOf(error),
        .requestId = error.requestId,
        .retryAfter = error.retryAfter };
    const auto *validation = std::get_if<ValidationException>(&error.shape);
    for (const Error::Member &member : error.members) {
        if (validation && member.name == "Fields"_L1 && !validation->fields.isEmpty()) {
            for (const ValidationException::Field &field : validation->fields)
                out.members.append({ .name = "Fields."_L1 + field.name, .value = field.message });
        } else {
            out.members.append(member);
        }
    }
    return out;
}

bool isClockSkew(const Error &error)
{
    static constexpr std::array codes { "AuthFailure"_L1, "InvalidSignatureException"_L1, "RequestExpired"_L1,
        "RequestInTheFuture"_L1, "RequestTimeTooSkewed"_L1, "SignatureDoesNotMatch"_L1 };
    return isOneOf(error.code, codes);
}

bool saysWrongClock(const Error &error)
{
    static constexpr std::array codes { "RequestExpired"_L1, "RequestInTheFuture"_L1, "RequestTimeTooSkewed"_L1 };
    return isOneOf(error.code, codes) || error.detail.contains("signature expired"_L1, Qt::CaseInsensitive)
        || error.detail.contains("not yet current"_L1, Qt::CaseInsensitive);
}

bool isExpiredCredentials(const Error &error)
{
    static constexpr std::array codes { "ExpiredToken"_L1, "ExpiredTokenException"_L1, "TokenRefreshRequired"_L1 };
    return isOneOf(error.code, codes);
}

} // namespace optout
