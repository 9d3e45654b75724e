// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/optoutlist.h"

namespace optout {

//! One answer of DescribeOptOutLists.
struct ListsPage {
    QList<OptOutList> lists; //!< an empty page may still have a next token
    std::optional<QString> nextToken; //!< absent at the end; never an empty text
};

} // namespace optout

Q_DECLARE_METATYPE(optout::ListsPage)
