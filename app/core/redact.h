// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace optout {

//! The text with everything replaced that must not reach a log or a notice: runs of 7 or more digits (a phone number
//! may be a person's; 12-digit account ids go too), access key ids, and runs of 20 or more characters as tokens and
//! secret keys are made of. Request ids stay: their groups are shorter. For logs only: what the user asked about is
//! shown in full on the screen.
QString redacted(QStringView text);

} // namespace optout
