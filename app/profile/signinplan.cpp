// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/signinplan.h"

#include "profile/shown.h"
#include "profile/stepreader.h"

#include <functional>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

//! Whoever names a profile gets that one or an error, by option or by variable.
bool isNamed(const Environment &environment, const ProfileChoice &profile)
{
    return profile.isExplicit || environment.isSet(u"AWS_PROFILE"_s) || environment.isSet(u"AWS_DEFAULT_PROFILE"_s);
}

//! The CLI stops at a file it cannot parse, whatever else is set up. One that cannot be read it takes for empty; here
//! that is an error, unless keys in the environment make the file needless.
bool stops(const Error &fatal, const Environment &environment, bool named)
{
    return fatal.kind != Error::Kind::Storage || named || environment.value(u"AWS_ACCESS_KEY_ID"_s).isEmpty();
}

Error missingProfile(const SharedConfig &config, const ProfileChoice &profile)
{
    if (profile.name.isEmpty())
        return Error { .kind = Error::Kind::NoCredentials,
            .detail =
                u"AWS_PROFILE is set but empty, and there is no profile without a name. Unset it, or name one."_s };
    QStringList there;
    for (auto it = config.profiles.cbegin(); it != config.profiles.cend() && there.size() < 10; ++it)
        there += shown(it.key());
    if (there.size() < config.profiles.size())
        there += u"…"_s;
    const QString words =
        there.isEmpty() ? u"There are no profiles in them"_s : u"There are: %1"_s.arg(there.join(", "_L1));
    return Error { .kind = Error::Kind::NoCredentials,
        .detail = u"There is no profile %1 in %2 or %3. %4."_s.arg(
            shown(profile.name), config.paths.config, config.paths.credentials, words) };
}

} // namespace

ProfileChoice ProfileChoice::of(const Environment &environment, const QString &asked)
{
    if (!asked.isEmpty())
        return { .name = asked, .isExplicit = true };
    // The CLI v2's order; botocore by itself takes AWS_DEFAULT_PROFILE first.
    for (const QString &variable : { u"AWS_PROFILE"_s, u"AWS_DEFAULT_PROFILE"_s }) {
        if (const std::optional<QString> name = environment.find(variable))
            return { .name = *name };
    }
    return { .name = u"default"_s };
}

Result<SignInPlan> planSignIn(const SharedConfig &config, const Environment &environment, const ProfileChoice &profile)
{
    const bool named = isNamed(environment, profile);
    if (config.fatal && stops(*config.fatal, environment, named))
        return *config.fatal;
    if (named && !config.profile(profile.name))
        return missingProfile(config, profile);

    StepReader reader(config, environment);
    const Result<InstanceMetadataStep> instanceSettings = reader.instanceSettings(profile.name);
    if (!instanceSettings)
        return instanceSettings.error();

    // The CLI has two more between profile and container, the credential files of boto 2 and of the EC2 tools of 2008
    // (BOTO_CONFIG, AWS_CREDENTIAL_FILE). No SDK of today reads them, nor does this program.
    const std::function<FoundStep()> ways[] = {
        [&]() -> FoundStep {
            if (!profile.isExplicit)
                return reader.environmentKeys();
            reader.note(u"Environment: its keys do not count, because a profile was asked for by name."_s);
            return std::optional<SignInStep>();
        },
        [&] { return reader.role(profile.name); },
        [&] { return reader.ofProfile(profile.name, !profile.isExplicit); },
        [&] { return reader.container(); },
        [&] { return reader.instance(profile.name); },
    };
    SignInPlan plan;
    for (const std::function<FoundStep()> &way : ways) {
        FoundStep found = way();
        if (!found)
            return found.error();
        if (*found) {
            plan.steps.append(**std::move(found));
            break;
        }
    }
    plan.passedOver = reader.notes();
    return plan;
}

} // namespace optout
