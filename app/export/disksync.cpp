// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "export/disksync.h"

#ifdef Q_OS_UNIX
#include <unistd.h>

#include <cerrno>
#endif

namespace optout {

std::optional<QString> syncToDisk(QFileDevice &file)
{
    if (!file.flush())
        return file.errorString();
#ifdef Q_OS_UNIX
    // fsync(2): EINVAL and EROFS are of what cannot be synced, such as a pipe.
    if (::fsync(file.handle()) != 0 && errno != EINVAL && errno != EROFS && errno != ENOTSUP)
        return qt_error_string(errno);
#endif
    return {};
}

} // namespace optout
