// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QString>

#include <optional>

namespace optout {

enum class KeychainOperation { Load, Save, Remove };

//! What QtKeychain says of a job, without its type, so that only one file has to include it.
enum class KeychainOutcome { Done, EntryNotFound, AccessDenied, NoBackend, Other };

//! What the desktop's Secret Service says of itself, asked apart from QtKeychain.
struct SecretServiceState {
    enum class Service {
        Unknown, //!< not asked, or not that kind of system
        NoBus, //!< no D-Bus session
        Absent, //!< nobody provides org.freedesktop.secrets
        Silent, //!< it does not answer
        NoCollection, //!< there is no keyring yet to keep anything in
        Locked,
        Unlocked,
    };
    Service service = Service::Unknown;
    bool hasLockedEntry = false; //!< entries for the connection that was asked about
    bool hasOpenEntry = false;
};

//! Whether that outcome says enough by itself. The rest needs a look at the Secret Service, for three reasons: a
//! missing service is told from others only in a text that may be translated; a lookup whose unlock prompt was
//! dismissed ends as "not found"; and so a removal may seem to succeed. (libsecret 0.20, QtKeychain 0.13)
bool needsState(KeychainOperation operation, KeychainOutcome outcome);

//! The error to report, or nothing if the operation worked.
//! \param words the backend's own
std::optional<Error> keychainFault(
    KeychainOperation operation, KeychainOutcome outcome, const QString &words, const SecretServiceState &state);

} // namespace optout
