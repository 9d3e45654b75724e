// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

// Both files and an environment in one input, so that a person can write one:
//     the config file
//     %%
//     the credentials file
//     %%
//     AWS_NAME=value lines

#include "profile/pythontext.h"
#include "profile/servicesettings.h"
#include "profile/signinplan.h"

#include <cstdint>
#include <cstdlib>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

//! An error has words, and not the whole file in them.
void check(const Error &error) { require(!error.detail.isEmpty() && error.detail.size() < 20'000); }

void check(const SignInStep &step)
{
    if (const auto *role = std::get_if<AssumeRoleStep>(&step.how)) {
        require(role->source != nullptr && !role->roleArn.isEmpty());
        check(*role->source);
    } else if (const auto *keys = std::get_if<StaticKeysStep>(&step.how)) {
        require(!keys->credentials.accessKeyId.isEmpty() && !keys->credentials.secretAccessKey.isEmpty());
    } else if (const auto *process = std::get_if<ProcessStep>(&step.how)) {
        (void)shellWords(process->command);
    }
}

Environment environmentOf(const QByteArray &text)
{
    Environment environment;
    for (const QByteArray &line : text.split('\n')) {
        if (const qsizetype sign = line.indexOf('='); sign > 0)
            environment.set(QString::fromUtf8(line.first(sign)), QString::fromUtf8(line.sliced(sign + 1)));
    }
    return environment;
}

} // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size)); // NOLINT: bytes
    const QByteArray mark = "\n%%\n";
    const qsizetype first = input.indexOf(mark);
    const qsizetype second = first < 0 ? -1 : input.indexOf(mark, first + mark.size());
    const auto part = [&](qsizetype from, qsizetype to) {
        return from < 0 ? QByteArray() : input.mid(from, to < 0 ? -1 : to - from);
    };
    const QByteArray config = part(0, first);
    const QByteArray credentials = part(first < 0 ? -1 : first + mark.size(), second);
    const Environment environment = environmentOf(part(second < 0 ? -1 : second + mark.size(), -1));

    const SharedConfig read = parseSharedConfig({ .config = u"c"_s, .credentials = u"k"_s }, config, credentials);
    for (const Error &problem : read.problems)
        check(problem);
    QList<ProfileChoice> choices { ProfileChoice::of(environment) };
    for (auto it = read.profiles.cbegin(); it != read.profiles.cend() && choices.size() < 8; ++it)
        choices.append(ProfileChoice { .name = it.key(), .isExplicit = true });
    for (const ProfileChoice &choice : choices) {
        if (const auto plan = planSignIn(read, environment, choice); !plan) {
            check(plan.error());
        } else {
            require(plan->steps.size() == 1 || (plan->steps.isEmpty() && !plan->passedOver.isEmpty()));
            for (const SignInStep &step : plan->steps)
                check(step);
        }
        if (const auto settings = serviceSettings(read, environment, choice); !settings)
            check(settings.error());
    }
    return 0;
}
