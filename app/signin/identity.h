// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/clock.h"
#include "core/result.h"
#include "net/httptransport.h"
#include "profile/servicesettings.h"

#include <QObject>
#include <QString>

#include <memory>

namespace optout {

//! Whom the service takes the caller for (STS GetCallerIdentity; needs no permission).
struct CallerIdentity {
    QString account; //!< 12 digits
    QString arn; //!< "arn:aws:sts::111122223333:assumed-role/Reader/session"
    QString userId;
    //! The part of the ARN that people go by: "role Reader", "user ann", "root user".
    QString shortName() const;
    bool operator==(const CallerIdentity &) const = default;
};

//! Asks once, with one retry after a fault, and once more with other keys when they were refused. Deleting it aborts
//! and emits nothing.
class IdentityOperation final : public QObject {
    Q_OBJECT
public:
    IdentityOperation(HttpTransport &transport, const Clock &clock, std::shared_ptr<CredentialsProvider> credentials,
        const ServiceSettings &settings, QObject *parent);
    ~IdentityOperation() override;
    void start(); //!< at most once

signals:
    void finished(const optout::Result<optout::CallerIdentity> &outcome); //!< exactly once, from the event loop

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace optout

Q_DECLARE_METATYPE(optout::CallerIdentity)
Q_DECLARE_METATYPE(optout::Result<optout::CallerIdentity>)
