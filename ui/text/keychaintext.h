// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "text/errortext.h"

namespace optout {

enum class KeychainPurpose {
    Load,
    Save,
    Remove,
    KeepReads, //!< the key to unfinished reads
};

//! The wording for an error of the keychain, in the user's language. The advice names the way out that there is for
//! what was being done; the details are the backend's own words.
ErrorText describeKeychain(const Error &error, KeychainPurpose purpose);

//! Whether the error is one of the keychain's.
bool isKeychainError(const Error &error);

} // namespace optout
