// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/notice.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace optout {

//! A notice in the middle of a place that is empty otherwise: one sentence, one action, details on demand.
class MessageCard final : public QWidget {
    Q_OBJECT
public:
    explicit MessageCard(QWidget *parent = nullptr);

    void setNotice(const Notice &notice);

private:
    QLabel *m_icon;
    QLabel *m_headline;
    QLabel *m_text;
    QToolButton *m_more;
    QPlainTextEdit *m_details;
    QBoxLayout *m_buttonRow;
    QList<QWidget *> m_buttons;
    Notice m_notice;
};

} // namespace optout
