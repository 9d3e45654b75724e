// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <optional>

namespace optout::demo {

//! Makes and reads NextTokens. A token holds where to go on, is bound to its query, and tells nothing to who reads it:
//! an authentication code over query and place, and the place masked with a stream made from that code.
class PageTokens {
public:
    struct Place {
        quint32 row = 0; //!< the next row to look at
        quint32 turn = 0; //!< how often the service stopped here without a row: two tokens are never the same
        bool operator==(const Place &) const = default;
    };

    explicit PageTokens(quint64 seed);

    //! \param query whatever may not change between pages, in any fixed form
    QByteArray seal(const QByteArray &query, Place place) const;
    //! Nothing if the token was not made by seal() for this query and seed.
    std::optional<Place> open(const QByteArray &query, const QByteArray &token) const;

private:
    QByteArray code(const QByteArray &query, const QByteArray &place) const;
    QByteArray masked(const QByteArray &code, QByteArray place) const;

    QByteArray m_key;
};

} // namespace optout::demo
