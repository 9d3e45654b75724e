// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/clock.h"
#include "net/httptransport.h"
#include "profile/servicesettings.h"
#include "profile/signinplan.h"
#include "signin/signinprompt.h"

#include <QObject>

#include <memory>

namespace optout {

class StepCache;

//! What every source works with; transport, clock and prompt must outlive it.
struct SourceParts {
    HttpTransport &transport;
    const Clock &clock;
    SignInPrompt &prompt;
    Environment environment {};
    ServiceSettings settings {};
    std::shared_ptr<StepCache> cache {}; //!< for the roles inside a chain; may be null
};

//! One SignInStep carried out once: each kind is a small class of its own. Made anew for each renewal, so that it reads
//! files and asks services again. Deleting it stops the work and emits nothing. GUI thread only.
class CredentialSource : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void start() = 0; //!< at most once

signals:
    //! Exactly once, from the event loop. NoCredentials with code "NotAvailable" from an instance that does not answer:
    //! the search goes on. All other errors end it, as in the CLI, those of a container too, which is asked only when
    //! the environment names it; they name the profile, the service and its code.
    void finished(const optout::Result<optout::Credentials> &outcome);
};

//! The source for a step, as a child of \a parent.
CredentialSource *makeSource(const SignInStep &step, const SourceParts &parts, QObject *parent);

} // namespace optout

Q_DECLARE_METATYPE(optout::Result<optout::Credentials>)
