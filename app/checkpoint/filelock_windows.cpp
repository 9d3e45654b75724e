// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "checkpoint/filelock.h"

#include <io.h>
#include <windows.h>

namespace optout {

bool tryLockFile(int handle, FileLock lock)
{
    OVERLAPPED place {};
    place.OffsetHigh = 0x40000000; // beyond the content: such locks keep others from reading what they cover
    const DWORD flags = LOCKFILE_FAIL_IMMEDIATELY | (lock == FileLock::Exclusive ? LOCKFILE_EXCLUSIVE_LOCK : 0);
    return LockFileEx(reinterpret_cast<HANDLE>(_get_osfhandle(handle)), flags, 0, 1, 0, &place) != 0;
}

bool isFileDeleted(int) { return false; } // an open file stays

bool syncFile(int handle) { return _commit(handle) == 0; }

} // namespace optout
