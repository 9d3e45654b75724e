// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

//! Says what the program makes of two files and an environment, on request: one JSON object a line in, one a line out,
//! in the form that compare.py brings the other side's answers into. The keys are made up, so they may be printed.

#include "profile/servicesettings.h"
#include "profile/signinplan.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>

#include <iostream>
#include <string>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

namespace {

QJsonArray described(const SignInStep &step);

QString text(const Secret &secret) { return QString::fromUtf8(secret.expose()); }

//! By the names of botocore's providers.
QString method(SignInStep::Origin origin)
{
    switch (origin) {
    case SignInStep::Origin::Environment:
        return u"env"_s;
    case SignInStep::Origin::CredentialsFile:
        return u"shared-credentials-file"_s;
    case SignInStep::Origin::ConfigFile:
        return u"config-file"_s;
    case SignInStep::Origin::Keychain:
    case SignInStep::Origin::Container:
    case SignInStep::Origin::Instance:
        break;
    }
    return u"?"_s;
}

struct Describer {
    const SignInStep &step;

    QJsonArray operator()(const StaticKeysStep &how) const
    {
        return { u"keys"_s, method(step.origin), how.credentials.accessKeyId, text(how.credentials.secretAccessKey),
            text(how.credentials.sessionToken) };
    }
    QJsonArray operator()(const AssumeRoleStep &how) const
    {
        QJsonObject more;
        for (const auto &[name, value] : { std::pair(u"RoleSessionName"_s, how.sessionName),
                 std::pair(u"ExternalId"_s, how.externalId), std::pair(u"SerialNumber"_s, how.mfaSerial) }) {
            if (!value.isEmpty())
                more.insert(name, value);
        }
        if (how.duration)
            more.insert(u"DurationSeconds"_s, qint64(how.duration->count()));
        return { u"role"_s, how.roleArn, more, described(*how.source) };
    }
    QJsonArray operator()(const WebIdentityStep &how) const
    {
        return { u"web"_s, how.tokenFile, how.roleArn, how.sessionName };
    }
    QJsonArray operator()(const SsoStep &how) const
    {
        return { u"sso"_s, how.sessionName, how.startUrl, how.region, how.accountId, how.roleName };
    }
    QJsonArray operator()(const ProcessStep &how) const { return { u"process"_s, how.command }; }
    QJsonArray operator()(const LoginStep &how) const { return { u"login"_s, how.session }; }
    QJsonArray operator()(const ContainerStep &how) const
    {
        return { u"container"_s, how.url, how.tokenFile.isEmpty() ? text(how.token) : u"from "_s + how.tokenFile };
    }
    QJsonArray operator()(const InstanceMetadataStep &how) const
    {
        return { u"instance"_s, how.endpoint, qint64(how.timeout.count() / 1000), how.attempts };
    }
};

QJsonArray described(const SignInStep &step) { return std::visit(Describer { step }, step.how); }

QJsonValue planned(const Result<SignInPlan> &plan)
{
    if (!plan)
        return QJsonObject { { u"kind"_s, int(plan.error().kind) }, { u"detail"_s, plan.error().detail } };
    return plan->steps.isEmpty() ? QJsonArray { u"nothing"_s } : described(plan->steps.first());
}

QJsonObject section(const ConfigSection *from)
{
    QJsonObject out;
    for (auto it = from->settings.cbegin(); it != from->settings.cend(); ++it)
        out.insert(it.key(), it.value());
    for (auto it = from->secrets.cbegin(); it != from->secrets.cend(); ++it)
        out.insert(it.key(), QString::fromUtf8(it->expose()));
    for (auto it = from->nested.cbegin(); it != from->nested.cend(); ++it) {
        QJsonObject inner;
        for (auto part = it->cbegin(); part != it->cend(); ++part)
            inner.insert(part.key(), part.value());
        out.insert(it.key(), inner);
    }
    return out;
}

QJsonObject answer(const QJsonObject &in)
{
    Environment environment;
    const QJsonObject variables = in[u"environment"].toObject();
    for (auto it = variables.begin(); it != variables.end(); ++it)
        environment.set(it.key(), it.value().toString());
    const SharedConfig config = readSharedConfig(environment);
    const ProfileChoice profile = ProfileChoice::of(environment, in[u"profile"].toString());

    QJsonObject out;
    if (config.fatal)
        out.insert(u"fatal"_s, config.fatal->detail);
    else if (const ConfigSection *found = config.profile(profile.name))
        out.insert(u"section"_s, section(found));
    out.insert(u"plan"_s, planned(planSignIn(config, environment, profile)));
    const Result<ServiceSettings> settings = serviceSettings(config, environment, profile);
    if (settings) {
        const auto &urls = settings->endpoints;
        out.insert(u"settings"_s,
            QJsonArray { settings->region, settings->useFips, settings->useDualStack, settings->caBundle });
        out.insert(u"endpoints"_s, QJsonArray { urls.smsVoice, urls.sts, urls.sso, urls.ssoOidc });
    } else {
        out.insert(u"refused"_s, settings.error().detail);
    }
    return out;
}

} // namespace

int main()
{
    for (std::string line; std::getline(std::cin, line);) {
        const QJsonDocument in = QJsonDocument::fromJson(QByteArray::fromStdString(line));
        std::cout << QJsonDocument(answer(in.object())).toJson(QJsonDocument::Compact).toStdString() << '\n';
    }
    return std::cout.flush() ? 0 : 1;
}
