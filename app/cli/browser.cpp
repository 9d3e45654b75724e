// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/browser.h"

#include <QProcess>
#include <QStandardPaths>

namespace optout {

using namespace Qt::Literals::StringLiterals;

// Not QDesktopServices: it needs a QGuiApplication, and that a display.
std::function<void(const QUrl &)> browserOpener()
{
#if defined(Q_OS_WIN)
    return {};
#else
#if defined(Q_OS_MACOS)
    const QString program = u"/usr/bin/open"_s;
#else
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
        return {};
    const QString program = QStandardPaths::findExecutable(u"xdg-open"_s);
    if (program.isEmpty())
        return {};
#endif
    return [program](const QUrl &page) {
        QProcess browser;
        browser.setProgram(program);
        browser.setArguments({ page.toString(QUrl::FullyEncoded) });
        browser.setStandardInputFile(QProcess::nullDevice());
        browser.setStandardOutputFile(QProcess::nullDevice());
        browser.setStandardErrorFile(QProcess::nullDevice());
        browser.startDetached(); // whether it works or not: the address is on the terminal too
    };
#endif
}

} // namespace optout
