// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/proxyprompt.h"

#include <QDialog>

class QLineEdit;

namespace optout {

class SecretEdit;

//! Asks for the user and password of a proxy; both are kept in memory only. Show it with open().
class ProxyDialog final : public QDialog {
    Q_OBJECT
public:
    explicit ProxyDialog(const ProxyPrompt::Question &question, QWidget *parent = nullptr);

    ProxyCredentials credentials() const;

private:
    QLineEdit *m_user;
    SecretEdit *m_password;
};

} // namespace optout
