// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/containersource.h"

#include "aws/credentialreplies.h"
#include "aws/pagetext.h"
#include "core/redact.h"
#include "profile/containerhosts.h"
#include "signin/inworker.h"
#include "signin/metadatarequest.h"
#include "signin/signinrequest.h"
#include "signin/tokenfile.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

Error invalid(const QString &detail) { return { .kind = Error::Kind::InvalidInput, .detail = detail }; }

} // namespace

Result<QUrl> containerUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty()
        || (url.scheme() != "https"_L1 && url.scheme() != "http"_L1))
        return invalid(u"AWS_CONTAINER_CREDENTIALS_FULL_URI or its relative form makes no http or https URL."_s);
    if (!mayServeContainers(url))
        return invalid(u"%1 is no host that keys may come from over plain http: only this computer's own addresses, "
                       "169.254.170.2, 169.254.170.23 and fd00:ec2::23 are. Use https."_s.arg(url.host()));
    return url;
}

ContainerSource::ContainerSource(
    const SignInStep &step, const ContainerStep &how, const SourceParts &parts, QObject *parent)
    : SourceBase(step, parts, parent)
    , m_how(how)
{
}

//! The token is from the file if one is named, else from the environment.
void ContainerSource::start()
{
    const Result<QUrl> url = containerUrl(m_how.url);
    if (!url) {
        finishSoon(url.error());
        return;
    }
    m_url = *url;
    inWorker(
        this,
        [file = m_how.tokenFile, token = m_how.token] {
            return file.isEmpty() ? Result<Secret>(token) : readTokenFile(file);
        },
        [this](const Result<Secret> &token) { onToken(token); });
}

void ContainerSource::onToken(const Result<Secret> &token)
{
    if (!token) {
        finish(token.error());
        return;
    }
    const QByteArrayView text = token->expose();
    if (text.contains('\n') || text.contains('\r') || text.contains('\0')) {
        finish(invalid(u"The authorization token of the container has more than one line."_s));
        return;
    }
    HttpRequest request = signInRequest(SignInAction::GetContainerCredentials, m_url);
    request.headers.emplaceBack("Accept", "application/json");
    if (!token->isEmpty())
        request.headers.emplaceBack("Authorization", text.toByteArray());
    auto *fetch = new MetadataRequest(m_parts.transport,
        { .request = request,
            .timeout = std::chrono::seconds(2),
            .attempts = 3,
            .pause = std::chrono::seconds(1),
            .isFinal = [](const HttpReply &reply) { return reply.status == 200; } },
        this);
    connect(fetch, &MetadataRequest::finished, this, &ContainerSource::onOutcome);
    fetch->start();
}

void ContainerSource::onOutcome(const Result<HttpReply> &outcome)
{
    if (!outcome) {
        Error error = outcome.error();
        error.detail = u"The container's credential service does not answer: %1"_s.arg(error.detail);
        finish(error);
        return;
    }
    if (outcome->status != 200) {
        finish(Error { .kind = Error::Kind::NoCredentials,
            .detail = u"%1 answered with HTTP status %2: %3"_s.arg(m_url.host())
                          .arg(outcome->status)
                          .arg(redacted(pageText(outcome->body, 300))) });
        return;
    }
    Result<Credentials> keys = readMetadataCredentials(outcome->body);
    if (!keys) {
        Error error = keys.error();
        error.detail = u"What %1 answered cannot be used. %2"_s.arg(m_url.host(), error.detail);
        finish(error);
        return;
    }
    finish(keys);
}

} // namespace optout
