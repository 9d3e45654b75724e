// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "signin/sourcebase.h"

#include <QUrl>

namespace optout {

//! Whether keys may be fetched from there: https from anywhere; http from this computer and from the addresses that ECS
//! and EKS answer on. InvalidInput else. (AWS SDKs and Tools Reference Guide, "Container credential provider".)
Result<QUrl> containerUrl(const QString &text);

//! The role of a container in ECS or EKS: three attempts of two seconds. (botocore.utils, ContainerMetadataFetcher.)
class ContainerSource final : public SourceBase {
    Q_OBJECT
public:
    ContainerSource(const SignInStep &step, const ContainerStep &how, const SourceParts &parts, QObject *parent);
    void start() override;

private:
    void onToken(const Result<Secret> &token);
    void onOutcome(const Result<HttpReply> &outcome);

    const ContainerStep m_how;
    QUrl m_url {};
};

} // namespace optout
