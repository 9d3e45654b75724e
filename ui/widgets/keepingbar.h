// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "widgets/noticebar.h"

#include <optional>

class QAction;

namespace optout {

class Browser;

//! What there is to say of reads kept for later, in one bar: that an earlier run left one, with which one can go on;
//! the question, asked once, whether reads are to be kept; and that one cannot be kept.
class KeepingBar final : public QWidget {
    Q_OBJECT
public:
    //! A read that lasts at least that long is worth asking about.
    static constexpr std::chrono::seconds askAfter { 60 };

    //! Browser must outlive this object. Stays hidden if it keeps no reads.
    explicit KeepingBar(Browser &browser, QWidget *parent = nullptr);

private:
    void update();
    Notice notice() const;
    Notice unfinishedNotice() const;

    Browser &m_browser;
    NoticeBar *m_bar;
    QAction *m_goOn;
    QAction *m_forget;
    QAction *m_agree;
    QAction *m_refuse;
    QAction *m_close;
    std::optional<Error> m_problem;
};

} // namespace optout
