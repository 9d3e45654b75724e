// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "presenters/connection.h"
#include "profile/servicesettings.h"
#include "signin/identity.h"
#include "signin/signin.h"

#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace optout {

//! What the presenters need of a SignIn, so that tests can play one. GUI thread only.
class SignInEngine : public QObject, public CredentialsProvider {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual QList<SignInTraceLine> trace() const = 0;
    virtual std::optional<Timestamp> expires() const = 0;
    virtual QString sourceWords() const = 0;

signals:
    void changed();
};

//! Asks who the caller is: calls \a done once, from the event loop, unless \a context is destroyed first.
using AskIdentity = std::function<void(QObject *context, std::function<void(const Result<CallerIdentity> &)> done)>;

//! A way to sign in that has been worked out and not yet been gone.
struct PreparedSignIn {
    std::shared_ptr<SignInEngine> engine; //!< never null
    ServiceSettings settings {}; //!< where to call; its region is the connection's
    AskIdentity askIdentity {}; //!< empty where nobody can be asked: the demo, an endpoint that is not AWS's
};

//! Works out how a connection signs in. Keys are given for a saved connection and the demo's. Sends nothing. Errors:
//! InvalidInput and NoCredentials for what the CLI refuses.
using PrepareSignIn =
    std::function<Result<PreparedSignIn>(const Connection &connection, const std::optional<Credentials> &keys)>;

} // namespace optout
