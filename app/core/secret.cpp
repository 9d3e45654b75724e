// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "core/secret.h"

#include <cstring>
#include <vector>

namespace optout {

namespace {

void overwrite(char *data, std::size_t size) noexcept
{
#if defined(__GLIBC__) || defined(__FreeBSD__)
    explicit_bzero(data, size);
#else
    // A volatile write is a side effect the compiler has to keep.
    volatile char *p = data;
    for (std::size_t i = 0; i < size; ++i)
        p[i] = 0;
#endif
}

} // namespace

class Secret::Buffer {
public:
    explicit Buffer(QByteArrayView bytes)
        : m_bytes(bytes.begin(), bytes.end())
    {
    }
    ~Buffer() { overwrite(m_bytes.data(), m_bytes.size()); }
    Q_DISABLE_COPY_MOVE(Buffer)

    QByteArrayView view() const noexcept { return { m_bytes.data(), qsizetype(m_bytes.size()) }; }

private:
    std::vector<char> m_bytes;
};

Secret::Secret(QByteArray &&bytes)
    : Secret(QByteArrayView(bytes))
{
    wipe(bytes);
}

Secret::Secret(QByteArrayView bytes)
{
    if (!bytes.isEmpty())
        m_buffer = std::make_shared<const Buffer>(bytes);
}

bool Secret::isEmpty() const noexcept { return !m_buffer; }

QByteArrayView Secret::expose() const noexcept { return m_buffer ? m_buffer->view() : QByteArrayView(); }

bool operator==(const Secret &a, const Secret &b) noexcept
{
    const QByteArrayView x = a.expose();
    const QByteArrayView y = b.expose();
    if (x.size() != y.size())
        return false;
    unsigned difference = 0;
    for (qsizetype i = 0; i < x.size(); ++i)
        difference |= static_cast<unsigned>(static_cast<unsigned char>(x[i]) ^ static_cast<unsigned char>(y[i]));
    return difference == 0;
}

QDebug operator<<(QDebug debug, const Secret &secret)
{
    const QDebugStateSaver saver(debug);
    debug.nospace() << (secret.isEmpty() ? "Secret()" : "Secret(***)");
    return debug;
}

void wipe(QByteArray &bytes) noexcept
{
    if (!bytes.isEmpty() && bytes.isDetached())
        overwrite(bytes.data(), std::size_t(bytes.size()));
    bytes.clear();
}

} // namespace optout
