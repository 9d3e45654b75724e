// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFileDevice>

#include <optional>

namespace optout {

//! Has what was written to a file put on the disk. A disk with delayed allocation, a quota or a server behind it may
//! find only then that it is full; QSaveFile::commit() does the same and looks at no error. Waits for the disk.
//! \return why it failed, as the system says it; nothing if it worked, or the file system knows no such thing
std::optional<QString> syncToDisk(QFileDevice &file);

} // namespace optout
