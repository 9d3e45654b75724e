// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/signinendpoint.h"
#include "core/result.h"
#include "profile/signinplan.h"

#include <QString>

namespace optout {

//! "profile dev: role_arn arn:aws:iam::111122223333:role/Reader", "environment: access key".
QString stepWords(const SignInStep &step);

//! "role Reader", "IAM Identity Center", "access key".
QString shortStepWords(const SignInStep &step);

//! "AccessDenied by STS: what STS said": whose error it is, in front of its detail.
Error saidBy(SignInService service, const Error &error);

//! "profile dev: role_arn arn:...: AccessDenied by STS: what STS said": an error with the step it happened in, once.
Error inStep(const SignInStep &step, const Error &error);

} // namespace optout
