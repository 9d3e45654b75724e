// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <deque>
#include <string>
#include <vector>

namespace optout {

//! A set of numbers that forgets those first that were added first. Exact; made for some thousands of them, with more
//! it gets slow and nothing else. Each row of a read comes by here, and a std::unordered_set spends most of its time on
//! memory for one number after the other. Any thread, one at a time. Once moved from, good
//! for nothing but to be replaced.
class RecentNumbers {
public:
    RecentNumbers();
    RecentNumbers(RecentNumbers &&) = default;
    RecentNumbers &operator=(RecentNumbers &&) = default;
    Q_DISABLE_COPY(RecentNumbers)

    //! \return false if it is there already
    bool add(const std::string &number);
    //! It may be added again. In the order of forgetting it keeps its turn.
    void remove(const std::string &number);
    //! Those that were added first, removed ones among them; at most all there are.
    void forgetFirst(std::size_t count);

private:
    struct Entry {
        std::string number;
        std::size_t bucket;
        Entry *next; //!< older ones of the bucket
    };

    Entry **find(std::size_t bucket, const std::string &number);

    std::deque<Entry> m_entries; //!< in the order added; they stay where they are
    std::vector<Entry *> m_newest; //!< of each bucket
};

} // namespace optout
