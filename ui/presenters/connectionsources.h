// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/connection.h"
#include "profile/environment.h"
#include "profile/servicesettings.h"
#include "settings/settings.h"

#include <optional>

// Where connections come from, each as a Connection. All pure.
namespace optout {

Connection connectionOf(const SavedConnection &saved, bool keysInMemory);
SavedConnection savedOf(const Connection &connection);

//! Nothing unless the environment says how to sign in: keys, a web identity token, or a container's address.
std::optional<Connection> connectionOf(const Environment &environment);
//! The keys in the variables; nothing if the environment signs in another way.
std::optional<Credentials> keysOf(const Environment &environment);
QString environmentConnectionId();

//! \param settings what the profile and the environment say together
Connection connectionOfProfile(const QString &profile, const Result<ServiceSettings> &settings);
//! The id that the connection of a profile has, whether or not there is one.
QString profileConnectionId(const QString &profile);

} // namespace optout
