// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/secret.h"

#include <optional>

namespace optout {

//! The key that all checkpoints are encrypted under: 32 random bytes. What is worked with are keys derived from it, one
//! for each purpose (libsodium, crypto_kdf). Any thread.
class CheckpointKey final {
public:
    enum class Purpose { Frames = 1, Marks = 2, FileNames = 3 };

    //! A new one; nothing if this computer gives no random bytes.
    static std::optional<CheckpointKey> make();
    //! As toText() wrote it, or nothing.
    static std::optional<CheckpointKey> ofText(const Secret &text);
    Secret toText() const; //!< 64 hexadecimal digits
    Secret derive(Purpose purpose) const; //!< 32 bytes

    friend bool operator==(const CheckpointKey &, const CheckpointKey &) = default;

private:
    explicit CheckpointKey(Secret bytes)
        : m_bytes(std::move(bytes))
    {
    }
    Secret m_bytes;
};

} // namespace optout
