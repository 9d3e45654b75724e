// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace optout {

//! Which numbers went where they cannot be taken back from: 16 bytes each, of their SHA-256, so that the numbers of a
//! whole list fit into memory (ten million: 160 MB). That two numbers share these 128 bits is not to be expected.
class WrittenNumbers final {
public:
    void add(QByteArrayView number);
    //! What was added so far is found from now on. Sorts all of them.
    void settle();
    //! Whether it was added before the last settle().
    bool contains(QByteArrayView number) const;

private:
    using Digest = std::array<std::uint64_t, 2>;
    static Digest digestOf(QByteArrayView number);

    std::vector<Digest> m_digests {};
    std::ptrdiff_t m_settled = 0; // so many of them, sorted
};

} // namespace optout
