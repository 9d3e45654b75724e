// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "text/errortext.h"

#include "aws/accesskey.h"
#include "aws/serviceerror.h"
#include "text/signintext.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

class Text final {
    Q_DECLARE_TR_FUNCTIONS(optout::ErrorText)
public:
    static ErrorText noCredentials(const Error &error, const QString &again);
    static ErrorText signIn(const Error &error, const QString &again);
    static ErrorText accessDenied(const Error &error, const QString &iamAction, const QString &again);
    static ErrorText notFound(const Error &error);
    static ErrorText invalidInput(const Error &error);
    static ErrorText network(const Error &error, const QString &again);
    static ErrorText badResponse(const Error &error);
    static ErrorText storage(const Error &error, const QString &again);
    static ErrorText other(const Error &error);
    static QString details(const Error &error);
};

bool mentions(const Error &error, QLatin1StringView words) { return error.detail.contains(words, Qt::CaseInsensitive); }

bool isExpiry(const Error &error)
{
    return error.code == "ExpiredTokenException"_L1 || error.code == "ExpiredToken"_L1
        || (mentions(error, "token"_L1) && mentions(error, "expired"_L1));
}

ErrorText Text::noCredentials(const Error &error, const QString &again)
{
    const QString anew = tr("Enter them again under Connections, then choose %1.").arg(again);
    if (saysWrongClock(error)) {
        return { tr("This computer's clock differs too much from the time at AWS."),
            tr("Set the clock, then choose %1. AWS accepts a difference of up to five minutes.").arg(again), {} };
    }
    if (isExpiry(error)) {
        return { tr("The keys have expired."), tr("Enter new ones under Connections, then choose %1.").arg(again), {} };
    }
    if (error.code == "UnrecognizedClientException"_L1 || error.code == "InvalidClientTokenId"_L1
        || error.code == "InvalidAccessKeyId"_L1) {
        return { tr("AWS does not know this access key."),
            tr("It may have been deleted or mistyped, or belong to another partition than the region. %1").arg(anew),
            {} };
    }
    if (error.code == "InvalidSignatureException"_L1 || error.code == "SignatureDoesNotMatch"_L1) {
        return { tr("The secret access key does not fit the access key id."), anew, {} };
    }
    if (error.code == errorcode::accountChanged) {
        return { tr("The keys are now those of another account."),
            tr("What was read stays. Sign in to the account it was read from, or choose the connection again to read from "
               "the other one."),
            {} };
    }
    if (error.code == "KeysMissing"_L1)
        return { tr("The keychain holds no keys for this connection."), anew, {} };
    if (error.code == "KeysNotKept"_L1)
        return { tr("The keys of this connection were kept for an earlier session only."), anew, {} };
    return { tr("AWS cannot be called without valid keys."), anew, {} };
}

// Getting keys failed; the detail says at which step and why, and what to do where that is known.
ErrorText Text::signIn(const Error &error, const QString &again)
{
    if (saysWrongClock(error) || error.code == "KeysMissing"_L1 || error.code == "KeysNotKept"_L1)
        return noCredentials(error, again);
    const QString anew = tr("Choose Sign in to try again.");
    const auto kind = Error::Kind(error.member(signInKindMember()).toInt());
    if (kind == Error::Kind::Cancelled)
        return { tr("Sign-in needed: it was cancelled."), anew, {} };
    QString detail = error.detail.trimmed();
    if (!detail.isEmpty() && detail.back().isLetterOrNumber()) // others do not end their sentences
        detail += u'.';
    return { tr("Sign-in needed."), u"%1 %2"_s.arg(detail, anew).trimmed(), {} };
}

ErrorText Text::accessDenied(const Error &error, const QString &iamAction, const QString &again)
{
    const QString reason = error.member(u"Reason");
    if (reason == "ACCOUNT_DISABLED"_L1)
        return { tr("AWS End User Messaging SMS is disabled for this account."), tr("Ask AWS Support why."), {} };
    if (reason == "INSUFFICIENT_ACCOUNT_REPUTATION"_L1) {
        return { tr("AWS refuses the call because of this account's reputation."),
            tr("Ask AWS Support what has to be mended."), {} };
    }
    if (!reason.isEmpty())
        return { tr("AWS refuses this call. Reason: %1.").arg(reason), {}, {} };

    // IAM names the permission in its message: "User: ... is not authorized to perform: sms-voice:Describe... on ...".
    static const QRegularExpression named(u"not authorized to perform: *([A-Za-z0-9-]+:[A-Za-z0-9]+)"_s);
    const QRegularExpressionMatch match = named.match(error.detail);
    const QString action = match.hasMatch() ? match.captured(1) : iamAction;
    if (action.isEmpty()) {
        return { tr("AWS refuses this call."), tr("Ask your administrator for the permission it needs."), {} };
    }
    return { tr("This identity may not do that: the permission %1 is missing.").arg(action),
        tr("Ask your administrator to allow %1, then choose %2.").arg(action, again), {} };
}

ErrorText Text::notFound(const Error &error)
{
    const QString type = error.member(u"ResourceType");
    const QString id = error.member(u"ResourceId");
    if (type == "opt-out-list"_L1) {
        const QString advice = tr("It may have been deleted, or be in another region. A list shared by another account "
                                  "has to be named by its ARN.");
        return { id.isEmpty() ? tr("There is no such opt-out list.") : tr("There is no opt-out list %1.").arg(id),
            advice, {} };
    }
    if (type == "opted-out-number"_L1)
        return { tr("The number is not on this list."), {}, {} };
    if (!type.isEmpty())
        return { tr("AWS does not find this: %1 %2.").arg(type, id).simplified(), {}, {} };
    return { tr("AWS does not find what was asked for."), tr("Look at the region and the name."), {} };
}

ErrorText Text::invalidInput(const Error &error)
{
    const QString reason = error.member(u"Reason");
    if (reason == "INVALID_NEXT_TOKEN"_L1) {
        return { tr("The place in the list where the read stopped is no longer valid."),
            tr("Choose Refresh to read the list again from its start."), {} };
    }
    if (reason == "INVALID_FILTER_VALUES"_L1) {
        return { tr("AWS does not take the filter of \"Read only these\"."),
            tr("Switch it off: \"Opted out by\" then filters the loaded rows."), {} };
    }
    if (reason == "RESOURCE_NOT_ACCESSIBLE"_L1) {
        return { tr("This list is not open to this account."),
            tr("Its owner has to share it, and it has to be named by its ARN."), {} };
    }
    if (reason == "INVALID_ARN"_L1)
        return { tr("AWS does not take this ARN."), tr("Look at its region, account and name."), {} };
    if (!reason.isEmpty() && !error.code.isEmpty())
        return { tr("AWS refuses the request. Reason: %1.").arg(reason), error.detail, {} };
    return { error.detail.isEmpty() ? tr("This input is not valid.") : error.detail, {}, {} };
}

ErrorText Text::network(const Error &error, const QString &again)
{
    if (error.code.contains("Tls"_L1, Qt::CaseInsensitive) || error.code.contains("Ssl"_L1, Qt::CaseInsensitive)
        || mentions(error, "TLS"_L1) || mentions(error, "SSL"_L1) || mentions(error, "certificate"_L1)) {
        return { tr("No secure connection to AWS could be made."),
            tr("A proxy may be reading along, or this computer's clock or certificates may be out of date."), {} };
    }
    return { tr("AWS cannot be reached."),
        tr("Look at the network, the proxy and the region, then choose %1.").arg(again), {} };
}

ErrorText Text::badResponse(const Error &error)
{
    if (error.code == "RepeatedToken"_L1) {
        return { tr("AWS sent the same page mark twice, so the read would never end."),
            tr("What is loaded is not the whole list. Choose Refresh to read it again from its start."), {} };
    }
    return { tr("The answer cannot be understood."),
        tr("A proxy or a sign-in page of the network may have answered instead of AWS."), {} };
}

ErrorText Text::storage(const Error &error, const QString &again)
{
    if (error.code == "NoKeychain"_L1)
        return { tr("There is no keychain on this computer."), tr("Keys can be kept for this session only."), {} };
    if (error.code == "KeychainLocked"_L1)
        return { tr("The keychain is locked."), tr("Unlock it, then choose %1.").arg(again), {} };
    if (error.code == "KeychainDenied"_L1)
        return { tr("The keychain refused access."), tr("Allow it for this program, then choose %1.").arg(again), {} };
    if (error.code == "KeychainFailed"_L1)
        return { tr("The keychain failed."), error.detail, {} };
    return { error.detail.isEmpty() ? tr("Memory or disk failed.") : error.detail, {}, {} };
}

ErrorText Text::other(const Error &error)
{
    return { tr("This program made a mistake."), tr("Copy the details and report them, please. Refresh may help."),
        error.detail };
}

QString Text::details(const Error &error)
{
    QStringList lines;
    const auto add = [&lines](const QString &name, const QString &value) {
        if (!value.isEmpty())
            lines += u"%1: %2"_s.arg(name, value);
    };
    add(tr("Code"), error.code);
    add(tr("Message"), error.detail);
    add(tr("Request id"), error.requestId);
    for (const Error::Member &member : error.members) {
        if (member.name != signInKindMember()) // a note of this program's own
            add(member.name, member.value);
    }
    return lines.join(u'\n');
}

} // namespace

ErrorText describe(const Error &error, const QString &iamAction, const QString &tryAgain)
{
    const QString again = tryAgain.isEmpty() ? Text::tr("Retry") : tryAgain;
    ErrorText text;
    switch (error.kind) {
    case Error::Kind::Internal:
        text = Text::other(error);
        break;
    case Error::Kind::InvalidInput:
        text = Text::invalidInput(error);
        break;
    case Error::Kind::NoCredentials:
        text =
            error.member(signInKindMember()).isEmpty() ? Text::noCredentials(error, again) : Text::signIn(error, again);
        break;
    case Error::Kind::AccessDenied:
        text = Text::accessDenied(error, iamAction, again);
        break;
    case Error::Kind::NotFound:
        text = Text::notFound(error);
        break;
    case Error::Kind::Throttled:
        text = { Text::tr("AWS limits how often it may be called, and the limit stayed reached."),
            Text::tr("Something else may be using the account's quota. Choose %1 later.").arg(again), {} };
        break;
    case Error::Kind::ServiceFault:
        text = { Text::tr("AWS had a fault of its own."), Text::tr("Choose %1.").arg(again), {} };
        break;
    case Error::Kind::Network:
        text = Text::network(error, again);
        break;
    case Error::Kind::Timeout:
        text = { Text::tr("AWS did not answer in time."), Text::tr("Choose %1.").arg(again), {} };
        break;
    case Error::Kind::BadResponse:
        text = Text::badResponse(error);
        break;
    case Error::Kind::Storage:
        text = Text::storage(error, again);
        break;
    case Error::Kind::Cancelled:
        text = { Text::tr("Stopped."), {}, {} };
        break;
    }
    text.details = Text::details(error);
    return text;
}

bool needsSignIn(const Error &error) { return error.kind == Error::Kind::NoCredentials && !saysWrongClock(error); }

} // namespace optout
