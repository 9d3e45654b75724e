// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/servicecontext.h"

#include "aws/accesskey.h"

namespace optout {

Pacer &ServiceContext::pacer(Action action) const
{
    return parts.pacers.of({ .account = accountKey,
        .endpoint = address.endpoint.authority(),
        .region = address.region,
        .action = targetOf(action) });
}

const QString &ServiceContext::accountKeyOfKeys(const QString &accessKeyId)
{
    if (lastKeys.first != accessKeyId || lastKeys.second.isEmpty())
        lastKeys = { accessKeyId, accountKeyOf(accessKeyId) };
    return lastKeys.second;
}

} // namespace optout
