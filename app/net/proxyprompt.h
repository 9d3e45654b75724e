// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/proxysettings.h"

#include <QString>

#include <functional>

class QObject;

namespace optout {

//! Asks a person for the user and password of a proxy: a dialog in the window, the terminal without one. GUI thread
//! only. The question is withdrawn when its context is destroyed.
class ProxyPrompt {
public:
    virtual ~ProxyPrompt() = default;

    struct Question {
        QString proxy; //!< "proxy.example.com:3128"
        QString problem {}; //!< why what was given before did not do; empty at first
    };
    //! Calls \a done at most once, from the event loop: what to sign in with; Cancelled when the person would rather
    //! not; NoCredentials, with what to do instead, when nobody can be asked.
    virtual void askProxyPassword(
        const Question &question, QObject *context, std::function<void(const Result<ProxyCredentials> &)> done) = 0;
};

} // namespace optout
