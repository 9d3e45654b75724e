// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "text/signintext.h"

#include <QCoreApplication>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

class Text final {
    Q_DECLARE_TR_FUNCTIONS(optout::SignInText)
};

constexpr auto secondsBelow = 2min; // from here on each second counts
constexpr auto hoursFrom = 2h;

} // namespace

QString signInKindMember() { return u"SignIn"_s; }

QString timeLeftText(std::chrono::milliseconds left)
{
    if (left <= 0ms)
        return Text::tr("expired");
    if (left < secondsBelow)
        //: seconds until keys expire
        return Text::tr("%1 s left").arg(std::chrono::ceil<std::chrono::seconds>(left).count());
    const auto minutes = std::chrono::floor<std::chrono::minutes>(left);
    if (minutes < hoursFrom)
        //: minutes until keys expire
        return Text::tr("%1 min left").arg(minutes.count());
    const auto hours = std::chrono::floor<std::chrono::hours>(minutes);
    //: hours and minutes until keys expire
    return Text::tr("%1 h %2 min left").arg(hours.count()).arg((minutes - hours).count());
}

QString timeLeftSpoken(std::chrono::milliseconds left)
{
    if (left <= 0ms)
        return Text::tr("Sign-in expired");
    if (left < secondsBelow)
        return Text::tr("Sign-in ends in less than %n minute(s)", nullptr, left < 1min ? 1 : 2);
    return Text::tr(
        "Sign-in holds for %n minute(s)", nullptr, int(std::chrono::floor<std::chrono::minutes>(left).count()));
}

std::chrono::milliseconds untilTimeLeftChanges(std::chrono::milliseconds left)
{
    if (left <= 0ms)
        return 1min; // they may have been renewed without a word
    const std::chrono::milliseconds step = left < secondsBelow ? 1s : 1min;
    const std::chrono::milliseconds rest = left % step;
    // Just past the step, where the text is already the next one.
    return std::min(rest, left >= secondsBelow ? left - secondsBelow : rest) + 1ms;
}

QString widestTimeLeftText() { return Text::tr("%1 h %2 min left").arg("00"_L1, "00"_L1); }

QString traceText(const SignInTraceLine &line)
{
    switch (line.outcome) {
    case SignInTraceLine::Outcome::PassedOver:
        return line.words.isEmpty() ? Text::tr("Not set up: %1").arg(line.step)
                                    : Text::tr("Passed over: %1. %2").arg(line.step, line.words);
    case SignInTraceLine::Outcome::Used:
        return line.words.isEmpty() ? Text::tr("Used: %1").arg(line.step)
                                    : Text::tr("Used: %1. %2").arg(line.step, line.words);
    case SignInTraceLine::Outcome::Failed:
        return Text::tr("Failed: %1. %2").arg(line.step, line.words);
    }
    Q_UNREACHABLE();
}

QString accountText(const QString &accountId)
{
    if (accountId.size() != 12)
        return accountId;
    return u"%1-%2-%3"_s.arg(accountId.first(4), accountId.sliced(4, 4), accountId.last(4));
}

// The same as in README.md: a test compares them.
QString leastPolicy()
{
    return uR"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadOptOutLists",
      "Effect": "Allow",
      "Action": ["sms-voice:DescribeOptedOutNumbers", "sms-voice:DescribeOptOutLists"],
      "Resource": "*"
    }
  ]
}
)"_s;
}

} // namespace optout
