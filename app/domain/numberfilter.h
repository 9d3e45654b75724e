// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "domain/optedoutnumber.h"

#include <QString>

#include <optional>
#include <string>
#include <string_view>

namespace optout {

//! Who opted a number out.
enum class OptedOutBy { Anyone, EndUser, NotEndUser };

//! What the "Number" field of the filter bar asks for.
//!
//! Text with `*` (any digits, also none) or `?` (one digit) is a wildcard for the whole number; text that starts with
//! `+` is a prefix; any other text of digits is looked for anywhere in the number. The plus sign of a stored number is
//! not compared: it is optional in the service's pattern, so "+1416" finds "14165550123" too. Phone punctuation in the
//! text is dropped. Numbers the service sent that are no phone numbers are compared as text, without regard to case.
class NumberPattern {
public:
    enum class Kind { Everything, Prefix, Substring, Wildcard };
    static constexpr int longest = 64; //!< characters of a text

    NumberPattern() = default; //!< matches everything
    //! InvalidInput if the text holds anything but digits, one leading `+`, `*`, `?` and punctuation, unless it has a
    //! letter (then it is looked for anywhere as text); or if it is too long.
    static Result<NumberPattern> parse(QStringView text);

    Kind kind() const noexcept { return m_kind; }
    //! What is compared: digits for a prefix or substring, digits with `*` and `?` for a wildcard. ASCII lower case.
    std::string_view needle() const noexcept { return m_needle; }
    //! The text has a letter: only what the service sent that is no phone number can match.
    bool looksForText() const;
    //! Reference implementation, one number at a time; the store's queries give the same answers faster.
    bool matches(std::string_view number) const;

    //! A stretch of bytes in a number.
    struct Place {
        std::size_t first = 0;
        std::size_t length = 0;
        bool operator==(const Place &) const = default;
    };
    //! What of the number matches, to be marked: the first such place for a substring, all of it for a wildcard, none
    //! of it for everything; a prefix takes the plus sign in. Nothing if the number does not match.
    std::optional<Place> placeIn(std::string_view number) const;

    bool operator==(const NumberPattern &) const = default;

private:
    Kind m_kind = Kind::Everything;
    std::string m_needle;
};

//! Which of the loaded rows a view shows.
struct NumberFilter {
    OptedOutBy by = OptedOutBy::Anyone;
    NumberPattern number {};
    //! Rows at or after `from` and before `until`; rows without a time pass only when neither is set.
    std::optional<Timestamp> from {};
    std::optional<Timestamp> until {};

    bool passesEverything() const;
    bool matches(const OptedOutNumber &row) const;
    bool operator==(const NumberFilter &) const = default;
};

//! In which order a view shows its rows.
struct SortSpec {
    enum class Key {
        AsRead, //!< the order in which the service gave the rows
        Number, //!< as text without the plus sign, so that numbers of one country stand together
        OptedOutAt, //!< rows without a time first
        OptedOutBy, //!< the account's own additions first
    };
    Key key = Key::AsRead;
    bool descending = false; //!< rows that compare equal stay in the order read either way

    bool operator==(const SortSpec &) const = default;
};

} // namespace optout
