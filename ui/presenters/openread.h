// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/accesskey.h"
#include "checkpoint/unfinishedread.h"
#include "models/numbertablemodel.h"
#include "presenters/connection.h"
#include "presenters/exportpresenter.h"
#include "presenters/listspresenter.h"
#include "presenters/readoutlook.h"
#include "presenters/readpresenter.h"

#include <QObject>

namespace optout {

//! An opt-out list that has been opened: its read, its rows and their export, for as long as it is not closed. Several
//! stand side by side; each goes on whether it is shown or not. GUI thread only.
class OpenRead final : public QObject {
    Q_OBJECT
public:
    //! Clock and settings must outlive this object.
    OpenRead(const Connection &where, const ListEntry &what, const QString &askedFor, const Clock &clock,
        Settings &settings, QObject *parent = nullptr);

    const Connection place; //!< with the region in effect; what this list was reached through
    const ListEntry entry;
    const QString requestName; //!< what the service is asked for
    QString account {}; //!< 12 digits, whose lists are looked at; empty while unknown
    ReadAsked asked {}; //!< under which it is kept for later; account empty while unknown
    bool mayBeKept = false; //!< the place is there at the next start of the program, too
    int keptGeneration = 0; //!< of the read that was handed to the keeper last
    bool waitsForAccount = false; //!< goes on as soon as the keys are known to be of its account
    int lastShown = 0; //!< counts up: which one was looked at last

    NumberTableModel model;
    ReadPresenter read;
    ReadOutlook outlook; //!< follows the read before anybody else does
    ExportPresenter exporter;

    //! Whether that connection leads to the same lists in the same way. \param accountKey accountKeyOf() its keys, if
    //! they are known
    bool isOf(const Connection &connection, const QString &accountKey = {}) const
    {
        return place.isLike(connection) && !areOfDifferentAccounts(asked.account, accountKey);
    }
};

} // namespace optout
