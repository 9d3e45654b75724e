// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QString>

namespace optout {

//! The exit statuses of the program. Scripts rely on the figures.
enum class ExitStatus { Done = 0, Failed = 1, WrongUsage = 2, Interrupted = 130 };

//! Marks an error as one that came before the service was asked: of a sign-in. It says itself what to do, and the
//! service's permissions have nothing to do with it. A person who would rather not sign in has not stopped the program.
Error ofSignIn(Error error);

//! An error in one line: "CODE: message [Reason: ...; Fields.X: ...] (request id ID); what can be done about it".
//! Without a code of the service the kind stands in its place. What others wrote is printed without control characters.
QString errorLine(const Error &error);

//! The text in one line: control characters, line ends included, become spaces. A terminal must not obey what a server
//! or a proxy wrote.
QString oneLine(QStringView text);

//! Sentences of others end with a full stop; here something may follow them.
QString withoutFullStop(QString text);

} // namespace optout
