// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "checkpoint/checkpointkey.h"

#include <sodium.h>

namespace optout {

namespace {

constexpr qsizetype keyBytes = crypto_kdf_KEYBYTES;
constexpr char context[crypto_kdf_CONTEXTBYTES + 1] = "OOBreads";

const unsigned char *bytesOf(QByteArrayView view) { return reinterpret_cast<const unsigned char *>(view.data()); }

} // namespace

std::optional<CheckpointKey> CheckpointKey::make()
{
    if (sodium_init() < 0)
        return {};
    QByteArray bytes(keyBytes, Qt::Uninitialized);
    crypto_kdf_keygen(reinterpret_cast<unsigned char *>(bytes.data()));
    return CheckpointKey(Secret(std::move(bytes)));
}

std::optional<CheckpointKey> CheckpointKey::ofText(const Secret &text)
{
    QByteArray bytes(keyBytes, Qt::Uninitialized);
    size_t length = 0;
    const QByteArrayView digits = text.expose();
    const bool read = sodium_init() >= 0 && digits.size() == 2 * keyBytes
        && sodium_hex2bin(reinterpret_cast<unsigned char *>(bytes.data()), size_t(keyBytes), digits.data(),
               size_t(digits.size()), nullptr, &length, nullptr)
            == 0
        && length == size_t(keyBytes);
    if (read)
        return CheckpointKey(Secret(std::move(bytes)));
    wipe(bytes);
    return {};
}

Secret CheckpointKey::toText() const
{
    QByteArray text(2 * keyBytes + 1, Qt::Uninitialized); // and the zero that libsodium writes
    sodium_bin2hex(text.data(), size_t(text.size()), bytesOf(m_bytes.expose()), size_t(keyBytes));
    text.truncate(2 * keyBytes);
    return Secret(std::move(text));
}

Secret CheckpointKey::derive(Purpose purpose) const
{
    QByteArray bytes(keyBytes, Qt::Uninitialized);
    crypto_kdf_derive_from_key(reinterpret_cast<unsigned char *>(bytes.data()), size_t(keyBytes), quint64(purpose),
        context, bytesOf(m_bytes.expose()));
    return Secret(std::move(bytes));
}

} // namespace optout
