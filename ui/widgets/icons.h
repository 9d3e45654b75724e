// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>
#include <QString>

class QLabel;

namespace optout {

//! The icon of that freedesktop name from the desktop's theme, or the program's own where the theme has none.
QIcon themedIcon(const QString &name);

//! Shows the sign of a warning in a label, or hides the label. The sign is read when it is first shown.
void showWarning(QLabel &mark, bool isShown);

} // namespace optout
