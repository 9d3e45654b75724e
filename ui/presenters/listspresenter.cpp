// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/listspresenter.h"

#include "service/listoptoutlistsoperation.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using Owner = DescribeOptOutListsInput::Owner;

ListsPresenter::ListsPresenter(QObject *parent)
    : QObject(parent)
{
}

ListsPresenter::~ListsPresenter() = default;

void ListsPresenter::load(std::shared_ptr<OptOutService> service)
{
    dropOperation();
    m_service = std::move(service);
    m_lists.clear();
    m_accountId.clear();
    m_state = State::Idle;
    if (m_service)
        reload();
    else
        emit changed();
}

void ListsPresenter::renew(std::shared_ptr<OptOutService> service)
{
    m_service = std::move(service);
    if (m_state == State::Failed)
        reload();
}

void ListsPresenter::reload()
{
    if (!m_service)
        return;
    dropOperation();
    m_arriving.clear();
    m_delay.reset();
    m_state = State::Loading;
    ask(Owner::Self);
    emit changed();
}

void ListsPresenter::ask(Owner owner)
{
    m_operation = m_service->listOptOutLists(owner, this);
    connect(m_operation, &ListOptOutListsOperation::pageArrived, this, [this, owner](const ListsPage &page) {
        for (const OptOutList &list : page.lists)
            m_arriving.append({ .list = list, .shared = owner == Owner::Shared });
        m_delay.reset();
    });
    connect(m_operation, &ListOptOutListsOperation::waiting, this, [this](const Waiting &waiting) {
        m_delay = waiting.reason;
        emit changed();
    });
    connect(m_operation, &ListOptOutListsOperation::finished, this,
        [this, owner](const Result<Done> &outcome) { conclude(owner, outcome); });
    m_operation->start();
}

void ListsPresenter::conclude(Owner owner, const Result<Done> &outcome)
{
    dropOperation();
    const bool isHalf = outcome && owner == Owner::Self;
    if (isHalf) {
        ask(Owner::Shared);
        // Lists that are shown from before stay until all are there; the first ones show as soon as they can be read.
        if (std::any_of(m_lists.cbegin(), m_lists.cend(), [](const ListEntry &entry) { return !entry.typed; }))
            return;
    } else {
        m_state = outcome ? State::Loaded : State::Failed;
        if (!outcome)
            m_error = outcome.error();
    }
    if (outcome || !m_arriving.isEmpty())
        m_lists = m_arriving + typedBesides(m_arriving);
    for (const ListEntry &entry : std::as_const(m_lists)) {
        if (!entry.shared && !entry.typed && m_accountId.isEmpty())
            m_accountId = accountIdOfArn(entry.list.arn);
    }
    emit changed();
}

//! Those that the user named stay.
QList<ListEntry> ListsPresenter::typedBesides(const QList<ListEntry> &arrived) const
{
    QList<ListEntry> typed;
    for (const ListEntry &entry : m_lists) {
        const bool known = std::any_of(arrived.cbegin(), arrived.cend(), [&entry](const ListEntry &other) {
            return other.list.arn == entry.list.arn || (entry.list.arn.isEmpty() && other.list.name == entry.list.name);
        });
        if (entry.typed && !known)
            typed += entry;
    }
    return typed;
}

void ListsPresenter::dropOperation()
{
    if (ListOptOutListsOperation *operation = std::exchange(m_operation, nullptr)) {
        operation->disconnect(this);
        operation->cancel();
        operation->deleteLater(); // it may be the sender of the signal this runs in
    }
}

Result<ListEntry> ListsPresenter::addTyped(const QString &nameOrArn)
{
    const QString text = nameOrArn.trimmed();
    static const QRegularExpression allowed(u"^[A-Za-z0-9_:/-]{1,256}$"_s);
    if (!allowed.match(text).hasMatch()) {
        return Error { .kind = Error::Kind::InvalidInput,
            .detail = tr("A list's name or ARN has 1 to 256 letters, digits and the signs _ : / -.") };
    }
    const bool isArn = text.startsWith("arn:"_L1);
    for (const ListEntry &entry : std::as_const(m_lists)) {
        if (isArn ? entry.list.arn == text : (!entry.shared && entry.list.name == text))
            return entry;
    }
    ListEntry entry;
    entry.list.arn = isArn ? text : QString();
    entry.list.name = text.section(u'/', -1);
    entry.typed = true;
    entry.shared = isArn && !m_accountId.isEmpty() && accountIdOfArn(text) != m_accountId;
    m_lists.append(entry);
    emit changed();
    return entry;
}

QString ListsPresenter::requestNameOf(const ListEntry &entry) const
{
    return optout::requestNameOf(entry.list, entry.shared ? QString() : m_accountId);
}

} // namespace optout
