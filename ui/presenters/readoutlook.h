// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/timeleft.h"

#include <QObject>
#include <QString>

#include <optional>

namespace optout {

class ReadPresenter;
class Settings;

//! What can be expected of a read because the same list was read to its end before, with the same filter of the
//! service. Keeps the size of a list that has just been read to its end. GUI thread only.
class ReadOutlook final : public QObject {
    Q_OBJECT
public:
    //! Settings must outlive this object. The read may die first: then there is nothing to expect.
    ReadOutlook(ReadPresenter &read, Settings &settings, QObject *parent = nullptr);

    //! Rounded, an estimate; only while reading or waiting.
    std::optional<std::chrono::seconds> left() const { return m_left; }
    //! 0..1 of the size known from before, an estimate; nothing when unknown or passed.
    std::optional<double> fraction() const { return m_fraction; }

private:
    void follow();
    void forget();
    void lookUpSize(const QString &arn, std::optional<bool> endUserOnly);

    ReadPresenter &m_read;
    Settings &m_settings;
    TimeLeft m_timeLeft;
    std::optional<quint32> m_size;
    QString m_sizeOf; // list key
    int m_generation = -1;
    bool m_kept = false; // the size of this generation
    std::optional<std::chrono::seconds> m_left;
    std::optional<double> m_fraction;
};

} // namespace optout
