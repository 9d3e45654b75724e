// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"

#include <QtGlobal>

#include <vector>

namespace optout::demo {

//! When people opt out: a few days after a campaign, mostly within the hour, and in between by day rather than by
//! night. When an account opts numbers out: in clean-ups at night, and by hand in office hours.
class Calendar {
public:
    //! \param begin when the list was made; nothing is earlier. Nothing is later than the middle of 2026.
    Calendar(Timestamp begin, quint64 key);

    //! The same hash gives the same moment.
    Timestamp endUserMoment(quint64 hash, int utcOffsetHours) const;
    Timestamp accountMoment(quint64 hash, int utcOffsetHours) const;

private:
    struct Campaign {
        Timestamp start;
        double weightUpToHere;
    };

    Timestamp clamped(Timestamp time, quint64 hash) const;
    Timestamp anyDay(quint64 hash) const;

    Timestamp m_begin;
    std::vector<Campaign> m_campaigns;
    std::vector<Timestamp> m_cleanUps;
};

} // namespace optout::demo
