// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QButtonGroup;

namespace optout {

//! A few choices side by side of which one is on: one click where a combo box takes two. One stop for the Tab key; the
//! arrow keys move within it.
class ChoiceBar final : public QWidget {
    Q_OBJECT
public:
    explicit ChoiceBar(const QStringList &choices, QWidget *parent = nullptr);

    int choice() const; //!< index
    void setChoice(int index);

signals:
    void chosen(int index);

protected:
    void changeEvent(QEvent *event) override;

private:
    void markChoice();

    QButtonGroup *m_group;
};

} // namespace optout
