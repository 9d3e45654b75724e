// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <optional>
#include <vector>

namespace optout::demo {

//! The numbers the demo lists are made of: only such as nobody can own. Sources are beside each range in the .cpp.
class NumberSpace {
public:
    //! Numbers of one country that are reserved for fiction; the last pool is the numbers that the plan rules out.
    struct Pool {
        struct Range {
            quint64 first; //!< country code and national number, as an integer
            quint32 count;
            quint32 offset; //!< of `first` within the pool
        };
        int weight; //!< how many of 1000 rows come from here while it lasts; 0 for the last pool, which takes what is
                    //!< left
        int utcOffsetHours; //!< of most people there: when they are awake
        quint32 size = 0;
        std::vector<Range> ranges {};

        quint64 numberAt(quint32 index) const; //!< \param index below size
    };
    struct Place {
        int pool;
        quint32 index;
    };

    NumberSpace();

    const std::vector<Pool> &pools() const { return m_pools; }
    //! Where a number stands, if it is one of these.
    std::optional<Place> locate(quint64 number) const;

private:
    struct Entry {
        quint64 first;
        quint32 count;
        Place place;
    };

    void add(int pool, quint64 first, quint32 count);

    std::vector<Pool> m_pools;
    std::vector<Entry> m_byNumber; //!< all ranges, by their first number
};

} // namespace optout::demo
