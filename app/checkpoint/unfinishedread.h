// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "domain/optedoutnumber.h"
#include "domain/readplace.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>
#include <vector>

namespace optout {

//! What a read was begun with.
struct ReadAsked {
    QString endpoint; //!< URL
    QString region;
    QString account {}; //!< accountKeyOf(): whose list it is
    QString list; //!< name or ARN, as asked for
    std::optional<bool> endUserOptedOut {}; //!< the service's own filter
    int pageSize = 100;
    Timestamp begun {};

    //! Whether one can go on where the other stopped. The page size and the time may differ.
    bool isSameRead(const ReadAsked &other) const
    {
        return endpoint == other.endpoint && region == other.region && account == other.account && list == other.list
            && endUserOptedOut == other.endUserOptedOut;
    }
    bool operator==(const ReadAsked &) const = default;
};

//! A read that has not come to its end, without its rows.
struct UnfinishedRead {
    ReadAsked asked;
    qint64 rows = 0;
    ReadPlace place {};
    Timestamp lastPage {}; //!< when its last page arrived; when it was begun, if none has
    bool operator==(const UnfinishedRead &) const = default;
};

//! The same with its rows, in the order read.
struct RestoredRead {
    UnfinishedRead read;
    std::vector<OptedOutNumber> rows {};
};

} // namespace optout

Q_DECLARE_METATYPE(optout::UnfinishedRead)
Q_DECLARE_METATYPE(optout::RestoredRead)
