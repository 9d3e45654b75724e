// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "profile/signinplan.h"

#include <optional>

namespace optout {

//! A step, nothing if that way is not set up, or the error the CLI stops with.
using FoundStep = Result<std::optional<SignInStep>>;

//! What planSignIn() puts together: each function looks for one way of signing in, named as the providers of
//! botocore.credentials. What is not set up leaves a note.
class StepReader {
public:
    StepReader(const SharedConfig &config, const Environment &environment)
        : m_config(config)
        , m_environment(environment)
    {
    }

    FoundStep environmentKeys();
    //! role_arn without web_identity_token_file, with all steps its keys come from.
    FoundStep role(const QString &profile);
    //! The ways of one profile in the CLI's order: web identity, IAM Identity Center, credentials file, login, process,
    //! config file. Without \a withEnvironment, AWS_ROLE_ARN and its companions do not count.
    FoundStep ofProfile(const QString &profile, bool withEnvironment);
    FoundStep container();
    FoundStep instance(const QString &profile);
    //! The instance's settings are checked by the CLI at once, also when they are not needed later.
    Result<InstanceMetadataStep> instanceSettings(const QString &profile) const;

    const QStringList &notes() const { return m_notes; }
    void note(const QString &words) { m_notes += words; }

private:
    struct RoleSettings {
        AssumeRoleStep step;
        QString sourceProfile;
        QString credentialSource;
    };

    const ConfigSection &section(const QString &profile) const;
    Error wrong(const QString &profile, const QString &words) const;
    Result<RoleSettings> roleSettings(const QString &profile);
    FoundStep sourceByName(const QString &profile, const QString &name);
    Result<Done> checkSource(const QString &profile, const QString &source, const QStringList &visited) const;

    FoundStep webIdentity(const QString &profile, bool withEnvironment);
    FoundStep identityCenter(const QString &profile);
    FoundStep credentialsFileKeys(const QString &profile);
    FoundStep login(const QString &profile);
    FoundStep process(const QString &profile);
    FoundStep configFileKeys(const QString &profile);

    const SharedConfig &m_config;
    const Environment &m_environment;
    QStringList m_notes {};
};

} // namespace optout
