// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/openread.h"

namespace optout {

OpenRead::OpenRead(const Connection &where, const ListEntry &what, const QString &askedFor, const Clock &clock,
    Settings &settings, QObject *parent)
    : QObject(parent)
    , place(where)
    , entry(what)
    , requestName(askedFor)
    , read(model, clock)
    , outlook(read, settings)
    , exporter(model, read, clock)
{
}

} // namespace optout
