// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QString>

namespace optout {

//! An error as people read it: one sentence of what happened, one of what they can do, and the service's own words.
struct ErrorText {
    QString headline; //!< one sentence, ends with a full stop
    QString advice; //!< what to do; may be empty when nothing can be done
    QString details; //!< lines of "Name: value": code, message, request id and all further members; for support
};

//! The wording for an error, in the user's language.
//! \param iamAction the permission the failed call needs ("sms-voice:DescribeOptedOutNumbers"), for a denial that does
//!        not name it; may be empty
//! \param tryAgain the name of the button beside it that tries again; "Retry" when empty
ErrorText describe(const Error &error, const QString &iamAction = {}, const QString &tryAgain = {});

//! Whether new or renewed credentials are what is needed: the answer to it is a sign-in and not another try.
bool needsSignIn(const Error &error);

} // namespace optout
