// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QUrl>

#include <functional>

namespace optout {

//! Opens a page in the person's browser, without waiting for it and without letting it write to our output. Empty where
//! this process has no display.
std::function<void(const QUrl &)> browserOpener();

} // namespace optout
