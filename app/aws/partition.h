// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QLatin1StringView>
#include <QString>
#include <QUrl>

namespace optout {

//! What all endpoint rules have in common. Private to this library.

//! A part of AWS with its own regions and host names. (partitions.json of the AWS SDKs, August 2026.)
struct Partition {
    QLatin1StringView id;
    QLatin1StringView regionPattern;
    QLatin1StringView suffix;
    QLatin1StringView dualStackSuffix;
};

//! The partition that lists the region, then the one whose pattern it matches, then `aws`.
const Partition &partitionOf(const QString &region);

//! A given endpoint, with the wording of the rules for FIPS or dual stack together with one; else as resolveEndpoint()
//! describes. \a what names it in errors: "The endpoint URL", "The endpoint URL of STS".
Result<QUrl> givenEndpoint(const QString &text, bool useFips, bool useDualStack, const QString &what);

//! InvalidInput for a region that is missing or cannot be one.
std::optional<Error> regionProblem(const QString &region);

//! "https://host"; InvalidInput if the region makes no host name.
Result<QUrl> hostOf(const QString &host, const QString &region);

} // namespace optout
