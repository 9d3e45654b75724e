// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/action.h"
#include "aws/sigv4.h"
#include "service/optoutservice.h"

namespace optout {

//! What the operations of one OptOutService share. Private to this library. It lives as long as the last of them.
struct ServiceContext {
    OptOutService::Parts parts;
    ServiceAddress address;
    std::shared_ptr<CredentialsProvider> credentials;
    //! The service's clock minus ours, as far as an answer has shown it to matter.
    std::chrono::milliseconds clockOffset {};
    //! Whose quota the calls count against (accountKeyOf()); empty until there have been keys.
    QString accountKey {};
    RetryQuota retryQuota {};
    std::unique_ptr<SigningCache> signingCache = std::make_unique<SigningCache>();
    //! What accountKeyOfKeys() was last asked, and its answer.
    std::pair<QString, QString> lastKeys {};

    Pacer &pacer(Action action) const;
    //! accountKeyOf(), reckoned anew only for other keys than those before.
    const QString &accountKeyOfKeys(const QString &accessKeyId);
};

} // namespace optout
