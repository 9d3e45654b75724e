// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/faultplan.h"

#include <QRegularExpression>

#include <limits>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

namespace {

struct Description {
    QLatin1StringView name;
    Fault::Kind kind;
    qint64 least = 0, most = -1; //!< of the argument; most < least: it takes none
};

constexpr qint64 anyBytes = qint64(1) << 40;
constexpr Description kinds[] = {
    { "throttle"_L1, Fault::Kind::Throttle },
    { "internal"_L1, Fault::Kind::Internal },
    { "denied"_L1, Fault::Kind::Denied },
    { "expired-credentials"_L1, Fault::Kind::ExpiredCredentials },
    { "invalid-token"_L1, Fault::Kind::InvalidToken },
    { "repeat-token"_L1, Fault::Kind::RepeatToken },
    { "empty-page"_L1, Fault::Kind::EmptyPage },
    { "overlap"_L1, Fault::Kind::Overlap },
    { "clock-skew"_L1, Fault::Kind::ClockSkew, -315'360'000, 315'360'000 },
    { "html"_L1, Fault::Kind::Html },
    { "redirect"_L1, Fault::Kind::Redirect },
    { "status"_L1, Fault::Kind::Status, 200, 599 },
    { "bad-json"_L1, Fault::Kind::BadJson },
    { "gzip"_L1, Fault::Kind::Gzip },
    { "retry-after"_L1, Fault::Kind::RetryAfter, 0, 1'000'000 },
    { "huge"_L1, Fault::Kind::Huge, 100, anyBytes },
    { "reset"_L1, Fault::Kind::Reset },
    { "reset-after"_L1, Fault::Kind::ResetAfter, 0, anyBytes },
    { "reset-at"_L1, Fault::Kind::ResetAt, 0, anyBytes },
    { "cut-at"_L1, Fault::Kind::CutAt, 0, anyBytes },
    { "cut"_L1, Fault::Kind::Cut, 0, anyBytes },
    { "cut-chunked"_L1, Fault::Kind::CutChunked, 0, anyBytes },
    { "cut-no-length"_L1, Fault::Kind::CutNoLength, 0, anyBytes },
    { "stall"_L1, Fault::Kind::Stall },
    { "stall-after"_L1, Fault::Kind::StallAfter, 0, anyBytes },
    { "slow"_L1, Fault::Kind::Slow, 1, anyBytes },
};

Error unreadable(const QString &text, const QString &why)
{
    return { .kind = Error::Kind::InvalidInput, .detail = u"The fault \"%1\" cannot be read: %2."_s.arg(text, why) };
}

} // namespace

Result<FaultPlan::Entry> FaultPlan::parseOne(const QString &text)
{
    static const QRegularExpression form(
        u"^([a-z-]+)(?::(-?[0-9]{1,15}))?(?:@(?:every ?([1-9][0-9]{0,14})|([1-9][0-9]{0,14})(?:x([1-9][0-9]{0,14}))?))?$"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return unreadable(text, u"it is not KIND[:ARGUMENT][@CALL[xCOUNT]] or KIND[:ARGUMENT]@everyN"_s);

    for (const Description &description : kinds) {
        if (description.name != match.captured(1))
            continue;
        const bool takesArgument = description.most >= description.least;
        if (takesArgument != match.hasCaptured(2))
            return unreadable(text, takesArgument ? u"it needs a number after a colon"_s : u"it takes no number"_s);
        Entry entry { .fault = { description.kind, match.captured(2).toLongLong() } };
        if (takesArgument && (entry.fault.argument < description.least || entry.fault.argument > description.most))
            return unreadable(text, u"its number must be %1 to %2"_s.arg(description.least).arg(description.most));
        if (match.hasCaptured(3)) {
            entry.every = match.captured(3).toLongLong();
        } else if (match.hasCaptured(4)) {
            entry.first = match.captured(4).toLongLong();
            entry.count = match.hasCaptured(5) ? match.captured(5).toLongLong() : 1;
        }
        return entry;
    }
    return unreadable(text, u"there is no fault of that name"_s);
}

Result<FaultPlan> FaultPlan::parse(const QStringList &texts)
{
    FaultPlan plan;
    for (const QString &text : texts) {
        const Result<Entry> entry = parseOne(text.trimmed());
        if (!entry)
            return entry.error();
        plan.m_entries.push_back(*entry);
    }
    return plan;
}

std::vector<Fault> FaultPlan::at(qint64 call) const
{
    std::vector<Fault> met;
    for (const Entry &entry : m_entries) {
        const bool meets = entry.every > 0
            ? call % entry.every == 0
            : call >= entry.first && (entry.count == 0 || call < entry.first + entry.count);
        if (meets)
            met.push_back(entry.fault);
    }
    return met;
}

} // namespace optout::demo
