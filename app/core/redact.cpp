// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "core/redact.h"

#include <QRegularExpression>

namespace optout {

using namespace Qt::Literals::StringLiterals;

QString redacted(QStringView text)
{
    // Request ids (8-4-4-4-12 hexadecimal digits) are kept by matching them first and putting them back as they were.
    static const QRegularExpression pattern(
        u"(?<id>\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b)|[A-Za-z0-9+/=_-]{20,}|\\+?[0-9]{7,}"_s);
    QString out;
    qsizetype from = 0;
    const QString whole = text.toString();
    for (auto it = pattern.globalMatch(whole); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        out += QStringView(whole).sliced(from, match.capturedStart() - from);
        out += match.capturedStart(u"id"_s) >= 0 ? match.captured() : u"***"_s;
        from = match.capturedEnd();
    }
    out += QStringView(whole).sliced(from);
    return out;
}

} // namespace optout
