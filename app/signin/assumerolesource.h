// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "signin/sourcebase.h"

namespace optout {

//! STS AssumeRole with the keys of another step, a code of an MFA device among it if one is set. A code that is refused
//! is asked for again, twice at most. (botocore.credentials, AssumeRoleProvider; STS API reference, AssumeRole.)
class AssumeRoleSource final : public SourceBase {
    Q_OBJECT
public:
    AssumeRoleSource(const SignInStep &step, const AssumeRoleStep &how, const SourceParts &parts, QObject *parent);
    void start() override;

private:
    void askSource();
    void onSourceKeys(const Credentials &keys);
    void askCode(const QString &problem);
    void onCode(const Result<Secret> &code);
    void assume(const Secret &code);
    void onFailure(const Error &error, bool withCode);

    const AssumeRoleStep m_how;
    Credentials m_sourceKeys {};
    Credentials m_roleKeys {};
    int m_codesAsked = 0;
    bool m_isFromCache = false;
};

//! "optout-browser-1709287200": botocore's habit under this program's name.
QString madeSessionName(const Clock &clock);

} // namespace optout
