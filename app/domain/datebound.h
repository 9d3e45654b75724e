// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"

#include <QString>

#include <optional>

namespace optout {

//! A typed moment: all of the day, minute or second that was named, in UTC.
struct TypedMoment {
    Timestamp begin;
    Timestamp end; //!< the first moment after it
    bool operator==(const TypedMoment &) const = default;
};

//! Reads "2024-03-01", "2024-03-01 10:02" or "2024-03-01 10:02:33"; a T in place of the space and a Z at the end are
//! taken too, so that a copied time can be pasted. Nothing if the text is anything else.
std::optional<TypedMoment> parseMoment(QStringView text);

//! Whether more typing could make a moment of it.
bool couldBecomeMoment(QStringView text);

} // namespace optout
