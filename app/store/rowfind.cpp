// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/rowfind.h"

#include "store/rowfilter.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace optout {

namespace {

constexpr quint32 wordBits = 64;
constexpr quint32 stepRows = 4'096; // between two looks at the stop token; whole words

std::size_t wordsFor(quint32 rows) { return (std::size_t(rows) + wordBits - 1) / wordBits; }

bool isSet(const std::vector<quint64> &words, quint32 bit) { return (words[bit / wordBits] >> (bit % wordBits)) & 1; }

} // namespace

std::shared_ptr<const RowHits> findHits(
    const StoreSnapshot &rows, const RowOrder &order, const NumberPattern &pattern, std::stop_token stop)
{
    const RowFilter filter({ .number = pattern });
    auto matches = filter.selectBits(rows, std::min(rows.size(), order.judgedRows()), stop);
    if (!matches)
        return nullptr;
    auto hits = std::make_shared<RowHits>();
    hits->m_rows = order.size();
    if (order.query().isIdentity()) {
        hits->m_words = *std::move(matches);
    } else {
        hits->m_words.resize(wordsFor(order.size()));
        for (quint32 first = 0; first < order.size(); first += stepRows) {
            if (stop.stop_requested())
                return nullptr;
            for (quint32 row = first; row < first + std::min(stepRows, order.size() - first); ++row)
                hits->m_words[row / wordBits] |= quint64(isSet(*matches, order.storeRow(row))) << (row % wordBits);
        }
    }
    hits->m_count = std::accumulate(hits->m_words.begin(), hits->m_words.end(), 0U,
        [](quint32 count, quint64 word) { return count + quint32(std::popcount(word)); });
    return hits;
}

bool RowHits::isHit(quint32 viewRow) const noexcept { return viewRow < m_rows && isSet(m_words, viewRow); }

std::optional<quint32> RowHits::next(quint32 viewRow) const
{
    if (viewRow < m_rows) {
        if (const auto below = firstFrom(viewRow + 1))
            return below;
    }
    return firstFrom(0);
}

std::optional<quint32> RowHits::previous(quint32 viewRow) const
{
    if (const auto above = lastBefore(std::min(viewRow, m_rows)))
        return above;
    return lastBefore(m_rows);
}

quint32 RowHits::countUpTo(quint32 viewRow) const
{
    if (m_rows == 0)
        return 0;
    viewRow = std::min(viewRow, m_rows - 1);
    const std::size_t last = viewRow / wordBits;
    quint32 count = 0;
    for (std::size_t i = 0; i < last; ++i)
        count += quint32(std::popcount(m_words[i]));
    return count + quint32(std::popcount(m_words[last] << (wordBits - 1 - viewRow % wordBits)));
}

std::optional<quint32> RowHits::firstFrom(quint32 viewRow) const
{
    if (viewRow >= m_rows)
        return std::nullopt;
    std::size_t at = viewRow / wordBits;
    quint64 word = m_words[at] >> (viewRow % wordBits) << (viewRow % wordBits);
    while (word == 0) {
        if (++at == m_words.size())
            return std::nullopt;
        word = m_words[at];
    }
    return quint32(at * wordBits) + quint32(std::countr_zero(word));
}

std::optional<quint32> RowHits::lastBefore(quint32 viewRow) const
{
    if (viewRow == 0)
        return std::nullopt;
    --viewRow;
    std::size_t at = viewRow / wordBits;
    const quint32 unused = wordBits - 1 - viewRow % wordBits;
    quint64 word = m_words[at] << unused >> unused;
    while (word == 0) {
        if (at == 0)
            return std::nullopt;
        word = m_words[--at];
    }
    return quint32(at * wordBits) + wordBits - 1 - quint32(std::countl_zero(word));
}

} // namespace optout
