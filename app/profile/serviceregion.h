// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "profile/environment.h"
#include "profile/sharedconfig.h"

#include <QString>

namespace optout {

//! AWS_REGION, else AWS_DEFAULT_REGION, else the profile's region. (botocore by itself and boto3 know
//! AWS_DEFAULT_REGION only; the CLI v2 takes both, in this order.) A variable that is set but empty is passed over: the
//! CLI takes it and fails with an endpoint that cannot be.
inline QString regionOf(const ConfigSection &profile, const Environment &environment)
{
    for (const QString &variable : { QStringLiteral("AWS_REGION"), QStringLiteral("AWS_DEFAULT_REGION") }) {
        if (!environment.value(variable).isEmpty())
            return environment.value(variable);
    }
    return profile.value(QStringLiteral("region"));
}

} // namespace optout
