// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "aws/requests.h"
#include "core/clock.h"
#include "core/result.h"
#include "domain/listspage.h"
#include "domain/optedoutnumber.h"
#include "domain/readplace.h"
#include "net/httptransport.h"
#include "net/networkwatch.h"
#include "net/pacer.h"
#include "net/retrypolicy.h"

#include <QObject>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>

namespace optout {

class ListNumbersOperation;
class ListOptOutListsOperation;
class LookupOperation;
class ReadOperation;
struct ServiceContext;

//! Where a service is and how its requests are signed.
struct ServiceAddress {
    QUrl endpoint; //!< from resolveEndpoint()
    QString region; //!< for the signature
};

//! Which numbers a read asks the service for. The list, numbers and filter stay the same for all pages of a read.
struct NumbersQuery {
    QString optOutListName; //!< name or ARN
    std::optional<bool> endUserOptedOut {}; //!< the service's own filter "end-user-opted-out"
    std::optional<QString> startToken {}; //!< goes on after the page that gave this token
    //! accountKeyOf() whose list it is, if that is known: keys of another account are refused with
    //! errorcode::accountChanged, because a token or a place is of one list only.
    QString account {};
};

//! A whole read: which numbers, and from where on. The list and the filter stay the same for all of it.
struct ReadQuery {
    QString optOutListName; //!< name or ARN
    std::optional<bool> endUserOptedOut {}; //!< the service's own filter "end-user-opted-out"
    ReadPlace place {}; //!< where an earlier read of the same came to; empty for the start
    QString account {}; //!< as in NumbersQuery
    int pageSize = 100; //!< rows wanted a page, 1..100
    //! Whether the list may be split by the service's filter and read in two chains at once, where the time an answer
    //! takes and not the quota is the limit. The order of the rows is another one then.
    bool mayReadInHalves = true;
    //! For a reader who takes every page at once: the next one is asked for before this one's rows are looked at, and
    //! no requestMore() is needed after the first. As long as it is open whether the read is split, its pages are
    //! pulled as ever.
    bool readsAhead = false;
};

//! Why a read is not getting an answer just now.
struct Waiting {
    Error reason; //!< of the attempt that failed; Kind::Throttled when over the quota
    int failedAttempts = 1;
    std::chrono::milliseconds delay {}; //!< until the next attempt, from now
};

//! Makes the operations of the API for one account and region. Copies of what it is given are kept where they are
//! values; transport, pacers and clock must outlive it and its operations. GUI thread only.
class OptOutService final {
public:
    struct Parts {
        HttpTransport &transport;
        Pacers &pacers;
        const Clock &clock;
        std::function<double()> jitter; //!< uniform in 0..1
        RetryPolicy retry {};
        NetworkWatch *network = nullptr; //!< if there is one, outlives the operations too
    };

    OptOutService(Parts parts, ServiceAddress address, std::shared_ptr<CredentialsProvider> credentials);
    ~OptOutService();

    const ServiceAddress &address() const;
    //! accountKeyOf() of the keys used last; empty until the first call has had some.
    QString accountKey() const;
    //! From now on, for the operations there are, too.
    void setRetry(const RetryPolicy &retry);

    //! The operations do nothing until asked; each belongs to \a parent, which must not be null. They share the
    //! service's clock correction and may outlive this object.
    ReadOperation *read(const ReadQuery &query, QObject *parent) const;
    ListNumbersOperation *listNumbers(const NumbersQuery &query, QObject *parent) const;
    ListOptOutListsOperation *listOptOutLists(
        std::optional<DescribeOptOutListsInput::Owner> owner, QObject *parent) const;
    //! Any count of numbers: they are asked for five at a time, the service's limit.
    LookupOperation *lookUp(const QString &optOutListName, const QStringList &numbers, QObject *parent) const;

private:
    std::shared_ptr<ServiceContext> m_context;
};

} // namespace optout

Q_DECLARE_METATYPE(optout::Waiting)
