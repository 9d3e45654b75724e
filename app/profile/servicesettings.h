// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "profile/signinplan.h"

#include <QString>

namespace optout {

//! Where to call and whom to trust, from options, environment and profile together.
struct ServiceSettings {
    QString region {}; //!< AWS_REGION, else AWS_DEFAULT_REGION, else the profile's; empty when none says
    bool useFips = false; //!< AWS_USE_FIPS_ENDPOINT, else use_fips_endpoint
    bool useDualStack = false; //!< AWS_USE_DUALSTACK_ENDPOINT, else use_dualstack_endpoint
    //! AWS_CA_BUNDLE, else ca_bundle, else REQUESTS_CA_BUNDLE; empty: the system's. CURL_CA_BUNDLE does not count, as
    //! in the AWS CLI. (botocore.endpoint, EndpointCreator._get_verify_value)
    QString caBundle {};
    QString caBundleSetBy {}; //!< "AWS_CA_BUNDLE", "ca_bundle of the profile dev"; for the error
    //! Given endpoints; empty: the region's own. AWS_ENDPOINT_URL_X, else AWS_ENDPOINT_URL, else the profile's
    //! `services` section, else its endpoint_url; none with AWS_IGNORE_CONFIGURED_ENDPOINT_URLS or the profile's
    //! ignore_configured_endpoint_urls. (AWS SDKs and Tools Reference Guide, "Service-specific endpoints".)
    struct Endpoints {
        QString smsVoice {}; //!< PINPOINT_SMS_VOICE_V2, pinpoint_sms_voice_v2
        QString sts {};
        QString sso {};
        QString ssoOidc {};
        bool operator==(const Endpoints &) const = default;
    } endpoints {};

    bool operator==(const ServiceSettings &) const = default;
};

//! InvalidInput for a value that the CLI refuses. Pure. A profile that does not exist gives what the environment says.
Result<ServiceSettings> serviceSettings(
    const SharedConfig &config, const Environment &environment, const ProfileChoice &profile);

} // namespace optout
