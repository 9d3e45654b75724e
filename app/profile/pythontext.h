// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <QStringView>

#include <optional>

// The AWS CLI is written in Python, and what it takes for a space, a line or a word is what Python takes for it. Qt's
// answers are slightly others, so these stand in for them. All are linear in the length of the text.

namespace optout {

//! As str.isspace(): QChar::isSpace() lacks U+001C..U+001F. (docs.python.org, "str.isspace".)
bool isPythonSpace(QChar c) noexcept;
//! As str.strip().
QStringView stripped(QStringView text) noexcept;
//! As str.splitlines(): at all line ends of Unicode, not at \n alone.
QList<QStringView> splitLines(QStringView text);
//! As shlex.split(): quotes, backslashes, no comments. Nothing for an open quote or a backslash at the end, which is an
//! error there. (docs.python.org, "shlex", POSIX mode.)
std::optional<QStringList> shellWords(QStringView text);

} // namespace optout
