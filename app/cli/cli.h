// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace optout {

//! Whether these arguments (without the program's name) ask for a run without a window: their first word is export,
//! lists or lookup.
bool isHeadless(const QStringList &arguments);

//! Runs such a command to its end: makes its own QCoreApplication, never a QGuiApplication, so it needs no display.
//! \return the exit status: 0 done, 1 failed, 2 wrong usage, 130 stopped by Ctrl+C
int runHeadless(int &argc, char **argv);

//! The text of --help for the commands without a window.
QString headlessHelp();

//! What --version prints, without a line end: the program's name and version.
QString versionText();

} // namespace optout
