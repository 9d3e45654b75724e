// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "core/clock.h"

#include <QHash>

#include <functional>

namespace optout::demo {

//! Text that nobody can guess, of letters, digits and `-_`.
QByteArray randomToken(int bytes);

//! Whom keys belong to.
struct Principal {
    QString arn;
    QString userId;
    QString role {}; //!< the name of the role whose session it is; empty for a user
};

//! Makes temporary keys and remembers whose they are. One thread only.
class KeyIssuer {
public:
    //! Told of all new keys before anybody gets them.
    using Announce = std::function<void(const Credentials &keys, const Principal &owner)>;

    //! \param lifetime of all keys, whatever was asked for; absent: what was asked for
    KeyIssuer(std::optional<std::chrono::seconds> lifetime, Announce announce);

    struct Issued {
        Credentials keys;
        Principal owner;
    };
    //! Of a session of that role. \param asked how long the keys are to live
    Issued issue(const QString &role, const QString &session, std::chrono::seconds asked, Timestamp now);

    //! Nobody, with empty texts, for an id that is not known.
    Principal owner(const QString &accessKeyId) const { return m_owners.value(accessKeyId); }

private:
    std::optional<std::chrono::seconds> m_lifetime;
    Announce m_announce;
    QHash<QString, Principal> m_owners; // with the demo's own users
};

QString roleArn(const QString &role);
//! "2026-01-01T12:00:00Z"
QString wholeSeconds(Timestamp time);

} // namespace optout::demo
