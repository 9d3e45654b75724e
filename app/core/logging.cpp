// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "core/logging.h"

namespace optout::log {
Q_LOGGING_CATEGORY(store, "optout.store", QtWarningMsg)
Q_LOGGING_CATEGORY(aws, "optout.aws", QtWarningMsg)
Q_LOGGING_CATEGORY(net, "optout.net", QtWarningMsg)
Q_LOGGING_CATEGORY(secrets, "optout.secrets", QtWarningMsg)
Q_LOGGING_CATEGORY(service, "optout.service", QtWarningMsg)
Q_LOGGING_CATEGORY(signin, "optout.signin", QtWarningMsg)
Q_LOGGING_CATEGORY(demo, "optout.demo", QtWarningMsg)
Q_LOGGING_CATEGORY(ui, "optout.ui", QtWarningMsg)
} // namespace optout::log
