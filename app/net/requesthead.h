// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/httptransport.h"

#include <optional>

namespace optout {

//! "POST", as it stands on the wire and in logs.
const char *methodName(HttpRequest::Method method);

//! What each request carries, whatever it is for; before its own headers, which may name the same and then win.
const QList<std::pair<QByteArray, QByteArray>> &standingHeaders();

//! InvalidInput that names the header, never its value, if a line break in one would begin another.
std::optional<Error> brokenHeader(const HttpRequest &request);

} // namespace optout
