// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/noticebar.h"

#include <QTimer>

#include <chrono>

class QAction;

namespace optout {

class RowCopier;

//! How far a copy is that takes a while, that many rows are on the clipboard, or why they are not.
class CopyBar final : public QWidget {
    Q_OBJECT
public:
    //! No word of a copy that is done before that: it would only flash. Also how often the count moves.
    static constexpr std::chrono::milliseconds patience { 300 };

    //! The copier must outlive this object.
    explicit CopyBar(RowCopier &copier, QWidget *parent = nullptr);

private:
    void follow();
    void showProgress();
    void tell(const Notice &notice);

    RowCopier &m_copier;
    NoticeBar *m_bar;
    QAction *m_cancel;
    QAction *m_dismiss;
    QTimer m_step; // runs while a copy is under way
};

} // namespace optout
