// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace optout {

//! One opt-out list, as DescribeOptOutLists tells of it.
struct OptOutList {
    QString arn; //!< arn:PARTITION:sms-voice:REGION:ACCOUNT:opt-out-list/NAME
    QString name; //!< 1..64 characters of A-Z a-z 0-9 _ -
    std::optional<Timestamp> created; //!< absent when the service left it out

    bool operator==(const OptOutList &) const = default;
};

//! The 12-digit account id in an ARN, or an empty text if it is none. The service names no owner: this is the only sign
//! of whether a list is shared from another account (AWS API reference, OptOutListInformation).
QString accountIdOfArn(QStringView arn);

//! The region in an ARN, or an empty text.
QString regionOfArn(QStringView arn);

//! What to send as OptOutListName: a list of another account can only be named by its ARN (AWS API reference,
//! DescribeOptedOutNumbers), an own one by its name.
QString requestNameOf(const OptOutList &list, QStringView ownAccountId);

} // namespace optout

Q_DECLARE_METATYPE(optout::OptOutList)
