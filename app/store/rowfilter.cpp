// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/rowfilter.h"

#include "store/digits.h"
#include "store/halves.h"

#include <algorithm>
#include <bit>

namespace optout {

namespace {

constexpr std::size_t mostDigits = 19;
constexpr quint32 wordBits = 64;

// A table of sets: its index is the number of a set, a bit for the group of the leading digits, which may be fewer than
// three or none, and the value of the group.
constexpr std::size_t groups = 1'000;
constexpr std::size_t leadingGroup = 1'024;
constexpr unsigned setShift = 11;

// A bound in milliseconds as a time word. Bounds further out than a packed time can be are moved to its ends.
qint64 timeWord(Timestamp time)
{
    constexpr qint64 furthest = std::numeric_limits<qint64>::max() / 4;
    return std::clamp<qint64>(time.time_since_epoch().count(), -furthest, furthest) * 4;
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

quint64 valueOf(std::string_view digits)
{
    quint64 value = 0;
    for (const char c : digits)
        value = value * 10 + quint64(c - '0');
    return value;
}

} // namespace

RowFilter::RowFilter(const NumberFilter &filter)
    : m_pattern(filter.number)
{
    if (filter.by != OptedOutBy::Anyone) {
        m_whoMask = PackedRow::endUserBit;
        m_who = filter.by == OptedOutBy::EndUser ? PackedRow::endUserBit : 0;
    }
    if (filter.from || filter.until)
        m_earliest = (PackedRow::noTime + 1) * 4; // rows without a time pass no range
    if (filter.from)
        m_earliest = timeWord(*filter.from);
    if (filter.until)
        m_latest = timeWord(*filter.until) - 1;
    m_hasWords = filter.by != OptedOutBy::Anyone || filter.from || filter.until;

    const std::string_view needle = m_pattern.needle();
    switch (m_pattern.kind()) {
    case NumberPattern::Kind::Everything:
        break;
    case NumberPattern::Kind::Prefix:
        compile(std::string(needle) + '*');
        break;
    case NumberPattern::Kind::Substring:
        if (std::all_of(needle.begin(), needle.end(), isDigit))
            compile('*' + std::string(needle) + '*');
        else
            m_numbers = Numbers::TextsOnly;
        break;
    case NumberPattern::Kind::Wildcard:
        compile(needle);
        break;
    }
}

void RowFilter::compile(std::string_view pattern)
{
    const std::size_t places = pattern.size() - std::size_t(std::count(pattern.begin(), pattern.end(), '*'));
    const std::size_t literal = std::min(pattern.find_first_of("*?"), pattern.size());
    if (places > mostDigits)
        m_numbers = Numbers::TextsOnly;
    else if (literal > 0 && literal < pattern.size() && pattern.find_first_not_of('*', literal) == pattern.npos)
        compileRanges(pattern.substr(0, literal));
    else
        compileMachine(pattern);
}

void RowFilter::compileRanges(std::string_view prefix)
{
    m_numbers = Numbers::Ranges;
    if (prefix.front() == '0')
        return; // packed numbers do not start with it: all ranges stay empty
    const quint64 value = valueOf(prefix);
    for (std::size_t digits = prefix.size(); digits <= mostDigits; ++digits) {
        const quint64 width = powersOfTen[digits - prefix.size()];
        m_ranges[digits] = { .first = value * width, .last = value * width + (width - 1) };
    }
}

void RowFilter::compileMachine(std::string_view pattern)
{
    m_numbers = Numbers::Machine;
    unsigned place = 0;
    for (auto c = pattern.rbegin(); c != pattern.rend(); ++c) {
        if (*c == '*') {
            m_stays |= 1U << place;
            continue;
        }
        for (unsigned digit = 0; digit < m_moves.size(); ++digit) {
            if (*c == '?' || *c == char('0' + digit))
                m_moves[digit] |= 1U << place;
        }
        ++place;
    }
    m_accepted = 1U << place;
    if (compileTable())
        m_numbers = Numbers::Table;
}

quint32 RowFilter::placesAfter(quint32 places, std::size_t digit) const noexcept
{
    const quint32 next = ((places & m_moves[digit]) << 1) | (places & m_stays);
    // Whatever the places before a star that is reached could still lead to, the star can wait for too.
    const quint32 stars = next & m_stays;
    return stars != 0 ? next & ~(std::bit_floor(stars) - 1) : next;
}

// False if the pattern leads to too many sets: a few stars and many question marks do.
bool RowFilter::compileTable()
{
    std::vector<quint32> sets { 1 };
    std::vector<std::array<quint8, 10>> byDigit;
    for (std::size_t set = 0; set < sets.size(); ++set) {
        std::array<quint8, 10> next {};
        for (std::size_t digit = 0; digit < next.size(); ++digit) {
            const quint32 places = placesAfter(sets[set], digit);
            const auto known = std::find(sets.begin(), sets.end(), places);
            next[digit] = quint8(known - sets.begin());
            if (known != sets.end())
                continue;
            if (sets.size() == m_accepting.size())
                return false;
            sets.push_back(places);
        }
        byDigit.push_back(next);
    }
    m_table.resize(sets.size() << setShift);
    for (std::size_t set = 0; set < sets.size(); ++set) {
        m_accepting[set] = (sets[set] & m_accepted) != 0;
        for (std::size_t group = 0; group < groups; ++group) {
            const std::size_t one = byDigit[set][group % 10]; // digits are read from the last one on
            const std::size_t two = byDigit[one][group / 10 % 10];
            const std::size_t three = byDigit[two][group / 100];
            const std::array<std::size_t, 4> after { set, one, two, three };
            m_table[(set << setShift) + group] = quint8(three);
            m_table[(set << setShift) + leadingGroup + group] = quint8(after[group == 0 ? 0 : digitCount(group)]);
        }
    }
    return true;
}

bool RowFilter::inRange(quint64 number) const noexcept
{
    const Range &range = m_ranges[digitCount(number)];
    return number >= range.first && number <= range.last;
}

bool RowFilter::acceptsByTable(quint64 number) const noexcept
{
    const quint8 *const table = m_table.data();
    std::size_t set = 0;
    const auto takeGroup = [&] {
        const quint64 rest = number / groups;
        const std::size_t leading = rest == 0 ? leadingGroup : 0;
        set = table[(set << setShift) + leading + std::size_t(number - rest * groups)];
        number = rest;
    };
    // As many groups as the longest phone number has, also for a shorter one: a loop that ends now after four and now
    // after five is mispredicted, which costs more than a group.
    takeGroup();
    takeGroup();
    takeGroup();
    takeGroup();
    takeGroup();
    while (number != 0)
        takeGroup();
    return m_accepting[set];
}

bool RowFilter::accepts(quint64 number) const noexcept
{
    quint32 places = 1;
    for (; number != 0; number /= 10)
        places = placesAfter(places, std::size_t(number % 10));
    return (places & m_accepted) != 0;
}

bool RowFilter::passesByWord(PackedRow row) const noexcept
{
    const bool who = ((row.time ^ m_who) & m_whoMask) == 0;
    const bool when = row.time >= m_earliest && row.time <= m_latest;
    return who & when;
}

quint32 RowFilter::selectByWords(std::span<const PackedRow> rows, quint32 firstRow, quint32 *out) const
{
    // Written without a branch on the outcome: at a 50 % chance a mispredicted one costs more than all else here.
    quint32 count = 0;
    for (const PackedRow &row : rows) {
        out[count] = firstRow++;
        count += quint32(passesByWord(row));
    }
    return count;
}

void RowFilter::setBitsByWords(std::span<const PackedRow> rows, quint64 *words) const
{
    while (!rows.empty()) {
        const auto now = rows.first(std::min<std::size_t>(wordBits, rows.size()));
        quint64 word = 0;
        for (std::size_t i = 0; i < now.size(); ++i)
            word |= quint64(passesByWord(now[i])) << i;
        *words++ = word;
        rows = rows.subspan(now.size());
    }
}

template <typename Matches>
quint32 RowFilter::selectByNumbers(std::span<const PackedRow> rows, quint32 firstRow, quint32 *out,
    const StoreSnapshot &snapshot, Matches matches) const
{
    const auto passes = [&](PackedRow row) {
        return row.isText() ? m_pattern.matches(snapshot.text(row)) : matches(row.number);
    };
    quint32 kept = 0;
    if (!m_hasWords) {
        for (const PackedRow &row : rows) {
            out[kept] = firstRow++;
            kept += quint32(passes(row));
        }
        return kept;
    }
    const quint32 count = selectByWords(rows, firstRow, out);
    for (quint32 i = 0; i < count; ++i) {
        const PackedRow row = rows[out[i] - firstRow];
        out[kept] = out[i];
        kept += quint32(passes(row));
    }
    return kept;
}

quint32 RowFilter::selectStep(
    std::span<const PackedRow> rows, quint32 firstRow, quint32 *out, const StoreSnapshot &snapshot) const
{
    const auto byNumbers = [&](auto matches) { return selectByNumbers(rows, firstRow, out, snapshot, matches); };
    switch (m_numbers) {
    case Numbers::All:
        break;
    case Numbers::TextsOnly:
        return byNumbers([](quint64) { return false; });
    case Numbers::Ranges:
        return byNumbers([this](quint64 number) { return inRange(number); });
    case Numbers::Table:
        return byNumbers([this](quint64 number) { return acceptsByTable(number); });
    case Numbers::Machine:
        return byNumbers([this](quint64 number) { return accepts(number); });
    }
    return selectByWords(rows, firstRow, out);
}

quint32 RowFilter::select(const StoreSnapshot &rows, quint32 first, quint32 last, quint32 *out) const
{
    // Two looks at a row take turns on as many as stay in the nearest cache in between.
    constexpr quint32 stepRows = 1'024;
    static_assert(StoreSnapshot::chunkRows % stepRows == 0);
    quint32 total = 0;
    while (first < last) {
        const quint32 end = std::min(last, (first / stepRows + 1) * stepRows);
        const quint32 inChunk = first % StoreSnapshot::chunkRows;
        const auto step = rows.chunk(first / StoreSnapshot::chunkRows).subspan(inChunk, end - first);
        total += selectStep(step, first, out + total, rows);
        first = end;
    }
    return total;
}

std::optional<std::vector<quint64>> RowFilter::selectBits(
    const StoreSnapshot &rows, quint32 end, const std::stop_token &stop) const
{
    std::vector<quint64> words((std::size_t(end) + wordBits - 1) / wordBits);
    inHalves(Cores::Two, end, [&](quint32 first, quint32 last) { setBits(rows, first, last, words.data(), stop); });
    if (stop.stop_requested())
        return std::nullopt;
    return words;
}

void RowFilter::setBits(
    const StoreSnapshot &rows, quint32 first, quint32 last, quint64 *words, const std::stop_token &stop) const
{
    constexpr quint32 stepRows = 4'096; // between two looks at the stop token; whole words
    static_assert(StoreSnapshot::chunkRows % stepRows == 0 && stepRows % wordBits == 0);
    std::array<quint32, stepRows> found {};
    for (quint32 count = 0; first < last && !stop.stop_requested(); first += count) {
        count = std::min(stepRows, last - first);
        if (m_numbers == Numbers::All) {
            const auto chunk = rows.chunk(first / StoreSnapshot::chunkRows);
            setBitsByWords(chunk.subspan(first % StoreSnapshot::chunkRows, count), words + first / wordBits);
            continue;
        }
        const quint32 passed = select(rows, first, first + count, found.data());
        for (quint32 i = 0; i < passed; ++i)
            words[found[i] / wordBits] |= 1ULL << (found[i] % wordBits);
    }
}

} // namespace optout
