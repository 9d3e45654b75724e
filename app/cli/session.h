// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cli/options.h"
#include "cli/terminalprompt.h"
#include "core/clock.h"
#include "core/result.h"
#include "demo/demoendpoint.h"
#include "net/pacer.h"
#include "net/systemnetworkwatch.h"
#include "net/transports.h"
#include "profile/servicesettings.h"
#include "service/optoutservice.h"
#include "signin/signin.h"

#include <memory>
#include <optional>

namespace optout {

//! The real parts that a command works with, joined: what main() is for the window. GUI thread only.
class Session final {
public:
    //! Fills what the options leave open as the AWS CLI does: from the environment, then from the profile files, which
    //! are read here. Nobody is signed in yet: that is done, and asked for on the terminal, when the first call needs
    //! keys. InvalidInput if all of them together do not say where to call; with the code "Profile" for what is wrong
    //! in a profile or its files; Storage for a certificate file that cannot be read.
    static Result<std::unique_ptr<Session>> open(
        const CliOptions &options, const Environment &environment, const TerminalPrompt::Parts &terminal);
    ~Session();

    const OptOutService &service() const { return *m_service; }
    CredentialsProvider &credentials() const { return *m_credentials; } //!< the service's own
    const Clock &clock() const { return m_clock; }
    NetworkWatch &network() { return m_network; }

private:
    struct Target {
        ServiceAddress address;
        HttpTransport *transport;
        std::shared_ptr<CredentialsProvider> credentials;
    };

    Session(const CliOptions &options, const Environment &environment, const TerminalPrompt::Parts &terminal);
    Result<Target> startDemo(const CliOptions &options);
    Result<Target> signIn(const CliOptions &options, const Environment &environment);

    // In the order they depend on each other: destroyed from the last.
    SystemClock m_clock;
    SystemNetworkWatch m_network { m_clock };
    std::optional<DemoEndpoint> m_demo {};
    Pacers m_pacers;
    TerminalPrompt m_prompt;
    Transports m_transports;
    std::shared_ptr<CredentialsProvider> m_credentials {};
    std::unique_ptr<OptOutService> m_service {};
};

} // namespace optout
