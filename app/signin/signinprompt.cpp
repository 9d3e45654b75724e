// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/signinprompt.h"

#include <algorithm>

namespace optout {

bool isMfaCode(const Secret &typed)
{
    const QByteArrayView digits = typed.expose();
    return digits.size() == 6 && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace optout
