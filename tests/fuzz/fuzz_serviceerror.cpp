// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

// An answer as it comes: "400", lines "Name: value", an empty line, the body.

#include "aws/serviceerror.h"

#include <cstdint>

using namespace optout;

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size)); // NOLINT: bytes
    const qsizetype end = input.indexOf("\n\n");
    const QList<QByteArray> head = input.first(end < 0 ? input.size() : end).split('\n');
    const QByteArray body = end < 0 ? QByteArray() : input.sliced(end + 2);
    HttpHeaders headers;
    for (const QByteArray &line : head.sliced(1)) {
        if (const qsizetype colon = line.indexOf(':'); colon > 0)
            headers.emplaceBack(line.first(colon), line.sliced(colon + 1).trimmed());
    }
    (void)toError(readServiceError(head.first().toInt(), headers, body));
    return 0;
}
