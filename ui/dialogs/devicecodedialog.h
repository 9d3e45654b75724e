// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "signin/signinprompt.h"

#include <QDialog>
#include <QTimer>

#include <functional>

class QLabel;
class QPushButton;

namespace optout {

//! Shows the code of IAM Identity Center's device authorization, to be compared with what the browser shows, and opens
//! the browser when asked to. It stays until somebody cancels, or its owner deletes it. Show it with open().
class DeviceCodeDialog final : public QDialog {
    Q_OBJECT
public:
    using OpenUrl = std::function<bool(const QUrl &)>;

    //! The clock must outlive the dialog.
    DeviceCodeDialog(const SignInPrompt::DeviceAuthorization &authorization, const Clock &clock, OpenUrl openUrl,
        QWidget *parent = nullptr);

private:
    QWidget *makeButtons();
    void openBrowser();
    void refreshTime();

    SignInPrompt::DeviceAuthorization m_authorization;
    const Clock &m_clock;
    OpenUrl m_openUrl;
    std::chrono::steady_clock::time_point m_until;
    QTimer m_tick;
    QLabel *m_time;
    QPushButton *m_open = nullptr;
    QPushButton *m_copy = nullptr;
};

} // namespace optout
