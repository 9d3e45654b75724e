// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace optout {

//! What a person would read at the start of a body that is no JSON, such as a proxy's page: without tags, scripts and
//! styles, on one line, at most \a limit characters. Bytes that are not UTF-8 are taken as Latin-1. Never fails; looks
//! at the first 64 KiB only.
QString pageText(const QByteArray &body, qsizetype limit);

} // namespace optout
