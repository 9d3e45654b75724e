// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QString>
#include <QUrl>

#include <chrono>
#include <functional>

class QObject;

namespace optout {

//! Whether that is what an MFA device shows: six digits.
bool isMfaCode(const Secret &typed);

//! What a sign-in may need of a person: a dialog in the window, the terminal without one. GUI thread only. A question
//! is withdrawn when its context is destroyed: its dialog closes by itself.
class SignInPrompt {
public:
    virtual ~SignInPrompt() = default;

    struct MfaQuestion {
        QString profile; //!< may be empty
        QString mfaSerial; //!< ARN or serial number of the device
        QString problem {}; //!< why the code before was refused; empty at first
    };
    //! Calls \a done at most once, from the event loop: the six digits, or Cancelled when the person would rather not,
    //! or NoCredentials, with what to run instead, when nobody can be asked.
    virtual void askMfaCode(
        const MfaQuestion &question, QObject *context, std::function<void(const Result<Secret> &)> done) = 0;

    struct DeviceAuthorization {
        QString profile;
        QString userCode; //!< "ABCD-EFGH": the person compares it with what the browser shows
        QUrl verificationUrl; //!< with the code in it; opened by the prompt, never by itself without being shown
        QUrl plainUrl; //!< without the code, for typing on another device
        std::chrono::seconds expiresIn {};
    };
    //! Shows the code and opens the browser, until \a context is destroyed (signed in, or failed). \a cancelled: the
    //! person would rather not; at most once.
    virtual void showDeviceAuthorization(
        const DeviceAuthorization &authorization, QObject *context, std::function<void(const Error &)> cancelled) = 0;
};

} // namespace optout
