// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/numberstore.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <new>
#include <optional>
#include <vector>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr quint32 chunkRows = StoreSnapshot::chunkRows;
constexpr int chunkShift = 16;
static_assert(chunkRows == 1U << chunkShift);

// Texts lie in blocks as a length and the bytes. The place of one is its block times 65,536 plus its offset: a longer
// text has a block of its own, at offset 0.
constexpr std::size_t textBlockBytes = 65'536;
constexpr int textBlockShift = 16;
using TextLength = quint32;

constexpr std::size_t mostDigits = 19;

// Digits only, without a leading zero: what an integer gives back unchanged.
std::optional<quint64> plainNumber(std::string_view digits)
{
    if (digits.empty() || digits.size() > mostDigits || digits.front() == '0')
        return std::nullopt;
    quint64 value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + quint64(c - '0');
    }
    return value;
}

qint64 packedTime(const OptedOutNumber &row, bool plus)
{
    qint64 milliseconds = PackedRow::noTime;
    if (row.optedOutAt) {
        constexpr qint64 furthest = std::numeric_limits<qint64>::max() / 4;
        milliseconds = std::clamp<qint64>(row.optedOutAt->time_since_epoch().count(), -furthest, furthest);
    }
    return milliseconds * 4 + (plus ? PackedRow::plusBit : 0) + (row.endUserOptedOut ? PackedRow::endUserBit : 0);
}

} // namespace

// Never changed once a snapshot has it: a store that needs a further chunk makes a new one, which shares the chunks.
// Rows and texts past the end that a snapshot knows are written by the store's thread only and read by nobody.
struct StoreSnapshot::Shared {
    std::vector<const PackedRow *> rows; // the chunks once more, one step nearer for loops
    std::vector<std::shared_ptr<PackedRow[]>> chunks;
    std::vector<std::shared_ptr<char[]>> texts;
};

StoreSnapshot::StoreSnapshot() = default;

StoreSnapshot StoreSnapshot::first(quint32 rows) const
{
    StoreSnapshot out = *this;
    out.m_size = std::min(m_size, rows);
    return out;
}

PackedRow StoreSnapshot::at(quint32 row) const noexcept
{
    Q_ASSERT(row < m_size);
    return m_shared->rows[row >> chunkShift][row & (chunkRows - 1)];
}

void StoreSnapshot::prefetch([[maybe_unused]] quint32 row) const noexcept
{
#if defined(__GNUC__)
    __builtin_prefetch(m_shared->rows[row >> chunkShift] + (row & (chunkRows - 1)));
#endif
}

std::span<const PackedRow> StoreSnapshot::chunk(quint32 index) const noexcept
{
    const quint32 first = index << chunkShift;
    Q_ASSERT(first < m_size);
    return { m_shared->rows[index], std::min(m_size - first, chunkRows) };
}

std::string_view StoreSnapshot::text(PackedRow row) const noexcept
{
    const quint64 place = row.number - PackedRow::firstText;
    const char *entry = m_shared->texts[place >> textBlockShift].get() + (place & (textBlockBytes - 1));
    TextLength length = 0;
    std::memcpy(&length, entry, sizeof length);
    return { entry + sizeof length, length };
}

bool StoreSnapshot::hasTexts() const noexcept { return m_shared && !m_shared->texts.empty(); }

bool StoreSnapshot::continues(const StoreSnapshot &earlier) const noexcept
{
    // A chunk never moves, and the earlier snapshot holds its own: no other store can have one at that address.
    return earlier.m_size == 0
        || (m_size >= earlier.m_size && m_shared->rows.front() == earlier.m_shared->rows.front());
}

OptedOutNumber StoreSnapshot::unpacked(quint32 row) const
{
    const PackedRow packed = at(row);
    OptedOutNumber out;
    if (packed.isText()) {
        out.number = text(packed);
    } else {
        std::array<char, mostDigits + 1> buffer { '+' };
        const char *begin = buffer.data() + ((packed.time & PackedRow::plusBit) ? 0 : 1);
        const char *end = std::to_chars(buffer.data() + 1, buffer.data() + buffer.size(), packed.number).ptr;
        out.number.assign(begin, end);
    }
    if (packed.hasTime())
        out.optedOutAt = Timestamp(std::chrono::milliseconds(packed.milliseconds()));
    out.endUserOptedOut = packed.byEndUser();
    return out;
}

class NumberStore::Data {
public:
    using Shared = StoreSnapshot::Shared;

    explicit Data(quint32 mostRows)
        : maxRows(mostRows)
    {
    }

    // Throws std::bad_alloc; then nothing of it is seen, because the snapshot's size comes last.
    void append(std::span<const OptedOutNumber> rows)
    {
        const Data before = *this;
        try {
            quint32 at = current.m_size;
            for (const OptedOutNumber &row : rows) {
                if ((at & (chunkRows - 1)) == 0)
                    addChunk();
                chunk[at & (chunkRows - 1)] = packed(row);
                ++at;
            }
            current.m_size = at;
        } catch (...) {
            *this = before;
            throw;
        }
    }

    quint32 maxRows;
    StoreSnapshot current;
    qint64 textBytes = 0;

private:
    std::shared_ptr<Shared> copyOfShared() const
    {
        return current.m_shared ? std::make_shared<Shared>(*current.m_shared) : std::make_shared<Shared>();
    }

    void addChunk()
    {
        const auto next = copyOfShared();
        std::shared_ptr<PackedRow[]> rows(new PackedRow[chunkRows]);
        next->rows.push_back(rows.get());
        next->chunks.push_back(rows);
        current.m_shared = next;
        chunk = rows.get();
    }

    PackedRow packed(const OptedOutNumber &row)
    {
        std::string_view digits = row.number;
        const bool plus = digits.starts_with('+');
        if (plus)
            digits.remove_prefix(1);
        const auto number = plainNumber(digits);
        return { number ? *number : PackedRow::firstText + addText(row.number), packedTime(row, plus) };
    }

    quint64 addText(std::string_view text)
    {
        const std::size_t needed = sizeof(TextLength) + text.size();
        if (needed > textBlockSize - textUsed)
            addTextBlock(std::max(needed, textBlockBytes));
        char *entry = textBlock + textUsed;
        const quint64 place = (quint64(current.m_shared->texts.size() - 1) << textBlockShift) + textUsed;
        const auto length = TextLength(text.size());
        std::memcpy(entry, &length, sizeof length);
        std::memcpy(entry + sizeof length, text.data(), text.size());
        textUsed += needed;
        return place;
    }

    void addTextBlock(std::size_t bytes)
    {
        const auto next = copyOfShared();
        std::shared_ptr<char[]> block(new char[bytes]);
        next->texts.push_back(block);
        current.m_shared = next;
        textBlock = block.get();
        textBlockSize = bytes;
        textUsed = 0;
        textBytes += qint64(bytes);
    }

    PackedRow *chunk = nullptr; // the last one
    char *textBlock = nullptr; // the last one
    std::size_t textBlockSize = 0;
    std::size_t textUsed = 0;
};

NumberStore::NumberStore(quint32 maxRows)
    : m_data(std::make_unique<Data>(maxRows))
{
}

NumberStore::~NumberStore() = default;

Result<Done> NumberStore::append(std::span<const OptedOutNumber> rows)
{
    if (rows.size() > m_data->maxRows - size())
        return Error { .kind = Error::Kind::Storage,
            .detail = u"No more than %1 numbers can be kept in memory; the list has more."_s.arg(m_data->maxRows) };
    try {
        m_data->append(rows);
    } catch (const std::bad_alloc &) {
        return Error { .kind = Error::Kind::Storage,
            .detail =
                u"Memory is exhausted: the %1 numbers read so far are kept, further ones cannot be."_s.arg(size()) };
    }
    return Done {};
}

quint32 NumberStore::size() const noexcept { return m_data->current.size(); }

PackedRow NumberStore::at(quint32 row) const noexcept { return m_data->current.at(row); }

OptedOutNumber NumberStore::row(quint32 row) const { return m_data->current.unpacked(row); }

StoreSnapshot NumberStore::snapshot() const { return m_data->current; }

qint64 NumberStore::memoryBytes() const
{
    const StoreSnapshot &current = m_data->current;
    const std::size_t chunks = current.m_shared ? current.m_shared->chunks.size() : 0;
    return qint64(chunks * chunkRows * sizeof(PackedRow)) + m_data->textBytes;
}

} // namespace optout
