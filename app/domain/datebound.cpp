// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "domain/datebound.h"

#include <QRegularExpression>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

const QRegularExpression &momentPattern()
{
    static const QRegularExpression pattern(u"^\\s*(\\d{4})-(\\d{2})-(\\d{2})"
                                            "(?:[ T](\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.\\d{1,3})?)?)?Z?\\s*$"_s);
    return pattern;
}

} // namespace

std::optional<TypedMoment> parseMoment(QStringView text)
{
    using namespace std::chrono;
    if (text.isEmpty()) // as it mostly is: the pattern is not compiled for that
        return {};
    const QRegularExpressionMatch match = momentPattern().match(text.toString());
    if (!match.hasMatch())
        return {};
    const auto part = [&match](int group) { return match.capturedView(group).toInt(); };
    const year_month_day date { year(part(1)), month(unsigned(part(2))), day(unsigned(part(3))) };
    if (!date.ok() || part(4) > 23 || part(5) > 59 || part(6) > 59)
        return {};
    const Timestamp begin = sys_days(date) + hours(part(4)) + minutes(part(5)) + seconds(part(6));
    if (match.hasCaptured(6))
        return TypedMoment { begin, begin + seconds(1) };
    if (match.hasCaptured(4))
        return TypedMoment { begin, begin + minutes(1) };
    return TypedMoment { begin, begin + days(1) };
}

bool couldBecomeMoment(QStringView text)
{
    const QRegularExpressionMatch match =
        momentPattern().match(text.toString(), 0, QRegularExpression::PartialPreferCompleteMatch);
    return match.hasPartialMatch();
}

} // namespace optout
