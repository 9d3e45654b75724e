// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/result.h"

#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <memory>

namespace optout {

//! How the demo endpoint behaves.
struct DemoOptions {
    quint16 port = 0; //!< on 127.0.0.1; 0 takes a free one
    quint64 seed = 1; //!< the same seed gives the same lists, numbers and times
    quint32 rows = 20'000; //!< of the list "Default"; the other lists are smaller
    int endUserPercent = 80; //!< 0..100: how many of them come from the person's own STOP
    double callsPerSecond = 0; //!< quota of each action; 0 for none
    int burst = 1; //!< calls the quota lets through at once
    //! Changes of the quota, as RATE@CALL: from the CALLth call of an action that the quota lets pass, so many a
    //! second.
    QStringList quotaChanges {};
    std::chrono::milliseconds latency {}; //!< before each answer
    QStringList faults {}; //!< what goes wrong at which call: see faultplan.h for the grammar
    bool absentNumberIsError = false; //!< looked up and not on the list: ResourceNotFoundException, not an empty answer
    //! A file to which one line of JSON is added per request: method, target, body, scope and names of the signed
    //! headers, status. No signature, no credentials; but the body, with the numbers looked up. Empty: none is written.
    QString requestsLog {};
};

//! The embedded endpoint: a real HTTP server on loopback that speaks the protocol of DescribeOptedOutNumbers and
//! DescribeOptOutLists, checks signatures by its own reckoning and can fail in the ways a network can. It runs in a
//! thread of its own, so that it takes no time from the window. Create and destroy in one thread.
class DemoEndpoint final {
public:
    DemoEndpoint();
    ~DemoEndpoint(); //!< closes all connections
    Q_DISABLE_COPY_MOVE(DemoEndpoint)

    //! Returns when the server listens. InvalidInput for options out of range and faults that cannot be read, Network
    //! if the port is taken, Storage if the log of requests cannot be opened. Call once.
    Result<Done> start(const DemoOptions &options);

    QUrl url() const; //!< http://127.0.0.1:PORT
    static QString region(); //!< "us-east-1"
    static QString accountId(); //!< the 12-digit account that owns the lists
    static Credentials credentials(); //!< of a caller that may read everything
    static Credentials temporaryCredentials(); //!< of one that may do the same and has a session token
    static Credentials deniedCredentials(); //!< of a caller whom IAM refuses both actions

    qint64 calls() const; //!< requests answered or failed so far; any thread

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace optout
