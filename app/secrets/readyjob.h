// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "secrets/credentialstore.h"

namespace optout {

//! A job whose outcome is known already; it finishes from the event loop, as every job does.
CredentialJob *makeReadyJob(Result<Credentials> outcome, QObject *parent);

} // namespace optout
