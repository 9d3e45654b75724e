// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/secret.h"

#include <QWidget>

class QLineEdit;
class QToolButton;

namespace optout {

//! A line for a key or token: shown as dots, in clear only while "Show" is on, and overwritten when it is cleared, as
//! well as Qt allows (copies that Qt made for drawing in clear are out of reach).
class SecretEdit final : public QWidget {
    Q_OBJECT
public:
    //! \param name what assistive tools call the field
    explicit SecretEdit(const QString &name, QWidget *parent = nullptr);
    ~SecretEdit() override;

    bool isEmpty() const;
    //! What was typed, without blanks around it.
    Secret secret() const;
    void clear(); //!< and hides again what will be typed
    void setPlaceholderText(const QString &text);
    QLineEdit *lineEdit() const { return m_edit; }

signals:
    void edited();

private:
    void setShown(bool shown);

    QLineEdit *m_edit;
    QToolButton *m_show;
};

} // namespace optout
