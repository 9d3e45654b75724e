// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/rowsort.h"

#include "store/digits.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <utility>
#include <vector>

namespace optout {

namespace {

constexpr std::size_t stopRows = 4'096; // how many rows pass between two looks at the stop token

// What rows are compared by. Smaller keys stand first, of equal ones those with the smaller tie, then the order read.
// Descending order turns key and tie round and leaves the order read.
struct SortKey {
    quint64 key = 0;
    quint32 tie = 0; // 0..31
};

// Texts stand behind all numbers under one key; they are sorted apart. No left-justified number comes near it.
constexpr quint64 textKey = std::numeric_limits<quint64>::max();

SortKey ascendingKey(PackedRow row, SortSpec::Key key)
{
    switch (key) {
    case SortSpec::Key::AsRead:
        break;
    case SortSpec::Key::Number: {
        // As texts compare: digit by digit from the left, and what ends sooner stands first.
        if (row.isText())
            return { .key = textKey };
        const unsigned digits = digitCount(row.number);
        return { .key = row.number * powersOfTen[19 - digits], .tie = digits };
    }
    case SortSpec::Key::OptedOutAt:
        return { .key = quint64(row.milliseconds()) ^ (1ULL << 63) }; // signed to unsigned, order kept
    case SortSpec::Key::OptedOutBy:
        return { .key = row.byEndUser() ? 1ULL : 0ULL };
    }
    return {};
}

template <SortSpec::Key Key, bool Descending> SortKey keyOf(PackedRow row)
{
    const SortKey key = ascendingKey(row, Key);
    return Descending ? SortKey { .key = ~key.key, .tie = 31 - key.tie } : key;
}

std::string_view comparedText(const StoreSnapshot &rows, PackedRow row)
{
    std::string_view text = rows.text(row);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    return text;
}

// Distributes the rows over buckets that fit the cache, then sorts each of them with std::sort on keys fetched from the
// store: no array of all keys is kept. The borders of the buckets come from a sample of the keys, because phone numbers
// stand in a few dense clusters; a bucket that is too big all the same is distributed again, by the leading bits in
// which its keys differ, which ends after a few rounds whatever the keys are.
template <SortSpec::Key Key, bool Descending> class BucketSort {
public:
    BucketSort(const StoreSnapshot &rows, std::stop_token stop)
        : m_stop(std::move(stop))
    {
        for (quint32 i = 0; i <= (rows.size() - 1) / chunkRows; ++i)
            m_chunks.push_back(rows.chunk(i).data());
    }

    bool sort(std::span<quint32> in, std::span<quint32> out)
    {
        if constexpr (Key == SortSpec::Key::OptedOutBy)
            return partInTwo(in, out);
        else
            return in.size() <= smallRows ? sortSmall(in, out) : sortSampled(in, out);
    }

private:
    static constexpr quint32 chunkRows = StoreSnapshot::chunkRows;
    // 16,384 keys with their rows are 256 KB: they stay in a core's own cache while they are sorted.
    static constexpr std::size_t smallRows = 49'152;
    static constexpr std::size_t bucketRows = 4'096; // aimed at
    static constexpr std::size_t mostBuckets = 512; // more places written to at once than this miss the TLB
    static constexpr std::size_t mostTies = 32;
    static constexpr bool hasTies = Key == SortSpec::Key::Number;

    struct Entry {
        quint64 key = 0;
        quint32 tie = 0;
        quint32 row = 0;
        auto operator<=>(const Entry &) const = default;
    };

    PackedRow at(quint32 row) const { return m_chunks[row / chunkRows][row % chunkRows]; }

    // Calls visit(row, key) for all of them in order; false when stopped.
    template <typename Visit> bool forEach(std::span<const quint32> rows, Visit visit) const
    {
        // Fetched in a loop that does nothing else: the processor then waits for many rows at once.
        std::array<PackedRow, 1'024> fetched;
        for (std::size_t begin = 0; begin < rows.size(); begin += fetched.size()) {
            if (m_stop.stop_requested())
                return false;
            const auto step = rows.subspan(begin, std::min(fetched.size(), rows.size() - begin));
            for (std::size_t i = 0; i < step.size(); ++i)
                fetched[i] = at(step[i]);
            for (std::size_t i = 0; i < step.size(); ++i)
                visit(step[i], keyOf<Key, Descending>(fetched[i]));
        }
        return true;
    }

    // For two keys, which differ in the last bit. Those of the second wait in what has been read of \a in. A row is
    // written to both, and stays where it belongs: a jump would be mispredicted half of the time.
    bool partInTwo(std::span<quint32> in, std::span<quint32> out) const
    {
        std::size_t first = 0;
        std::size_t second = 0;
        const auto part = [&](quint32 row, SortKey now) {
            out[first] = row;
            in[second] = row;
            const std::size_t isSecond = now.key & 1;
            first += 1 - isSecond;
            second += isSecond;
        };
        if (!forEach(in, part))
            return false;
        std::copy_n(in.begin(), second, out.begin() + std::ptrdiff_t(first));
        return true;
    }

    bool sortSampled(std::span<quint32> in, std::span<quint32> out)
    {
        // The bucket of each row is kept: looking it up again costs more than two bytes of memory.
        const Borders borders = sampleBorders(in);
        const std::unique_ptr<quint16[]> buckets(new quint16[in.size()]);
        std::vector<std::size_t> sizes(mostBuckets + 1, 0);
        quint16 *bucket = buckets.get();
        SortKey last;
        bool sorted = true;
        const auto count = [&](quint32, SortKey now) {
            *bucket = bucketIn(borders, now.key);
            ++sizes[*bucket++];
            sorted &= now.key > last.key || (now.key == last.key && now.tie >= last.tie);
            last = now;
        };
        if (!forEach(in, count))
            return false;
        if (sorted) {
            std::copy(in.begin(), in.end(), out.begin());
            return true;
        }
        std::vector<std::size_t> places = beginnings(sizes);
        for (std::size_t i = 0; i < in.size(); ++i) {
            if (i % stopRows == 0 && m_stop.stop_requested())
                return false;
            out[places[buckets[i]]++] = in[i];
        }
        // Between neighbouring numbers there is one key; equal keys without ties are in order already.
        const auto isDone = [&](std::size_t i) {
            return !hasTies && i > 0 && i < mostBuckets && borders[i] - borders[i - 1] <= 1;
        };
        return sortBuckets(in, out, places, isDone);
    }

    // The least key of each bucket but the first, rising.
    using Borders = std::array<quint64, mostBuckets>;

    Borders sampleBorders(std::span<const quint32> rows) const
    {
        constexpr std::size_t samplesABucket = 8;
        std::minstd_rand random; // always the same: what is slow once can be looked into
        std::vector<quint64> sample(mostBuckets * samplesABucket);
        for (quint64 &key : sample)
            key = keyOf<Key, Descending>(at(rows[random() % rows.size()])).key;
        std::sort(sample.begin(), sample.end());
        Borders borders;
        quint64 last = 0;
        for (std::size_t i = 0; i < mostBuckets; ++i) {
            const quint64 border = sample[i * samplesABucket];
            // A key so frequent that it is drawn for two borders gets a bucket for itself alone.
            const bool again = i > 0 && border == last && border != std::numeric_limits<quint64>::max();
            last = again ? border + 1 : std::max(border, last);
            borders[i] = last;
        }
        return borders;
    }

    // How many of the borders the key is not below. A search that jumps would be mispredicted at every second step.
    static quint16 bucketIn(const Borders &borders, quint64 key)
    {
        static_assert(std::has_single_bit(mostBuckets));
        std::size_t place = 0;
        for (std::size_t half = mostBuckets / 2; half > 0; half /= 2)
            place += half & (std::size_t(0) - std::size_t(borders[place + half - 1] <= key));
        return quint16(place + std::size_t(borders[place] <= key));
    }

    bool sortByBits(std::span<quint32> in, std::span<quint32> out)
    {
        quint64 least = std::numeric_limits<quint64>::max();
        quint64 greatest = 0;
        const auto widen = [&](quint32, SortKey now) {
            least = std::min(least, now.key);
            greatest = std::max(greatest, now.key);
        };
        if (!forEach(in, widen))
            return false;
        if (least == greatest)
            return distribute(in, out, mostTies, [](SortKey now) { return std::size_t(now.tie); }).has_value();
        const std::size_t wanted = std::min(std::bit_ceil(in.size() / bucketRows), mostBuckets);
        const auto keyBits = unsigned(std::bit_width(greatest - least));
        const auto bucketBits = unsigned(std::bit_width(wanted) - 1);
        const unsigned shift = keyBits - std::min(keyBits, bucketBits);
        const auto bucketOf = [&](SortKey now) { return std::size_t((now.key - least) >> shift); };
        const auto ends = distribute(in, out, ((greatest - least) >> shift) + 1, bucketOf);
        return ends && sortBuckets(in, out, *ends, [&](std::size_t) { return !hasTies && shift == 0; });
    }

    // Moves the rows to out, bucket by bucket, keeping their order within each. Returns where each bucket ends.
    template <typename BucketOf>
    std::optional<std::vector<std::size_t>> distribute(
        std::span<const quint32> in, std::span<quint32> out, std::size_t buckets, BucketOf bucketOf) const
    {
        std::vector<std::size_t> places(buckets, 0);
        if (!forEach(in, [&](quint32, SortKey now) { ++places[bucketOf(now)]; }))
            return std::nullopt;
        places = beginnings(std::move(places));
        if (!forEach(in, [&](quint32 row, SortKey now) { out[places[bucketOf(now)]++] = row; }))
            return std::nullopt;
        return places;
    }

    static std::vector<std::size_t> beginnings(std::vector<std::size_t> sizes)
    {
        std::exclusive_scan(sizes.begin(), sizes.end(), sizes.begin(), std::size_t(0));
        return sizes;
    }

    template <typename IsDone>
    bool sortBuckets(std::span<quint32> in, std::span<quint32> out, std::span<const std::size_t> ends, IsDone isDone)
    {
        std::size_t begin = 0;
        for (std::size_t i = 0; i < ends.size(); begin = ends[i++]) {
            const auto bucket = out.subspan(begin, ends[i] - begin);
            const auto scratch = in.subspan(begin, ends[i] - begin); // free since the rows were distributed
            if (isDone(i))
                continue;
            if (bucket.size() <= smallRows) {
                if (!sortSmall(bucket, bucket))
                    return false;
                continue;
            }
            std::copy(bucket.begin(), bucket.end(), scratch.begin());
            if (!sortByBits(scratch, bucket))
                return false;
        }
        return true;
    }

    bool sortSmall(std::span<const quint32> in, std::span<quint32> out)
    {
        Entry least { .key = std::numeric_limits<quint64>::max(), .tie = mostTies };
        Entry greatest {};
        m_entries.clear();
        const auto fetch = [&](quint32 row, SortKey now) {
            m_entries.push_back({ .key = now.key, .tie = now.tie, .row = row });
            least = { .key = std::min(least.key, now.key), .tie = std::min(least.tie, now.tie) };
            greatest = { .key = std::max(greatest.key, now.key), .tie = std::max(greatest.tie, now.tie) };
        };
        if (!forEach(in, fetch))
            return false;
        // In one bucket the keys are close together: what they differ in, the tie and the place fit one word as a rule,
        // and words are sorted in two thirds of the time.
        const auto tieShift = unsigned(std::bit_width(in.size()));
        const auto keyShift = tieShift + unsigned(std::bit_width(greatest.tie - std::min(least.tie, greatest.tie)));
        if (unsigned(std::bit_width(greatest.key - std::min(least.key, greatest.key))) + keyShift > 64) {
            std::sort(m_entries.begin(), m_entries.end());
            std::transform(
                m_entries.begin(), m_entries.end(), out.begin(), [](const Entry &entry) { return entry.row; });
            return true;
        }
        m_words.clear();
        for (quint64 place = 0; const Entry &entry : m_entries)
            m_words.push_back(
                (entry.key - least.key) << keyShift | quint64(entry.tie - least.tie) << tieShift | place++);
        std::sort(m_words.begin(), m_words.end());
        const quint64 placeBits = (quint64(1) << tieShift) - 1;
        std::transform(
            m_words.begin(), m_words.end(), out.begin(), [&](quint64 word) { return m_entries[word & placeBits].row; });
        return true;
    }

    std::vector<const PackedRow *> m_chunks;
    std::stop_token m_stop;
    std::vector<Entry> m_entries;
    std::vector<quint64> m_words;
};

// Thrown out of a comparison: the only way out of a std::sort.
struct Stopped { };

// The rows of a view sorted by number that are texts: all at one end, still in the order read.
bool sortTexts(const StoreSnapshot &rows, bool descending, std::span<quint32> sorted, const std::stop_token &stop)
{
    const auto inFront = [&](quint32 row) { return rows.at(row).isText() == descending; };
    const auto border = std::partition_point(sorted.begin(), sorted.end(), inFront);
    const auto begin = descending ? sorted.begin() : border;
    const auto end = descending ? border : sorted.end();
    std::size_t compared = 0;
    const auto before = [&](quint32 a, quint32 b) {
        if (++compared % stopRows == 0 && stop.stop_requested())
            throw Stopped {};
        const int order = comparedText(rows, rows.at(a)).compare(comparedText(rows, rows.at(b)));
        return order != 0 ? (order < 0) != descending : a < b;
    };
    try {
        std::sort(begin, end, before);
    } catch (const Stopped &) {
        return false;
    }
    return true;
}

template <SortSpec::Key Key>
bool sortByKey(const StoreSnapshot &rows, bool descending, std::span<quint32> in, std::span<quint32> out,
    const std::stop_token &stop)
{
    return descending ? BucketSort<Key, true>(rows, stop).sort(in, out)
                      : BucketSort<Key, false>(rows, stop).sort(in, out);
}

} // namespace

std::weak_ordering compareRows(const StoreSnapshot &rows, const SortSpec &sort, quint32 a, quint32 b)
{
    const PackedRow first = rows.at(sort.descending ? b : a);
    const PackedRow second = rows.at(sort.descending ? a : b);
    const SortKey firstKey = ascendingKey(first, sort.key);
    const SortKey secondKey = ascendingKey(second, sort.key);
    if (firstKey.key != secondKey.key)
        return firstKey.key <=> secondKey.key;
    if (sort.key == SortSpec::Key::Number && first.isText())
        return comparedText(rows, first).compare(comparedText(rows, second)) <=> 0;
    return firstKey.tie <=> secondKey.tie;
}

bool sortRows(const StoreSnapshot &rows, const SortSpec &sort, std::span<quint32> in, std::span<quint32> out,
    std::stop_token stop)
{
    Q_ASSERT(in.size() == out.size());
    if (in.empty())
        return true;
    switch (sort.key) {
    case SortSpec::Key::AsRead:
        break;
    case SortSpec::Key::Number:
        return sortByKey<SortSpec::Key::Number>(rows, sort.descending, in, out, stop)
            && (!rows.hasTexts() || sortTexts(rows, sort.descending, out, stop));
    case SortSpec::Key::OptedOutAt:
        return sortByKey<SortSpec::Key::OptedOutAt>(rows, sort.descending, in, out, stop);
    case SortSpec::Key::OptedOutBy:
        return sortByKey<SortSpec::Key::OptedOutBy>(rows, sort.descending, in, out, stop);
    }
    std::copy(in.begin(), in.end(), out.begin());
    return true;
}

} // namespace optout
