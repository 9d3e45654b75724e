// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/result.h"

#include <QByteArray>

namespace optout {

//! Keys in JSON form. Pure, any thread, for any bytes; errors quote nothing of the text but the names of members and,
//! from a metadata service, its own code and message. What was read along the way is overwritten.

//! What a credential_process prints: Version 1, AccessKeyId, SecretAccessKey, and SessionToken and Expiration if there
//! are any. BadResponse else. (AWS SDKs and Tools Reference Guide, "Process credential provider".)
Result<Credentials> readProcessCredentials(const QByteArray &text);

//! What the services inside a container and an instance answer: AccessKeyId, SecretAccessKey, Token and Expiration, all
//! of them. BadResponse else; with the answer's Code and Message if it has these instead.
//! (ECS Developer Guide, "Task IAM role"; EC2 User Guide, "Retrieve security credentials from instance metadata".)
Result<Credentials> readMetadataCredentials(const QByteArray &body);

} // namespace optout
