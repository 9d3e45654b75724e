// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/containerhosts.h"

#include "core/loopbackhost.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace optout {

using namespace Qt::Literals::StringLiterals;

bool mayServeContainers(const QUrl &url)
{
    static constexpr std::array hosts { "169.254.170.2"_L1, "169.254.170.23"_L1, "fd00:ec2::23"_L1 };
    const QString host = url.host();
    return url.scheme() == "https"_L1 || isLoopbackHost(host)
        || std::find(hosts.begin(), hosts.end(), host) != hosts.end();
}

} // namespace optout
