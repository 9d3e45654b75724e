// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QObject>
#include <QString>

#include <memory>

namespace optout {

//! One line typed by a person, read from the terminal itself and not from standard input, which may be a file. The
//! event loop goes on meanwhile. Deleting it, as Ctrl+C leads to, puts the terminal back as it was. On Windows there is
//! no such terminal: ask() fails.
class TerminalLine final : public QObject {
    Q_OBJECT
public:
    enum class Echo { Shown, Hidden };

    //! \param device "/dev/tty"
    explicit TerminalLine(const QString &device, QObject *parent = nullptr);
    ~TerminalLine() override;

    //! Shows the text and waits for a line; what was typed before is thrown away. At most once. NoCredentials, with a
    //! clause that says why, when there is no terminal or the program runs in its background.
    Result<Done> ask(const QString &text, Echo echo);

    //! Whether there is a terminal to ask on.
    static bool isThere(const QString &device);
    //! Shows lines on the terminal, if there is one.
    static void tell(const QString &device, const QString &text);

signals:
    //! Once after ask(), from the event loop: the line without its end, as UTF-8; Cancelled at the end of input
    //! (Ctrl+D).
    void typed(const optout::Result<optout::Secret> &line);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace optout

Q_DECLARE_METATYPE(optout::Result<optout::Secret>)
