// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "core/loopbackhost.h"

#include <QList>

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;

// By hand: this is asked before each call, and a regular expression would be compiled while the window is waited for.
bool isLoopbackHost(QStringView host)
{
    if (host == "localhost"_L1 || host == "::1"_L1)
        return true;
    if (host.startsWith("::ffff:"_L1))
        host = host.sliced(7);
    if (!host.startsWith("127."_L1))
        return false;
    const QList<QStringView> parts = host.split(u'.');
    return parts.size() == 4 && std::all_of(parts.cbegin(), parts.cend(), [](QStringView part) {
        return !part.isEmpty() && part.size() <= 3
            && std::all_of(part.cbegin(), part.cend(), [](QChar sign) { return sign >= u'0' && sign <= u'9'; });
    });
}

} // namespace optout
