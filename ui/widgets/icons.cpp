// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/icons.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

QIcon themedIcon(const QString &name)
{
    return name.isEmpty() ? QIcon() : QIcon::fromTheme(name, QIcon(u":/icons/%1.svg"_s.arg(name)));
}

} // namespace optout
