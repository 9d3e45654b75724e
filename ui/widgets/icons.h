// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>
#include <QString>

namespace optout {

//! The icon of that freedesktop name from the desktop's theme, or the program's own where the theme has none.
QIcon themedIcon(const QString &name);

} // namespace optout
