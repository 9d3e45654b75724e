// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/browser.h"

#include <algorithm>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using State = ReadStatus::State;

Browser::Browser(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_desk(m_parts.connections, m_parts.prepareSignIn)
    , m_session(m_desk, m_parts.connections, m_parts.settings, m_parts.serviceFactory)
    , m_none({}, {}, {}, m_parts.clock, m_parts.settings)
{
    connect(&m_session, &BrowserSession::switched, this, &Browser::followSession);
    connect(&m_session, &BrowserSession::renewed, this, &Browser::followRenewal);
    connect(&m_session, &BrowserSession::changed, this, &Browser::noteAccount);
    connect(&m_lists, &ListsPresenter::changed, this, &Browser::followLists);
    connect(&m_parts.connections, &ConnectionList::changed, this, &Browser::closeChanged);
    if (m_parts.keeper)
        connect(m_parts.keeper, &ReadKeeper::keptAlready, this, &Browser::goOnWithKept);
    setShown(&m_none);
}

Browser::~Browser()
{
    m_followed.reset(); // what is told while the reads go is nobody's concern
    for (OpenRead *read : std::as_const(m_reads))
        read->read.disconnect(this);
}

bool Browser::openDemo()
{
    const Result<QString> id = m_parts.startDemo();
    if (!id) {
        // Later: the window may not be there yet.
        QMetaObject::invokeMethod(
            this, [this, error = id.error()] { emit demoFailed(error); }, Qt::QueuedConnection);
        return false;
    }
    m_session.connectTo(*id);
    m_openWhenLoaded = u"Default"_s;
    return true;
}

void Browser::followSession()
{
    if (!m_session.service())
        m_openWhenLoaded.clear();
    closeChanged();
    for (OpenRead *read : std::as_const(m_reads)) {
        if (isHere(*read))
            adopt(read);
    }
    noteAccount();
    OpenRead *next = m_showWhenThere && isHere(*m_showWhenThere) ? m_showWhenThere.data() : lastShownHere();
    setShown(next ? next : &m_none);
    m_lists.load(m_session.service());
    emit readsChanged();
}

void Browser::followRenewal()
{
    for (OpenRead *read : std::as_const(m_reads)) {
        if (isHere(*read))
            adopt(read);
    }
    // The lists stay; a failed attempt to read them is made again with the new keys.
    m_lists.renew(m_session.service());
    followLists();
}

//! The service of now, for a read of this place.
void Browser::adopt(OpenRead *read)
{
    if (!m_session.service())
        return;
    read->read.setService(m_session.service());
    read->waitsForAccount = read->read.status().state == State::SignInNeeded;
    goOnIfAccountIsKnown(read);
}

//! Rows of one account must not follow those of another.
void Browser::goOnIfAccountIsKnown(OpenRead *read)
{
    if (!read->waitsForAccount || (!read->asked.account.isEmpty() && m_session.accountKey().isEmpty()))
        return;
    read->waitsForAccount = false;
    read->read.retry();
}

void Browser::followLists()
{
    closeChanged(); // whose keys these are shows with the first call
    for (OpenRead *read : std::as_const(m_reads)) {
        if (!isHere(*read))
            continue;
        read->account = accountId();
        goOnIfAccountIsKnown(read);
    }
    if (m_openWhenLoaded.isEmpty())
        return;
    for (const ListEntry &entry : m_lists.lists()) {
        if (entry.list.name == m_openWhenLoaded && !entry.shared) {
            m_openWhenLoaded.clear();
            open(entry);
            return;
        }
    }
    if (m_lists.state() == ListsPresenter::State::Loaded)
        m_openWhenLoaded.clear();
}

void Browser::open(const ListEntry &entry)
{
    if (!m_session.connection())
        return;
    if (OpenRead *read = readOf(entry)) {
        setShown(read);
        return;
    }
    const QString requestName = m_lists.requestNameOf(entry);
    // Read from its start, it would take the place of what is kept of it.
    for (const UnfinishedRead &kept : unfinished()) {
        if (kept.asked.list == requestName && !kept.asked.endUserOptedOut) {
            goOn(entry, kept);
            return;
        }
    }
    OpenRead *read = add(entry, requestName);
    read->read.start(entry.list, requestName);
}

//! Opens a list without reading it.
OpenRead *Browser::add(const ListEntry &entry, const QString &requestName)
{
    auto *read = new OpenRead(*m_session.connection(), entry, requestName, m_parts.clock, m_parts.settings, this);
    read->account = accountId();
    read->asked = askedHere();
    read->asked.list = requestName;
    read->mayBeKept = mayKeepHere();
    read->read.setAccount(read->asked.account);
    // What is asked of one list is most likely wanted of the next.
    read->model.setFilter(model().query().filter);
    read->model.setSort(model().query().sort);
    read->read.setService(m_session.service());
    connect(&read->read, &ReadPresenter::stateChanged, this, [this, read] {
        keep(read);
        emit readsChanged();
    });
    m_reads += read;
    emit readOpened(read);
    setShown(read);
    return read;
}

Result<Done> Browser::openNamed(const QString &nameOrArn)
{
    const Result<ListEntry> entry = m_lists.addTyped(nameOrArn);
    if (!entry)
        return entry.error();
    open(*entry);
    return Done {};
}

void Browser::show(OpenRead &read)
{
    if (isHere(read)) {
        setShown(&read);
        return;
    }
    if (isOutdated(read)) { // the settings may have been changed by another window
        closeOutdated(read);
        return;
    }
    const std::optional<Connection> now = placeNow(read);
    m_showWhenThere = &read;
    m_session.connectTo(now && read.isOf(*now) ? *now : read.place); // a profile may be missing: signing in tells
}

//! Its connection as it is listed, with the region of the read: one may be chosen in the window.
std::optional<Connection> Browser::placeNow(const OpenRead &read) const
{
    std::optional<Connection> now = m_parts.connections.find(read.place.id);
    if (now)
        now->region = read.place.region;
    return now;
}

void Browser::close(OpenRead &read)
{
    if (!m_reads.removeOne(&read))
        return;
    if (m_shown == &read) {
        OpenRead *next = lastShownHere();
        setShown(next ? next : &m_none);
    }
    read.read.disconnect(this);
    read.read.reset();
    read.deleteLater(); // it may be the sender of what led here
    emit readsChanged();
}

void Browser::stopAll()
{
    for (OpenRead *read : std::as_const(m_reads))
        read->read.stop();
}

//! Rows that were reached through a connection as it was before it was changed, or through one that is gone, are not of
//! there any more.
void Browser::closeChanged()
{
    const QList<OpenRead *> reads = m_reads;
    for (OpenRead *read : reads) {
        if (isOutdated(*read))
            closeOutdated(*read);
    }
}

bool Browser::isOutdated(const OpenRead &read) const
{
    if (isHere(read))
        return false;
    const auto &here = m_session.connection();
    if (here && here->id == read.place.id && here->region == read.place.region)
        return true;
    const std::optional<Connection> now = placeNow(read);
    // An editor may be writing the profiles' file just now; what was read with one stays.
    if (read.place.source == Connection::Source::Profile && (!now || !now->problem.isEmpty()))
        return false;
    return !now || !read.isOf(*now);
}

void Browser::closeOutdated(OpenRead &read)
{
    if (!m_reads.contains(&read)) // who was told of the one before may have closed it
        return;
    const QString list = read.entry.list.name;
    const QString connection = read.place.name;
    const bool isOtherAccount = m_session.connection() && read.isOf(*m_session.connection());
    close(read);
    if (isOtherAccount)
        emit closedForOtherAccount(list, connection);
    else
        emit closedAsOutdated(list, connection);
}

void Browser::setShown(OpenRead *read)
{
    m_showWhenThere.clear();
    if (m_followed && m_shown == read)
        return;
    m_shown = read;
    m_open = read == &m_none ? std::nullopt : std::optional(read->entry);
    read->lastShown = ++m_shows;

    m_followed = std::make_unique<QObject>();
    QObject *here = m_followed.get();
    connect(&read->read, &ReadPresenter::changed, here, [this] { emit readChanged(); });
    connect(&read->read, &ReadPresenter::stateChanged, here, [this] { emit readStateChanged(); });
    connect(&read->model, &NumberTableModel::countsChanged, here, [this] { emit countsChanged(); });
    connect(&read->model, &NumberTableModel::updatingChanged, here, [this] { emit updatingChanged(); });
    connect(
        &read->model, &NumberTableModel::storeFailed, here, [this](const Error &error) { emit storeFailed(error); });
    connect(&read->exporter, &ExportPresenter::stateChanged, here, [this] { emit exportStateChanged(); });
    connect(&read->exporter, &ExportPresenter::progressed, here, [this] { emit exportProgressed(); });

    emit openListChanged();
    emit readStateChanged();
    emit readChanged();
    emit countsChanged();
    emit updatingChanged();
    emit exportStateChanged();
}

OpenRead *Browser::lastShownHere() const
{
    OpenRead *last = nullptr;
    for (OpenRead *read : m_reads) {
        if (isHere(*read) && (!last || read->lastShown > last->lastShown))
            last = read;
    }
    return last;
}

OpenRead *Browser::readOf(const ListEntry &entry) const
{
    const QString name = m_lists.requestNameOf(entry);
    const auto found = std::find_if(m_reads.cbegin(), m_reads.cend(),
        [&](const OpenRead *read) { return isHere(*read) && read->requestName == name; });
    return found == m_reads.cend() ? nullptr : *found;
}

bool Browser::isHere(const OpenRead &read) const
{
    return m_session.connection() && read.isOf(*m_session.connection(), m_session.accountKey());
}

QString Browser::accountId() const
{
    if (!m_lists.accountId().isEmpty())
        return m_lists.accountId();
    if (const std::optional<CallerIdentity> identity = m_session.identity())
        return identity->account;
    // Without the permission to list the lists, an own list's ARN still tells once it is read.
    return m_open && !m_open->shared ? accountIdOfArn(m_shown->read.status().list.arn) : QString();
}

} // namespace optout
