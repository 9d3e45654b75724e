// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "checkpoint/filelock.h"

#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace optout {

bool tryLockFile(int handle, FileLock lock)
{
    return ::flock(handle, (lock == FileLock::Shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0;
}

bool isFileDeleted(int handle)
{
    struct stat status { };
    return ::fstat(handle, &status) == 0 && status.st_nlink == 0;
}

bool syncFile(int handle) { return ::fsync(handle) == 0; }

} // namespace optout
