// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/credentialsource.h"

#include "signin/assumerolesource.h"
#include "signin/containersource.h"
#include "signin/instancemetadatasource.h"
#include "signin/loginsource.h"
#include "signin/processsource.h"
#include "signin/ssosource.h"
#include "signin/statickeyssource.h"
#include "signin/webidentitysource.h"

namespace optout {

namespace {

struct Maker {
    const SignInStep &step;
    const SourceParts &parts;
    QObject *parent;

    CredentialSource *operator()(const StaticKeysStep &how) const { return make<StaticKeysSource>(how); }
    CredentialSource *operator()(const AssumeRoleStep &how) const { return make<AssumeRoleSource>(how); }
    CredentialSource *operator()(const WebIdentityStep &how) const { return make<WebIdentitySource>(how); }
    CredentialSource *operator()(const SsoStep &) const { return makeSsoSource(step, parts, parent); }
    CredentialSource *operator()(const ProcessStep &how) const { return make<ProcessSource>(how); }
    CredentialSource *operator()(const LoginStep &) const { return makeLoginSource(step, parts, parent); }
    CredentialSource *operator()(const ContainerStep &how) const { return make<ContainerSource>(how); }
    CredentialSource *operator()(const InstanceMetadataStep &how) const { return make<InstanceMetadataSource>(how); }

    template <typename Source, typename How> CredentialSource *make(const How &how) const
    {
        return new Source(step, how, parts, parent);
    }
};

} // namespace

CredentialSource *makeSource(const SignInStep &step, const SourceParts &parts, QObject *parent)
{
    return std::visit(Maker { step, parts, parent }, step.how);
}

} // namespace optout
