// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "domain/optoutlist.h"
#include "presenters/callrate.h"
#include "service/optoutservice.h"
#include "service/readoperation.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace optout {

class NumberTableModel;

//! All there is to say of a read, as of now.
struct ReadStatus {
    enum class State {
        Idle, //!< nothing has been read yet
        Restoring, //!< the rows of an earlier read are being fetched
        Reading,
        Paused, //!< no more pages are asked for; the one under way still arrives
        Waiting, //!< an attempt failed and will be made again: waitingUntil, error
        SignInNeeded, //!< the credentials are refused or have expired: error
        Complete, //!< every number of the list, from beganAt to endedAt
        Stopped, //!< by the user; what is loaded is a part
        Failed, //!< error; what is loaded is a part
    };
    State state = State::Idle;
    OptOutList list {};
    std::optional<bool> endUserOnly {}; //!< the service's own filter this read was made with
    quint32 rows = 0; //!< loaded
    int calls = 0; //!< failed attempts included
    double callsPerSecond = 0; //!< of late while reading, else over the whole read
    std::chrono::milliseconds elapsed {}; //!< without the time it was paused or stood still
    std::optional<Timestamp> beganAt {};
    std::optional<Timestamp> endedAt {}; //!< when it came to Complete, Stopped, Failed or SignInNeeded
    std::optional<Timestamp> waitingUntil {};
    std::optional<Timestamp> waitingForQuotaUntil {}; //!< Reading, but the next call waits until then; absent once past
    std::optional<Error> restartedBecause {}; //!< why the rows read before were forgotten and the read began again
    std::optional<Error> error {};

    //! Whether it asks for pages or is about to: Reading or Waiting.
    bool isActive() const { return state == State::Reading || state == State::Waiting; }
    bool isComplete() const { return state == State::Complete; }
};

//! Reads one opt-out list into a table model. GUI thread only.
//!
//! Whatever ends a read early keeps the rows and the place: resume() and retry() go on after the last page that
//! arrived. The one exception is a repeated page mark: going on from there would only meet it again. The rows stand in
//! the order of arrival, which is not the service's where a list is read in halves.
class ReadPresenter final : public QObject {
    Q_OBJECT
public:
    //! Model and clock must outlive this object.
    ReadPresenter(NumberTableModel &model, const Clock &clock, QObject *parent = nullptr);
    ~ReadPresenter() override;

    //! What the next call is made with. A read under way ends its page with the service it has.
    void setService(std::shared_ptr<OptOutService> service);

    //! Whose list it is, as accountKeyOf() tells, for the calls from the next start or resume on: keys of another
    //! account lead to SignInNeeded, whatever service they come from. Empty while unknown.
    void setAccount(const QString &accountKey) { m_account = accountKey; }

    //! Forgets the rows and reads that list from its start.
    //! \param requestName name or ARN, as requestNameOf() tells
    void start(const OptOutList &list, const QString &requestName, std::optional<bool> endUserOnly = {});
    //! The rows of an earlier read of that list are about to come: restore() or reset() follows.
    void awaitRestored(const OptOutList &list, const QString &requestName, std::optional<bool> endUserOnly);
    //! Shows the rows of an earlier read of that list as far as it came: Stopped, and resume() goes on from \a place;
    //! Complete if that is the end. Failed, without rows, if they cannot be kept; resume() then begins again.
    //! \param place after \a rows, as pageTaken() told it
    //! \param beganAt when that read began, if it is known
    //! \param endedAt when its last page arrived; now, if it is not known
    void restore(const OptOutList &list, const QString &requestName, std::optional<bool> endUserOnly,
        std::vector<OptedOutNumber> rows, const ReadPlace &place, std::optional<Timestamp> beganAt = {},
        std::optional<Timestamp> endedAt = {});
    void pause(); //!< in Reading and Waiting
    void resume(); //!< in Paused, Stopped, Failed and SignInNeeded
    void stop(); //!< in Reading, Waiting and Paused
    void retry(); //!< the same as resume(), under the name it has after a failure
    void refresh(); //!< reads the same list with the same filter again, from its start; not in Restoring
    //! Refreshes with that filter if it is another one; not in Restoring.
    void setEndUserOnly(std::optional<bool> endUserOnly);
    void reset(); //!< forgets rows and list: Idle

    ReadStatus status() const;
    //! Counts the reads begun; a change means that the rows are not those of before.
    int generation() const { return m_generation; }
    //! Whether resume() reads on; false if it has to begin again.
    bool canGoOn() const { return !m_mustBeginAgain; }

signals:
    void changed(); //!< anything of status(), at most ten times a second and at each change of state
    void stateChanged();
    //! The page's rows are in the model; its place is where resume() would go on.
    void pageTaken(const optout::ReadPage &page);

private:
    bool canBegin() const;
    void begin();
    void forgetRead();
    void openOperation();
    void take(const ReadPage &page);
    void beginAgain(const Error &why);
    void noteWaiting(const Waiting &waiting);
    void noteWaitingForQuota(std::chrono::milliseconds delay);
    void conclude(const Result<Done> &outcome);
    void dropOperation();
    void enter(ReadStatus::State state, std::optional<Timestamp> endedAt = {});
    void noteProgress();

    NumberTableModel &m_model;
    const Clock &m_clock;
    std::shared_ptr<OptOutService> m_service;
    QPointer<ReadOperation> m_operation;
    QString m_requestName;
    QString m_account;
    ReadStatus m_status;
    ReadPlace m_place; // where the next operation goes on
    bool m_mustBeginAgain = false;
    bool m_appending = false;
    std::optional<Error> m_storeError; // of the page being appended
    int m_generation = 0;
    int m_earlierCalls = 0; // of the operations before this one, in the same read
    std::chrono::milliseconds m_earlierElapsed {};
    std::optional<std::chrono::steady_clock::time_point> m_movingSince; // while Reading or Waiting
    CallRate m_rate;
    QTimer m_notify; // bundles changed()
    QTimer m_tick; // lets the watch run on while no page arrives
};

} // namespace optout

Q_DECLARE_METATYPE(optout::ReadStatus::State)
