// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace optout {

//! Whose quota calls with that access key count against, as far as its id tells: the account's 12 digits, which ids
//! that begin with AKIA or ASIA carry; else (older keys, other services) a text that is the same for the same id. Not
//! for people to read: how ids are made is not documented by AWS.
QString accountKeyOf(const QString &accessKeyId);
//! Whether keys with these accountKeyOf() may be of one account: not if both carry an account's digits, and others. An
//! empty one is not known yet.
bool mayBeOneAccount(const QString &accountKey, const QString &other);

} // namespace optout
