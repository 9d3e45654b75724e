// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/testverdict.h"

#include "text/errortext.h"
#include "text/keychaintext.h"
#include "text/signintext.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

FormNotice::Content TestVerdict::of(const Result<ConnectionReport> &outcome, const Connection &connection)
{
    if (outcome)
        return outcome->missing.isEmpty() ? worked(*outcome, connection) : lacking(*outcome);
    const Error &error = outcome.error();
    if (isKeychainError(error)) {
        const ErrorText text = describeKeychain(error, KeychainPurpose::Load);
        return { .icon = u"dialog-error"_s, .headline = text.headline, .text = text.advice, .details = text.details };
    }
    const ErrorText text = describe(error);
    const bool signIn = isSignInError(error) && error.kind == Error::Kind::NoCredentials;
    return { .icon = u"dialog-error"_s,
        .headline = text.headline,
        .text = signIn ? text.advice : adviceFor(error, text.advice),
        .details = text.details };
}

FormNotice::Content TestVerdict::worked(const ConnectionReport &report, const Connection &connection)
{
    FormNotice::Content content { .icon = u"dialog-ok"_s, .headline = tr("The connection works.") };
    if (report.lists == 0) {
        //: %1 is a region
        content.text = tr("The account has no opt-out lists of its own in %1.").arg(connection.region);
    } else {
        //: %1 is an account number, %2 a region
        content.text = tr("Account %1 has %n opt-out list(s) in %2.", nullptr, int(report.lists))
                           .arg(accountText(report.accountId), connection.region);
    }
    return content;
}

FormNotice::Content TestVerdict::lacking(const ConnectionReport &report)
{
    const Error refusal = report.refusal.value_or(Error {});
    QStringList sentences;
    //: %1 is one or more names of IAM actions
    sentences += tr("Missing: %1.").arg(report.missing.join(u", "_s));
    if (report.identity)
        //: %1 is an identity such as "role Reader", %2 an account
        sentences += tr("Ask your administrator to allow them for %1 in account %2; Copy policy copies the least that "
                        "has to be allowed.")
                         .arg(report.identity->shortName(), accountText(report.identity->account));
    else
        sentences += tr("Ask your administrator to allow them; Copy policy copies the least that has to be allowed.");
    QString text = sentences.join(u' ');
    if (!refusal.requestId.isEmpty())
        text += u'\n' + tr("Request id: %1").arg(refusal.requestId);
    return { .icon = u"dialog-error"_s,
        .headline = tr("Signing in works, but %n permission(s) is missing.", nullptr, int(report.missing.size())),
        .text = text,
        .details = describe(refusal).details };
}

// The usual advice leads here; what helps can be named more closely with the fields in sight.
QString TestVerdict::adviceFor(const Error &error, const QString &usual)
{
    const QString requestId = error.requestId.isEmpty() ? QString() : tr("Request id: %1").arg(error.requestId);
    QString advice;
    switch (error.kind) {
    case Error::Kind::NoCredentials:
        advice = tr("Compare both keys and the region with what AWS gave you. Temporary keys also need their session "
                    "token, and this computer's clock has to be right.");
        break;
    case Error::Kind::AccessDenied:
        advice = usual; // the service itself refuses: no permission would help
        break;
    case Error::Kind::Network:
    case Error::Kind::Timeout:
        advice = tr("Look at the network, the proxy, the region and the endpoint URL, and test again.");
        break;
    case Error::Kind::Throttled:
    case Error::Kind::ServiceFault:
        advice = tr("Test again later.");
        break;
    case Error::Kind::Internal:
    case Error::Kind::InvalidInput:
    case Error::Kind::NotFound:
    case Error::Kind::BadResponse:
    case Error::Kind::Storage:
    case Error::Kind::Cancelled:
        advice = usual;
        break;
    }
    return (advice + u'\n' + requestId).trimmed();
}

QString TestVerdict::ofWaiting(const Waiting &waiting)
{
    return tr("%1 Trying again…").arg(describe(waiting.reason).headline);
}

} // namespace optout
