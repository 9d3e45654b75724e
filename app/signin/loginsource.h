// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "signin/credentialsource.h"

#include <QByteArrayView>
#include <QString>

namespace optout {

//! Keys that `aws login` made, for a step that is a LoginStep, as a child of \a parent. They are taken from the CLI's
//! cache as long as they hold. To renew them takes a signature with a key that the CLI made (DPoP, RFC 9449), so that
//! is left to the CLI: `aws configure export-credentials`, which also writes its cache anew. Keys in their last five
//! minutes still serve when that is not possible.
CredentialSource *makeLoginSource(const SignInStep &step, const SourceParts &parts, QObject *parent);

//! "SHA256.json" of the session. (botocore.utils, generate_login_cache_key; botocore 1.43)
QString loginCacheFileName(const QString &session);
//! The keys in such a file, expired or not: {"accessToken": {"accessKeyId", "secretAccessKey", "sessionToken",
//! "expiresAt"}, ...}. BadResponse, in words without any value, if one of them is missing. Pure; any thread.
Result<Credentials> readLoginCache(QByteArrayView text);
//! The words of the command that has the CLI renew the keys and print them. Pure.
QStringList exportWords(const QString &program, const QString &profile);

} // namespace optout
