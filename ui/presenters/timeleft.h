// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>
#include <deque>
#include <optional>

namespace optout {

//! How long a read will still take, from the rows it gained of late. Pure: the caller brings the watch.
class TimeLeft {
public:
    //! Long enough to even out single slow pages at a page a second, short enough to follow a quota that changes.
    static constexpr std::chrono::seconds window { 60 };
    //! Before that nothing is said: the first pages often come out of a full bucket.
    static constexpr std::chrono::seconds leastSpan { 5 };

    void reset();
    //! Also while no row arrives, so that standing still counts.
    //! \param elapsed on a watch that stands in a pause; one that goes back begins anew, as do fewer rows
    void note(std::chrono::milliseconds elapsed, quint32 rows);
    double rowsPerSecond() const; //!< 0 until there is something to tell
    //! To \a size rows; nothing while unknown, and when there are more rows than that already.
    std::optional<std::chrono::seconds> to(quint32 size) const;

private:
    struct Sample {
        std::chrono::milliseconds elapsed;
        quint32 rows;
    };
    std::deque<Sample> m_samples;
};

//! An estimate as a person would say it: in tens of seconds, minutes, five minutes, quarters of an hour, hours, days.
//! \param shown what was said before: it stays while the estimate is near it, so that the words do not flicker
std::chrono::seconds roundedTimeLeft(std::chrono::seconds estimate, std::optional<std::chrono::seconds> shown = {});

} // namespace optout
