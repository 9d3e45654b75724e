// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/endpoint.h"

#include "aws/partition.h"

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;

bool isRegionName(QStringView text)
{
    return !text.isEmpty() && text.size() <= 63 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
    });
}

Result<QUrl> resolveEndpoint(const EndpointParameters &parameters)
{
    if (!parameters.url.trimmed().isEmpty())
        return givenEndpoint(parameters.url, parameters.useFips, parameters.useDualStack, u"The endpoint URL"_s);
    if (const std::optional<Error> problem = regionProblem(parameters.region))
        return *problem;
    const Partition &partition = partitionOf(parameters.region);
    return hostOf(u"%1.%2.%3"_s.arg(parameters.useFips ? "sms-voice-fips"_L1 : "sms-voice"_L1, parameters.region,
                      parameters.useDualStack ? partition.dualStackSuffix : partition.suffix),
        parameters.region);
}

const QList<Region> &serviceRegions()
{
    static const QList<Region> regions {
        { u"af-south-1"_s, u"Africa (Cape Town)"_s },
        { u"ap-east-2"_s, u"Asia Pacific (Taipei)"_s },
        { u"ap-northeast-1"_s, u"Asia Pacific (Tokyo)"_s },
        { u"ap-northeast-2"_s, u"Asia Pacific (Seoul)"_s },
        { u"ap-northeast-3"_s, u"Asia Pacific (Osaka)"_s },
        { u"ap-south-1"_s, u"Asia Pacific (Mumbai)"_s },
        { u"ap-south-2"_s, u"Asia Pacific (Hyderabad)"_s },
        { u"ap-southeast-1"_s, u"Asia Pacific (Singapore)"_s },
        { u"ap-southeast-2"_s, u"Asia Pacific (Sydney)"_s },
        { u"ap-southeast-3"_s, u"Asia Pacific (Jakarta)"_s },
        { u"ap-southeast-4"_s, u"Asia Pacific (Melbourne)"_s },
        { u"ap-southeast-6"_s, u"Asia Pacific (New Zealand)"_s },
        { u"ca-central-1"_s, u"Canada (Central)"_s, true },
        { u"ca-west-1"_s, u"Canada West (Calgary)"_s, true },
        { u"eu-central-1"_s, u"Europe (Frankfurt)"_s },
        { u"eu-central-2"_s, u"Europe (Zurich)"_s },
        { u"eu-north-1"_s, u"Europe (Stockholm)"_s },
        { u"eu-south-1"_s, u"Europe (Milan)"_s },
        { u"eu-south-2"_s, u"Europe (Spain)"_s },
        { u"eu-west-1"_s, u"Europe (Ireland)"_s },
        { u"eu-west-2"_s, u"Europe (London)"_s },
        { u"eu-west-3"_s, u"Europe (Paris)"_s },
        { u"eusc-de-east-1"_s, u"AWS European Sovereign Cloud (Germany)"_s },
        { u"il-central-1"_s, u"Israel (Tel Aviv)"_s },
        { u"me-central-1"_s, u"Middle East (UAE)"_s },
        { u"me-south-1"_s, u"Middle East (Bahrain)"_s },
        { u"mx-central-1"_s, u"Mexico (Central)"_s },
        { u"sa-east-1"_s, u"South America (São Paulo)"_s },
        { u"us-east-1"_s, u"US East (N. Virginia)"_s, true },
        { u"us-east-2"_s, u"US East (Ohio)"_s, true },
        { u"us-gov-east-1"_s, u"AWS GovCloud (US-East)"_s, true },
        { u"us-gov-west-1"_s, u"AWS GovCloud (US-West)"_s, true },
        { u"us-west-1"_s, u"US West (N. California)"_s, true },
        { u"us-west-2"_s, u"US West (Oregon)"_s, true },
    };
    return regions;
}

} // namespace optout
