// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/readplace.h"
#include "service/givennumbers.h"
#include "service/optoutservice.h"

#include <QObject>

namespace optout {

class ListNumbersOperation;

//! Rows of one answer, with the place to go on from after them.
struct ReadPage {
    QString listArn {}; //!< as the service resolved it; may be empty
    QString listName {};
    std::vector<OptedOutNumber> numbers {}; //!< none that was given before
    ReadPlace place {}; //!< after these rows
};

//! Reads one opt-out list from the place it is given to its end, through whatever can be waited out: throttling for as
//! long as it lasts, other faults for as long as RetryPolicy says. Made by OptOutService; the caller is parent and
//! owner. Deleting it aborts what is under way and emits nothing; it may be deleted or cancelled inside any of its own
//! signals. GUI thread only.
//!
//! Pages are pulled: requestMore() asks for one more of each chain, so that a reader who does not ask stands still
//! (unless ReadQuery::readsAhead).
//!
//! A read begins as one chain. When its first pages show that the time an answer takes is the limit and no quota, it
//! goes over to the two halves of the list, asked for at the same time (ReadQuery::mayReadInHalves). What the service's
//! filter does is not documented well enough to be trusted with rows: the halves have to give the first pages again,
//! all of them, and nothing that goes against their filter. Else the list is read as one chain.
class ReadOperation final : public QObject {
    Q_OBJECT
public:
    ~ReadOperation() override;

    //! Asks for the next page of each chain that is not being asked for. Does nothing after the end. Leads to
    //! pageArrived(), restarted() or finished(), never before this call returns.
    void requestMore();
    //! Idempotent; finished(Cancelled) follows from the event loop, and nothing before it, unless it has finished.
    void cancel();

    int calls() const; //!< requests sent so far, failed attempts included
    const ReadPlace &place() const { return m_place; } //!< after the rows given so far

signals:
    //! 0..n times, always before finished(). May be without rows.
    void pageArrived(const optout::ReadPage &page);
    //! What was given so far is to be forgotten: the read begins again from the start, because the service no longer
    //! takes the token it was to go on from (or gave one twice), or because its filter does not split the list in two.
    //! A page is asked for with the next requestMore().
    void restarted(const optout::Error &why);
    //! An attempt failed and will be made again by itself.
    void waiting(const optout::Waiting &waiting);
    //! The next call goes out after that time, because more would be over the quota. No attempt has failed.
    void waitingForQuota(std::chrono::milliseconds delay);
    //! Exactly once, always from the event loop. Done: every row of the list has been given. After an error the place
    //! says where to go on.
    void finished(const optout::Result<optout::Done> &outcome);

private:
    friend class OptOutService;
    ReadOperation(std::shared_ptr<ServiceContext> context, const ReadQuery &query, QObject *parent);

    //! What is under way of one chain of the place.
    struct Lane {
        ListNumbersOperation *operation = nullptr; //!< a child; null once the chain is at its end
        bool isAsked = false;
        bool isWanted = false; //!< to be asked as soon as it may be
        bool hasAnswered = false;
    };
    void watchFirstPages();
    void openLanes();
    void dropLanes();
    ListNumbersOperation *openLane(qsizetype index);
    void askLanes();

    void takePage(qsizetype index, const NumbersPage &page);
    void laneFinished(qsizetype index, const Result<Done> &outcome);
    void noteForHalves(const Lane &lane, const NumbersPage &page);
    bool shouldReadInHalves() const;
    void splitInHalves();
    bool goesAgainstFilter(qsizetype index, const NumbersPage &page) const;
    void doWithoutHalves(const Error &why);
    void restart(const Error &why);
    void end(const Result<Done> &outcome);
    void endSoon(const Result<Done> &outcome);

    std::shared_ptr<ServiceContext> m_context;
    ReadQuery m_query;
    ReadPlace m_place;
    QList<Lane> m_lanes; //!< one for each chain of the place
    GivenNumbers m_given;
    int m_earlierCalls = 0; //!< of operations that are gone
    bool m_over = false;

    //! What the first pages of a read have shown, as long as it may still be split.
    struct FirstPages {
        int count = 0;
        int byEndUser = 0;
        QList<QByteArray> numbers {};
        std::chrono::steady_clock::duration shortestAnswer = std::chrono::steady_clock::duration::max();
        bool wasThrottled = false;
    };
    std::optional<FirstPages> m_firstPages;
    //! Where the one chain was when the list was split, until both halves have answered, and what they gave since.
    std::optional<ReadPlace> m_beforeHalves;
    QList<QByteArray> m_givenInHalves;

    int m_pages = 0; //!< since the start
    int m_mostPages = 0; //!< that any start has come to
    int m_restarts = 0;
    int m_vainRestarts = 0; //!< that came no further than the one before
};

} // namespace optout

Q_DECLARE_METATYPE(optout::ReadPage)
