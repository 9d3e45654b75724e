// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/message.h"

#include "aws/accesskey.h"
#include "aws/serviceerror.h"

#include <QStringList>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

QString nameOf(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::Internal:
        return u"Internal"_s;
    case Error::Kind::InvalidInput:
        return u"InvalidInput"_s;
    case Error::Kind::NoCredentials:
        return u"NoCredentials"_s;
    case Error::Kind::AccessDenied:
        return u"AccessDenied"_s;
    case Error::Kind::NotFound:
        return u"NotFound"_s;
    case Error::Kind::Throttled:
        return u"Throttled"_s;
    case Error::Kind::ServiceFault:
        return u"ServiceFault"_s;
    case Error::Kind::Network:
        return u"Network"_s;
    case Error::Kind::Timeout:
        return u"Timeout"_s;
    case Error::Kind::BadResponse:
        return u"BadResponse"_s;
    case Error::Kind::Storage:
        return u"Storage"_s;
    case Error::Kind::Cancelled:
        return u"Cancelled"_s;
    }
    return {};
}

const Error::Member signInMark { .name = u"SignIn"_s, .value = u"failed"_s };

QString adviceFor(const Error &error)
{
    if (error.members.contains(signInMark)) {
        const bool noKeys = error.kind == Error::Kind::NoCredentials && error.code.isEmpty();
        return noKeys ? u"without any keys, try --demo"_s : QString();
    }
    switch (error.kind) {
    case Error::Kind::NoCredentials:
        if (saysWrongClock(error))
            return u"set this computer's clock; AWS accepts a difference of up to five minutes"_s;
        if (error.code == errorcode::accountChanged)
            return u"sign in to the account that the command began with, and run it again"_s;
        return u"sign in again ('aws sso login', 'aws login'), or set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, "
               u"for "
               "temporary keys, AWS_SESSION_TOKEN to valid keys; --verbose tells where they came from"_s;
    case Error::Kind::AccessDenied:
        if (!error.member(u"Reason").isEmpty()) // the service itself refuses, not IAM: no permission helps
            return u"AWS Support can tell why"_s;
        return u"the caller needs sms-voice:DescribeOptedOutNumbers and sms-voice:DescribeOptOutLists"_s;
    case Error::Kind::NotFound:
        return u"'optout-browser lists' shows the lists; one of another account is named by its ARN"_s;
    case Error::Kind::Throttled:
        return u"the account's quota is used up; try --max-rate or a higher --max-attempts"_s;
    case Error::Kind::Internal:
    case Error::Kind::InvalidInput:
    case Error::Kind::ServiceFault:
    case Error::Kind::Network: // these three say themselves what to look at
    case Error::Kind::Timeout:
    case Error::Kind::BadResponse:
    case Error::Kind::Storage:
    case Error::Kind::Cancelled:
        break;
    }
    return {};
}

} // namespace

QString oneLine(QStringView text)
{
    QString line = text.toString();
    for (QChar &c : line) {
        // Format characters may turn the direction of writing around.
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
            || c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph)
            c = u' ';
    }
    return line.simplified();
}

QString withoutFullStop(QString text)
{
    while (text.endsWith(u'.'))
        text.chop(1);
    return text;
}

Error ofSignIn(Error error)
{
    if (!error.members.contains(signInMark))
        error.members.append(signInMark);
    if (error.kind == Error::Kind::Cancelled)
        error.kind = Error::Kind::NoCredentials;
    return error;
}

QString errorLine(const Error &error)
{
    QString line = oneLine(error.code.isEmpty() ? nameOf(error.kind) : error.code) + u": "_s
        + withoutFullStop(oneLine(error.detail));
    QStringList members;
    for (const Error::Member &member : error.members) {
        if (member != signInMark)
            members << oneLine(member.name) + u": "_s + oneLine(member.value);
    }
    if (!members.isEmpty())
        line += u" ["_s + members.join(u"; "_s) + u']';
    if (!error.requestId.isEmpty())
        line += u" (request id "_s + oneLine(error.requestId) + u')';
    const QString advice = adviceFor(error);
    if (!advice.isEmpty())
        line += u"; "_s + advice;
    return line;
}

} // namespace optout
