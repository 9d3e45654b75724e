// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "demo/delivery.h"
#include "demo/demoendpoint.h"
#include "demo/demoservice.h"
#include "demo/metadataservice.h"
#include "demo/requestlog.h"
#include "demo/ssoservice.h"
#include "demo/stsservice.h"

#include <array>

namespace optout::demo {

//! Everything that has to do with signing in, and the opt-out lists for which one signs in, as one server: the path,
//! the Content-Type and X-Amz-Target tell whom a request is for. The lists are open to the demo endpoint's own callers
//! and to all keys handed out here, until these expire. One thread only.
class SignInServices {
public:
    //! InvalidInput for faults that cannot be read, Storage if the log of requests cannot be opened.
    static Result<std::unique_ptr<SignInServices>> make(const DemoOptions &lists, const SignInOptions &options);

    Delivery respond(const HttpRequest &request);

    //! What a client needs to know to sign in. \param url of this server
    QJsonObject about(const QString &url) const;

private:
    enum Service { Lists, Sts, Sso, Metadata, ServiceCount };
    using Plans = std::array<FaultPlan, ServiceCount>;

    SignInServices(const DemoOptions &lists, const SignInOptions &options, Plans faults);
    void announce(const Credentials &keys, const Principal &owner);
    static Service serviceOf(const HttpRequest &request);
    std::vector<Fault> nextFaults(Service service);

    SystemClock m_clock;
    SignInOptions m_options;
    Plans m_faults;
    std::array<qint64, ServiceCount> m_calls {};
    KeyIssuer m_issuer;
    DemoService m_lists;
    StsService m_sts;
    SsoService m_sso;
    MetadataService m_metadata;
    RequestLog m_log;
};

} // namespace optout::demo
