// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "core/loopbackhost.h"

#include <QRegularExpression>

namespace optout {

using namespace Qt::Literals::StringLiterals;

bool isLoopbackHost(QStringView host)
{
    static const QRegularExpression ipv4(QRegularExpression::anchoredPattern(u"(::ffff:)?127(\\.[0-9]{1,3}){3}"_s));
    return host == "localhost"_L1 || host == "::1"_L1 || ipv4.match(host).hasMatch();
}

} // namespace optout
