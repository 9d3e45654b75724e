// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/clock.h"
#include "net/httptransport.h"
#include "profile/servicesettings.h"
#include "profile/signinplan.h"
#include "signin/signinprompt.h"

#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace optout {

//! One line of "why this one": a step that answered, failed or was passed over.
struct SignInTraceLine {
    enum class Outcome { PassedOver, Used, Failed };
    Outcome outcome = Outcome::PassedOver;
    QString step; //!< "profile dev: role_arn arn:aws:iam::111122223333:role/Reader"
    QString words; //!< "AccessDenied by STS: ..."; holds no secret
    bool operator==(const SignInTraceLine &) const = default;
};

//! Carries a SignInPlan out: keys from the first step that has any, kept until shortly before they expire, and renewed
//! then. Many may ask at once: one renewal serves them all. Keys that still hold are handed out while fresh ones are on
//! their way in their last 15 minutes, and nobody waits but in the last 10 (botocore's advisory and mandatory refresh
//! times), scaled down for keys that live shorter. A renewal that all who wait for
//! have gone from is given up, its question withdrawn with it, unless the keys in hand hold. GUI thread only.
class SignIn final : public QObject, public CredentialsProvider {
    Q_OBJECT
public:
    //! What it works with; all must outlive it.
    struct Parts {
        HttpTransport &transport;
        const Clock &clock;
        SignInPrompt &prompt;
        Environment environment {}; //!< for the home folder and the CLI's caches
    };

    SignIn(Parts parts, SignInPlan plan, ServiceSettings settings, QObject *parent = nullptr);
    ~SignIn() override;

    void provide(QObject *context, std::function<void(const Result<Credentials> &)> done) override;
    std::optional<Credentials> atHand() const override;
    bool invalidate(const QString &accessKeyId) override;

    const QList<SignInTraceLine> &trace() const;
    //! When the keys in hand end; absent for keys that do not, and before there are any.
    std::optional<Timestamp> expires() const;
    //! Of the step in use, for the connection bar: "role Reader", "IAM Identity Center", "access key"; empty before.
    QString sourceWords() const;

signals:
    void changed(); //!< trace(), expires() or sourceWords() is another

private:
    void onWaiterGone();

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace optout
