// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/httptransport.h"
#include "net/proxypasswords.h"
#include "net/proxyprompt.h"

#include <memory>

namespace optout {

//! The questions that stand, for all transports that share it. Both parts must outlive it.
class ProxyQuestions;
std::shared_ptr<ProxyQuestions> makeProxyQuestions(ProxyPasswords &passwords, ProxyPrompt &prompt);

//! Sends through another transport, and when a proxy asks for a password, asks the person and sends the request once
//! more: whoever reads a list or signs in does not notice. One question at a time for each proxy, however many requests
//! wait for it; a refused password is asked for again, three times in all. The time a person takes does not count
//! towards the limits of a request. When nobody answers, the request fails with the proxy's error.
class ProxySignInTransport final : public HttpTransport {
public:
    //! The transport must outlive it.
    ProxySignInTransport(HttpTransport &transport, std::shared_ptr<ProxyQuestions> questions);
    ~ProxySignInTransport() override;

    HttpExchange *send(const HttpRequest &request, QObject *parent) override;

private:
    HttpTransport &m_transport;
    std::shared_ptr<ProxyQuestions> m_questions;
};

} // namespace optout
