// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

// The part of StepReader that follows role_arn to where its keys come from (botocore.credentials, AssumeRoleProvider).

#include "profile/pythontext.h"
#include "profile/shown.h"
#include "profile/stepreader.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! botocore gives up at about 300, by the depth of Python's stack. Nobody has more than a handful.
constexpr qsizetype maxRoles = 100;

bool assumesRole(const ConfigSection &section)
{
    return section.has(u"role_arn"_s) && !section.has(u"web_identity_token_file"_s);
}

//! Half a pair is enough to be taken for keys; that it is half is told later.
bool hasKeys(const ConfigSection &section)
{
    return section.has(u"aws_access_key_id"_s) || section.has(u"aws_secret_access_key"_s);
}

} // namespace

FoundStep StepReader::role(const QString &profile)
{
    if (!assumesRole(section(profile)))
        return std::optional<SignInStep>();

    struct Link {
        QString profile;
        AssumeRoleStep step;
    };
    QList<Link> chain;
    QStringList visited { profile };
    std::optional<SignInStep> source;
    for (QString current = profile; !source;) {
        if (chain.size() >= maxRoles)
            return wrong(profile, u"the chain of source profiles has more than %1 roles"_s.arg(maxRoles));
        const Result<RoleSettings> settings = roleSettings(current);
        if (!settings)
            return settings.error();
        chain.append(Link { .profile = current, .step = settings->step });
        if (settings->sourceProfile.isNull()) {
            FoundStep found = sourceByName(current, settings->credentialSource);
            if (!found)
                return found.error();
            source = *std::move(found);
            continue;
        }
        const QString next = settings->sourceProfile;
        if (const Result<Done> fine = checkSource(current, next, visited); !fine)
            return fine.error();
        visited += next;
        if (assumesRole(section(next)) && !hasKeys(section(next))) {
            current = next;
            continue;
        }
        FoundStep found = ofProfile(next, false);
        if (!found)
            return found.error();
        if (!*found)
            return wrong(current, u"its source_profile %1 has no keys and no other way to get them"_s.arg(shown(next)));
        source = *std::move(found);
    }
    for (auto link = chain.rbegin(); link != chain.rend(); ++link) {
        // (AWS STS API Reference, AssumeRole, DurationSeconds.)
        if (link->step.duration && (*link->step.duration < 15min || *link->step.duration > 12h))
            return wrong(link->profile,
                u"duration_seconds is %1, and must be from 900 to 43200"_s.arg(link->step.duration->count()));
        link->step.source = std::make_shared<const SignInStep>(*std::move(source));
        const auto origin = section(link->profile).fromCredentialsFile.contains(u"role_arn"_s)
            ? SignInStep::Origin::CredentialsFile
            : SignInStep::Origin::ConfigFile;
        source = SignInStep { .origin = origin, .profile = link->profile, .how = std::move(link->step) };
    }
    return source;
}

Result<StepReader::RoleSettings> StepReader::roleSettings(const QString &profile)
{
    const ConfigSection &settings = section(profile);
    RoleSettings role { .step = { .roleArn = settings.value(u"role_arn"_s),
                            .sessionName = settings.value(u"role_session_name"_s),
                            .externalId = settings.value(u"external_id"_s),
                            .mfaSerial = settings.value(u"mfa_serial"_s) },
        .sourceProfile = {},
        .credentialSource = settings.value(u"credential_source"_s) };
    if (role.step.roleArn.isEmpty())
        return wrong(profile, u"role_arn is empty. Name a role, or take the line out"_s);
    if (settings.has(u"source_profile"_s)) {
        role.sourceProfile = settings.value(u"source_profile"_s);
        if (role.sourceProfile.isNull())
            role.sourceProfile = u""_s; // null stands for "not set"
    }
    const bool bySource = settings.has(u"source_profile"_s);
    const bool byName = settings.has(u"credential_source"_s);
    if (bySource && byName)
        return wrong(profile, u"there are both source_profile and credential_source. Keep one of them"_s);
    if (!bySource && !byName)
        return wrong(
            profile, u"role_arn needs keys to ask for the role with. Set source_profile or credential_source"_s);
    if (!settings.has(u"duration_seconds"_s))
        return role;
    bool isNumber = false;
    const QString text = stripped(settings.value(u"duration_seconds"_s)).toString();
    const qlonglong seconds = text.toLongLong(&isNumber);
    if (!isNumber) { // the CLI says nothing at all
        note(u"Profile %1: duration_seconds is no number and does not count."_s.arg(shown(profile)));
        return role;
    }
    role.step.duration = std::chrono::seconds(seconds);
    return role;
}

FoundStep StepReader::sourceByName(const QString &profile, const QString &name)
{
    FoundStep found = std::optional<SignInStep>();
    if (name == "Environment"_L1)
        found = environmentKeys();
    else if (name == "EcsContainer"_L1)
        found = container();
    else if (name == "Ec2InstanceMetadata"_L1)
        found = instance(profile);
    else // in capitals as they are, like the CLI
        return wrong(profile,
            u"credential_source is \"%1\", and must be Environment, EcsContainer or Ec2InstanceMetadata"_s.arg(
                shown(name)));
    if (!found || *found)
        return found;
    return wrong(profile,
        u"credential_source is %1, and nothing is set up there. %2"_s.arg(
            name, notes().isEmpty() ? QString() : notes().last().chopped(1)));
}

Result<Done> StepReader::checkSource(const QString &profile, const QString &source, const QStringList &visited) const
{
    if (!m_config.profile(source))
        return wrong(profile, u"source_profile names %1, and there is no such profile"_s.arg(shown(source)));
    if (!visited.contains(source))
        return Done {};
    // A profile may name itself, to use its own keys for its role.
    if (source == profile && hasKeys(section(source)))
        return Done {};
    QStringList names;
    for (const QString &name : visited + QStringList { source })
        names += shown(name);
    return wrong(profile, u"the source profiles form a circle: %1"_s.arg(names.join(u" → "_s)));
}

} // namespace optout
