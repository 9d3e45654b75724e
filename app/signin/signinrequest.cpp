// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/signinrequest.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

QString givenUrl(SignInService service, const ServiceSettings::Endpoints &endpoints)
{
    switch (service) {
    case SignInService::Sts:
        return endpoints.sts;
    case SignInService::Sso:
        return endpoints.sso;
    case SignInService::SsoOidc:
        return endpoints.ssoOidc;
    }
    Q_UNREACHABLE();
}

HttpRequest::Method toMethod(const QByteArray &name)
{
    if (name == "GET")
        return HttpRequest::Method::Get;
    return name == "PUT" ? HttpRequest::Method::Put : HttpRequest::Method::Post;
}

} // namespace

Result<QUrl> signInEndpoint(SignInService service, const ServiceSettings &settings, const QString &region)
{
    return resolveSignInEndpoint(service,
        { .region = region.isEmpty() ? settings.region : region,
            .useFips = settings.useFips,
            .useDualStack = settings.useDualStack,
            .url = givenUrl(service, settings.endpoints) });
}

HttpRequest signInRequest(SignInAction action, const QUrl &endpoint)
{
    QUrl url = endpoint;
    if (const QByteArray path = pathOf(action); !path.isEmpty()) {
        QString base = url.path(QUrl::FullyEncoded);
        if (base.endsWith(u'/'))
            base.chop(1);
        url.setPath(base + QString::fromLatin1(path), QUrl::StrictMode);
    }
    return { .url = url, .logName = nameOf(action), .method = toMethod(methodOf(action)) };
}

} // namespace optout
