// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;

namespace optout {

class Browser;

//! Who one is at AWS, and how long the keys hold: "role ReadOnly · 41 min left". Counts down by itself, each minute and
//! in the last two each second, in a place of a fixed width: nothing beside it moves.
class IdentityLabel final : public QWidget {
    Q_OBJECT
public:
    //! The browser must outlive this object.
    explicit IdentityLabel(Browser &browser, QWidget *parent = nullptr);

    void update();

private:
    void updateTime();

    Browser &m_browser;
    QLabel *m_identity;
    QLabel *m_time;
    QTimer m_tick;
    QString m_spokenTime;
};

} // namespace optout
