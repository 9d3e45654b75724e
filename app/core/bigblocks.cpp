// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "core/bigblocks.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace optout {

void growBigBlocksInPlace()
{
#ifdef __GLIBC__
    constexpr int limitBytes = 4 * 1024 * 1024;
    mallopt(M_MMAP_THRESHOLD, limitBytes);
    mallopt(M_TRIM_THRESHOLD, 2 * limitBytes); // as glibc sets it beside a limit of its own
#endif
}

} // namespace optout
