// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/signinendpoint.h"

#include <QByteArray>

#include <optional>

namespace optout {

//! The second half of the allow-list (the first is Action): every call this program can make to sign in. None of them
//! changes anything but the sign-in itself. There is no other way to fill a query's Action or a path.

//! Calls of STS, which take their name in the form that is posted. (API reference 2011-06-15.)
enum class StsAction { AssumeRole, AssumeRoleWithWebIdentity, GetCallerIdentity };

//! "AssumeRole".
QByteArray queryNameOf(StsAction action);

//! Calls that are told apart by method and path.
enum class SignInAction {
    GetRoleCredentials, //!< IAM Identity Center portal (service model sso 2019-06-10)
    RegisterClient, //!< IAM Identity Center OIDC (sso-oidc 2019-06-10), as the next two
    StartDeviceAuthorization,
    CreateToken,
    GetContainerCredentials, //!< ECS, EKS: the whole path is given by the container (ECS Developer Guide, "Task IAM
                             //!< role")
    CreateMetadataToken, //!< EC2 User Guide, "Use IMDS": as the next two
    ListMetadataRoles,
    GetMetadataCredentials, //!< the role's name comes after the path
};

//! For logs: "GetRoleCredentials".
QByteArray nameOf(SignInAction action);

//! "GET", "POST" or "PUT".
QByteArray methodOf(SignInAction action);

//! From the root of the service's endpoint: "/federation/credentials". Empty for GetContainerCredentials.
QByteArray pathOf(SignInAction action);

//! The AWS service that is asked; absent for the services inside a container or an instance.
std::optional<SignInService> serviceOf(SignInAction action);

} // namespace optout
