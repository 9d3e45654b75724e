// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QString>

namespace optout {

//! A token that another program writes to a file, without the white space around it. Storage, naming the file, if it is
//! not there, cannot be read, is no ordinary file (a pipe could be waited for without end), is empty or longer than
//! 64 KiB. Blocks on the disk: a worker's (inWorker()).
Result<Secret> readTokenFile(const QString &fileName);

} // namespace optout
