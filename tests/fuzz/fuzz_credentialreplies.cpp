// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

// What hands out keys: a credential_process, a metadata service, STS with its XML.

#include "aws/credentialreplies.h"
#include "aws/stsmessages.h"

#include <cstdint>
#include <cstdlib>

using namespace optout;

namespace {
void mustBeWhole(const Result<Credentials> &keys)
{
    if (keys && (keys->accessKeyId.isEmpty() || keys->secretAccessKey.isEmpty()))
        std::abort(); // half a pair
}
} // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size)); // NOLINT: bytes
    mustBeWhole(readProcessCredentials(text));
    mustBeWhole(readMetadataCredentials(text));
    mustBeWhole(readAssumedRole(text));
    (void)readCallerIdentity(text);
    (void)readStsError(400, {}, text);
    return 0;
}
