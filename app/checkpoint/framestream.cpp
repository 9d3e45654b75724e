// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "checkpoint/framestream.h"

#include <QtEndian>

namespace optout {

namespace {

constexpr quint32 segmentBit = 0x80000000U;
constexpr qsizetype segmentBytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr qsizetype addedBytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr size_t chainBytes = crypto_generichash_BYTES;
constexpr size_t markBytes = crypto_generichash_BYTES_MIN;

const unsigned char *bytesOf(QByteArrayView view) { return reinterpret_cast<const unsigned char *>(view.data()); }

unsigned char *bytesOf(QByteArray &bytes) { return reinterpret_cast<unsigned char *>(bytes.data()); }

template <typename State> void drop(std::optional<State> &state)
{
    if (state)
        sodium_memzero(&*state, sizeof(State));
    state.reset();
}

} // namespace

FrameStream::FrameStream(const CheckpointKey &key)
    : m_frameKey(key.derive(CheckpointKey::Purpose::Frames))
    , m_markKey(key.derive(CheckpointKey::Purpose::Marks))
{
}

FrameStream::~FrameStream()
{
    drop(m_writing);
    drop(m_reading);
}

void FrameStream::begin(const QByteArray &firstBytes) { goBackTo(hash(firstBytes, {}, chainBytes)); }

void FrameStream::goBackTo(const QByteArray &chain)
{
    m_chain = chain;
    drop(m_writing);
    drop(m_reading);
}

QByteArray FrameStream::write(const QByteArray &frame)
{
    QByteArray records;
    if (!m_writing) {
        QByteArray body(segmentBytes, Qt::Uninitialized);
        m_writing.emplace();
        crypto_secretstream_xchacha20poly1305_init_push(&*m_writing, bytesOf(body), bytesOf(m_frameKey.expose()));
        const QByteArray head = headFor(segmentBit | quint32(segmentBytes));
        records = head + body;
        passOver(head, body);
    }
    QByteArray body(frame.size() + addedBytes, Qt::Uninitialized);
    crypto_secretstream_xchacha20poly1305_push(&*m_writing, bytesOf(body), nullptr, bytesOf(QByteArrayView(frame)),
        quint64(frame.size()), bytesOf(QByteArrayView(m_chain)), quint64(m_chain.size()), 0);
    const QByteArray head = headFor(quint32(body.size()));
    records += head + body;
    passOver(head, body);
    return records;
}

std::optional<FrameStream::Head> FrameStream::readHead(const QByteArray &head) const
{
    const auto word = qFromLittleEndian<quint32>(head.constData());
    const QByteArray right = headFor(word);
    if (head.size() != right.size() || sodium_memcmp(head.constData(), right.constData(), size_t(head.size())) != 0)
        return {};
    const Head told { .beginsSegment = (word & segmentBit) != 0, .bodyBytes = word & ~segmentBit };
    const bool possible = told.beginsSegment ? told.bodyBytes == quint32(segmentBytes)
                                             : told.bodyBytes > quint32(addedBytes) && told.bodyBytes <= longestBody;
    return possible ? std::optional(told) : std::nullopt;
}

bool FrameStream::readSegment(const QByteArray &head, const QByteArray &body)
{
    drop(m_reading);
    m_reading.emplace();
    if (crypto_secretstream_xchacha20poly1305_init_pull(
            &*m_reading, bytesOf(QByteArrayView(body)), bytesOf(m_frameKey.expose()))
        != 0)
        return false;
    passOver(head, body);
    return true;
}

std::optional<QByteArray> FrameStream::readFrame(const QByteArray &head, const QByteArray &body)
{
    if (!m_reading)
        return {};
    QByteArray frame(body.size() - addedBytes, Qt::Uninitialized);
    unsigned char tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&*m_reading, bytesOf(frame), nullptr, &tag,
            bytesOf(QByteArrayView(body)), quint64(body.size()), bytesOf(QByteArrayView(m_chain)),
            quint64(m_chain.size()))
        != 0)
        return {};
    passOver(head, body);
    return frame;
}

QByteArray FrameStream::headFor(quint32 word) const
{
    QByteArray head(4, Qt::Uninitialized);
    qToLittleEndian(word, head.data());
    return head + hash(m_chain, head, markBytes);
}

QByteArray FrameStream::hash(QByteArrayView first, QByteArrayView second, size_t bytes) const
{
    crypto_generichash_state state;
    const QByteArrayView key = m_markKey.expose();
    crypto_generichash_init(&state, bytesOf(key), size_t(key.size()), bytes);
    crypto_generichash_update(&state, bytesOf(first), quint64(first.size()));
    crypto_generichash_update(&state, bytesOf(second), quint64(second.size()));
    QByteArray digest(qsizetype(bytes), Qt::Uninitialized);
    crypto_generichash_final(&state, bytesOf(digest), bytes);
    return digest;
}

// The mark in the head binds what came before, and the body is bound to what comes.
void FrameStream::passOver(const QByteArray &head, const QByteArray &body)
{
    m_chain = hash(QByteArray(m_chain + head), body, chainBytes);
}

} // namespace optout
