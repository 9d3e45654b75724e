// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/connectionsources.h"

#include "presenters/connectionlist.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isTrue(const Environment &environment, const QString &name)
{
    return environment.value(name).compare("true"_L1, Qt::CaseInsensitive) == 0;
}

// The service's own variable goes before the one for all services. (AWS SDKs and Tools Reference Guide,
// "Service-specific endpoints".)
QString endpointOf(const Environment &environment)
{
    if (isTrue(environment, u"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"_s))
        return {};
    const QString own = environment.value(u"AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2"_s);
    return own.isEmpty() ? environment.value(u"AWS_ENDPOINT_URL"_s) : own;
}

} // namespace

Connection connectionOf(const SavedConnection &saved, bool keysInMemory)
{
    return { .id = saved.id,
        .name = saved.name,
        .region = saved.region,
        .endpointUrl = saved.endpointUrl,
        .useFips = saved.useFips,
        .useDualStack = saved.useDualStack,
        .roleArn = saved.roleArn,
        .externalId = saved.externalId,
        .mfaSerial = saved.mfaSerial,
        .source = Connection::Source::Saved,
        .sessionOnly = keysInMemory || !saved.keysSaved };
}

SavedConnection savedOf(const Connection &connection)
{
    return { .id = connection.id,
        .name = connection.name,
        .region = connection.region,
        .endpointUrl = connection.endpointUrl,
        .useFips = connection.useFips,
        .useDualStack = connection.useDualStack,
        .roleArn = connection.roleArn,
        .externalId = connection.externalId,
        .mfaSerial = connection.mfaSerial,
        .keysSaved = !connection.sessionOnly };
}

QString environmentConnectionId() { return u"environment"_s; }

// (AWS SDKs and Tools Reference Guide, "Environment variables list": what each of them means.)
std::optional<Connection> connectionOf(const Environment &environment)
{
    const auto has = [&environment](const QString &name) { return !environment.value(name).isEmpty(); };
    const bool token = has(u"AWS_WEB_IDENTITY_TOKEN_FILE"_s) && has(u"AWS_ROLE_ARN"_s);
    const bool container =
        has(u"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"_s) || has(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s);
    if (!keysOf(environment) && !token && !container)
        return std::nullopt;
    const QString region = environment.value(u"AWS_REGION"_s);
    return Connection { .id = environmentConnectionId(),
        .name = ConnectionList::tr("Environment variables"),
        .region = region.isEmpty() ? environment.value(u"AWS_DEFAULT_REGION"_s) : region,
        .endpointUrl = endpointOf(environment),
        .useFips = isTrue(environment, u"AWS_USE_FIPS_ENDPOINT"_s),
        .useDualStack = isTrue(environment, u"AWS_USE_DUALSTACK_ENDPOINT"_s),
        .source = Connection::Source::Environment };
}

std::optional<Credentials> keysOf(const Environment &environment)
{
    Credentials keys { .accessKeyId = environment.value(u"AWS_ACCESS_KEY_ID"_s),
        .secretAccessKey = environment.secret(u"AWS_SECRET_ACCESS_KEY"_s),
        .sessionToken = environment.secret(u"AWS_SESSION_TOKEN"_s) };
    if (keys.accessKeyId.isEmpty() || keys.secretAccessKey.isEmpty())
        return std::nullopt;
    return keys;
}

QString profileConnectionId(const QString &profile) { return "profile:"_L1 + profile; }

Connection connectionOfProfile(const QString &profile, const Result<ServiceSettings> &settings)
{
    Connection connection { .id = profileConnectionId(profile), .name = profile };
    connection.source = Connection::Source::Profile;
    if (!settings) {
        connection.problem = settings.error().detail;
        return connection;
    }
    connection.region = settings->region;
    connection.endpointUrl = settings->endpoints.smsVoice;
    connection.useFips = settings->useFips;
    connection.useDualStack = settings->useDualStack;
    return connection;
}

} // namespace optout
