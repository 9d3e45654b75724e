// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"

#include <QMetaType>
#include <QString>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optout {

//! One opted-out number, as DescribeOptedOutNumbers tells of it.
struct OptedOutNumber {
    //! As the service wrote it: 1..20 characters, usually E.164 ("+14165550123"); the plus sign is optional in the
    //! service's pattern. Any text is kept. UTF-8. (A std::string holds 15 characters in place: no allocation for most
    //! numbers.)
    std::string number;
    std::optional<Timestamp> optedOutAt {}; //!< rounded to whole milliseconds; absent when the service left it out
    bool endUserOptedOut =
        false; //!< true: the person replied STOP; false: the number was added by the account (or left out)

    bool operator==(const OptedOutNumber &) const = default;
};

//! One answer of DescribeOptedOutNumbers.
struct NumbersPage {
    QString listArn; //!< of the list as the service resolved it; may be empty
    QString listName;
    std::vector<OptedOutNumber> numbers; //!< 0..100; an empty page may still have a next token
    std::optional<QString> nextToken; //!< absent at the end; never an empty text
};

//! Whether the text is a number the service takes in a lookup: `\+?[1-9][0-9]{1,18}` (AWS API reference,
//! PhoneOrSenderId... OptedOutNumbers). The pattern allows 2 to 19 digits.
bool isPhoneNumber(QStringView text);

//! The text without what people put between the digits of a phone number (spaces, no-break spaces, dashes of all kinds,
//! parentheses, dots, slashes), so that a pasted "+1 (416) 555-0123" becomes "+14165550123". Everything else stays.
QString withoutPhonePunctuation(QStringView text);

//! A moment as the CSV writes it: "2023-01-04T23:53:04.858Z", always 24 characters for the years 0000 to 9999.
std::string toIso8601(Timestamp time);
//! The same at the end of a text, which asks for no memory of its own.
void appendIso8601(std::string &text, Timestamp time);

} // namespace optout

Q_DECLARE_METATYPE(optout::NumbersPage)
