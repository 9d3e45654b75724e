// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "signin/sourcebase.h"

#include <QUrl>

#include <functional>

namespace optout {

//! The role of an EC2 instance: a token, the name of the role, its keys. Without a token (a service that does not know
//! of any) the older way is taken, unless the step needs one. Keys at their end are given some more time. Whatever does
//! not lead to keys is "NotAvailable". (EC2 User Guide, "Use IMDS"; botocore.utils, InstanceMetadataFetcher.)
class InstanceMetadataSource final : public SourceBase {
    Q_OBJECT
public:
    InstanceMetadataSource(
        const SignInStep &step, const InstanceMetadataStep &how, const SourceParts &parts, QObject *parent);
    void start() override;

private:
    using Next = std::function<void(const Result<HttpReply> &)>;
    void fetch(HttpRequest request, std::function<bool(const HttpReply &)> isFinal, Next next);
    void askToken();
    void onToken(const Result<HttpReply> &outcome);
    void askRole();
    void onRole(const Result<HttpReply> &outcome);
    void askKeys(const QByteArray &role);
    Credentials withLongerTime(Credentials keys) const;
    void notAvailable(const QString &detail, const Error &cause = {});

    const InstanceMetadataStep m_how;
    QUrl m_endpoint {};
    Secret m_token {};
};

} // namespace optout
