// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

// An entry of the keychain. What can be read must come back the same after writing.

#include "secrets/keyrecord.h"

#include <cstdint>
#include <cstdlib>

using namespace optout;

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView record(data, qsizetype(size));
    const Result<Credentials> read = readKeyRecord(record);
    if (!read)
        return 0;
    const Result<Credentials> again = readKeyRecord(writeKeyRecord(*read));
    if (!again || again->accessKeyId != read->accessKeyId || again->secretAccessKey != read->secretAccessKey)
        std::abort();
    return 0;
}
