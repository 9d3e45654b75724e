// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "signin/signinprompt.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace optout {

//! Asks for the six digits that an MFA device shows. Show it with open().
class MfaDialog final : public QDialog {
    Q_OBJECT
public:
    explicit MfaDialog(const SignInPrompt::MfaQuestion &question, QWidget *parent = nullptr);

    Secret code() const;

private:
    QLineEdit *m_code;
    QPushButton *m_signIn;
};

} // namespace optout
