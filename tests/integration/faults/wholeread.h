// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "service/readoperation.h"

#include <functional>
#include <optional>
#include <vector>

namespace optout {

//! A reader as the window and `export` are: keeps the rows it is given, forgets them when the read begins again, and
//! goes on from the last place after a failure. Notes whatever breaks the promises of ReadOperation.
class WholeRead final : public QObject {
    Q_OBJECT
public:
    WholeRead(const OptOutService &service, ReadQuery query)
        : m_service(service)
        , m_query(std::move(query))
    {
    }
    ~WholeRead() override { delete m_operation; }

    //! Begins, or goes on after an end or drop() from the place of the last page. \param pageSize another one from now
    //! on
    void goOn(std::optional<int> pageSize = {});
    void cancel() { m_operation->cancel(); }
    //! As if the process were killed: the operation goes without a word.
    void drop();
    //! Whether the next page is asked for inside the signals of the one before (the default) or a little later.
    void setEager(bool eager) { m_eager = eager; }

    bool isReading() const { return m_operation != nullptr; }
    const std::optional<Result<Done>> &outcome() const { return m_outcome; } //!< of the last operation that ended
    const std::vector<OptedOutNumber> &rows() const { return m_rows; }
    const QList<Waiting> &waits() const { return m_waits; }
    const QList<Error> &restarts() const { return m_restarts; }
    const ReadPlace &place() const { return m_query.place; }
    int pages() const { return m_pages; }
    //! Promises broken so far, a sentence each. No numbers in it.
    const QStringList &broken() const { return m_broken; }

    //! What differs between the rows read and those the endpoint has: nothing if each was given exactly once.
    QString difference(std::vector<OptedOutNumber> expected) const;

signals:
    void pageTaken();
    void waited();
    void ended(); //!< or dropped

private:
    void take(const ReadPage &page);
    void askForMore();

    const OptOutService &m_service;
    ReadQuery m_query;
    ReadOperation *m_operation = nullptr;
    bool m_eager = true;
    std::optional<Result<Done>> m_outcome {};
    std::vector<OptedOutNumber> m_rows;
    QList<Waiting> m_waits;
    QList<Error> m_restarts;
    QStringList m_broken;
    int m_pages = 0;
};

//! Waits for the end, in an event loop: QTRY_VERIFY sleeps for 10 ms between two looks, and there are many calls.
bool hasEnded(const WholeRead &read, std::chrono::milliseconds within = std::chrono::minutes(2));

} // namespace optout
