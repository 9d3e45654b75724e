// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/networkwatch.h"
#include "net/pacer.h"
#include "net/transports.h"
#include "presenters/browsersession.h"
#include "presenters/signinengine.h"
#include "profile/environment.h"
#include "signin/signinprompt.h"

#include <chrono>
#include <memory>
#include <vector>

namespace optout {

//! The real parts behind the window's presenters: sign-ins and services for connections. The pacers
//! live as long as the program: operations may outlive their service, and who comes back to a region finds its pace
//! again.
class Services final {
public:
    struct Parts {
        Transports &transports;
        const Clock &clock;
        NetworkWatch &network;
        SignInPrompt &prompt;
        const ConnectionList &connections; //!< for the profiles
        Environment environment;
    };
    explicit Services(Parts parts);

    //! PrepareSignIn, in earnest.
    Result<PreparedSignIn> prepare(const Connection &connection, const std::optional<Credentials> &keys) const;
    //! BrowserSession::ServiceFactory, in earnest.
    Result<std::shared_ptr<OptOutService>> make(const Connection &connection,
        const std::shared_ptr<CredentialsProvider> &credentials, const ServiceSettings &settings);

    //! How much of a quota is used, and how long a read goes on through a fault: from now on, for all reads.
    void setReading(const PaceLimits &pace, std::chrono::seconds longestFault);

private:
    Result<SignInPlan> planOf(const Connection &connection, const std::optional<Credentials> &keys) const;
    Result<ServiceSettings> settingsOf(const Connection &connection) const;
    Result<HttpTransport *> transportFor(const Connection &connection, const ServiceSettings &settings) const;

    Parts m_parts;
    Pacers m_pacers;
    RetryPolicy m_retry;
    std::vector<std::weak_ptr<OptOutService>> m_made;
};

//! How the keys of a saved connection or the demo's sign in: as they are, or on to a role. Pure.
SignInPlan planForKeys(const Connection &connection, const Credentials &keys);

} // namespace optout
