// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/readpresenter.h"

#include <QString>

namespace optout {

//! The state in a word or two, for the list tree: "Reading", "Partial".
QString stateWord(ReadStatus::State state);

//! What is still to come, where it is known.
struct ReadAhead {
    std::optional<std::chrono::milliseconds> nextCall {}; //!< while waiting for the quota
    std::optional<std::chrono::seconds> left {}; //!< rounded, an estimate
};

//! When the next call goes out, if it is the quota that is waited for.
std::optional<Timestamp> quotaWaitEnd(const ReadStatus &status);

//! The whole status in one line: "Reading: 12,400 numbers · 124 calls · 9.8/s · 00:01:10 · about 3 minutes left (as of
//! the last complete read)".
QString readSentence(const ReadStatus &status, const ReadAhead &ahead = {});

//! "about 3 minutes left". \param left as roundedTimeLeft() gives it
QString timeLeftWords(std::chrono::seconds left);

//! What the view shows: "showing 3,120 of 12,400".
QString shownSentence(quint32 shown, quint32 loaded, bool filtered);

QString hoursMinutesSeconds(std::chrono::milliseconds duration); //!< "00:01:10"
QString spacedAccountId(const QString &accountId); //!< "1111-2222-3333"; other texts as they are

} // namespace optout
