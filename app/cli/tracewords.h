// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "signin/signin.h"

#include <QString>

namespace optout {

//! A line of "why this one" for --verbose: "profile dev: role_arn arn:aws:iam::111122223333:role/Reader: used (keys
//! that hold until ...)".
QString traceWords(const SignInTraceLine &line);

} // namespace optout
