// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/signinaction.h"

namespace optout {

namespace {

struct Call {
    QByteArray name;
    QByteArray method;
    QByteArray path;
    std::optional<SignInService> service {};
};

Call callOf(SignInAction action)
{
    switch (action) {
    case SignInAction::GetRoleCredentials:
        return { "GetRoleCredentials", "GET", "/federation/credentials", SignInService::Sso };
    case SignInAction::RegisterClient:
        return { "RegisterClient", "POST", "/client/register", SignInService::SsoOidc };
    case SignInAction::StartDeviceAuthorization:
        return { "StartDeviceAuthorization", "POST", "/device_authorization", SignInService::SsoOidc };
    case SignInAction::CreateToken:
        return { "CreateToken", "POST", "/token", SignInService::SsoOidc };
    case SignInAction::GetContainerCredentials:
        return { "GetContainerCredentials", "GET", "" };
    case SignInAction::CreateMetadataToken:
        return { "CreateMetadataToken", "PUT", "/latest/api/token" };
    case SignInAction::ListMetadataRoles:
        return { "ListMetadataRoles", "GET", "/latest/meta-data/iam/security-credentials/" };
    case SignInAction::GetMetadataCredentials:
        return { "GetMetadataCredentials", "GET", "/latest/meta-data/iam/security-credentials/" };
    }
    Q_UNREACHABLE();
}

} // namespace

QByteArray queryNameOf(StsAction action)
{
    switch (action) {
    case StsAction::AssumeRole:
        return QByteArrayLiteral("AssumeRole");
    case StsAction::AssumeRoleWithWebIdentity:
        return QByteArrayLiteral("AssumeRoleWithWebIdentity");
    case StsAction::GetCallerIdentity:
        return QByteArrayLiteral("GetCallerIdentity");
    }
    Q_UNREACHABLE();
}

QByteArray nameOf(SignInAction action) { return callOf(action).name; }

QByteArray methodOf(SignInAction action) { return callOf(action).method; }

QByteArray pathOf(SignInAction action) { return callOf(action).path; }

std::optional<SignInService> serviceOf(SignInAction action) { return callOf(action).service; }

} // namespace optout
