// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "signin/sourcebase.h"

namespace optout {

//! STS AssumeRoleWithWebIdentity, not signed, with a token that somebody else keeps fresh in a file.
//! (botocore.credentials, AssumeRoleWithWebIdentityProvider.)
class WebIdentitySource final : public SourceBase {
    Q_OBJECT
public:
    WebIdentitySource(const SignInStep &step, const WebIdentityStep &how, const SourceParts &parts, QObject *parent);
    void start() override;

private:
    void onToken(const Result<Secret> &token);

    const WebIdentityStep m_how;
    Credentials m_roleKeys {};
};

} // namespace optout
