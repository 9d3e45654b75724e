// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/exportprogress.h"

#include "cli/message.h"

#include <QLocale>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto shortestWait = 100ms; // a shorter one is not worth a word
constexpr auto firstEstimate = 5s; // before that the pace says little

QString clockTime(std::chrono::duration<double> duration)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(duration).count();
    return u"%1:%2:%3"_s.arg(seconds / 3600, 2, 10, QChar(u'0'))
        .arg(seconds / 60 % 60, 2, 10, QChar(u'0'))
        .arg(seconds % 60, 2, 10, QChar(u'0'));
}

QString timeWords(ExportProgress::SteadyTime::duration duration)
{
    using namespace std::chrono;
    if (const auto whole = round<seconds>(duration); whole < 2min)
        return whole == 1s ? u"1 second"_s : u"%1 seconds"_s.arg(whole.count());
    if (const auto whole = round<minutes>(duration); whole < 2h)
        return u"%1 minutes"_s.arg(whole.count());
    return u"%1 hours"_s.arg(ExportProgress::grouped(round<hours>(duration).count()));
}

} // namespace

void ExportProgress::noteWaiting(const Waiting &waiting, SteadyTime now)
{
    const bool isQuota = waiting.reason.kind == Error::Kind::Throttled;
    const QString code = waiting.reason.code.isEmpty() ? waiting.reason.detail : waiting.reason.code;
    m_reason = isQuota ? QString() : oneLine(code);
    m_until = now + waiting.delay;
    // Of two halves one may get answers while the other fails on: that is no new fault, and it counts its attempts.
    if (!m_isAtFault && waiting.failedAttempts == 1)
        m_firstFailed = now;
    m_isAtFault = true;
    m_failedAttempts = waiting.failedAttempts;
}

void ExportProgress::noteWaitingForQuota(std::chrono::milliseconds delay, SteadyTime now)
{
    m_reason.clear();
    m_until = now + delay;
}

QString ExportProgress::grouped(qint64 number) { return QLocale(QLocale::English).toString(number); }

QString ExportProgress::summary(qint64 rows, int calls, SteadyTime now) const
{
    const std::chrono::duration<double> elapsed = now - m_began;
    return u"%1 numbers, %2 calls, %3/s, %4"_s.arg(grouped(rows), grouped(calls),
        QString::number(elapsed.count() > 0 ? calls / elapsed.count() : 0, 'f', 1), clockTime(elapsed));
}

QString ExportProgress::line(qint64 rows, int calls, SteadyTime now) const
{
    if (!m_stage.isEmpty())
        return summary(rows, calls, now) + u", "_s + m_stage;
    return summary(rows, calls, now) + timeLeft(rows, now) + waitingWords(now);
}

QString ExportProgress::triedWords(SteadyTime now) const
{
    if (!m_isAtFault)
        return {};
    return u"tried %1 times in %2"_s.arg(grouped(m_failedAttempts + 1), timeWords(now - m_firstFailed));
}

QString ExportProgress::timeLeft(qint64 rows, SteadyTime now) const
{
    const std::chrono::duration<double> elapsed = now - m_began;
    const qint64 fresh = rows - m_rowsBefore;
    if (!m_expectedRows || *m_expectedRows <= rows || fresh <= 0 || elapsed < firstEstimate)
        return {};
    return u", about %1 left"_s.arg(clockTime(elapsed * (double(*m_expectedRows - rows) / double(fresh))));
}

QString ExportProgress::waitingWords(SteadyTime now) const
{
    if (!m_until || *m_until - now < shortestWait)
        return {};
    const double seconds = std::chrono::duration<double>(*m_until - now).count();
    if (m_reason.isEmpty())
        return u", waiting for the quota, next call in %1 s"_s.arg(seconds, 0, 'f', 1);
    return u", waiting %1 s: %2"_s.arg(seconds, 0, 'f', 0).arg(m_reason);
}

} // namespace optout
