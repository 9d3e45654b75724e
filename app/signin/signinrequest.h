// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/signinaction.h"
#include "net/httptransport.h"
#include "profile/servicesettings.h"

#include <QString>
#include <QUrl>

namespace optout {

//! Where a sign-in service is asked: the endpoint given for it in the settings, else the region's own. \a region
//! instead of the settings' region, unless empty: that of IAM Identity Center. Errors as resolveSignInEndpoint().
Result<QUrl> signInEndpoint(SignInService service, const ServiceSettings &settings, const QString &region = {});

//! The request of an action, with method, path and log name; whoever makes it adds query, headers and body. All
//! requests of this library but those of STS begin here, so that none can be made that is not on the allow-list.
HttpRequest signInRequest(SignInAction action, const QUrl &endpoint);

} // namespace optout
