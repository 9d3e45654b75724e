// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoint/checkpointkey.h"

#include <QByteArray>

#include <sodium.h>

#include <optional>

namespace optout {

//! Makes and reads the records of a checkpoint's file, as checkpointfile.h describes them. Private to this library: the
//! one header that shows libsodium. One thread at a time.
class FrameStream final {
public:
    static constexpr qsizetype headBytes = 4 + crypto_generichash_BYTES_MIN;
    static constexpr quint32 longestBody = 16 * 1024 * 1024;

    struct Head {
        bool beginsSegment = false;
        quint32 bodyBytes = 0;
    };

    explicit FrameStream(const CheckpointKey &key);
    ~FrameStream();
    Q_DISABLE_COPY_MOVE(FrameStream)

    //! All that stands in the file so far is bound to what comes; both ends of a file begin with its first bytes.
    void begin(const QByteArray &firstBytes);
    const QByteArray &chain() const { return m_chain; }
    //! Goes back to that place: what is written next begins a segment.
    void goBackTo(const QByteArray &chain);

    //! The record of that frame; with one in front of it that begins a segment, if none has been begun.
    QByteArray write(const QByteArray &frame);

    std::optional<Head> readHead(const QByteArray &head) const; //!< nothing if the mark is not right
    bool readSegment(const QByteArray &head, const QByteArray &body);
    std::optional<QByteArray> readFrame(const QByteArray &head, const QByteArray &body);

private:
    using State = crypto_secretstream_xchacha20poly1305_state;

    QByteArray headFor(quint32 word) const;
    QByteArray hash(QByteArrayView first, QByteArrayView second, size_t bytes) const;
    void passOver(const QByteArray &head, const QByteArray &body);

    Secret m_frameKey;
    Secret m_markKey;
    QByteArray m_chain;
    std::optional<State> m_writing {};
    std::optional<State> m_reading {};
};

} // namespace optout
