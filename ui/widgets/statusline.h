// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "presenters/readpresenter.h"
#include "store/roworder.h"

#include <QStatusBar>
#include <QTimer>

#include <chrono>
#include <optional>

namespace optout {

class Browser;
class ElidingLabel;
class StateMark;

//! The state of the read in words on the left, what the view shows of it on the right. The counts run on; assistive
//! tools are told of them every ten seconds, and at once of another state.
class StatusLine final : public QStatusBar {
    Q_OBJECT
public:
    //! Browser must outlive this object.
    explicit StatusLine(Browser &browser, QWidget *parent = nullptr);

    //! A short word about the desktop, such as that it does not keep awake; after the read's own words until the read
    //! ends.
    void setRemark(const QString &remark);

private:
    //! What assistive tools were told last.
    struct Spoken {
        QString sentence {};
        std::chrono::steady_clock::time_point at {};
    };

    void followShown();
    void update();
    void showRows(const ReadStatus &status, bool atOnce);
    QString sentence(const ReadStatus &status);
    std::optional<std::chrono::milliseconds> untilNextCall(const ReadStatus &status);
    void speak(Spoken &last, const QString &sentence, bool atOnce);

    Browser &m_browser;
    QTimer m_countdown; // runs while a wait for the quota is shown
    std::optional<Timestamp> m_waitEnd;
    std::chrono::milliseconds m_untilNextCall {};
    std::chrono::steady_clock::time_point m_countedAt {};
    QString m_remark;
    Spoken m_spokenRead; // on the left
    Spoken m_spokenShown; // on the right
    ReadStatus::State m_spokenState = ReadStatus::State::Idle;
    RowQuery m_spokenQuery;
    StateMark *m_mark;
    ElidingLabel *m_read;
    ElidingLabel *m_shown;
};

} // namespace optout
