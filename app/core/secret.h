// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QDebug>

#include <memory>

namespace optout {

//! A key or token. It cannot be printed, compared for order or turned into text by accident, and its memory is
//! overwritten when the last copy is dropped. Copies share one buffer. Reading one Secret from several threads is safe.
class Secret {
public:
    Secret() = default;
    //! Takes the bytes over and overwrites the caller's buffer when nobody else shares it.
    explicit Secret(QByteArray &&bytes);
    explicit Secret(QByteArrayView bytes);

    bool isEmpty() const noexcept;
    //! The bytes themselves. The view is valid for as long as this Secret lives; do not keep a copy.
    QByteArrayView expose() const noexcept;

    //! In constant time for secrets of equal length.
    friend bool operator==(const Secret &a, const Secret &b) noexcept;

private:
    class Buffer;
    std::shared_ptr<const Buffer> m_buffer;
};

//! Prints "Secret(***)", or "Secret()" for an empty one.
QDebug operator<<(QDebug debug, const Secret &secret);

//! Overwrites the bytes with zeros in a way the compiler may not leave out. Does nothing to a buffer that is shared,
//! because writing would detach a copy; empties the array either way.
void wipe(QByteArray &bytes) noexcept;

} // namespace optout
