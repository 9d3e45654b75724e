// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>

namespace optout {

//! A command in words, without a shell: no variables, no globs, no comments. Pure. InvalidInput, saying what is
//! missing, for an open quote, a backslash at the end, a NUL and a command without words.

//! As Python's shlex.split() does, which the AWS CLI uses but on Windows: '...' as it is; "..." with \" and \\; a
//! backslash elsewhere before any character.
Result<QStringList> splitPosixCommand(const QString &command);
//! As the C runtime of Windows does, which the AWS CLI follows there: only "..." quotes, a backslash counts before a
//! quote only. (Microsoft C++ documentation, "Parsing C command-line arguments".)
Result<QStringList> splitWindowsCommand(const QString &command);
//! The one for the system that this runs on.
Result<QStringList> splitCommand(const QString &command);

} // namespace optout
