// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"

#include <QByteArrayView>

#include <optional>

namespace optout {

//! The moment in a Date or Retry-After header, in any of the three forms that a recipient has to take (RFC
//! 9110, 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994". The
//! name of the day is not compared with the date. Two-digit years are 1970 to 2069. Absent if the text is none of
//! these. Any thread.
std::optional<Timestamp> httpDate(QByteArrayView text);

} // namespace optout
