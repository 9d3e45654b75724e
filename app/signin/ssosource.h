// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "signin/credentialsource.h"

namespace optout {

//! Keys of a role in IAM Identity Center, for a step that is an SsoStep, as a child of \a parent. The session is that
//! of the AWS CLI: its token is taken from the CLI's cache, refreshed if it can be, and else made with the device
//! authorization grant; both are written back so that the CLI reads them.
CredentialSource *makeSsoSource(const SignInStep &step, const SourceParts &parts, QObject *parent);

} // namespace optout
