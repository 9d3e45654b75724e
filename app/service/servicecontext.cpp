// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/servicecontext.h"

namespace optout {

Pacer &ServiceContext::pacer(Action action) const
{
    return parts.pacers.of({ .account = accountKey,
        .endpoint = address.endpoint.authority(),
        .region = address.region,
        .action = targetOf(action) });
}

} // namespace optout
