// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

// A file of the token caches that the AWS CLI shares with us, or an answer of IAM Identity Center. What can be read of a
// cached token must come back the same after writing.

#include "signin/loginsource.h"
#include "signin/ssocache.h"
#include "signin/ssomessages.h"

#include <cstdint>
#include <cstdlib>

using namespace optout;

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView text(data, qsizetype(size));
    const QByteArray body = text.toByteArray();
    (void)readSsoRegistration(text);
    (void)readRoleCredentials(text);
    (void)readLoginCache(text);
    (void)readClientRegistration(body);
    (void)readDeviceGrant(body);
    (void)readGrantedToken(body);
    const Result<SsoToken> token = readSsoCache(text);
    if (!token)
        return 0;
    const Secret written = writeSsoCache(*token);
    const Result<SsoToken> again = readSsoCache(written.expose());
    if (!again || again->accessToken != token->accessToken || again->refreshToken != token->refreshToken)
        std::abort();
    return 0;
}
