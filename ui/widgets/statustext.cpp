// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/statustext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using State = ReadStatus::State;

namespace {

class Text final {
    Q_DECLARE_TR_FUNCTIONS(optout::StatusText)
};

// Before that the rate is that of a page or two, and says nothing.
constexpr std::chrono::seconds firstRate { 3 };

QString timeOfDay(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).toString(u"HH:mm:ss"_s);
}

QString waitingWords(const ReadStatus &status)
{
    const bool throttled = status.error && status.error->kind == Error::Kind::Throttled;
    const QString until = status.waitingUntil ? timeOfDay(*status.waitingUntil) : QString();
    return throttled ? Text::tr("Waiting until %1, AWS limits the calls").arg(until)
                     : Text::tr("Waiting until %1 to try again").arg(until);
}

// A tenth of a second is worth reading only near the end of the wait.
QString nextCallWords(std::chrono::milliseconds delay)
{
    const double seconds = std::max(0.0, std::chrono::duration<double>(delay).count());
    //: %1 is a number of seconds
    return Text::tr("waiting for the quota, next call in %1 s")
        .arg(QLocale().toString(seconds, 'f', seconds < 9.95 ? 1 : 0));
}

QString headWords(const ReadStatus &status)
{
    switch (status.state) {
    case State::Idle:
        return Text::tr("No list is open");
    case State::Restoring:
        return Text::tr("Fetching what was kept of an earlier read…");
    case State::Reading:
        return Text::tr("Reading");
    case State::Paused:
        return Text::tr("Paused, partial");
    case State::Waiting:
        return waitingWords(status);
    case State::SignInNeeded:
        return status.rows > 0 ? Text::tr("Sign-in needed, partial") : Text::tr("Sign-in needed");
    case State::Complete:
        return Text::tr("Complete");
    case State::Stopped:
        return Text::tr("Stopped, partial");
    case State::Failed:
        return status.rows > 0 ? Text::tr("Failed, partial") : Text::tr("Failed");
    }
    return {};
}

// When the answer was true: a list may change while it is read.
QString readSpan(const ReadStatus &status)
{
    if (status.state != State::Complete || !status.beganAt || !status.endedAt)
        return {};
    // In UTC, as the column of times is: one window, one clock.
    const auto utc = [](Timestamp time) {
        return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC)
            .toString(u"yyyy-MM-dd HH:mm:ss"_s);
    };
    const QString began = utc(*status.beganAt);
    const QString ended = utc(*status.endedAt);
    if (began == ended)
        return Text::tr("read at %1 UTC").arg(began);
    return Text::tr("read from %1 to %2 UTC").arg(began, began.left(10) == ended.left(10) ? ended.mid(11) : ended);
}

// Rows that had been shown are gone: that is not to be left unsaid.
QString restartWords(const Error &why)
{
    if (why.code == u"FilterNotKept"_s)
        return Text::tr("begun again: the halves of the list did not fit together");
    if (why.code == u"RepeatedToken"_s)
        return Text::tr("begun again: AWS gave the same place twice");
    return Text::tr("begun again: AWS no longer knew the place");
}

} // namespace

QString stateWord(State state)
{
    switch (state) {
    case State::Idle:
        return {};
    case State::Restoring:
        return Text::tr("Restoring");
    case State::Reading:
        return Text::tr("Reading");
    case State::Paused:
        return Text::tr("Paused");
    case State::Waiting:
        return Text::tr("Waiting");
    case State::SignInNeeded:
        return Text::tr("Sign-in needed");
    case State::Complete:
        return Text::tr("Complete");
    case State::Stopped:
        return Text::tr("Partial");
    case State::Failed:
        return Text::tr("Failed");
    }
    return {};
}

QString timeLeftWords(std::chrono::seconds left)
{
    using namespace std::chrono_literals;
    if (left < 10s)
        return Text::tr("a few seconds left");
    if (left < 1min)
        return Text::tr("about %n seconds left", nullptr, int(left.count()));
    const int minutes = int(left / 1min);
    if (minutes < 60)
        return Text::tr("about %n minutes left", nullptr, minutes);
    const int hours = minutes / 60;
    if (hours >= 48)
        return Text::tr("about %n days left", nullptr, (hours + 12) / 24);
    if (minutes % 60 == 0)
        return Text::tr("about %n hours left", nullptr, hours);
    //: %1 hours and %2 minutes
    return Text::tr("about %1 h %2 min left").arg(QLocale().toString(hours), QLocale().toString(minutes % 60));
}

std::optional<Timestamp> quotaWaitEnd(const ReadStatus &status)
{
    if (status.state == State::Reading)
        return status.waitingForQuotaUntil;
    if (status.state != State::Waiting || !status.error || status.error->kind != Error::Kind::Throttled)
        return {};
    return status.waitingUntil;
}

QString readSentence(const ReadStatus &status, const ReadAhead &ahead)
{
    if (status.state == State::Idle || status.state == State::Restoring)
        return headWords(status);
    // The countdown says all that the time of day would.
    const QString head = ahead.nextCall && status.state == State::Waiting ? stateWord(status.state) : headWords(status);
    QStringList parts;
    //: %Ln is the count of loaded numbers
    parts += Text::tr("%1: %2").arg(head, Text::tr("%Ln numbers", nullptr, int(status.rows)));
    parts += Text::tr("%Ln calls", nullptr, status.calls);
    if (status.isActive() && status.elapsed >= firstRate)
        //: calls per second
        parts += Text::tr("%1/s").arg(QLocale().toString(status.callsPerSecond, 'f', 1));
    parts += hoursMinutesSeconds(status.elapsed);
    if (const QString span = readSpan(status); !span.isEmpty())
        parts += span;
    if (status.endUserOnly) {
        parts += *status.endUserOnly ? Text::tr("AWS was asked for end-user opt-outs only")
                                     : Text::tr("AWS was asked for opt-outs not by the end user only");
    }
    if (status.restartedBecause)
        parts += restartWords(*status.restartedBecause);
    if (ahead.left && status.isActive())
        parts += Text::tr("%1 (as of the last complete read)").arg(timeLeftWords(*ahead.left));
    if (ahead.nextCall && status.isActive())
        parts += nextCallWords(*ahead.nextCall);
    return parts.join(u" · "_s);
}

QString shownSentence(quint32 shown, quint32 loaded, bool filtered)
{
    const QString counts = Text::tr("showing %1 of %2").arg(QLocale().toString(shown), QLocale().toString(loaded));
    return filtered ? Text::tr("%1 · loaded rows filtered here").arg(counts) : counts;
}

QString hoursMinutesSeconds(std::chrono::milliseconds duration)
{
    const std::chrono::hh_mm_ss parts(std::chrono::floor<std::chrono::seconds>(duration));
    return u"%1:%2:%3"_s.arg(parts.hours().count(), 2, 10, QLatin1Char('0'))
        .arg(parts.minutes().count(), 2, 10, QLatin1Char('0'))
        .arg(parts.seconds().count(), 2, 10, QLatin1Char('0'));
}

QString spacedAccountId(const QString &accountId)
{
    if (accountId.size() != 12)
        return accountId;
    return u"%1-%2-%3"_s.arg(accountId.left(4), accountId.mid(4, 4), accountId.right(4));
}

} // namespace optout
