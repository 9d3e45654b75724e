// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

#include <array>
#include <cstdint>
#include <vector>

namespace optout {

//! Which numbers went where they cannot be taken back from: 16 bytes each, of their SHA-256, so that the numbers of a
//! whole list fit into memory (ten million: 160 MB). That two numbers share these 128 bits is not to be expected.
class WrittenNumbers final {
public:
    void add(QByteArrayView number);
    //! Looked up by halving: the first call after an add() sorts.
    bool contains(QByteArrayView number);

private:
    using Digest = std::array<std::uint64_t, 2>;
    static Digest digestOf(QByteArrayView number);

    std::vector<Digest> m_digests {};
    bool m_isSorted = true;
};

} // namespace optout
