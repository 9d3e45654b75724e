// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLatin1StringView>
#include <QString>

namespace optout {

//! Whose quota calls with that access key count against, as far as its id tells: the account's 12 digits, which ids
//! that begin with AKIA or ASIA carry; else (older keys, other services) a text that is the same for the same id. Not
//! for people to read: how ids are made is not documented by AWS.
QString accountKeyOf(const QString &accessKeyId);

namespace errorcode {
//! The keys are no longer those of the account that the calls before were made with. Kind NoCredentials.
inline constexpr QLatin1StringView accountChanged("AccountChanged");
}

//! Whether both, as accountKeyOf() gives them, tell their account, and it is not the same. An empty one is not known yet.
bool areOfDifferentAccounts(const QString &accountKey, const QString &other);

} // namespace optout
