// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/stepwords.h"

#include "net/httptransport.h"
#include "profile/shown.h"
#include "signin/commandline.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

QString originWords(const SignInStep &step)
{
    if (!step.profile.isEmpty() && step.origin == SignInStep::Origin::Keychain)
        return u"keychain connection %1"_s.arg(shown(step.profile));
    if (!step.profile.isEmpty())
        return u"profile %1"_s.arg(shown(step.profile));
    switch (step.origin) {
    case SignInStep::Origin::Environment:
        return u"environment"_s;
    case SignInStep::Origin::Keychain:
        return u"keychain"_s;
    case SignInStep::Origin::CredentialsFile:
        return u"credentials file"_s;
    case SignInStep::Origin::ConfigFile:
        return u"config file"_s;
    case SignInStep::Origin::Container:
        return u"container"_s;
    case SignInStep::Origin::Instance:
        return u"instance"_s;
    }
    Q_UNREACHABLE();
}

//! "Reader" of "arn:aws:iam::111122223333:role/path/Reader".
QString roleName(const QString &arn) { return shown(arn.section(u'/', -1)); }

//! As shown(), but for an ARN, a URL or a path: these are long, and their end tells them apart.
QString shownWhole(const QString &text)
{
    constexpr qsizetype piece = 80;
    constexpr qsizetype most = 4 * piece;
    QString out;
    for (qsizetype i = 0; i < qMin(text.size(), most); i += piece)
        out += shown(QStringView(text).sliced(i, qMin(piece, text.size() - i)));
    return text.size() > most ? out + u'…' : out;
}

//! Not the whole command: its arguments may hold a password. Nothing of one that cannot be split.
QString programOf(const QString &command)
{
    const Result<QStringList> words = splitCommand(command);
    return words ? u' ' + shownWhole(words->first()) : QString();
}

struct LongWords {
    QString operator()(const StaticKeysStep &) const { return u"access key"_s; }
    QString operator()(const AssumeRoleStep &s) const { return u"role_arn %1"_s.arg(shownWhole(s.roleArn)); }
    QString operator()(const WebIdentityStep &s) const
    {
        return u"web_identity_token_file %1, role_arn %2"_s.arg(shownWhole(s.tokenFile), shownWhole(s.roleArn));
    }
    QString operator()(const SsoStep &s) const
    {
        const QString where =
            s.sessionName.isEmpty() ? shownWhole(s.startUrl) : u"sso-session %1"_s.arg(shown(s.sessionName));
        return u"IAM Identity Center, %1, account %2, role %3"_s.arg(where, shown(s.accountId), shown(s.roleName));
    }
    QString operator()(const ProcessStep &s) const { return u"credential_process"_s + programOf(s.command); }
    QString operator()(const LoginStep &s) const { return u"login_session %1"_s.arg(shownWhole(s.session)); }
    QString operator()(const ContainerStep &) const { return u"container credentials"_s; }
    QString operator()(const InstanceMetadataStep &) const { return u"instance metadata"_s; }
};

struct ShortWords {
    QString operator()(const StaticKeysStep &) const { return u"access key"_s; }
    QString operator()(const AssumeRoleStep &s) const { return u"role %1"_s.arg(roleName(s.roleArn)); }
    QString operator()(const WebIdentityStep &s) const { return u"role %1 by web identity"_s.arg(roleName(s.roleArn)); }
    QString operator()(const SsoStep &) const { return u"IAM Identity Center"_s; }
    QString operator()(const ProcessStep &) const { return u"credential process"_s; }
    QString operator()(const LoginStep &) const { return u"AWS login"_s; }
    QString operator()(const ContainerStep &) const { return u"container role"_s; }
    QString operator()(const InstanceMetadataStep &) const { return u"instance role"_s; }
};

} // namespace

QString stepWords(const SignInStep &step) { return originWords(step) + ": "_L1 + std::visit(LongWords {}, step.how); }

QString shortStepWords(const SignInStep &step) { return std::visit(ShortWords {}, step.how); }

Error saidBy(SignInService service, const Error &error)
{
    Error out = error;
    const bool hasOwnCode = !error.code.isEmpty() && !errorcode::isOnTheWay(error.code);
    out.detail = u"%1%2: %3"_s.arg(hasOwnCode ? error.code + " by "_L1 : QString(), serviceName(service), error.detail);
    return out;
}

Error inStep(const SignInStep &step, const Error &error)
{
    Error out = error;
    const QString words = stepWords(step) + ": "_L1;
    if (!out.detail.startsWith(words))
        out.detail.prepend(words);
    return out;
}

} // namespace optout
