// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QMetaType>
#include <QString>

namespace optout {

//! What a person chooses to look at AWS with; its keys are asked for apart.
struct Connection {
    enum class Source {
        Saved, //!< made in the connections dialog; its keys are in the keychain
        Profile, //!< of the AWS CLI's config and credentials files; cannot be changed here
        Environment, //!< from AWS_ACCESS_KEY_ID and its companions; cannot be changed here
        Demo, //!< the embedded endpoint; cannot be changed here
    };
    QString id {};
    QString name {}; //!< 1..64 characters, unique without regard to case among the saved ones; of a profile its name
    QString region {}; //!< may be empty for a profile or the environment when no region is set there
    QString endpointUrl {}; //!< empty: the region's own
    bool useFips = false;
    bool useDualStack = false;
    QString roleArn {}; //!< of a saved one; not empty: its keys are only the way to this role
    QString externalId {};
    QString mfaSerial {};
    Source source = Source::Saved;
    bool sessionOnly = false; //!< its keys live in memory only, or did until the program ended
    QString problem {}; //!< of a profile: what the CLI refuses about its settings

    bool operator==(const Connection &) const = default;
    //! Whether both sign in alike and lead to the same place: all but the name, and where the keys are kept.
    bool isLike(Connection other) const
    {
        other.name = name;
        other.sessionOnly = sessionOnly;
        return *this == other;
    }
};

} // namespace optout

Q_DECLARE_METATYPE(optout::Result<optout::Connection>)
