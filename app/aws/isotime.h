// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"

#include <QStringView>

#include <optional>

namespace optout {

//! The moment in "2026-11-25T01:02:03Z", with or without a fraction, in UTC ("Z", "UTC", "GMT") or with an offset
//! ("+01:00"); large or small letters. Absent for anything else, a time without either among it: it could be anybody's.
//! Any thread.
std::optional<Timestamp> isoTime(QStringView text);

} // namespace optout
