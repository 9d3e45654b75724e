// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "dialogs/devicecodedialog.h"
#include "net/proxyprompt.h"
#include "signin/signinprompt.h"

#include <QPointer>
#include <QWidget>

namespace optout {

//! Asks by dialogs of the window, none of which blocks.
class WindowPrompt final : public SignInPrompt, public ProxyPrompt {
public:
    //! The clock must outlive this object and its dialogs.
    WindowPrompt(const Clock &clock, DeviceCodeDialog::OpenUrl openUrl);

    //! What the dialogs belong to, unless another dialog is open there.
    void setWindow(QWidget *window) { m_window = window; }

    void askMfaCode(
        const MfaQuestion &question, QObject *context, std::function<void(const Result<Secret> &)> done) override;
    void showDeviceAuthorization(const DeviceAuthorization &authorization, QObject *context,
        std::function<void(const Error &)> cancelled) override;
    void askProxyPassword(const ProxyPrompt::Question &question, QObject *context,
        std::function<void(const Result<ProxyCredentials> &)> done) override;

private:
    QWidget *parent() const;

    const Clock &m_clock;
    DeviceCodeDialog::OpenUrl m_openUrl;
    QPointer<QWidget> m_window;
};

} // namespace optout
