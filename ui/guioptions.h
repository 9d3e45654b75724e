// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>

namespace optout {

//! What the command line asks of the window.
struct GuiOptions {
    bool help = false;
    bool version = false;
    bool demo = false;
    QString profile {}; //!< of the AWS CLI, to connect with at once
    quint32 demoRows = 20'000;
    QString region {}; //!< for the connection of the environment variables
    QString endpointUrl {}; //!< likewise
    QString picture {}; //!< file to save a picture of the window to, when the list is read; then the program ends

    //! Reads the arguments without the program's name; those that Qt takes itself (-platform, -style and so on, with
    //! one dash) are let through. InvalidInput with a sentence that names the option. Pure.
    static Result<GuiOptions> parse(const QStringList &arguments);
    static QString helpText();
};

} // namespace optout
