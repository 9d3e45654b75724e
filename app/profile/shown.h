// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringView>

namespace optout {

//! A name out of a file, fit for a sentence: no control characters, and not a megabyte of it.
inline QString shown(QStringView name)
{
    constexpr qsizetype most = 80;
    QString out = name.first(qMin(name.size(), most)).toString();
    for (QChar &c : out) {
        if (!c.isPrint() && !c.isSurrogate())
            c = QChar(QChar::ReplacementCharacter);
    }
    return name.size() > most ? out + QChar(0x2026) : out;
}

} // namespace optout
