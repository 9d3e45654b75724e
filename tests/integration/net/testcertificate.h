// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "scriptedserver.h"

#include <QTemporaryDir>

#include <memory>

namespace optout {

//! Makes NAME.pem and NAME.key, a certificate that vouches for itself. Made anew for each run: none, and no key, lies
//! in the repository. \return false, with openssl's words in the log, if that failed
bool makeTestCertificate(const QTemporaryDir &folder, const QString &name, const QString &subjectAltName);

//! A server that shows that certificate; nothing if there is none.
std::unique_ptr<ScriptedServer> serveTls(const QTemporaryDir &folder, const QString &name);

} // namespace optout
