// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QList>
#include <QString>
#include <QUrl>

namespace optout {

//! What decides where requests go.
struct EndpointParameters {
    QString region; //!< "us-east-1"; may be empty only if url is set
    bool useFips = false;
    bool useDualStack = false;
    QString url {}; //!< a given endpoint; overrides the region's own
};

//! The URL that requests are posted to, by the service's endpoint rules: a region listed in a partition, then the
//! partition whose pattern the region matches, then `aws`. InvalidInput with the wording of the rules for FIPS or dual
//! stack together with a given URL, and when neither region nor URL is given; InvalidInput also for a URL that is none,
//! that is neither https nor http, that holds user information, or that is plain http to a host that is not loopback.
//! (Endpoint rule set of the service model 2022-03-31; partitions.json of the AWS SDKs.)
Result<QUrl> resolveEndpoint(const EndpointParameters &parameters);

//! A region the service runs in, for the region chooser.
struct Region {
    QString id; //!< "eu-central-1"
    QString name; //!< "Europe (Frankfurt)"
    bool fips = false; //!< whether AWS lists a FIPS host for it
};
//! All regions with the service as of August 2026, sorted by id. A region not in it can still be typed.
const QList<Region> &serviceRegions();

//! Whether the text can be a region: 1..63 characters of a-z 0-9 and '-' (it becomes part of a host name).
bool isRegionName(QStringView text);

} // namespace optout
