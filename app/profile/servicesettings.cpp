// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/servicesettings.h"

#include "profile/serviceregion.h"
#include "profile/shown.h"

#include <QRegularExpression>
#include <QUrl>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

Error wrong(const QString &words) { return Error { .kind = Error::Kind::InvalidInput, .detail = words }; }

class SettingsReader {
public:
    SettingsReader(const SharedConfig &config, const Environment &environment, const QString &profile)
        : m_config(config)
        , m_environment(environment)
        , m_profile(profile)
    {
        if (const ConfigSection *found = config.profile(profile))
            m_section = *found;
    }

    Result<ServiceSettings> read() const
    {
        ServiceSettings settings { .region = regionOf(m_section, m_environment),
            .useFips = isTrue(u"use_fips_endpoint"_s),
            .useDualStack = isTrue(u"use_dualstack_endpoint"_s) };
        findCaBundle(settings);
        if (const std::optional<Error> error = checkRegion(settings.region))
            return *error;
        if (isTrue(u"ignore_configured_endpoint_urls"_s))
            return settings;
        const struct {
            QString service;
            QString &url;
        } endpoints[] = {
            { u"pinpoint_sms_voice_v2"_s, settings.endpoints.smsVoice },
            { u"sts"_s, settings.endpoints.sts },
            { u"sso"_s, settings.endpoints.sso },
            { u"sso_oidc"_s, settings.endpoints.ssoOidc },
        };
        for (const auto &endpoint : endpoints) {
            const Result<QString> url = endpointOf(endpoint.service);
            if (!url)
                return url.error();
            endpoint.url = *url;
        }
        return settings;
    }

private:
    //! A variable that is set counts before the profile's setting, also when it is empty.
    std::optional<QString> find(const QString &setting) const
    {
        if (const auto value = m_environment.find(u"AWS_"_s + setting.toUpper()))
            return value;
        return m_section.has(setting) ? std::optional(m_section.value(setting)) : std::nullopt;
    }

    //! Where the CLI would not verify certificates at all, because the one that counts is empty, it is the system's.
    void findCaBundle(ServiceSettings &settings) const
    {
        if (const auto bundle = m_environment.find(u"AWS_CA_BUNDLE"_s)) {
            settings.caBundle = *bundle;
            settings.caBundleSetBy = u"AWS_CA_BUNDLE"_s;
        } else if (m_section.has(u"ca_bundle"_s)) {
            settings.caBundle = m_section.value(u"ca_bundle"_s);
            settings.caBundleSetBy = u"ca_bundle of the profile %1"_s.arg(shown(m_profile));
        } else if (const auto other = m_environment.find(u"REQUESTS_CA_BUNDLE"_s)) {
            settings.caBundle = *other;
            settings.caBundleSetBy = u"REQUESTS_CA_BUNDLE"_s;
        }
    }

    //! "true" in any case; all else is false and no error. (botocore.utils, ensure_boolean; other SDKs refuse "yes".)
    bool isTrue(const QString &setting) const
    {
        return find(setting).value_or(QString()).compare("true"_L1, Qt::CaseInsensitive) == 0;
    }

    //! The region becomes a part of the host's name. (botocore.utils, validate_region_name.)
    std::optional<Error> checkRegion(const QString &region) const
    {
        static const QRegularExpression label(
            QRegularExpression::anchoredPattern(u"(?![0-9]+$)(?!-)[a-zA-Z0-9-]{1,63}(?<!-)"_s));
        if (region.isEmpty() || label.match(region).hasMatch())
            return std::nullopt;
        return wrong(u"The region \"%1\" is no name of a region. Write one such as eu-west-1 (AWS_REGION, or region in "
                     "profile %2)."_s.arg(shown(region), shown(m_profile)));
    }

    Result<QString> endpointOf(const QString &service) const
    {
        const QString variable = u"AWS_ENDPOINT_URL_"_s + service.toUpper();
        for (const QString &name : { variable, u"AWS_ENDPOINT_URL"_s }) {
            if (const QString url = m_environment.value(name); !url.isEmpty())
                return checkedUrl(url, name);
        }
        const Result<QString> ofService = endpointOfServicesSection(service);
        if (!ofService)
            return ofService.error();
        if (!ofService->isEmpty())
            return checkedUrl(*ofService,
                u"endpoint_url of %1 in [services %2]"_s.arg(service, shown(m_section.value(u"services"_s))));
        const QString url = m_section.value(u"endpoint_url"_s);
        return url.isEmpty() ? Result<QString>(url)
                             : checkedUrl(url, u"endpoint_url of profile %1"_s.arg(shown(m_profile)));
    }

    Result<QString> endpointOfServicesSection(const QString &service) const
    {
        if (!m_section.has(u"services"_s))
            return QString();
        const QString name = m_section.value(u"services"_s);
        const auto section = m_config.services.constFind(name);
        if (section == m_config.services.cend() || (section->settings.isEmpty() && section->nested.isEmpty()))
            return wrong(
                u"%1, profile %2: services names %3, and there is no section [services %3], or it is empty."_s.arg(
                    m_config.paths.config, shown(m_profile), shown(name)));
        if (section->has(service))
            return wrong(u"%1, [services %2]: %3 needs an indented line \"endpoint_url = https://…\" below it."_s.arg(
                m_config.paths.config, shown(name), service));
        return section->nested.value(service).value(u"endpoint_url"_s);
    }

    static Result<QString> checkedUrl(const QString &text, const QString &where)
    {
        const QUrl url(text, QUrl::StrictMode);
        if (url.isValid() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1) && !url.host().isEmpty()
            && url.userInfo().isEmpty())
            return text;
        return wrong(u"%1 is no address of a service. Write https://HOST."_s.arg(where));
    }

    const SharedConfig &m_config;
    const Environment &m_environment;
    const QString &m_profile;
    ConfigSection m_section {};
};

} // namespace

Result<ServiceSettings> serviceSettings(
    const SharedConfig &config, const Environment &environment, const ProfileChoice &profile)
{
    if (config.fatal && config.fatal->kind != Error::Kind::Storage)
        return *config.fatal;
    return SettingsReader(config, environment, profile.name).read();
}

} // namespace optout
