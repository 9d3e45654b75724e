// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

// The body of a reply of either call.

#include "aws/replies.h"

#include <cstdint>
#include <cstdlib>

using namespace optout;

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body(reinterpret_cast<const char *>(data), qsizetype(size)); // NOLINT: bytes
    // An empty token would be asked with again, for ever.
    if (const auto page = readNumbersPage(body); page && page->nextToken && page->nextToken->isEmpty())
        std::abort();
    if (const auto page = readListsPage(body); page && page->nextToken && page->nextToken->isEmpty())
        std::abort();
    return 0;
}
