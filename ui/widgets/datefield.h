// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/datebound.h"

#include <QWidget>

class QLineEdit;
class QToolButton;

namespace optout {

//! A line edit for a moment in UTC that may be empty, with a calendar to choose the day from (the button beside it, or
//! Alt+Down).
class DateField final : public QWidget {
    Q_OBJECT
public:
    explicit DateField(QWidget *parent = nullptr);

    void setName(const QString &accessibleName, const QString &objectName); //!< of the line edit
    QString text() const;
    void setText(const QString &text);

    std::optional<TypedMoment> moment() const; //!< nothing if empty or not valid
    bool isEmpty() const;
    //! Whether the text is wrong, and not just on its way to being right.
    bool isWrong() const;

signals:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void openCalendar();

    QLineEdit *m_edit;
    QToolButton *m_button;
};

} // namespace optout
