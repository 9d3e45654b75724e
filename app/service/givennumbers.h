// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/optedoutnumber.h"
#include "domain/readplace.h"
#include "service/recentnumbers.h"

#include <deque>
#include <unordered_set>
#include <vector>

namespace optout {

//! Which numbers of a read have been given, so that none is given twice: a number is on a list once, whatever pages
//! say that overlap.
//!
//! Only the last pages are remembered, and those that are known to come again. All of them would take more memory than
//! the rows themselves (ten million numbers: half a gigabyte), against a service that nobody has seen: pages overlap
//! where rows are added while the list is read, next to each other.
class GivenNumbers {
public:
    static constexpr std::size_t rememberedPages = 32; //!< 16 of each half
    static constexpr qsizetype rowsInPlace = 16; //!< of each chain: see ReadPlace::Chain::lastGiven

    GivenNumbers() = default;
    //! Of a read that goes on from there.
    explicit GivenNumbers(const ReadPlace &place);

    //! The rows of the page that have not been given; from now on they have.
    std::vector<OptedOutNumber> takeNew(const std::vector<OptedOutNumber> &page);
    //! These are given, and will come once more.
    void expectAgain(const QList<QByteArray> &numbers);
    //! Of those, the ones that have not come.
    const QList<QByteArray> &expectedAgain() const { return m_expectedInOrder; }

private:
    void remember(std::size_t added);

    RecentNumbers m_recent;
    std::deque<std::size_t> m_addedByPages; //!< how many each of the last pages added to it
    std::unordered_set<std::string> m_expected;
    QList<QByteArray> m_expectedInOrder;
};

//! The last rows of a page, as a place keeps them.
QList<QByteArray> lastGivenOf(const std::vector<OptedOutNumber> &page);

} // namespace optout
