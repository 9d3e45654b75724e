// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/numberfilter.h"
#include "store/numberstore.h"

#include <array>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace optout {

//! A NumberFilter made ready for packed rows. Answers as NumberFilter::matches() does, only sooner: who and when are
//! two comparisons of words; a prefix is a range of integers for each count of digits; all else about a number is a
//! small state machine over its digits, three at a time. Texts that are no number go to NumberPattern::matches().
//! Immutable; any thread. All functions throw std::bad_alloc.
class RowFilter {
public:
    explicit RowFilter(const NumberFilter &filter);

    //! Writes which of the rows [first, last) pass, in order, and returns how many.
    //! \param last at most rows.size()
    //! \param out has room for last - first
    quint32 select(const StoreSnapshot &rows, quint32 first, quint32 last, quint32 *out) const;
    //! Which of the rows before \a end pass: bit r % 64 of word r / 64 for row r; bits past them are 0. An eighth of a
    //! byte a row, so that ten million rows fit a core's own cache and can be asked about in any order. Many rows are
    //! judged in two threads (inHalves()). Nothing when stopped, within a few thousand rows.
    //! \param end at most rows.size()
    std::optional<std::vector<quint64>> selectBits(
        const StoreSnapshot &rows, quint32 end, const std::stop_token &stop) const;

private:
    enum class Numbers { All, TextsOnly, Ranges, Table, Machine };

    bool passesByWord(PackedRow row) const noexcept;
    quint32 selectByWords(std::span<const PackedRow> rows, quint32 firstRow, quint32 *out) const;
    void setBits(
        const StoreSnapshot &rows, quint32 first, quint32 last, quint64 *words, const std::stop_token &stop) const;
    void setBitsByWords(std::span<const PackedRow> rows, quint64 *words) const;
    template <typename Matches>
    quint32 selectByNumbers(std::span<const PackedRow> rows, quint32 firstRow, quint32 *out,
        const StoreSnapshot &snapshot, Matches matches) const;
    quint32 selectStep(
        std::span<const PackedRow> rows, quint32 firstRow, quint32 *out, const StoreSnapshot &snapshot) const;
    bool inRange(quint64 number) const noexcept;
    bool acceptsByTable(quint64 number) const noexcept;
    bool accepts(quint64 number) const noexcept;
    void compile(std::string_view pattern);
    void compileRanges(std::string_view prefix);
    void compileMachine(std::string_view pattern);
    bool compileTable();
    quint32 placesAfter(quint32 places, std::size_t digit) const noexcept;

    NumberPattern m_pattern; // for texts
    Numbers m_numbers = Numbers::All;

    bool m_hasWords = false; // it asks for who or when
    qint64 m_whoMask = 0;
    qint64 m_who = 0;
    qint64 m_earliest = std::numeric_limits<qint64>::min();
    qint64 m_latest = std::numeric_limits<qint64>::max(); // inclusive

    struct Range {
        quint64 first = 1;
        quint64 last = 0;
    };
    std::array<Range, 21> m_ranges {}; // by count of digits; empty where no number matches

    // Bit i of a set of places: the digits read so far, from the last one on, can be what the last i places of the
    // pattern ask for. Bit i of m_moves[d]: digit d may stand at the next place. Bit i of m_stays: a star stands there.
    std::array<quint32, 10> m_moves {};
    quint32 m_stays = 0;
    quint32 m_accepted = 0;

    // The sets that digits can lead to, numbered, and where three digits at once lead from each: few divisions and
    // no arithmetic on sets are left. Empty if there are too many sets.
    std::vector<quint8> m_table;
    std::array<bool, 256> m_accepting {};
};

} // namespace optout
