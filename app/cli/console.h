// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QString>

#include <string_view>

namespace optout {

//! Standard error: one progress line that is rewritten, and messages that push it aside. From the thread it was made
//! in; log messages may come from any.
namespace console {

//! Ours and Qt's messages go to standard error; Qt's own only when verbose, ours from warnings up, or all when verbose.
void takeOverLogging(bool verbose);

//! Whether a progress line can be shown: standard error is a terminal.
bool canShowProgress();
//! Replaces the progress line; an empty text takes it away.
void showProgress(const QString &line);

//! Takes the progress line away for as long as something is asked on the terminal, and brings it back.
void holdProgress(bool hold);

//! "optout-browser: TEXT" and a line end, on standard error.
void say(const QString &text);

//! Writes all of it to standard output. Storage if that fails.
Result<Done> print(std::string_view bytes);

//! Makes a closed standard input, output or error fail when used, instead of being taken by the next file that is
//! opened; and makes a reader that went away, or a file size limit, an error of write() and no sudden death.
void secureStandardStreams();

} // namespace console

} // namespace optout
