// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/result.h"
#include "core/secret.h"
#include "profile/sharedconfig.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>
#include <variant>

namespace optout {

struct SignInStep;

//! Keys written down somewhere: environment variables, a section of a file, or the keychain.
struct StaticKeysStep {
    Credentials credentials;
};
//! STS AssumeRole with the keys of another step.
struct AssumeRoleStep {
    QString roleArn;
    QString sessionName {}; //!< empty: one is made, "optout-browser-" and the seconds since 1970
    QString externalId {};
    std::optional<std::chrono::seconds> duration {}; //!< 15 minutes to 12 hours; absent: STS's default of an hour
    QString mfaSerial {}; //!< not empty: a code of that device is asked for
    std::shared_ptr<const SignInStep> source {}; //!< never null; itself a role in a chain
};
//! STS AssumeRoleWithWebIdentity with the token in a file, read anew at each renewal.
struct WebIdentityStep {
    QString tokenFile;
    QString roleArn;
    QString sessionName {};
};
//! IAM Identity Center.
struct SsoStep {
    QString sessionName {}; //!< of [sso-session x]; empty for legacy keys in the profile itself
    QString startUrl;
    QString region;
    QString accountId;
    QString roleName;
    QStringList scopes {}; //!< "sso:account:access" unless told
};
//! A program that prints keys (credential_process).
struct ProcessStep {
    QString command {}; //!< split into words as botocore does: shlex rules, no shell
    QStringList words {}; //!< the words themselves, instead of a command
};
//! Keys that `aws login` made: login_session = ARN.
struct LoginStep {
    QString session;
};
struct ContainerStep {
    QString url; //!< http://169.254.170.2/... or AWS_CONTAINER_CREDENTIALS_FULL_URI
    QString tokenFile {}; //!< AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, read anew each time
    Secret token {}; //!< AWS_CONTAINER_AUTHORIZATION_TOKEN
};
struct InstanceMetadataStep {
    QString endpoint { QStringLiteral("http://169.254.169.254") };
    std::chrono::milliseconds timeout { 1'000 };
    int attempts = 1;
    bool needsToken = false; //!< ec2_metadata_v1_disabled: never without a token, which is the older way
};

//! One way to get keys, with the words to say where it comes from.
struct SignInStep {
    enum class Origin { Environment, Keychain, CredentialsFile, ConfigFile, Container, Instance };
    using How = std::variant<StaticKeysStep, AssumeRoleStep, WebIdentityStep, SsoStep, ProcessStep, LoginStep,
        ContainerStep, InstanceMetadataStep>;
    Origin origin = Origin::Environment;
    QString profile {}; //!< the section it was read from, or empty
    How how;
};

//! In which order keys are looked for: the first way that is set up is the one, as in the CLI; if it fails, that is the
//! outcome (the CLI never signs in as somebody else instead). An instance counts as set up unless it is switched off,
//! as nobody can tell before asking. So planSignIn() gives one step, or none if nothing is set up and the instance is
//! switched off: then passedOver says what can be done.
struct SignInPlan {
    QList<SignInStep> steps {};
    //! What was looked at and is not set up, in words a person can act on, for "why this one".
    QStringList passedOver {};
};

//! Which profile, and whether it was asked for by name: then the environment's keys do not count.
struct ProfileChoice {
    QString name; //!< "default" unless told
    bool isExplicit = false; //!< --profile, or chosen in the window. AWS_PROFILE is not: see planSignIn()
    static ProfileChoice of(const Environment &environment, const QString &asked = {});
};

//! How that profile signs in, in the order of the AWS CLI v2 (botocore.credentials, create_credential_resolver).
//! InvalidInput or NoCredentials, with the file, the section and what to do, for what the CLI refuses: a profile that
//! does not exist, half a pair of keys, a cycle of source profiles, a missing sso-session. Pure.
Result<SignInPlan> planSignIn(const SharedConfig &config, const Environment &environment, const ProfileChoice &profile);

} // namespace optout
