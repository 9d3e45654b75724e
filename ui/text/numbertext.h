// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"

#include <QCoreApplication>
#include <QString>

namespace optout {

//! How opted-out numbers are worded in the window.
class NumberText final {
    Q_DECLARE_TR_FUNCTIONS(NumberText)

public:
    NumberText() = delete;

    static QString numberTitle(); //!< "Number"
    static QString optedOutAtTitle(); //!< "Opted out (UTC)"
    static QString optedOutByTitle(); //!< "Opted out by"

    static QString optedOutBy(bool endUser); //!< "End user" or "Not end user"
    //! As the table shows it, in UTC, the same in every language so that columns line up: "2024-03-01 10:02:33".
    static QString optedOutAt(Timestamp time);
    //! To the millisecond, and in the time zone and language of the person who reads it.
    static QString optedOutAtInFull(Timestamp time);
    static QString unknownTime(); //!< "Not given", where the service left the time out

    static QString patternExamples(); //!< what a field for a NumberPattern shows while it is empty
    static QString patternHelp(); //!< what can be typed there
    //! What is wrong with such a text, or worth knowing of it; empty for nothing.
    static QString patternRemark(QStringView text);
};

} // namespace optout
