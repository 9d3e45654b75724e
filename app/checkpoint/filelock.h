// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

namespace optout {

//! What QFile has no words for. Any thread. The system takes a lock back when the process ends, in whatever way.
enum class FileLock { Shared, Exclusive };

bool tryLockFile(int handle, FileLock lock); //!< of this open file; returns at once
bool isFileDeleted(int handle); //!< nobody else can find it any more
bool syncFile(int handle); //!< returns when the disk has it

} // namespace optout
