// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace optout {

//! What one entry of the keychain holds: {"accessKeyId":"...","secretAccessKey":"..."} in UTF-8. Written and read here
//! rather than with a JSON library, because those keep copies of the text that nobody can overwrite. The caller wipes
//! what it gets. Any thread.
QByteArray writeKeyRecord(const Credentials &credentials);

//! Storage with code "KeychainFailed" if it is no such record. Other text members are passed over, so that a later
//! version may add some.
Result<Credentials> readKeyRecord(QByteArrayView record);

} // namespace optout
