// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QPalette>

#include <optional>

namespace optout {

//! The platform's palette with a colour for placeholders that can be read, if its own cannot: Qt 6.4's KDE theme leaves
//! that of a light desktop in a dark one. Nothing if all is well. Pure.
std::optional<QPalette> withReadablePlaceholders(const QPalette &platform);

} // namespace optout
