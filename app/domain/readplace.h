// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

#include <algorithm>
#include <optional>

namespace optout {

//! How far a read of one opt-out list has come: enough to go on from there, in this process or in a later one.
struct ReadPlace {
    //! One row of pages, each of which names the next. The service gives a list in one chain; its own filter splits the
    //! list into two disjoint ones, which can be read at the same time.
    struct Chain {
        std::optional<bool> endUserOptedOut {}; //!< the filter this chain is asked for with
        std::optional<QString> nextToken {}; //!< what the next page is asked for with; absent at the beginning
        bool isAtEnd = false; //!< its last page has been given
        //! Numbers as the service wrote them, the last few of the last page: what comes again where pages overlap.
        QList<QByteArray> lastGiven {};
        bool operator==(const Chain &) const = default;
    };

    QList<Chain> chains {}; //!< none: nothing has been asked for yet; else one or two
    //! Numbers as the service wrote them that were given before the read was split in two: their chains give them
    //! again, and they are to be passed over. Each leaves when it has come. A few hundred at most.
    QList<QByteArray> alreadyGiven {};

    bool isAtEnd() const
    {
        return !chains.isEmpty()
            && std::all_of(chains.cbegin(), chains.cend(), [](const Chain &chain) { return chain.isAtEnd; });
    }
    //! Whether the first page is still to come.
    bool isAtStart() const
    {
        return std::none_of(chains.cbegin(), chains.cend(),
            [](const Chain &chain) { return chain.nextToken.has_value() || chain.isAtEnd; });
    }
    bool operator==(const ReadPlace &) const = default;
};

} // namespace optout

Q_DECLARE_METATYPE(optout::ReadPlace)
