// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;

namespace optout {

//! A sentence below a field: what is wrong with it, or what to know about it. Assistive tools hear it as the field's
//! description. Hidden while there is nothing to say.
class FieldNote final : public QWidget {
    Q_OBJECT
public:
    //! \param field whose description it becomes
    explicit FieldNote(QWidget *field, QWidget *parent = nullptr);

    //! Said while there is no problem.
    void setHint(const QString &hint);
    void setProblem(const QString &problem);
    QString problem() const { return m_problem; }

private:
    void refresh();

    QWidget *m_field;
    QLabel *m_icon;
    QLabel *m_text;
    QString m_hint;
    QString m_problem;
};

} // namespace optout
