// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/instancemetadatasource.h"

#include "aws/credentialreplies.h"
#include "core/logging.h"
#include "signin/metadatarequest.h"
#include "signin/signinrequest.h"

#include <QRandomGenerator>

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isFilled(const HttpReply &reply) { return reply.status == 200 && !reply.body.trimmed().isEmpty(); }

//! What becomes a part of the next path: the characters of an IAM role's name. (IAM API reference, CreateRole.)
bool isRoleName(const QByteArray &text)
{
    return !text.isEmpty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || QByteArrayView("_+=,.@-").contains(c);
    });
}

} // namespace

InstanceMetadataSource::InstanceMetadataSource(
    const SignInStep &step, const InstanceMetadataStep &how, const SourceParts &parts, QObject *parent)
    : SourceBase(step, parts, parent)
    , m_how(how)
{
}

void InstanceMetadataSource::start()
{
    m_endpoint = QUrl(m_how.endpoint, QUrl::StrictMode);
    if (!m_endpoint.isValid() || m_endpoint.host().isEmpty()
        || (m_endpoint.scheme() != "http"_L1 && m_endpoint.scheme() != "https"_L1)) {
        finishSoon(Error { .kind = Error::Kind::InvalidInput,
            .detail =
                u"The endpoint of the instance metadata service (%1) is no http or https URL."_s.arg(m_how.endpoint) });
        return;
    }
    askToken();
}

void InstanceMetadataSource::fetch(HttpRequest request, std::function<bool(const HttpReply &)> isFinal, Next next)
{
    if (!m_token.isEmpty())
        request.headers.emplaceBack("X-aws-ec2-metadata-token", m_token.expose().toByteArray());
    auto *fetch = new MetadataRequest(m_parts.transport,
        { .request = std::move(request),
            .timeout = m_how.timeout,
            .attempts = std::max(1, m_how.attempts),
            .isFinal = std::move(isFinal) },
        this);
    connect(fetch, &MetadataRequest::finished, this, [fetch, next = std::move(next)](const Result<HttpReply> &outcome) {
        fetch->deleteLater();
        next(outcome);
    });
    fetch->start();
}

void InstanceMetadataSource::askToken()
{
    HttpRequest request = signInRequest(SignInAction::CreateMetadataToken, m_endpoint);
    request.headers.emplaceBack("X-aws-ec2-metadata-token-ttl-seconds", "21600"); // six hours, the most there is
    const auto isFinal = [](const HttpReply &reply) {
        return reply.status == 200 || reply.status == 400 || reply.status == 403 || reply.status == 404
            || reply.status == 405;
    };
    fetch(request, isFinal, [this](const Result<HttpReply> &outcome) { onToken(outcome); });
}

void InstanceMetadataSource::onToken(const Result<HttpReply> &outcome)
{
    // An answer to the token that takes too long can be one hop too many for it (the hop limit of IMDSv2), and the
    // older way may work. No connection at all is the end.
    if (!outcome && outcome.error().kind != Error::Kind::Timeout) {
        notAvailable(u"There is no instance metadata service here: %1"_s.arg(outcome.error().detail), outcome.error());
        return;
    }
    if (outcome && outcome->status == 400) {
        notAvailable(u"The instance metadata service does not take the request for a token (HTTP status 400)."_s);
        return;
    }
    if (outcome && isFilled(*outcome))
        m_token = Secret(QByteArrayView(outcome->body).trimmed());
    if (m_token.isEmpty() && m_how.needsToken) {
        notAvailable(u"The instance metadata service gave no token, and AWS_EC2_METADATA_V1_DISABLED or "
                     "ec2_metadata_v1_disabled rules out going without one."_s);
        return;
    }
    askRole();
}

void InstanceMetadataSource::askRole()
{
    fetch(signInRequest(SignInAction::ListMetadataRoles, m_endpoint), &isFilled,
        [this](const Result<HttpReply> &outcome) { onRole(outcome); });
}

void InstanceMetadataSource::onRole(const Result<HttpReply> &outcome)
{
    if (!outcome) {
        notAvailable(u"There is no instance metadata service here: %1"_s.arg(outcome.error().detail), outcome.error());
        return;
    }
    const QByteArray role = outcome->body.trimmed().split('\n').first().trimmed();
    if (outcome->status != 200 || !isRoleName(role)) {
        notAvailable(outcome->status == 200 || outcome->status == 404
                ? u"The instance has no role."_s
                : u"The instance metadata service answered with HTTP status %1."_s.arg(outcome->status));
        return;
    }
    askKeys(role);
}

void InstanceMetadataSource::askKeys(const QByteArray &role)
{
    HttpRequest request = signInRequest(SignInAction::GetMetadataCredentials, m_endpoint);
    request.url.setPath(
        request.url.path(QUrl::FullyEncoded) + QString::fromLatin1(role.toPercentEncoding()), QUrl::StrictMode);
    const auto isFinal = [](const HttpReply &reply) {
        return reply.status == 200 && (readMetadataCredentials(reply.body) || reply.body.contains("\"Message\""));
    };
    fetch(request, isFinal, [this, role](const Result<HttpReply> &outcome) {
        if (!outcome) {
            notAvailable(u"The instance metadata service does not answer any more: %1"_s.arg(outcome.error().detail),
                outcome.error());
            return;
        }
        Result<Credentials> keys = outcome->status == 200
            ? readMetadataCredentials(outcome->body)
            : Result<Credentials>(Error { .detail = u"HTTP status %1."_s.arg(outcome->status) });
        if (keys)
            finish(withLongerTime(*keys));
        else
            notAvailable(u"The instance metadata service hands out no keys of the role %1. %2"_s.arg(
                             QString::fromLatin1(role), keys.error().detail),
                keys.error());
    });
}

//! Keys that have ended, or are about to, are used for a while longer: the service hands out old ones when it cannot
//! get new ones, and AWS goes on taking them. (EC2 User Guide, "Static stability"; botocore.utils,
//! InstanceMetadataFetcher._evaluate_expiration, with the same times.)
Credentials InstanceMetadataSource::withLongerTime(Credentials keys) const
{
    using std::chrono::seconds;
    const Timestamp now = m_parts.clock.now();
    const seconds span = std::chrono::minutes(10) + seconds(QRandomGenerator::global()->bounded(120, 601));
    if (keys.expires && *keys.expires - now <= span) {
        qCWarning(log::signin) << "the instance metadata service hands out keys at their end; they are used for now";
        keys.expires = now + span;
    }
    return keys;
}

void InstanceMetadataSource::notAvailable(const QString &detail, const Error &cause)
{
    finish(Error { .kind = Error::Kind::NoCredentials,
        .code = u"NotAvailable"_s,
        .detail = detail,
        .members = cause.code.isEmpty() ? QList<Error::Member> {}
                                        : QList<Error::Member> { { .name = u"Code"_s, .value = cause.code } } });
}

} // namespace optout
