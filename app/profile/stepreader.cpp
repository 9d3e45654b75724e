// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/stepreader.h"

#include "profile/shown.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

SignInStep fromFile(const ConfigSection &section, const QString &profile, const QString &decisive, SignInStep::How how)
{
    const auto origin = section.fromCredentialsFile.contains(decisive) ? SignInStep::Origin::CredentialsFile
                                                                       : SignInStep::Origin::ConfigFile;
    return SignInStep { .origin = origin, .profile = profile, .how = std::move(how) };
}

using SecretOfFile = std::optional<Secret> (ConfigSection::*)(const QString &) const;

//! The keys of one file, whose id is there. aws_security_token is the old name, and goes first.
Result<Credentials> keysOf(
    const ConfigSection &section, const QString &id, SecretOfFile file, const QString &path, const QString &profile)
{
    Credentials keys { .accessKeyId = id,
        .secretAccessKey = (section.*file)(u"aws_secret_access_key"_s).value_or(Secret()),
        .sessionToken = {} };
    if (id.isEmpty() || keys.secretAccessKey.isEmpty())
        return Error { .kind = Error::Kind::InvalidInput,
            .detail = u"%1, profile %2: %3 is missing or empty. Keys come in pairs."_s.arg(
                path, shown(profile), id.isEmpty() ? u"aws_access_key_id"_s : u"aws_secret_access_key"_s) };
    for (const QString &name : { u"aws_session_token"_s, u"aws_security_token"_s }) {
        if (const std::optional<Secret> token = (section.*file)(name))
            keys.sessionToken = *token;
    }
    return keys;
}

} // namespace

const ConfigSection &StepReader::section(const QString &profile) const
{
    static const ConfigSection none;
    const ConfigSection *found = m_config.profile(profile);
    return found ? *found : none;
}

Error StepReader::wrong(const QString &profile, const QString &words) const
{
    const bool onlyInCredentials = !section(profile).fromCredentialsFile.isEmpty()
        && section(profile).fromCredentialsFile.size()
            == section(profile).settings.size() + section(profile).secrets.size();
    return Error { .kind = Error::Kind::InvalidInput,
        .detail = u"%1, profile %2: %3."_s.arg(
            onlyInCredentials ? m_config.paths.credentials : m_config.paths.config, shown(profile), words) };
}

FoundStep StepReader::ofProfile(const QString &profile, bool withEnvironment)
{
    const auto files = u"%1, %2"_s.arg(m_config.paths.config, m_config.paths.credentials);
    if (!m_config.profile(profile))
        note(u"Profile %1: there is none in %2."_s.arg(shown(profile), files));
    FoundStep found = webIdentity(profile, withEnvironment);
    for (const auto way : { &StepReader::identityCenter, &StepReader::credentialsFileKeys, &StepReader::login,
             &StepReader::process, &StepReader::configFileKeys }) {
        if (!found || *found)
            return found;
        found = (this->*way)(profile);
    }
    if (found && !*found && m_config.profile(profile))
        note(u"Profile %1: neither role_arn, IAM Identity Center (sso_account_id and sso_role_name), keys, "
             u"login_session "
             "nor credential_process."_s.arg(shown(profile)));
    return found;
}

FoundStep StepReader::webIdentity(const QString &profile, bool withEnvironment)
{
    const ConfigSection &settings = section(profile);
    // A variable that is set counts before the profile's setting, also when it is empty.
    const auto find = [&](const QString &variable, const QString &setting) {
        const std::optional<QString> value = withEnvironment ? m_environment.find(variable) : std::nullopt;
        return value ? *value : settings.value(setting);
    };
    const QString file = find(u"AWS_WEB_IDENTITY_TOKEN_FILE"_s, u"web_identity_token_file"_s);
    if (file.isEmpty())
        return std::optional<SignInStep>();
    const QString role = find(u"AWS_ROLE_ARN"_s, u"role_arn"_s);
    if (role.isEmpty())
        return wrong(profile,
            u"a web identity token is set up (%1), but no role. Set role_arn, or AWS_ROLE_ARN"_s.arg(shown(file)));
    SignInStep step = fromFile(settings, profile, u"web_identity_token_file"_s,
        WebIdentityStep { .tokenFile = file,
            .roleArn = role,
            .sessionName = find(u"AWS_ROLE_SESSION_NAME"_s, u"role_session_name"_s) });
    if (withEnvironment && m_environment.isSet(u"AWS_WEB_IDENTITY_TOKEN_FILE"_s))
        step.origin = SignInStep::Origin::Environment;
    return std::optional(step);
}

FoundStep StepReader::identityCenter(const QString &profile)
{
    const ConfigSection &settings = section(profile);
    if (!settings.has(u"sso_account_id"_s) && !settings.has(u"sso_role_name"_s))
        return std::optional<SignInStep>();
    QMap<QString, QString> all = settings.settings;
    const bool hasSession = settings.has(u"sso_session"_s);
    const QString name = settings.value(u"sso_session"_s);
    if (hasSession) {
        const auto session = m_config.ssoSessions.constFind(name);
        if (session == m_config.ssoSessions.cend())
            return wrong(profile,
                u"sso_session names %1, and there is no section [sso-session %1]. Add it, or run: aws configure sso"_s
                    .arg(shown(name)));
        for (auto it = session->settings.cbegin(); it != session->settings.cend(); ++it) {
            if (settings.has(it.key()) && settings.value(it.key()) != it.value())
                return wrong(profile,
                    u"%1 is another here than in [sso-session %2]. Take it out of the profile"_s.arg(
                        shown(it.key()), shown(name)));
            all.insert(it.key(), it.value());
        }
    }
    QStringList missing;
    for (const QString &needed : { u"sso_role_name"_s, u"sso_account_id"_s, u"sso_start_url"_s, u"sso_region"_s }) {
        if (all.value(needed).isEmpty())
            missing += needed;
    }
    if (!missing.isEmpty())
        return wrong(profile,
            u"IAM Identity Center is set up, but %1 is missing. Add it, or run: aws configure sso"_s.arg(
                missing.join(", "_L1)));
    SsoStep step { .sessionName = hasSession ? name : QString(),
        .startUrl = all.value(u"sso_start_url"_s),
        .region = all.value(u"sso_region"_s),
        .accountId = all.value(u"sso_account_id"_s),
        .roleName = all.value(u"sso_role_name"_s) };
    // (awscli.customizations.sso: a list with commas.)
    for (const QString &scope : all.value(u"sso_registration_scopes"_s).split(u',')) {
        if (!scope.trimmed().isEmpty())
            step.scopes += scope.trimmed();
    }
    if (step.scopes.isEmpty())
        step.scopes += u"sso:account:access"_s;
    return std::optional(fromFile(settings, profile, u"sso_account_id"_s, std::move(step)));
}

FoundStep StepReader::credentialsFileKeys(const QString &profile)
{
    const std::optional<QString> id = section(profile).inCredentialsFile(u"aws_access_key_id"_s);
    if (!id)
        return std::optional<SignInStep>();
    const Result<Credentials> keys =
        keysOf(section(profile), *id, &ConfigSection::secretInCredentialsFile, m_config.paths.credentials, profile);
    if (!keys)
        return keys.error();
    return std::optional(SignInStep {
        .origin = SignInStep::Origin::CredentialsFile, .profile = profile, .how = StaticKeysStep { *keys } });
}

FoundStep StepReader::configFileKeys(const QString &profile)
{
    const std::optional<QString> id = section(profile).inConfigFile(u"aws_access_key_id"_s);
    if (!id)
        return std::optional<SignInStep>();
    const Result<Credentials> keys =
        keysOf(section(profile), *id, &ConfigSection::secretInConfigFile, m_config.paths.config, profile);
    if (!keys)
        return keys.error();
    return std::optional(
        SignInStep { .origin = SignInStep::Origin::ConfigFile, .profile = profile, .how = StaticKeysStep { *keys } });
}

FoundStep StepReader::login(const QString &profile)
{
    const ConfigSection &settings = section(profile);
    if (!settings.has(u"login_session"_s))
        return std::optional<SignInStep>();
    const QString session = settings.value(u"login_session"_s);
    if (session.isEmpty())
        return wrong(profile, u"login_session is empty. Run: aws login --profile %1"_s.arg(shown(profile)));
    return std::optional(fromFile(settings, profile, u"login_session"_s, LoginStep { .session = session }));
}

FoundStep StepReader::process(const QString &profile)
{
    const ConfigSection &settings = section(profile);
    if (!settings.has(u"credential_process"_s))
        return std::optional<SignInStep>();
    const QString command = settings.value(u"credential_process"_s);
    if (command.isEmpty())
        return wrong(profile, u"credential_process is empty. Name a program, or take the line out"_s);
    return std::optional(fromFile(settings, profile, u"credential_process"_s, ProcessStep { .command = command }));
}

} // namespace optout
