// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "demo/faultplan.h"
#include "demo/keyissuer.h"
#include "demo/signaturecheck.h"
#include "demo/signinoptions.h"

#include <QMap>
#include <QSet>

#include <variant>

namespace optout::demo {

//! The Security Token Service: AssumeRole, AssumeRoleWithWebIdentity and GetCallerIdentity of API version 2011-06-15,
//! in the query protocol. Knows these roles:
//! - Reader: any of the account's callers may assume it; at most 12 hours
//! - Partner: whoever tells the external id; at most an hour
//! - Guarded: whoever has the MFA device
//! - Inner: a session of Reader alone
//! - NoLists: like Reader, but refused all lists afterwards
//! - Web: who shows the web identity token
class StsService {
public:
    StsService(const SignInOptions &options, KeyIssuer &issuer);

    //! Keys that may call from now on.
    void add(Credentials keys) { m_signatures.add(std::move(keys)); }

    using Parameters = QMap<QString, QString>; //!< of the form that was posted
    struct Reply {
        HttpAnswer answer;
        SignatureCheck::Finding finding {};
    };
    Reply answer(
        const HttpRequest &request, const Parameters &parameters, Timestamp now, const std::vector<Fault> &faults);

    static Parameters readForm(const QByteArray &body);

    static QString mfaSerial(); //!< the ARN of the device
    const QStringList &mfaCodes() const { return m_mfaCodes; } //!< each works once
    const QString &externalId() const { return m_externalId; }
    const QString &webIdentityToken() const { return m_webIdentityToken; }
    const QString &expiredWebIdentityToken() const { return m_expiredWebIdentityToken; }

private:
    struct Refusal {
        QString code;
        QString message;
        int status = 400;
    };
    using Members = QList<std::pair<QString, QString>>; //!< "Credentials/AccessKeyId", value: in the order written
    using Outcome = std::variant<Members, Refusal>;

    Outcome perform(const Parameters &parameters, const QString &accessKeyId, Timestamp now);
    Outcome assumeRole(const Parameters &parameters, const Principal &caller, Timestamp now);
    Outcome assumeRoleWithWebIdentity(const Parameters &parameters, Timestamp now);
    std::optional<Refusal> checkMfa(const Parameters &parameters);
    Outcome issue(const QString &role, const Parameters &parameters, Timestamp now, Members further = {});
    static std::optional<Refusal> signatureRefusal(const SignatureCheck::Finding &finding);

    KeyIssuer &m_issuer;
    SignatureCheck m_signatures;
    int m_mfaRefusals;
    QStringList m_mfaCodes;
    QSet<QString> m_unusedCodes;
    QString m_externalId;
    QString m_webIdentityToken;
    QString m_expiredWebIdentityToken;
};

} // namespace optout::demo
