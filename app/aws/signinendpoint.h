// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/endpoint.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace optout {

//! The services that sign-ins talk to. The one behind `aws login` is asked by the AWS CLI only.
enum class SignInService { Sts, Sso, SsoOidc };

//! "STS", "IAM Identity Center", "IAM Identity Center (OIDC)": for errors and "why this one".
QString serviceName(SignInService service);

//! The URL that requests to the service go to, by its own endpoint rules; errors as resolveEndpoint(). STS is asked in
//! the region itself, as the AWS CLI v2 does, but for the region aws-global.
//! (Endpoint rule sets of sts 2011-06-15, sso 2019-06-10 and sso-oidc 2019-06-10.)
Result<QUrl> resolveSignInEndpoint(SignInService service, const EndpointParameters &parameters);

//! The region in the scope of a signature for STS: the region itself; us-east-1 for aws-global, and for a given
//! endpoint without a region.
QByteArray stsSigningRegion(const QString &region);

} // namespace optout
