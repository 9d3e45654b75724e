// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/readpresenter.h"

#include "models/numbertablemodel.h"

#include <utility>

namespace optout {

using namespace std::chrono_literals;
using State = ReadStatus::State;

namespace {

constexpr auto notifyInterval = 100ms;
constexpr auto tickInterval = 500ms;

} // namespace

ReadPresenter::ReadPresenter(NumberTableModel &model, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_model(model)
    , m_clock(clock)
{
    m_notify.setSingleShot(true);
    m_notify.setInterval(notifyInterval);
    connect(&m_notify, &QTimer::timeout, this, &ReadPresenter::changed);
    m_tick.setInterval(tickInterval);
    connect(&m_tick, &QTimer::timeout, this, &ReadPresenter::noteProgress);
    connect(&m_model, &NumberTableModel::storeFailed, this, [this](const Error &error) {
        if (m_appending) // else it is a view that failed, and no row is lost
            m_storeError = error;
    });
}

ReadPresenter::~ReadPresenter() = default;

void ReadPresenter::setService(std::shared_ptr<OptOutService> service) { m_service = std::move(service); }

void ReadPresenter::start(const OptOutList &list, const QString &requestName, std::optional<bool> endUserOnly)
{
    m_requestName = requestName;
    m_status.list = list;
    m_status.endUserOnly = endUserOnly;
    begin();
}

void ReadPresenter::awaitRestored(const OptOutList &list, const QString &requestName, std::optional<bool> endUserOnly)
{
    forgetRead();
    m_requestName = requestName;
    m_status = { .list = list, .endUserOnly = endUserOnly };
    enter(State::Restoring);
}

void ReadPresenter::restore(const OptOutList &list, const QString &requestName, std::optional<bool> endUserOnly,
    std::vector<OptedOutNumber> rows, const ReadPlace &place, std::optional<Timestamp> beganAt,
    std::optional<Timestamp> endedAt)
{
    forgetRead();
    m_requestName = requestName;
    m_status = { .list = list, .endUserOnly = endUserOnly, .beganAt = beganAt };
    m_storeError.reset();
    m_appending = true;
    m_model.append(std::move(rows));
    m_appending = false;
    if (m_storeError) {
        m_model.clear();
        m_mustBeginAgain = true;
        m_status.error = m_storeError;
        enter(State::Failed);
        return;
    }
    m_model.flush();
    m_place = place;
    enter(place.isAtEnd() ? State::Complete : State::Stopped, endedAt);
}

//! Whether there is a list, and nothing to come that would take the place of a read of it.
bool ReadPresenter::canBegin() const { return m_status.state != State::Idle && m_status.state != State::Restoring; }

void ReadPresenter::begin()
{
    forgetRead();
    m_status = { .list = m_status.list, .endUserOnly = m_status.endUserOnly, .beganAt = m_clock.now() };
    openOperation();
}

void ReadPresenter::forgetRead()
{
    dropOperation();
    m_model.clear();
    ++m_generation;
    m_place = {};
    m_mustBeginAgain = false;
    m_earlierCalls = 0;
    m_earlierElapsed = {};
    m_movingSince.reset();
    m_rate.reset();
}

void ReadPresenter::openOperation()
{
    if (!m_service) {
        m_status.error = Error { .kind = Error::Kind::NoCredentials };
        enter(State::SignInNeeded);
        return;
    }
    m_status.error.reset();
    m_status.endedAt.reset();
    m_operation = m_service->read({ .optOutListName = m_requestName,
                                      .endUserOptedOut = m_status.endUserOnly,
                                      .place = m_place,
                                      .account = m_account,
                                      .mayReadInHalves = true },
        this);
    connect(m_operation, &ReadOperation::pageArrived, this, &ReadPresenter::take);
    connect(m_operation, &ReadOperation::restarted, this, &ReadPresenter::beginAgain);
    connect(m_operation, &ReadOperation::waiting, this, &ReadPresenter::noteWaiting);
    connect(m_operation, &ReadOperation::waitingForQuota, this, &ReadPresenter::noteWaitingForQuota);
    connect(m_operation, &ReadOperation::finished, this, &ReadPresenter::conclude);
    enter(State::Reading);
    m_operation->requestMore();
}

void ReadPresenter::take(const ReadPage &page)
{
    if (!page.listArn.isEmpty())
        m_status.list.arn = page.listArn;
    m_storeError.reset();
    m_appending = true;
    m_model.append(page.numbers);
    m_appending = false;
    if (m_storeError) { // none of the page's rows is kept: its token is not taken, so that no gap can follow
        dropOperation();
        m_status.error = m_storeError;
        enter(State::Failed);
        return;
    }
    m_place = page.place;
    m_status.error.reset(); // of an attempt that has been made good
    m_status.waitingUntil.reset();
    m_status.waitingForQuotaUntil.reset();
    if (m_status.state == State::Waiting)
        enter(State::Reading);
    noteProgress();
    if (m_operation && m_status.state == State::Reading && !page.place.isAtEnd())
        m_operation->requestMore();
    emit pageTaken(page);
}

void ReadPresenter::beginAgain(const Error &why)
{
    m_model.clear();
    ++m_generation;
    m_place = {};
    m_status.restartedBecause = why;
    m_status.beganAt = m_clock.now(); // no row is older than that now
    m_status.error.reset();
    enter(m_status.state == State::Waiting ? State::Reading : m_status.state);
    if (m_operation && m_status.state == State::Reading)
        m_operation->requestMore();
}

void ReadPresenter::noteWaiting(const Waiting &waiting)
{
    m_status.waitingUntil = m_clock.now() + waiting.delay;
    m_status.error = waiting.reason;
    if (m_status.state == State::Reading)
        enter(State::Waiting);
    noteProgress();
}

void ReadPresenter::noteWaitingForQuota(std::chrono::milliseconds delay)
{
    if (m_status.state != State::Reading)
        return;
    m_status.waitingForQuotaUntil = m_clock.now() + delay;
    noteProgress();
}

void ReadPresenter::conclude(const Result<Done> &outcome)
{
    dropOperation();
    m_model.flush();
    if (outcome) {
        m_status.error.reset();
        enter(State::Complete);
        return;
    }
    m_status.error = outcome.error();
    m_mustBeginAgain = outcome.error().code == QLatin1StringView("RepeatedToken");
    enter(outcome.error().kind == Error::Kind::NoCredentials ? State::SignInNeeded : State::Failed);
}

void ReadPresenter::pause()
{
    if (m_status.isActive())
        enter(State::Paused);
}

void ReadPresenter::resume()
{
    switch (m_status.state) {
    case State::Paused:
        enter(State::Reading);
        m_operation->requestMore(); // nothing new if a page is still under way
        break;
    case State::Stopped:
    case State::Failed:
    case State::SignInNeeded:
        if (m_mustBeginAgain)
            begin();
        else
            openOperation();
        break;
    case State::Idle:
    case State::Restoring:
    case State::Reading:
    case State::Waiting:
    case State::Complete:
        break;
    }
}

void ReadPresenter::retry() { resume(); }

void ReadPresenter::stop()
{
    if (!m_status.isActive() && m_status.state != State::Paused)
        return;
    dropOperation();
    m_model.flush();
    enter(State::Stopped);
}

void ReadPresenter::refresh()
{
    if (canBegin())
        begin();
}

void ReadPresenter::setEndUserOnly(std::optional<bool> endUserOnly)
{
    if (!canBegin() || m_status.endUserOnly == endUserOnly)
        return;
    m_status.endUserOnly = endUserOnly;
    begin();
}

void ReadPresenter::reset()
{
    dropOperation();
    m_model.clear();
    ++m_generation;
    m_status = {};
    enter(State::Idle);
}

void ReadPresenter::dropOperation()
{
    if (!m_operation)
        return;
    m_earlierCalls += m_operation->calls();
    ReadOperation *operation = std::exchange(m_operation, nullptr);
    operation->disconnect(this);
    operation->cancel();
    operation->deleteLater(); // it may be the sender of the signal this runs in
}

void ReadPresenter::enter(State state, std::optional<Timestamp> endedAt)
{
    m_status.state = state;
    if (state != State::Waiting && state != State::Paused)
        m_status.waitingUntil.reset();
    m_status.waitingForQuotaUntil.reset();

    const bool moving = m_status.isActive();
    const auto now = m_clock.steadyNow();
    if (moving && !m_movingSince) {
        m_movingSince = now;
        m_rate.reset();
    } else if (!moving && m_movingSince) {
        m_earlierElapsed += std::chrono::duration_cast<std::chrono::milliseconds>(now - *m_movingSince);
        m_movingSince.reset();
    }
    if (moving) {
        m_tick.start();
    } else {
        m_tick.stop();
        if (state != State::Paused && state != State::Idle && state != State::Restoring)
            m_status.endedAt = endedAt.value_or(m_clock.now());
    }
    noteProgress();
    m_notify.stop();
    emit stateChanged();
    emit changed();
}

void ReadPresenter::noteProgress()
{
    const ReadStatus now = status();
    m_rate.note(now.elapsed, now.calls);
    if (!m_notify.isActive())
        m_notify.start();
}

ReadStatus ReadPresenter::status() const
{
    ReadStatus status = m_status;
    status.rows = m_model.loadedRows();
    status.calls = m_earlierCalls + (m_operation ? m_operation->calls() : 0);
    if (status.waitingForQuotaUntil && *status.waitingForQuotaUntil <= m_clock.now())
        status.waitingForQuotaUntil.reset();
    status.elapsed = m_earlierElapsed;
    if (m_movingSince) {
        status.elapsed += std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.steadyNow() - *m_movingSince);
        status.callsPerSecond = m_rate.perSecond();
    } else {
        const std::chrono::duration<double> seconds = status.elapsed;
        status.callsPerSecond = seconds.count() > 0 ? status.calls / seconds.count() : 0;
    }
    return status;
}

} // namespace optout
