// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QString>

#include <array>
#include <unordered_set>

namespace optout {

//! The continuation tokens of one read. Kept as hashes of 16 bytes: a token may be 1024 characters long, and a long
//! list has tens of thousands of them.
class SeenTokens {
public:
    //! \return false if the token was added before
    bool add(const QString &token);

    //! BadResponse with code "RepeatedToken".
    static Error repeatedError();

private:
    using Digest = std::array<quint64, 2>;
    struct FirstWord {
        std::size_t operator()(const Digest &digest) const noexcept { return std::size_t(digest[0]); }
    };
    std::unordered_set<Digest, FirstWord> m_digests;
};

} // namespace optout
