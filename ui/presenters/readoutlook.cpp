// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/readoutlook.h"

#include "presenters/readpresenter.h"
#include "settings/settings.h"

namespace optout {

ReadOutlook::ReadOutlook(ReadPresenter &read, Settings &settings, QObject *parent)
    : QObject(parent)
    , m_read(read)
    , m_settings(settings)
{
    connect(&m_read, &ReadPresenter::changed, this, &ReadOutlook::follow);
    connect(&m_read, &ReadPresenter::stateChanged, this, &ReadOutlook::follow);
    connect(&m_read, &QObject::destroyed, this, &ReadOutlook::forget);
    follow();
}

void ReadOutlook::follow()
{
    const ReadStatus status = m_read.status();
    if (m_read.generation() != m_generation) {
        m_generation = m_read.generation();
        m_timeLeft.reset();
        m_sizeOf.clear();
        m_size.reset();
        m_kept = false;
        forget();
    }
    lookUpSize(status.list.arn, status.endUserOnly);
    if (status.isComplete() && !m_kept && status.endedAt) {
        m_settings.setLastCompleteRows(m_sizeOf, status.rows, *status.endedAt);
        m_kept = true;
    }
    if (!status.isActive() && status.state != ReadStatus::State::Paused) {
        forget();
        return;
    }
    if (status.isActive())
        m_timeLeft.note(status.elapsed, status.rows);
    const bool inSize = m_size && *m_size > 0 && status.rows <= *m_size;
    m_fraction = inSize ? std::optional(double(status.rows) / *m_size) : std::nullopt;
    const std::optional<std::chrono::seconds> left =
        inSize && status.isActive() ? m_timeLeft.to(*m_size) : std::nullopt;
    m_left = left ? std::optional(roundedTimeLeft(*left, m_left)) : std::nullopt;
}

void ReadOutlook::forget()
{
    m_left.reset();
    m_fraction.reset();
}

// The ARN of a list that the user named comes with its first page.
void ReadOutlook::lookUpSize(const QString &arn, std::optional<bool> endUserOnly)
{
    const QString key = listKeyOf(arn, endUserOnly);
    if (key == m_sizeOf)
        return;
    m_sizeOf = key;
    const std::optional<CompleteRows> before = m_settings.lastCompleteRows(key);
    m_size = before ? std::optional(before->rows) : std::nullopt;
}

} // namespace optout
