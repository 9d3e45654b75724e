// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

// What the browser does so that its reads are kept, and to go on with those that were.
#include "presenters/browser.h"

#include <algorithm>

namespace optout {

using State = ReadStatus::State;

//! The demo's port is another one next time.
bool Browser::mayKeepHere() const
{
    const auto &connection = m_session.connection();
    return m_parts.keeper && connection && connection->source != Connection::Source::Demo;
}

//! What reads of this place are kept under; without an account before there have been keys.
ReadAsked Browser::askedHere() const
{
    const std::shared_ptr<OptOutService> service = m_session.service();
    if (!service)
        return {};
    return { .endpoint = service->address().endpoint.toString(),
        .region = service->address().region,
        .account = m_session.accountKey(),
        .list = {} };
}

//! A read that has just begun is kept from its first page on.
void Browser::keep(OpenRead *read)
{
    const ReadStatus status = read->read.status();
    const bool hasBegun = status.state == State::Reading && status.rows == 0;
    if (!read->mayBeKept || read->asked.account.isEmpty() || !hasBegun
        || read->keptGeneration == read->read.generation())
        return;
    read->keptGeneration = read->read.generation();
    read->asked.endUserOptedOut = status.endUserOnly;
    read->asked.begun = m_parts.clock.now();
    m_parts.keeper->keep(read->read, read->asked);
}

QList<UnfinishedRead> Browser::unfinished() const
{
    const ReadAsked here = askedHere();
    if (!mayKeepHere() || here.account.isEmpty())
        return {};
    QList<UnfinishedRead> found = m_parts.keeper->unfinishedOf(here);
    found.removeIf([this](const UnfinishedRead &unfinished) {
        return std::any_of(m_reads.cbegin(), m_reads.cend(),
            [&](const OpenRead *read) { return isHere(*read) && read->requestName == unfinished.asked.list; });
    });
    return found;
}

void Browser::goOn(const UnfinishedRead &unfinished)
{
    if (!m_parts.keeper || !m_session.service())
        return;
    ListEntry entry { .list = { .arn = {}, .name = unfinished.asked.list, .created = {} }, .typed = true };
    for (const ListEntry &known : m_lists.lists()) {
        if (m_lists.requestNameOf(known) == unfinished.asked.list)
            entry = known;
    }
    goOn(entry, unfinished);
}

void Browser::goOn(const ListEntry &entry, const UnfinishedRead &unfinished)
{
    goOn(add(entry, unfinished.asked.list), unfinished);
}

void Browser::goOn(OpenRead *read, const UnfinishedRead &unfinished)
{
    read->read.awaitRestored(read->entry.list, read->requestName, unfinished.asked.endUserOptedOut);
    m_parts.keeper->restore(unfinished, read, [this, read, unfinished](const Result<RestoredRead> &restored) {
        if (!restored) {
            close(*read);
            emit goingOnFailed(restored.error(), unfinished);
            return;
        }
        const ReadAsked &asked = restored->read.asked;
        read->asked = asked;
        read->read.setAccount(asked.account);
        read->read.restore(read->entry.list, read->requestName, asked.endUserOptedOut, restored->rows,
            restored->read.place, asked.begun, restored->read.lastPage);
        read->keptGeneration = read->read.generation();
        m_parts.keeper->keep(read->read, asked);
        read->read.resume();
    });
}

//! As if it had been known when the list was opened.
void Browser::goOnWithKept(const ReadPresenter *read, const UnfinishedRead &kept)
{
    const auto found =
        std::find_if(m_reads.cbegin(), m_reads.cend(), [read](const OpenRead *one) { return &one->read == read; });
    if (found != m_reads.cend())
        goOn(*found, kept);
}

//! Reads that were opened before there were keys. It shows with the first ones, before a page is asked for.
void Browser::noteAccount()
{
    const ReadAsked here = askedHere();
    if (here.account.isEmpty())
        return;
    for (OpenRead *read : std::as_const(m_reads)) {
        if (!read->asked.account.isEmpty() || !isHere(*read))
            continue;
        read->asked.endpoint = here.endpoint;
        read->asked.region = here.region;
        read->asked.account = here.account;
        read->read.setAccount(here.account);
        keep(read);
    }
}

} // namespace optout
