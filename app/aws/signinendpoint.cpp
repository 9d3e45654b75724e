// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/signinendpoint.h"

#include "aws/partition.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

struct HostNames {
    QLatin1StringView usual;
    QLatin1StringView fips;
};

HostNames namesOf(SignInService service)
{
    switch (service) {
    case SignInService::Sts:
        return { "sts"_L1, "sts-fips"_L1 };
    case SignInService::Sso:
        return { "portal.sso"_L1, "portal.sso-fips"_L1 };
    case SignInService::SsoOidc:
        return { "oidc"_L1, "oidc-fips"_L1 };
    }
    Q_UNREACHABLE();
}

QString hostFor(SignInService service, const EndpointParameters &parameters)
{
    const QString &region = parameters.region;
    const Partition &partition = partitionOf(region);
    const bool isPlain = !parameters.useFips && !parameters.useDualStack;
    if (service == SignInService::Sts && isPlain && region == "aws-global"_L1)
        return u"sts.amazonaws.com"_s;
    // The usual hosts of GovCloud are FIPS hosts already.
    const bool usualIsFips = partition.id == "aws-us-gov"_L1;
    const HostNames names = namesOf(service);
    const bool asksFips = parameters.useFips && !(usualIsFips && !parameters.useDualStack);
    return u"%1.%2.%3"_s.arg(asksFips ? names.fips : names.usual, region,
        parameters.useDualStack ? partition.dualStackSuffix : partition.suffix);
}

} // namespace

QString serviceName(SignInService service)
{
    switch (service) {
    case SignInService::Sts:
        return u"STS"_s;
    case SignInService::Sso:
        return u"IAM Identity Center"_s;
    case SignInService::SsoOidc:
        return u"IAM Identity Center (OIDC)"_s;
    }
    Q_UNREACHABLE();
}

Result<QUrl> resolveSignInEndpoint(SignInService service, const EndpointParameters &parameters)
{
    if (!parameters.url.trimmed().isEmpty())
        return givenEndpoint(parameters.url, parameters.useFips, parameters.useDualStack,
            u"The endpoint URL of %1"_s.arg(serviceName(service)));
    if (const std::optional<Error> problem = regionProblem(parameters.region))
        return *problem;
    return hostOf(hostFor(service, parameters), parameters.region);
}

QByteArray stsSigningRegion(const QString &region)
{
    return region.isEmpty() || region == "aws-global"_L1 ? QByteArrayLiteral("us-east-1") : region.toUtf8();
}

} // namespace optout
