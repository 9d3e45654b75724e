// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/isotime.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QString>

namespace optout {

using namespace Qt::Literals::StringLiterals;

std::optional<Timestamp> isoTime(QStringView text)
{
    static const QRegularExpression pattern(u"^(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(\\.\\d{1,9})?"
                                            "(?:(Z|UTC|GMT)|([+-])(\\d\\d):?(\\d\\d))$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = pattern.match(text.trimmed().toString());
    if (!match.hasMatch())
        return std::nullopt;
    const QDate date = QDate::fromString(match.captured(1), Qt::ISODate);
    const QTime time = QTime::fromString(match.captured(2), Qt::ISODate);
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    const QDateTime whole(date, time, Qt::UTC);
    const qint64 fraction = match.captured(3).mid(1, 3).leftJustified(3, u'0').toLongLong();
    const qint64 offset = (match.captured(6).toLongLong() * 60 + match.captured(7).toLongLong()) * 60'000;
    const qint64 sign = match.captured(5) == "-"_L1 ? -1 : 1;
    return Timestamp(std::chrono::milliseconds(whole.toMSecsSinceEpoch() + fraction - sign * offset));
}

} // namespace optout
