// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "domain/optoutlist.h"

namespace optout {

namespace {

// ARNs are colon-separated: arn:partition:service:region:account-id:resource (AWS General Reference, "ARN format").
QStringView arnField(QStringView arn, int index)
{
    if (!arn.startsWith(u"arn:"))
        return {};
    const auto fields = arn.split(u':');
    return fields.size() >= 6 ? fields.at(index) : QStringView();
}

} // namespace

QString accountIdOfArn(QStringView arn) { return arnField(arn, 4).toString(); }

QString regionOfArn(QStringView arn) { return arnField(arn, 3).toString(); }

QString requestNameOf(const OptOutList &list, QStringView ownAccountId)
{
    const bool own = !ownAccountId.isEmpty() && accountIdOfArn(list.arn) == ownAccountId;
    return own || list.arn.isEmpty() ? list.name : list.arn;
}

} // namespace optout
