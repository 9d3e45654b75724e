// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace optout {

//! Input of DescribeOptedOutNumbers, member for member. Unset members are left out of the request.
//! (Limits: AWS End User Messaging SMS API reference 2022-03-31; figures beside each member.)
struct DescribeOptedOutNumbersInput {
    struct Filter {
        QString name; //!< "end-user-opted-out" is the only one the service knows
        QStringList values; //!< 1..20, each 1..128 of `[/\.:A-Za-z0-9+_-]+`; the accepted values are not documented
        bool operator==(const Filter &) const = default;
    };
    QString optOutListName; //!< required; name or ARN, 1..256 of `[A-Za-z0-9_:/-]+`
    QStringList optedOutNumbers {}; //!< 0..5, each 1..20 characters, `\+?[1-9][0-9]{1,18}`
    QList<Filter> filters {}; //!< 0..20
    std::optional<QString> nextToken {}; //!< 1..1024
    std::optional<int> maxResults {}; //!< 1..100
};

//! Input of DescribeOptOutLists.
struct DescribeOptOutListsInput {
    enum class Owner { Self, Shared };
    QStringList optOutListNames {}; //!< 0..5, each as optOutListName above
    std::optional<Owner> owner {}; //!< not together with optOutListNames
    std::optional<QString> nextToken {};
    std::optional<int> maxResults {};
};

//! The request's JSON body. InvalidInput, naming the member and its limit, for what the service's model forbids.
Result<QByteArray> writeRequest(const DescribeOptedOutNumbersInput &input);
Result<QByteArray> writeRequest(const DescribeOptOutListsInput &input);

} // namespace optout
