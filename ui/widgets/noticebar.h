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
    //! A progress bar beside the text: done of all, or just "busy" when all is 0; hidden when all is negative. Has
    //! no effect before the first notice.
    void setProgress(qint64 done, qint64 all);

private:
    void makeParts();

    // With the first notice: most bars never have one, and the window starts sooner without.
    QLabel *m_icon = nullptr;
    QLabel *m_text = nullptr;
    QProgressBar *m_progress = nullptr;
    QToolButton *m_more = nullptr;
    QPlainTextEdit *m_details = nullptr;
    QBoxLayout *m_buttonRow = nullptr;
    QList<QWidget *> m_buttons;
    Notice m_notice;
};

} // namespace optout
