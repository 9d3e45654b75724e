// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace optout::demo {

//! How the sign-in services behave.
struct SignInOptions {
    //! Of every key handed out, whatever was asked for; absent: what was asked for, else an hour.
    std::optional<std::chrono::seconds> lifetime {};
    std::chrono::seconds ssoLifetime { 28'800 }; //!< of access tokens
    std::chrono::seconds deviceLifetime { 600 }; //!< of a device code
    std::chrono::seconds pollInterval { 1 }; //!< who asks for a token sooner is told to slow down
    std::optional<int> approveAfter {}; //!< polls answered "pending"; then it counts as approved. Absent: see the page
    int slowDowns = 0; //!< the first polls answered "slow down", however slow they came
    int mfaRefusals = 0; //!< the first MFA codes refused, right or not
    std::chrono::seconds clockOffset {}; //!< how far the clock of all services is ahead
    //! What goes wrong at which call to the Security Token Service, to IAM Identity Center (both its portal and its
    //! OIDC service), and to the metadata of instance and container: see faultplan.h for the grammar. Each counts its
    //! own calls.
    QStringList stsFaults {}, ssoFaults {}, metadataFaults {};
};

} // namespace optout::demo
