// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "signin/signin.h"

#include <QString>

#include <chrono>

namespace optout {

//! The member by which the error of a sign-in is known; its value is the kind of error it was.
QString signInKindMember();

//! How long keys still hold: "41 min left", "95 s left" under two minutes, "3 h 5 min left" over two hours, "expired".
QString timeLeftText(std::chrono::milliseconds left);
//! The same with nothing left short, for assistive tools: "41 minutes left".
QString timeLeftSpoken(std::chrono::milliseconds left);
//! How long that text stays right.
std::chrono::milliseconds untilTimeLeftChanges(std::chrono::milliseconds left);
//! The widest text that timeLeftText() gives, for a place that nothing moves in.
QString widestTimeLeftText();

//! One line of "why this one".
QString traceText(const SignInTraceLine &line);
QString accountText(const QString &accountId); //!< "1111-2222-3333"; other texts as they are

//! The least that an administrator has to allow, as the IAM console takes it (JSON).
QString leastPolicy();

} // namespace optout
