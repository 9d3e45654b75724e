// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

// The part of StepReader that looks at what the environment and the machine offer.

#include "profile/containerhosts.h"
#include "profile/pythontext.h"
#include "profile/shown.h"
#include "profile/stepreader.h"

#include <QDateTime>
#include <QUrl>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

Error wrongVariable(const QString &words) { return Error { .kind = Error::Kind::InvalidInput, .detail = words }; }

//! A moment without a zone is UTC.
std::optional<Timestamp> momentOf(const QString &text)
{
    QDateTime moment = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!moment.isValid())
        return std::nullopt;
    if (moment.timeSpec() == Qt::LocalTime)
        moment.setTimeSpec(Qt::UTC);
    return Timestamp(std::chrono::milliseconds(moment.toMSecsSinceEpoch()));
}

bool isUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1) && !url.host().isEmpty();
}

//! The variable if it is set, also when it is empty; else the profile's setting.
std::optional<QString> variableOrSetting(
    const Environment &environment, const ConfigSection &section, const QString &setting)
{
    if (const auto value = environment.find(u"AWS_"_s + setting.toUpper()))
        return value;
    return section.has(setting) ? std::optional(section.value(setting)) : std::nullopt;
}

} // namespace

FoundStep StepReader::environmentKeys()
{
    const QString key = m_environment.value(u"AWS_ACCESS_KEY_ID"_s);
    const Secret secret = m_environment.secret(u"AWS_SECRET_ACCESS_KEY"_s);
    if (key.isEmpty()) {
        note(secret.isEmpty() ? u"Environment: AWS_ACCESS_KEY_ID is not set."_s
                              : u"Environment: AWS_SECRET_ACCESS_KEY is set, AWS_ACCESS_KEY_ID is not."_s);
        return std::optional<SignInStep>();
    }
    if (secret.isEmpty())
        return wrongVariable(u"AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not. Set both, or neither."_s);
    // The older name goes first, as in the CLI.
    Secret token = m_environment.secret(u"AWS_SECURITY_TOKEN"_s);
    if (token.isEmpty())
        token = m_environment.secret(u"AWS_SESSION_TOKEN"_s);
    return std::optional(SignInStep { .origin = SignInStep::Origin::Environment,
        .how = StaticKeysStep { Credentials { .accessKeyId = key,
            .secretAccessKey = secret,
            .sessionToken = token,
            .expires = momentOf(m_environment.value(u"AWS_CREDENTIAL_EXPIRATION"_s)) } } });
}

FoundStep StepReader::container()
{
    const std::optional<QString> relative = m_environment.find(u"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"_s);
    const std::optional<QString> full = m_environment.find(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s);
    if (!relative && !full) {
        note(
            u"Container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set."_s);
        return std::optional<SignInStep>();
    }
    const QString url = relative ? u"http://169.254.170.2"_s + *relative : *full;
    const QString variable =
        relative ? u"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"_s : u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s;
    if (!isUrl(url))
        return wrongVariable(u"%1 is no address: \"%2\"."_s.arg(variable, shown(url)));
    if (!mayServeContainers(QUrl(url, QUrl::StrictMode)))
        return wrongVariable(
            u"%1 names %2, which may not hand out keys: without TLS only this computer, 169.254.170.2, "
            "169.254.170.23 and [fd00:ec2::23] may."_s.arg(variable, shown(QUrl(url, QUrl::StrictMode).host())));
    ContainerStep step { .url = url };
    if (const auto file = m_environment.find(u"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"_s)) {
        step.tokenFile = *file;
        if (step.tokenFile.isEmpty())
            return wrongVariable(
                u"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE is set but empty. Unset it, or name a file."_s);
    } else {
        step.token = m_environment.secret(u"AWS_CONTAINER_AUTHORIZATION_TOKEN"_s);
        if (step.token.expose().contains('\r') || step.token.expose().contains('\n'))
            return wrongVariable(u"AWS_CONTAINER_AUTHORIZATION_TOKEN has a line break in it."_s);
    }
    return std::optional(SignInStep { .origin = SignInStep::Origin::Container, .how = std::move(step) });
}

FoundStep StepReader::instance(const QString &profile)
{
    if (m_environment.value(u"AWS_EC2_METADATA_DISABLED"_s).compare("true"_L1, Qt::CaseInsensitive) == 0) {
        note(u"Instance: AWS_EC2_METADATA_DISABLED is true."_s);
        return std::optional<SignInStep>();
    }
    const Result<InstanceMetadataStep> settings = instanceSettings(profile);
    if (!settings)
        return settings.error();
    return std::optional(SignInStep { .origin = SignInStep::Origin::Instance, .how = *settings });
}

Result<InstanceMetadataStep> StepReader::instanceSettings(const QString &profile) const
{
    const ConfigSection &settings = section(profile);
    const auto find = [&](const QString &setting) { return variableOrSetting(m_environment, settings, setting); };
    InstanceMetadataStep step;
    const auto number = [&](const QString &setting) -> Result<int> {
        const QString text = stripped(find(setting).value_or(u"1"_s)).toString();
        bool isNumber = false;
        const int value = text.toInt(&isNumber);
        if (!isNumber || value < 1 || value > 86'400)
            return wrongVariable(u"%1 is \"%2\", and must be a whole number from 1."_s.arg(setting, shown(text)));
        return value;
    };
    const Result<int> seconds = number(u"metadata_service_timeout"_s);
    if (!seconds)
        return seconds.error();
    const Result<int> attempts = number(u"metadata_service_num_attempts"_s);
    if (!attempts)
        return attempts.error();
    step.timeout = std::chrono::seconds(*seconds);
    step.attempts = *attempts;
    step.needsToken =
        find(u"ec2_metadata_v1_disabled"_s).value_or(QString()).compare("true"_L1, Qt::CaseInsensitive) == 0;
    const QString mode = find(u"ec2_metadata_service_endpoint_mode"_s).value_or(u"ipv4"_s).toLower();
    if (mode != "ipv4"_L1 && mode != "ipv6"_L1)
        return wrongVariable(
            u"ec2_metadata_service_endpoint_mode is \"%1\", and must be IPv4 or IPv6."_s.arg(shown(mode)));
    const QString modern = find(u"ec2_metadata_service_endpoint"_s).value_or(QString());
    // imds_use_ipv6 is the older name of the mode, and counts if the newer is not there.
    const bool oldIpv6 = !find(u"ec2_metadata_service_endpoint_mode"_s)
        && find(u"imds_use_ipv6"_s).value_or(QString()).toLower() == "true"_L1;
    if (!modern.isEmpty())
        step.endpoint = modern;
    else if (mode == "ipv6"_L1 || oldIpv6)
        step.endpoint = u"http://[fd00:ec2::254]"_s;
    if (!isUrl(step.endpoint))
        return wrongVariable(
            u"ec2_metadata_service_endpoint is no address: \"%1\". Write http://HOST."_s.arg(shown(step.endpoint)));
    while (step.endpoint.endsWith(u'/'))
        step.endpoint.chop(1);
    return step;
}

} // namespace optout
