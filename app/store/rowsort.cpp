// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/rowsort.h"

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

constexpr quint32 stopRows = 4'096; // how many rows pass between two looks at the stop token

// Distributes the rows over buckets that fit the cache, then sorts each of them with std::sort on keys fetched from the
// store: no array of all keys is kept. The borders of the buckets come from a sample of the keys, because phone numbers
// stand in a few dense clusters; a bucket that is too big all the same is distributed again, by the leading bits in
// which its keys differ, which ends after a few rounds whatever the keys are.
template <SortSpec::Key Key, bool Descending> class BucketSort {
public:
    BucketSort(const StoreSnapshot &rows, Cores cores, const std::stop_token &stop, const SortSizes &sizes)
        : m_keys(rows)
        , m_cores(cores)
        , m_stop(stop)
        , m_sizes(sizes)
    {
    }

    bool sort(const RowNumbers &in, std::span<quint32> out) const
    {
        if constexpr (Key == SortSpec::Key::OptedOutBy) {
            // Two keys, which differ in the last bit: there is nothing left to be sorted in their buckets.
            return toBuckets(in, out, 2, [](SortKey now) { return quint16(now.key & 1); }).has_value();
        } else {
            if (in.size() > m_sizes.small)
                return sortSampled(in, out);
            Scratch scratch(in.size());
            return sortSmall(in, out, scratch);
        }
    }

private:
    static constexpr std::size_t mostBuckets = 512; // more places written to at once than this miss the TLB
    static constexpr std::size_t mostTies = 32;
    static constexpr bool hasTies = Key == SortSpec::Key::Number;

    struct Entry {
        quint64 key = 0;
        quint32 tie = 0;
        quint32 row = 0;
        auto operator<=>(const Entry &) const = default;
    };
    // Of one thread. Taken at once: what vectors leave behind while they grow would stay with the process.
    struct Scratch {
        explicit Scratch(quint32 rows)
        {
            entries.reserve(rows);
            words.reserve(rows);
        }
        std::vector<Entry> entries;
        std::vector<quint64> words;
    };
    using Sizes = std::vector<quint32>; // of buckets
    using Places = std::vector<quint32>; // where the next row of each bucket goes

    template <typename Visit> bool forEach(const RowNumbers &rows, quint32 first, quint32 last, Visit visit) const
    {
        return m_keys.forEach(rows, first, last, m_stop, visit);
    }

    // Where each bucket begins, for the rows of the one half and then for those of the other.
    static std::array<Places, 2> placesOf(const std::array<Sizes, 2> &sizes)
    {
        std::array<Places, 2> places = sizes;
        quint32 end = 0;
        for (std::size_t bucket = 0; bucket < sizes[0].size(); ++bucket) {
            for (Places &ofHalf : places)
                end += std::exchange(ofHalf[bucket], end);
        }
        return places;
    }

    bool sortSampled(const RowNumbers &in, std::span<quint32> out) const
    {
        const Borders borders = sampleBorders(in);
        const auto begins =
            toBuckets(in, out, mostBuckets + 1, [&](SortKey now) { return bucketIn(borders, now.key); });
        if (!begins || begins->empty())
            return begins.has_value();
        // Between neighbouring numbers there is one key; equal keys without ties are in order already.
        const auto isDone = [&](std::size_t bucket) {
            return !hasTies && bucket > 0 && bucket < mostBuckets && borders[bucket] - borders[bucket - 1] <= 1;
        };
        inHalves(m_cores, in.size(), [&](quint32 first, quint32 last) {
            Scratch scratch(m_sizes.small);
            sortBuckets(out, *begins, first, last, scratch, isDone);
        });
        return !m_stop.stop_requested();
    }

    // What is known of half of the rows once the bucket of each is.
    struct Half {
        Sizes sizes {};
        bool sorted = true;
        SortKey first {};
        SortKey last {};
    };

    // Bucket by bucket, the rows' order kept within each. Returns where each begins, none of them where all rows were
    // sorted anyway; nothing when stopped.
    template <typename BucketOf>
    std::optional<Places> toBuckets(
        const RowNumbers &in, std::span<quint32> out, std::size_t count, BucketOf bucketOf) const
    {
        // The bucket of each row is kept: looking it up again costs more than two bytes of memory.
        const std::unique_ptr<quint16[]> buckets(new quint16[in.size()]);
        std::array<Half, 2> halves { Half { .sizes = Sizes(count) }, Half { .sizes = Sizes(count) } };
        const quint32 middle = inHalves(m_cores, in.size(), [&](quint32 first, quint32 last) {
            findBuckets(in, first, last, bucketOf, buckets.get(), halves[first == 0 ? 0 : 1]);
        });
        if (m_stop.stop_requested())
            return std::nullopt;
        const bool sortedOn = middle == in.size() || (halves[1].sorted && halves[0].last <= halves[1].first);
        if (halves[0].sorted && sortedOn)
            return in.copyInSteps(out, m_stop) ? std::optional(Places()) : std::nullopt;
        std::array<Places, 2> places = placesOf({ halves[0].sizes, halves[1].sizes });
        const Places begins = places[0];
        inHalves(m_cores, in.size(), [&](quint32 first, quint32 last) {
            distribute(in, first, last, buckets.get(), places[first == 0 ? 0 : 1], out);
        });
        return m_stop.stop_requested() ? std::nullopt : std::optional(begins);
    }

    // The least key of each bucket but the first, rising.
    using Borders = std::array<quint64, mostBuckets>;

    Borders sampleBorders(const RowNumbers &rows) const
    {
        constexpr std::size_t samplesABucket = 8;
        std::mt19937 random; // always the same: what is slow once can be looked into
        std::vector<quint64> sample(mostBuckets * samplesABucket);
        for (quint64 &key : sample)
            key = m_keys.at(rows.at(quint32(random() % rows.size()))).key;
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

    template <typename BucketOf>
    void findBuckets(
        const RowNumbers &in, quint32 first, quint32 last, BucketOf bucketOf, quint16 *buckets, Half &half) const
    {
        half.first = m_keys.at(in.at(first));
        SortKey before = half.first;
        bool sorted = true;
        quint16 *bucket = buckets + first;
        forEach(in, first, last, [&](quint32, SortKey now) {
            *bucket = bucketOf(now);
            ++half.sizes[*bucket++];
            sorted &= before <= now;
            before = now;
        });
        half.sorted = sorted;
        half.last = before;
    }

    void distribute(const RowNumbers &in, quint32 first, quint32 last, const quint16 *buckets, Places &places,
        std::span<quint32> out) const
    {
        std::array<quint32, stopRows> rows;
        while (first < last && !m_stop.stop_requested()) {
            const quint32 count = std::min(stopRows, last - first);
            in.copy(first, std::span(rows).first(count));
            for (quint32 i = 0; i < count; ++i)
                out[places[buckets[first + i]]++] = rows[i];
            first += count;
        }
    }

    // Sorts the buckets that begin in [first, last).
    template <typename IsDone>
    bool sortBuckets(std::span<quint32> rows, const Places &begins, quint32 first, quint32 last, Scratch &scratch,
        IsDone isDone) const
    {
        for (std::size_t bucket = 0; bucket < begins.size(); ++bucket) {
            const quint32 begin = begins[bucket];
            const quint32 end = bucket + 1 < begins.size() ? begins[bucket + 1] : quint32(rows.size());
            if (begin < first || begin >= last || begin == end || isDone(bucket))
                continue;
            const auto part = rows.subspan(begin, end - begin);
            const bool sorted =
                part.size() <= m_sizes.small ? sortSmall(RowNumbers(part), part, scratch) : sortByBits(part, scratch);
            if (!sorted)
                return false;
        }
        return true;
    }

    bool sortByBits(std::span<quint32> rows, Scratch &scratch) const
    {
        const auto size = quint32(rows.size());
        quint64 least = std::numeric_limits<quint64>::max();
        quint64 greatest = 0;
        const auto widen = [&](quint32, SortKey now) {
            least = std::min(least, now.key);
            greatest = std::max(greatest, now.key);
        };
        if (!forEach(RowNumbers(rows), 0, size, widen))
            return false;
        if (least == greatest) {
            const auto tieOf = [](SortKey now) { return std::size_t(now.tie); };
            return toBucketsAgain(rows, mostTies, tieOf).has_value();
        }
        const auto wanted = std::min<std::size_t>(std::bit_ceil(size / m_sizes.bucket), mostBuckets);
        const auto keyBits = unsigned(std::bit_width(greatest - least));
        const auto bucketBits = unsigned(std::bit_width(wanted) - 1);
        const unsigned shift = keyBits - std::min(keyBits, bucketBits);
        const auto bucketOf = [&](SortKey now) { return std::size_t((now.key - least) >> shift); };
        const auto begins = toBucketsAgain(rows, ((greatest - least) >> shift) + 1, bucketOf);
        return begins
            && sortBuckets(rows, *begins, 0, size, scratch, [&](std::size_t) { return !hasTies && shift == 0; });
    }

    // As toBuckets(), in place and in one thread.
    template <typename BucketOf>
    std::optional<Places> toBucketsAgain(std::span<quint32> rows, std::size_t count, BucketOf bucketOf) const
    {
        const std::unique_ptr<quint32[]> copy(new quint32[rows.size()]);
        const RowNumbers in { std::span<const quint32>(copy.get(), rows.size()) };
        if (!RowNumbers(rows).copyInSteps({ copy.get(), rows.size() }, m_stop))
            return std::nullopt;
        Sizes sizes(count);
        if (!forEach(in, 0, in.size(), [&](quint32, SortKey now) { ++sizes[bucketOf(now)]; }))
            return std::nullopt;
        Places begins(count);
        std::exclusive_scan(sizes.begin(), sizes.end(), begins.begin(), 0U);
        Places places = begins;
        if (!forEach(in, 0, in.size(), [&](quint32 row, SortKey now) { rows[places[bucketOf(now)]++] = row; }))
            return std::nullopt;
        return begins;
    }

    // \a in may be \a out.
    bool sortSmall(const RowNumbers &in, std::span<quint32> out, Scratch &scratch) const
    {
        auto &[entries, words] = scratch;
        Entry least { .key = std::numeric_limits<quint64>::max(), .tie = mostTies };
        Entry greatest {};
        entries.clear();
        const auto fetch = [&](quint32 row, SortKey now) {
            entries.push_back({ .key = now.key, .tie = now.tie, .row = row });
            least = { .key = std::min(least.key, now.key), .tie = std::min(least.tie, now.tie) };
            greatest = { .key = std::max(greatest.key, now.key), .tie = std::max(greatest.tie, now.tie) };
        };
        if (!forEach(in, 0, in.size(), fetch))
            return false;
        // In one bucket the keys are close together: what they differ in, the tie and the place fit one word as a rule,
        // and words are sorted in two thirds of the time.
        const auto tieShift = unsigned(std::bit_width(in.size()));
        const auto keyShift = tieShift + unsigned(std::bit_width(greatest.tie - std::min(least.tie, greatest.tie)));
        if (unsigned(std::bit_width(greatest.key - std::min(least.key, greatest.key))) + keyShift > 64) {
            std::sort(entries.begin(), entries.end());
            std::transform(entries.begin(), entries.end(), out.begin(), [](const Entry &entry) { return entry.row; });
            return true;
        }
        words.clear();
        for (quint64 place = 0; const Entry &entry : entries)
            words.push_back((entry.key - least.key) << keyShift | quint64(entry.tie - least.tie) << tieShift | place++);
        std::sort(words.begin(), words.end());
        const quint64 placeBits = (quint64(1) << tieShift) - 1;
        std::transform(
            words.begin(), words.end(), out.begin(), [&](quint64 word) { return entries[word & placeBits].row; });
        return true;
    }

    SortKeyReader<Key, Descending> m_keys;
    Cores m_cores;
    std::stop_token m_stop;
    SortSizes m_sizes;
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
    quint32 compared = 0;
    const auto before = [&](quint32 a, quint32 b) {
        if (++compared % stopRows == 0 && stop.stop_requested())
            throw Stopped {};
        const auto order = compareTexts(rows, rows.at(a), rows.at(b));
        return order != 0 ? (order < 0) != descending : a < b;
    };
    try {
        std::sort(begin, end, before);
    } catch (const Stopped &) {
        return false;
    }
    return true;
}

} // namespace

bool sortRows(const StoreSnapshot &rows, const SortSpec &sort, const RowNumbers &in, std::span<quint32> out,
    Cores cores, const std::stop_token &stop, const SortSizes &sizes)
{
    Q_ASSERT(in.size() == out.size() && sizes.bucket > 0 && sizes.small >= 2 * sizes.bucket);
    if (in.size() == 0)
        return true;
    const auto sortedBy = [&]<SortSpec::Key Key, bool Descending>() {
        return BucketSort<Key, Descending>(rows, cores, stop, sizes).sort(in, out);
    };
    if (sort.key == SortSpec::Key::AsRead)
        return in.copyInSteps(out, stop);
    return withSortKey(sort, sortedBy)
        && (sort.key != SortSpec::Key::Number || !rows.hasTexts() || sortTexts(rows, sort.descending, out, stop));
}

} // namespace optout
