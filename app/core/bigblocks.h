// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

namespace optout {

//! Has big blocks of memory grow without being copied. With glibc, where malloc() takes blocks from a limit on from the
//! system, which moves their pages (mallopt(3), mremap(2)); elsewhere it does nothing. glibc raises that limit to 32 MB
//! as blocks are freed, and what grows past it is copied once: for what Qt's table knows of millions of rows, 8 bytes
//! each, ten milliseconds in which the window stands still. Here the limit is 4 MB, and stays so. Call it first in
//! main().
void growBigBlocksInPlace();

} // namespace optout
