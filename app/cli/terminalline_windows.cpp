// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/terminalline.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

// A console cannot be read with the event loop going on, and the program is built as one with windows.
class TerminalLine::Private { };

TerminalLine::TerminalLine(const QString &, QObject *parent)
    : QObject(parent)
{
}

TerminalLine::~TerminalLine() = default;

Result<Done> TerminalLine::ask(const QString &, Echo)
{
    return Error { .kind = Error::Kind::NoCredentials, .detail = u"there is no terminal to ask on"_s };
}

bool TerminalLine::isThere(const QString &) { return false; }

void TerminalLine::tell(const QString &, const QString &) { }

} // namespace optout
