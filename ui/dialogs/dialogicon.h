// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>
#include <QString>

namespace optout {

//! The icon of that freedesktop name from the desktop's theme, or the program's own where the theme has none. (The
//! window's helper is in ui/widgets, which includes the dialogs and not the other way round.)
inline QIcon dialogIcon(const QString &name)
{
    return QIcon::fromTheme(name, QIcon(QLatin1String(":/icons/") + name + QLatin1String(".svg")));
}

} // namespace optout
