// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoint/unfinishedread.h"

#include <QByteArray>

#include <optional>
#include <span>

namespace optout {

//! What the frames of a checkpoint hold before they are encrypted. Pure; any thread.
QByteArray writeAskedFrame(const ReadAsked &asked);
QByteArray writePageFrame(std::span<const OptedOutNumber> rows, const ReadPlace &place, Timestamp arrived);

//! Nothing unless the bytes are exactly what writeAskedFrame() makes.
std::optional<ReadAsked> readAskedFrame(const QByteArray &frame);
//! Adds what a page holds to the read. False unless the bytes are exactly what writePageFrame() makes.
bool readPageFrame(const QByteArray &frame, RestoredRead &read);

} // namespace optout
