// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <deque>

namespace optout {

//! How fast something is counted of late: over a window that slides, so that a pause an hour ago does not show.
class CallRate {
public:
    static constexpr std::chrono::seconds window { 10 };

    void reset();
    //! \param elapsed on a watch that never goes back
    void note(std::chrono::milliseconds elapsed, int count);
    double perSecond() const; //!< 0 until there is something to tell

private:
    struct Sample {
        std::chrono::milliseconds elapsed;
        int count;
    };
    std::deque<Sample> m_samples;
};

} // namespace optout
