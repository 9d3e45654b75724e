// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/partition.h"

#include "aws/endpoint.h"
#include "core/loopbackhost.h"

#include <QRegularExpression>

#include <array>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::array partitions {
    Partition {
        "aws"_L1, R"(^(us|eu|ap|sa|ca|me|af|il|mx)-[A-Za-z0-9_]+-[0-9]+$)"_L1, "amazonaws.com"_L1, "api.aws"_L1 },
    Partition {
        "aws-cn"_L1, R"(^cn-[A-Za-z0-9_]+-[0-9]+$)"_L1, "amazonaws.com.cn"_L1, "api.amazonwebservices.com.cn"_L1 },
    Partition { "aws-us-gov"_L1, R"(^us-gov-[A-Za-z0-9_]+-[0-9]+$)"_L1, "amazonaws.com"_L1, "api.aws"_L1 },
    Partition {
        "aws-eusc"_L1, R"(^eusc-(de)-[A-Za-z0-9_]+-[0-9]+$)"_L1, "amazonaws.eu"_L1, "api.amazonwebservices.eu"_L1 },
    Partition { "aws-iso"_L1, R"(^us-iso-[A-Za-z0-9_]+-[0-9]+$)"_L1, "c2s.ic.gov"_L1, "api.aws.ic.gov"_L1 },
    Partition { "aws-iso-b"_L1, R"(^us-isob-[A-Za-z0-9_]+-[0-9]+$)"_L1, "sc2s.sgov.gov"_L1, "api.aws.scloud"_L1 },
    Partition {
        "aws-iso-e"_L1, R"(^eu-isoe-[A-Za-z0-9_]+-[0-9]+$)"_L1, "cloud.adc-e.uk"_L1, "api.cloud-aws.adc-e.uk"_L1 },
    Partition { "aws-iso-f"_L1, R"(^us-isof-[A-Za-z0-9_]+-[0-9]+$)"_L1, "csp.hci.ic.gov"_L1, "api.aws.hci.ic.gov"_L1 },
};

Error invalid(const QString &detail) { return Error { .kind = Error::Kind::InvalidInput, .detail = detail }; }

} // namespace

//! The regions that partitions list all fit their pattern, but for one each: the partition's id with "-global".
const Partition &partitionOf(const QString &region)
{
    for (const Partition &partition : partitions) {
        if (region == partition.id + "-global"_L1)
            return partition;
    }
    for (const Partition &partition : partitions) {
        if (QRegularExpression(partition.regionPattern).match(region).hasMatch())
            return partition;
    }
    return partitions.front();
}

Result<QUrl> givenEndpoint(const QString &text, bool useFips, bool useDualStack, const QString &what)
{
    if (useFips)
        return invalid(u"Invalid Configuration: FIPS and custom endpoint are not supported. Switch FIPS off, or leave "
                       "the endpoint URL empty."_s);
    if (useDualStack)
        return invalid(u"Invalid Configuration: Dualstack and custom endpoint are not supported. Switch dual stack "
                       "off, or leave the endpoint URL empty."_s);
    QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return invalid(what + u" is no URL. It has to look like \"https://host\" or \"https://host:port\"."_s);
    if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)
        return invalid(u"%1 begins with \"%2:\". It has to begin with \"https:\"."_s.arg(what, url.scheme()));
    if (!url.userInfo(QUrl::FullyEncoded).isEmpty())
        return invalid(what + u" holds a user name or a password. Give the keys as credentials instead."_s);
    if (url.hasQuery() || url.hasFragment())
        return invalid(what + u" has a part after \"?\" or \"#\". Leave it out."_s);
    if (url.scheme() == "http"_L1 && !isLoopbackHost(url.host()))
        return invalid(what
            + u" is plain http, which is accepted on this computer's own addresses only "
              "(localhost, 127.0.0.1, [::1]). Use \"https:\"."_s);
    // The Host header is signed without the scheme's usual port, so that must not be sent either.
    if (url.port() == (url.scheme() == "https"_L1 ? 443 : 80))
        url.setPort(-1);
    return url;
}

std::optional<Error> regionProblem(const QString &region)
{
    if (region.isEmpty())
        return invalid(u"Invalid Configuration: Missing Region. Choose a region, such as us-east-1."_s);
    if (!isRegionName(region))
        return invalid(
            u"\"%1\" cannot be a region. A region is made of a-z, 0-9 and \"-\", such as us-east-1."_s.arg(region));
    return std::nullopt;
}

Result<QUrl> hostOf(const QString &host, const QString &region)
{
    QUrl url;
    url.setScheme(u"https"_s);
    url.setHost(host);
    if (!url.isValid() || url.host().isEmpty()) // such as "xn--", which begins a name in another script
        return invalid(u"\"%1\" cannot be a region: it makes no host name."_s.arg(region));
    return url;
}

} // namespace optout
