// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/clock.h"
#include "demo/httpmessage.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>

#include <optional>

namespace optout::demo {

//! Why the front refuses a request before the service sees it.
struct FrontRefusal {
    QByteArray code; //!< "InvalidSignatureException"
    QString message;
};

//! Checks AWS Signature Version 4 from the bytes that were received (IAM User Guide, "Create a signed AWS API
//! request"). Deliberately shares nothing with app/aws: a mistake made in both directions would go unseen.
class SignatureCheck {
public:
    SignatureCheck(QByteArray region, QByteArray service, QList<Credentials> callers);

    //! One more caller. Keys that expire are known for as long as there is room, so that they are refused as expired.
    void add(Credentials caller);

    struct Finding {
        std::optional<FrontRefusal> refusal {}; //!< absent: the signature is right
        QByteArray accessKeyId {}; //!< as claimed, also when refused
        QByteArray scope {}; //!< "20260101/us-east-1/sms-voice/aws4_request", as claimed
        QByteArrayList signedHeaders {}; //!< as claimed
    };
    //! \param now the service's time; a signature may be 5 minutes older or newer, and keys may have expired
    Finding judge(const HttpRequest &request, Timestamp now);

private:
    struct Claim;

    std::optional<FrontRefusal> parse(const QByteArray &authorization, Claim &claim) const;
    std::optional<FrontRefusal> readDate(const HttpRequest &request, Claim &claim) const;
    std::optional<FrontRefusal> checkScope(const Claim &claim) const;
    std::optional<FrontRefusal> checkTime(const Claim &claim, Timestamp now) const;
    std::optional<FrontRefusal> checkCoverage(const HttpRequest &request, const Claim &claim) const;
    QByteArray signatureOf(const HttpRequest &request, const Claim &claim, const Credentials &caller);
    const QByteArray &signingKey(const Credentials &caller, const QByteArray &date);

    QByteArray m_region;
    QByteArray m_service;
    QList<Credentials> m_callers;
    QByteArray m_cachedFor; //!< access key id and date that m_cachedKey belongs to
    QByteArray m_cachedKey;
};

} // namespace optout::demo
