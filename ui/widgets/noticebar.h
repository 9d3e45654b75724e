// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/notice.h"

#include <QFrame>

class QBoxLayout;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QToolButton;

namespace optout {

//! A notice in one bar above or below what it is about; an empty notice hides it.
class NoticeBar final : public QFrame {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget *parent = nullptr);

    void setNotice(const Notice &notice);
    //! A progress bar beside the text: done of all, or just "busy" when all is 0; hidden when all is negative.
    void setProgress(qint64 done, qint64 all);

private:
    QLabel *m_icon;
    QLabel *m_text;
    QProgressBar *m_progress;
    QToolButton *m_more;
    QPlainTextEdit *m_details;
    QBoxLayout *m_buttonRow;
    QList<QWidget *> m_buttons;
    Notice m_notice;
};

} // namespace optout
