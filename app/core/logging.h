// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLoggingCategory>

//! One category a library, warnings and worse only by default; QT_LOGGING_RULES="optout.net.debug=true" shows more.
//! Logged are method, host, action, status and request id: no headers, no secrets, no phone numbers (see
//! core/redact.h).
namespace optout::log {
Q_DECLARE_LOGGING_CATEGORY(store)
Q_DECLARE_LOGGING_CATEGORY(aws)
Q_DECLARE_LOGGING_CATEGORY(net)
Q_DECLARE_LOGGING_CATEGORY(secrets)
Q_DECLARE_LOGGING_CATEGORY(service)
Q_DECLARE_LOGGING_CATEGORY(signin)
Q_DECLARE_LOGGING_CATEGORY(demo)
Q_DECLARE_LOGGING_CATEGORY(ui)
} // namespace optout::log
