// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "demo/demolists.h"
#include "demo/httpmessage.h"
#include "demo/requestcheck.h"

#include <QByteArray>

#include <vector>

namespace optout::demo {

//! What a page of numbers says.
struct NumbersAnswer {
    const DemoList *list;
    std::vector<DemoList::Row> rows;
    QByteArray nextToken; //!< null at the end
};
struct ListsAnswer {
    std::vector<const DemoList *> lists;
    QByteArray nextToken;
};

//! The body of a page, with the liberties that the service takes, so that clients get used to them: times as a fraction
//! or in scientific notation, some characters escaped that need not be, members in varying order, now and then a member
//! that no model knows, and at the end a NextToken that is absent, null or empty. The same answer is always written the
//! same way.
QByteArray writePage(const NumbersAnswer &answer);
QByteArray writePage(const ListsAnswer &answer);

HttpAnswer toAnswer(const ServiceRefusal &refusal, const QByteArray &requestId);

} // namespace optout::demo
