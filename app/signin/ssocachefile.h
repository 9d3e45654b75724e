// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "profile/cachefolders.h"
#include "signin/inworker.h"

#include <QString>

namespace optout {

//! A small file with tokens. Blocks on the disk, which may be a home folder on a network: a worker's.
//! NotFound if there is none, Storage if it cannot be read, is no plain file or has more than 64 KiB. The detail names
//! it.
Result<Secret> readCacheFile(const QString &path);

//! Writes it whole or not at all, readable for its owner only; missing folders are made, open to their owner only. Of
//! two writers at once the last one wins. Blocks on the disk. Storage if it cannot be written.
Result<Done> writeCacheFile(const QString &path, const Secret &text);

} // namespace optout
